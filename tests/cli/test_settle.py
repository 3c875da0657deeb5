"""`storesync settle`, and what holds and recalls do with deliveries in doubt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_hold import pages
from tests.cli.test_publish import AGAIN, CAMPAIGN, PAGE

AT = "2026-11-22T16:00:00Z"
LATER = "2026-11-23T16:00:00Z"


def _end(*_args):
    raise KeyboardInterrupt


@pytest.fixture
def doubtful(run, fresh: Path, git_in, monkeypatch, once) -> Path:
    """A repository whose first run ended with its three pages begun and none confirmed."""
    from storesync.publish import publisher

    def change() -> None:
        git_in(fresh, "config", "user.name", "Mia")
        git_in(fresh, "config", "user.email", "mia@acme.example.com")
        with monkeypatch.context() as patch:
            patch.setattr(publisher, "_deliver", _end)
            assert run("publish", "--at", AT, cwd=fresh).code == 130

    return once("doubtful", fresh, change)


def in_doubt(run, folder: Path) -> set[str]:
    data = run("settle", "--format", "json", "--at", AT, cwd=folder).json
    return {item["location"] for item in data["deliveries"]}


def test_what_is_in_doubt_is_listed_and_nothing_written(run, doubtful: Path, git_in):
    before = git_in(doubtful, "for-each-ref")
    outcome = run("settle", "--location", "lakeside", "--at", AT, cwd=doubtful)
    assert outcome.stdout == (
        "in doubt: create my-brand/welcome  web en-US  lakeside, since 2026-11-22 16:00Z\n"
        "say what became of them: --as live, failed or withdrawn, with -m\n"
    )
    assert len(in_doubt(run, doubtful)) == 3
    assert git_in(doubtful, "for-each-ref") == before


@pytest.mark.parametrize(("state", "sent"), [("live", 2), ("failed", 3), ("withdrawn", 3)])
def test_a_person_decides(run, doubtful: Path, state, sent):
    settle = ["settle", "welcome", "--location", "lakeside", "--as", state, "-m", "I looked"]
    outcome = run(*settle, "--at", AT, cwd=doubtful)
    assert (outcome.code, f"settled as {state}: create" in outcome.stdout) == (0, True)
    assert len(in_doubt(run, doubtful)) == 2
    events = run("history", "--format", "json", cwd=doubtful).json["events"]
    told = [(e["event"], e["actor"], e["location"], e["detail"]) for e in events]
    assert (state, "mia@acme.example.com", "lakeside", "I looked") in told
    data = run("publish", "--at", LATER, "--format", "json", cwd=doubtful).json
    assert (data["summary"]["live"], len(pages(doubtful))) == (sent, sent)
    assert run("settle", "--at", AT, cwd=doubtful).stdout == "nothing is in doubt\n"


@pytest.mark.parametrize("why", ["blackout", "cancelled"])
def test_what_never_arrived_and_is_not_due_now_goes_out_when_it_is(run, doubtful, commit, why):
    settings, text = (doubtful / "storesync.yaml").read_text(), (doubtful / CAMPAIGN).read_text()
    blackout = "blackouts: [{start: 2026-11-22, end: 2026-11-22, reason: Mourning}]\n"
    waits = {
        "blackout": {"storesync.yaml": f"{settings}{blackout}"},
        "cancelled": {CAMPAIGN: f"{text}cancelled: No beans\n"},
    }
    commit(doubtful, waits[why])
    data = run("publish", "--at", AGAIN, "--format", "json", cwd=doubtful).json
    assert (data["receipts"], pages(doubtful)) == ([], {})
    assert in_doubt(run, doubtful) == set()
    if why == "cancelled":
        commit(doubtful, {CAMPAIGN: text})
    data = run("publish", "--at", LATER, "--format", "json", cwd=doubtful).json
    assert (data["summary"]["live"], len(pages(doubtful))) == (3, 3)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--as", "live", "-m", "x"], "say what: CAMPAIGN"),
        (["welcome", "--as", "live"], "say why: -m REASON"),
        (["welcome", "--as", "held", "-m", "x"], "'held' is not one of"),
    ],
)
def test_what_is_missing_is_said(run, doubtful: Path, args, message):
    outcome = run("settle", *args, "--at", AT, cwd=doubtful)
    assert (outcome.code, message in outcome.stderr) == (2, True)
    assert len(in_doubt(run, doubtful)) == 3


def test_it_needs_a_role(run, ours: Path, be):
    be(ours, "uma")
    outcome = run("settle", "welcome", "--as", "live", "-m", "x", "--at", AT, cwd=ours)
    assert (outcome.code, "has no role that decides" in outcome.stderr) == (2, True)
    lakeside = ["settle", "--location", "lakeside", "--as", "live", "-m", "x", "--at", AT]
    assert run(*lakeside, cwd=ours).stdout == "nothing is in doubt\n"


def test_what_is_held_while_in_doubt_is_not_sent_again_and_not_lost(run, doubtful: Path):
    hold = ["hold", "--location", "lakeside", "-m", "x", "--until", LATER, "--at", AT]
    assert run(*hold, cwd=doubtful).code == 0
    for _ in range(2):
        assert (
            "o held     my-brand/welcome  lakeside"
            in run("publish", "--at", AT, cwd=doubtful).stdout
        )
        assert in_doubt(run, doubtful) == {"lakeside"}
    assert len(pages(doubtful)) == 2
    assert "1 live, 2 unchanged" in run("publish", "--at", LATER, cwd=doubtful).stdout
    assert PAGE in pages(doubtful)


def test_what_is_recalled_while_in_doubt_is_taken_down(run, doubtful: Path):
    assert run("recall", "--all", "-m", "x", "--at", AT, cwd=doubtful).code == 0
    outcome = run("publish", "--at", AT, cwd=doubtful)
    assert outcome.stdout.endswith("3 withdrawn, 0 unchanged\n"), outcome
    assert (in_doubt(run, doubtful), pages(doubtful)) == (set(), {})
    assert run("resume", "--all", "-m", "y", "--at", AT, cwd=doubtful).code == 0
    assert "3 live" in run("publish", "--at", AT, cwd=doubtful).stdout
