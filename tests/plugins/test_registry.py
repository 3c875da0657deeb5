from __future__ import annotations

import sys
from pathlib import Path

import pytest

from storesync.errors import UserError
from storesync.plugins import registry
from storesync.plugins.protocols import Channel, ChannelSetting

SOUND = """
from storesync.plugins.protocols import Capabilities, DeliveryClass

class Printer:
    def __init__(self, setting):
        self.setting = setting
        self.capabilities = Capabilities(DeliveryClass.BLIND, False, False)
    def deliver(self, batch): return iter(())
    def look_up(self, delivery): return None
    def finish(self, at): pass
"""
# What a package with the plug-in "printer" can have wrong -> what is said of it.
BROKEN = {
    "syntax": ("def (", "acme-printer 1.2 cannot be loaded (SyntaxError: "),
    "import": ("import no_such_module_here", "cannot be loaded (ModuleNotFoundError: No module"),
    "name": ("Printed = 1", "cannot be loaded (AttributeError: "),
    "value": ("Printer = 1", 'the plug-in "printer" of acme-printer 1.2 is no factory'),
    "members": (
        "class Printer:\n def __init__(self, setting): self.finish = 1\n deliver = print",
        'the plug-in "printer" of acme-printer 1.2 lacks capabilities, look_up, finish',
    ),
    "capabilities": (
        SOUND.replace("Capabilities(DeliveryClass.BLIND, False, False)", "'all'"),
        "has no Capabilities",
    ),
    "own words": (
        "from storesync.errors import UserError\nraise UserError('pip install acme[fax]')",
        "pip install acme[fax]",
    ),
}


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "repository"
    folder.mkdir()
    return folder


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a package with one plug-in where Python finds it."""

    def put(code=SOUND, name="acme-printer", where="site", entry="printer = {0}:Printer"):
        module = name.replace("-", "_")
        site = tmp_path / where
        info = site / f"{module}-1.2.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
        lines = f"[{registry.CHANNELS}]\n{entry.format(module)}\n"
        (info / "entry_points.txt").write_text(lines)
        (site / f"{module}.py").write_text(code)
        monkeypatch.syspath_prepend(site)
        monkeypatch.delitem(sys.modules, module, raising=False)
        return module

    yield put
    for module in ("acme_printer", "other_printer"):
        sys.modules.pop(module, None)


def opened(name: str, root: Path, allowed=("outbox", "printer")) -> Channel:
    return registry.open_channel(name, ChannelSetting(root, {"queue": "a"}), allowed)


def refusal(name: str, root: Path, allowed=("outbox", "printer")) -> UserError:
    with pytest.raises(UserError) as caught:
        opened(name, root, allowed)
    return caught.value


def test_opens_what_an_installed_package_declares(root, install):
    install()
    channel = opened("printer", root)
    assert channel.setting == ChannelSetting(root, {"queue": "a"})


def test_what_is_built_in_is_an_entry_point_like_any_other(root):
    names = [entry.name for entry in registry.installed(registry.CHANNELS, root)]
    assert "outbox" in names


def test_no_plug_in_is_imported_before_it_is_asked_for(root, install):
    module = install()
    registry.installed(registry.CHANNELS, root)
    registry.find(registry.CHANNELS, "printer", root)
    assert module not in sys.modules


@pytest.mark.parametrize(
    ("name", "allowed", "message", "hint"),
    [
        ("printer", ["outbox"], 'the plug-in "printer" is not allowed here', 'add "printer" under'),
        ("outbxo", ["outbox"], 'the plug-in "outbxo" is not allowed here', 'did you mean "outbox"'),
        ("outbxo", ["outbxo"], 'no installed package has the plug-in "outbxo"', 'mean "outbox"?'),
        ("fax", ["fax"], 'no installed package has the plug-in "fax"', "install its package"),
        ("\u202efax", [], 'the plug-in "\\u202efax" is not allowed here', "add"),
    ],
)
def test_names_that_lead_nowhere(root, name, allowed, message, hint):
    error = refusal(name, root, allowed)
    assert error.message == message
    assert hint in error.hint


CHECKED = f"printer = {{0}}:Printer\n[{registry.CHANNEL_CHECKS}]\nprinter = {{0}}:check"
CHECK = """
from storesync.errors import UserError

def check(setting):
    if "queue" in setting.options:
        raise UserError("no queues here", hint="say tray")
"""


def test_options_are_checked_without_opening_anything(root, install):
    install(CHECK, entry=CHECKED)
    registry.check_channel("printer", ChannelSetting(root, {"tray": "1"}), ["printer"])
    with pytest.raises(registry.WrongOptionsError, match="no queues here") as caught:
        registry.check_channel("printer", ChannelSetting(root, {"queue": "1"}), ["printer"])
    assert caught.value.hint == "say tray"
    assert refusal("printer", root).message == "no queues here"


def test_a_check_that_cannot_be_loaded_is_told(root, install):
    install("import no_such_module_here", entry=CHECKED)
    with pytest.raises(UserError, match="cannot be loaded"):
        registry.check_channel("printer", ChannelSetting(root, {}), ["printer"])


def test_what_is_not_allowed_is_not_even_looked_for(root, install):
    module = install("raise SystemExit")
    assert "not allowed" in refusal("printer", root, ["outbox"]).message
    assert module not in sys.modules


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_package_is_named(root, install, what):
    code, message = BROKEN[what]
    install(code)
    assert message in refusal("printer", root).message


def test_two_packages_with_one_name_are_refused(root, install):
    install()
    install(name="other-printer", where="elsewhere")
    message = refusal("printer", root).message
    assert message == ('both acme-printer 1.2 and other-printer 1.2 have a plug-in "printer"')


def test_a_package_that_lies_in_the_repository_is_not_there(root, install):
    """As with `python -m storesync` in a repository into which someone merged a dist-info."""
    module = install("raise SystemExit", where="repository")
    assert "no installed package" in refusal("printer", root).message
    assert module not in sys.modules


def test_a_module_in_the_repository_does_not_stand_in_for_an_installed_one(
    root, install, monkeypatch
):
    module = install()
    (root / f"{module}.py").write_text("raise SystemExit")
    monkeypatch.syspath_prepend(root)
    error = refusal("printer", root)
    assert "lies in the repository, where a pull request can change it" in error.message
    assert module not in sys.modules


def test_an_object_or_a_path_is_no_name(root):
    for name in ("storesync.builtin.outbox:open_outbox", "./evil.py", ""):
        assert "no installed package" in refusal(name, root, [name]).message


def test_packages_are_looked_at_once_for_each_path(install, root, tmp_path):
    install()
    found = registry.find(registry.CHANNELS, "printer", root)
    (tmp_path / "site/acme_printer-1.2.dist-info/entry_points.txt").unlink()
    assert registry.find(registry.CHANNELS, "printer", root) == found
    install(name="other-printer", where="elsewhere", entry="other = {0}:Printer")
    assert [entry.name for entry in registry.installed(registry.CHANNELS, root)] == [
        *("other", "outbox")
    ]
