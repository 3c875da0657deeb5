"""Channels whose plug-in cannot be used: told before anything is published, and never opened."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from installed import install

SETTINGS = "storesync.yaml"
AT = "2026-12-02T12:00Z"
LATER = "2026-12-02T12:05Z"
# What storesync.yaml says of its channel -> the key that the message is about, and the message.
UNUSABLE = {
    "{plugin: outbx}": ("plugin", 'the plug-in "outbx" is not allowed here'),
    "{plugin: evil}": ("plugin", 'the plug-in "evil" is not allowed here'),
    "{options: {foldr: x}}": ("options", 'the outbox has no option "foldr"'),
    "{options: {branch: a..b}}": ("options", '"a..b" is no name for a branch'),
    "{options: {branch: main}}": ("options", "the branch main is checked out"),
    "{options: {folder: ../../tmp/x}}": ("options", 'the outbox cannot be in "../../tmp/x"'),
    "{options: {folder: brands}}": ("options", "the outbox cannot be in brands"),
}


@pytest.fixture
def unusable(small: Path, commit, request: pytest.FixtureRequest) -> Path:
    """A repository with three live pages, whose newest commit has other settings."""
    text = (small / SETTINGS).read_text(encoding="utf-8")
    assert "{plugin: outbox}" in text
    commit(small, {SETTINGS: text.replace("{plugin: outbox}", request.param)})
    return small


each = pytest.mark.parametrize(
    ("unusable", "at", "message"),
    [(setting, *told) for setting, told in UNUSABLE.items()],
    indirect=["unusable"],
    ids=list(UNUSABLE),
)


@each
def test_validate_tells_it_at_its_line(run, unusable: Path, at: str, message: str):
    lines = (unusable / SETTINGS).read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if f"{{{at}: " in text)
    for _ in range(2):  # also where everything else is remembered
        outcome = run("validate", cwd=unusable)
        assert outcome.code == 1
        place = f"{SETTINGS}:{line}:{lines[line - 1].index(at) + 1}"
        assert outcome.stdout.startswith(f"{place}: error: {message}")
        assert "[unknown-plugin]" in outcome.stdout


@each
@pytest.mark.parametrize("command", [("plan",), ("publish", "--dry-run")])
def test_plans_show_what_publish_does(run, unusable: Path, at: str, message: str, command):
    planned = run(*command, "--at", LATER, "--format", "json", cwd=unusable)
    assert planned.code == 1
    assert planned.json["summary"] == {"create": 0, "update": 0, "withdraw": 0, "unchanged": 3}
    assert {item["reason"].startswith(message) for item in planned.json["frozen"]} == {True}
    assert f"error: {message}" in planned.stderr
    assert "[unknown-plugin]" in planned.stderr
    del at


@pytest.mark.parametrize("unusable", ["{plugin: acme}"], indirect=True)
def test_nothing_of_a_plug_in_runs_before_it_publishes(
    run, unusable: Path, edit, tmp_path: Path, monkeypatch, commit
):
    edit(unusable / SETTINGS, "channels:", "plugins: [acme]\nchannels:")
    commit(unusable, {SETTINGS: (unusable / SETTINGS).read_text(encoding="utf-8")})
    missing = run("validate", cwd=unusable)
    assert missing.code == 1
    assert 'no installed package has the plug-in "acme"' in missing.stdout
    assert "hint: install its package" in missing.stdout
    install(tmp_path / "site", monkeypatch, "channels", "acme = acme_fax:Fax", "raise SystemExit")
    assert run("validate", cwd=unusable).code == 0
    assert run("plan", "--at", LATER, cwd=unusable).code == 0
    assert "acme_fax" not in sys.modules


@each
def test_a_review_tells_it_and_concludes_nothing(run, unusable: Path, at: str, message: str):
    options = ("--base", "HEAD~1", "--head", "HEAD", "--at", LATER, "--format", "json")
    planned = run("plan", *options, cwd=unusable)
    assert planned.code == 1
    assert planned.json["changes"] == []
    assert {item["reason"] for item in planned.json["frozen"] if message in item["reason"]}
    assert f"error: {message}" in planned.stderr
    assert at in {"plugin", "options"}


@pytest.mark.parametrize("unusable", ["{plugin: evil}"], indirect=True)
def test_mending_it_sends_nothing_again(run, unusable: Path, commit):
    text = (unusable / SETTINGS).read_text(encoding="utf-8")
    commit(unusable, {SETTINGS: text.replace("{plugin: evil}", "{plugin: outbox}")})
    planned = run("plan", "--at", LATER, "--format", "json", cwd=unusable)
    assert (planned.code, planned.json["changes"]) == (0, [])


@each
def test_publishing_leaves_it_as_it_is_and_status_says_why(
    run, unusable: Path, at: str, message: str
):
    published = run("publish", "--at", LATER, cwd=unusable)
    if at == "plugin":  # it might be a real one, which knows no moment but now
        assert (published.code, published.stdout) == (2, "")
        assert "error: --at publishes to the outbox only" in published.stderr
        assert f": {message}" in published.stderr
    else:
        assert (published.code, "3 of them frozen" in published.stdout) == (1, True)
        assert f"error: {message}" in published.stderr
    told = run("status", "--at", LATER, cwd=unusable)
    assert (told.code, f"error: {message}" in told.stderr) == (1, True)


def test_what_an_unusable_channel_keeps_in_is_not_late(run, fresh: Path, commit):
    text = (fresh / SETTINGS).read_text(encoding="utf-8")
    run("publish", "--at", "2025-12-31T00:00Z", cwd=fresh)  # the ledger begins
    assert "late: 3 not sent" in run("status", "--at", LATER, cwd=fresh).stdout
    commit(fresh, {SETTINGS: text.replace("{plugin: outbox}", "{plugin: outbx}")})
    found = run("status", "--at", LATER, cwd=fresh)
    assert "late" not in found.stdout
    assert "storesync.yaml:5:9: error: " in found.stderr


def test_an_option_without_a_word_is_told_once(run, small: Path, commit):
    text = (small / SETTINGS).read_text(encoding="utf-8")
    setting = '{plugin: outbox, options: {folder: ""}}'
    commit(small, {SETTINGS: text.replace("{plugin: outbox}", setting)})
    assert len(run("validate", "--format", "json", cwd=small).json["diagnostics"]) == 1
