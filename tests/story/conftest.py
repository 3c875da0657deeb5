"""A chain with GitHub as its forge: a bare repository, GitHub before it, people with clones."""

from __future__ import annotations

import copy
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "github")]  # there are no packages in tests

import fake  # noqa: E402 - see above
from hosted import Hosted, git  # noqa: E402 - see above
from people import FILES, PEOPLE, SECRETS, SETTINGS, Chain  # noqa: E402 - see above


@pytest.fixture(autouse=True)
def _near(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is asked without the proxy that others are shut off with; people are themselves."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "file:http")
    for name in ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL"):
        monkeypatch.delenv(f"GIT_{name}")


@pytest.fixture(scope="session")
def _hub() -> Iterator[Hosted]:
    with fake.serve(Hosted()) as hub:
        yield hub


@pytest.fixture(scope="session")
def _begun(_hub: Hosted, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The repository as it begins, as `server`, and what GitHub knows."""
    from storesync.cli import main

    root = tmp_path_factory.mktemp("story")
    begun = root / "begun"
    people = "".join(f"  {name}: [{name}@acme.example]\n" for name in PEOPLE)
    files = {**FILES, "storesync.yaml": SETTINGS.format(url=_hub.url, people=people)}
    for path, text in files.items():
        (begun / path).parent.mkdir(parents=True, exist_ok=True)
        (begun / path).write_text(text, encoding="utf-8")
    git(root, "init", "--quiet", "--initial-branch", "main", "begun")
    assert main.run(["-C", str(begun), "-q", "codeowners"]) == 0
    git(begun, "add", "--all")
    git(begun, "commit", "--quiet", "--message", "Begin")
    git(root, "clone", "--quiet", "--bare", "begun", "server")
    git(root / "server", "config", "http.receivepack", "true")
    shutil.rmtree(begun)
    _hub.bare = root / "server"
    _hub.tokens = {secret: name for name, secret in SECRETS.items()}
    _hub.tokens[SECRETS["ci"]] = "github-actions[bot]"
    _hub.rights = dict.fromkeys(("ada", "mia", "ben", "mallory"), "write")
    _hub.rights |= {"robin": "admin", "sam": "admin", "eve": "read"}
    _hub.addresses = {f"{name}@acme.example": name for name in PEOPLE}
    _hub.see("robin")
    return root, copy.deepcopy(_hub.__dict__)


def _chain(
    prepared: tuple[Path, dict[str, Any]], hub: Hosted, folder: Path, run: Any, patch: Any
) -> Chain:
    root = Path(shutil.copytree(prepared[0], folder / "office", symlinks=True))
    hub.__dict__.update(copy.deepcopy(prepared[1]) | {"bare": root / "server"})
    return Chain(root, hub, run, patch)


@pytest.fixture
def chain(_begun: Any, _hub: Hosted, run: Any, monkeypatch: Any, tmp_path: Path) -> Chain:
    """The chain before anything was published."""
    return _chain(_begun, _hub, tmp_path, run, monkeypatch)


@pytest.fixture(scope="session")
def _adopted(
    _begun: Any, _hub: Hosted, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Any]]:
    """The same, adopted and published once."""
    from storesync.cli import main

    def run(*args: Any) -> Any:
        code = main.run([*map(str, args)])
        return type("Done", (), {"code": code, "stdout": "", "stderr": ""})

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "127.0.0.1")
        made = _chain(_begun, _hub, tmp_path_factory.mktemp("adopted"), run, patch)
        made.do("robin", "-q", "verify", "--adopt")
        made.publish("-q")
        for name in ("ada", "mia", "ben"):
            made.be(name)
        shutil.rmtree(made.root / "ci-1")
    return made.root, copy.deepcopy(_hub.__dict__)


@pytest.fixture
def office(_adopted: Any, _hub: Hosted, run: Any, monkeypatch: Any, tmp_path: Path) -> Chain:
    """The chain with its campaign live, and clones of Ada, Mia, Ben and Robin."""
    made = _chain(_adopted, _hub, tmp_path, run, monkeypatch)
    made.minute = 1
    return made
