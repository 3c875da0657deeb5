"""A channel that cannot be asked, of a package that somebody else wrote: killed while it sends."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from installed import install

from storesync.ledger.store import LedgerStore
from storesync.source.cache import MemoryCache
from storesync.source.git import Repository

AT = "2026-11-22T16:00Z"
STATES = {"main-street": "live", "old-station": "failed"}
PRINTER = """
import os
from pathlib import Path
from storesync.plugins.protocols import Capabilities, DeliveryClass, DeliveryState, Receipt

class Printer:
    capabilities = Capabilities(
        DeliveryClass.BLIND, can_update=False, can_withdraw=False,
        can_schedule=os.environ.get("CAN_SCHEDULE") == "yes",
    )
    state = DeliveryState(os.environ.get("SAYS", "live"))
    def __init__(self, setting):
        self.tray, self.jam = Path(os.environ["TRAY"]), os.environ.get("JAM")
    def deliver(self, batch):
        for item in batch.deliveries:
            with self.tray.open("a") as file:
                file.write(f"{item.placement.location}\\n")
            if item.placement.location == self.jam:
                raise KeyboardInterrupt
            yield Receipt(item.key, self.state)
    def look_up(self, delivery):
        raise AssertionError("it cannot be asked")
    def finish(self, at):
        pass
"""


@pytest.fixture
def tray(tmp_path, monkeypatch) -> Path:
    """Install the package, and return the file that says what was printed."""
    install(tmp_path / "site", monkeypatch, "channels", "paper = acme_paper:Printer", PRINTER)
    monkeypatch.setenv("TRAY", str(tmp_path / "tray"))
    return tmp_path / "tray"


def test_a_clock_that_stands_before_the_ledger_takes_nothing_down(
    run, fresh: Path, commit, git_in, tray
):
    settings = (fresh / "storesync.yaml").read_text(encoding="utf-8")
    settings = settings.replace("{plugin: outbox}", "{plugin: paper}")
    tip = commit(fresh, {"storesync.yaml": f"{settings}plugins: [outbox, paper]\n"})
    repository = re.findall(r"^repository: (\S+)", settings, re.MULTILINE)[0]
    LedgerStore(Repository.find(fresh), MemoryCache()).begin(
        at=datetime.now(UTC) + timedelta(days=9), who="mia", commit=tip, repository_id=repository
    )
    outcome = run("publish", cwd=fresh)
    assert (outcome.code, "before the ledger began" in outcome.stderr) == (2, True)
    assert not tray.exists()
    # It was the clock of then that was wrong: whoever adopts says what time it is.
    git_in(fresh, "config", "user.name", "Mia")
    git_in(fresh, "config", "user.email", "mia@example.com")
    assert run("verify", "--adopt", "-m", "That clock was ahead", cwd=fresh).code == 0
    assert run("publish", cwd=fresh).code == 0
    assert len(tray.read_text().split()) == 3


@pytest.fixture
def shop(run, fresh: Path, commit, git_in, monkeypatch, tray):
    """A shop that prints, whose printer was killed at the second of three sheets."""
    settings = (fresh / "storesync.yaml").read_text(encoding="utf-8")
    settings = settings.replace("{plugin: outbox}", "{plugin: paper}")
    commit(fresh, {"storesync.yaml": f"{settings}plugins: [outbox, paper]\n"})
    git_in(fresh, "config", "user.name", "Mia")
    git_in(fresh, "config", "user.email", "mia@example.com")
    with monkeypatch.context() as patch:
        patch.setenv("JAM", "main-street")
        assert run("publish", "--at", AT, cwd=fresh).code == 2, "only to the outbox"
        assert run("publish", cwd=fresh).code == 130
    assert tray.read_text().split() == ["lakeside", "main-street"]
    return fresh


def test_what_nobody_can_ask_about_waits_for_a_person(run, shop, tray):
    """Said once for all of a campaign, not once for each of ten thousand; nothing is sent again."""
    outcome = run("publish", cwd=shop)
    assert outcome.code == 1
    assert outcome.stderr == (
        "warning: my-brand/welcome on web: 2 deliveries stay in doubt: this channel cannot be asked"
        " what became of it; look there, and say it: storesync settle\n"
    )
    assert run("publish", cwd=shop).code == 0, "it is known by now"
    assert "warning: 2 of these changes are in doubt" in run("plan", cwd=shop).stdout
    assert len(tray.read_text().split()) == 2
    for location, state in STATES.items():
        settle = ("settle", "welcome", "--location", location, "--as", state, "-m", "I looked")
        assert run(*settle, cwd=shop).code == 0
    outcome = run("publish", cwd=shop)
    assert (outcome.code, "1 live, 2 unchanged" in outcome.stdout) == (0, True), outcome
    assert tray.read_text().split() == ["lakeside", "main-street", "old-station"]


def test_what_cannot_be_asked_is_not_said_to_be_there(run, shop):
    assert run("settle", "welcome", "--as", "live", "-m", "I looked", cwd=shop).code == 0
    outcome = run("verify", "--live", cwd=shop)
    assert (outcome.code, "are as the ledger says" in outcome.stdout) == (0, False)
    assert "3 deliveries on web: the channel cannot be asked" in outcome.stdout


def test_what_a_channel_cannot_do_it_is_not_asked_for(run, shop, tray, commit):
    """Neither to change what is out nor to take it down; a person is told, once for the same."""
    assert run("settle", "welcome", "--as", "live", "-m", "I looked", cwd=shop).code == 0
    sheets = tray.read_text()
    path = shop / "brands/my-brand/campaigns/welcome/campaign.yaml"
    text = path.read_text(encoding="utf-8")
    commit(shop, {str(path.relative_to(shop)): text.replace("Good to", "Lovely to")})
    assert run("verify", "--adopt", "-m", "Looked at", cwd=shop).code == 0
    outcome = run("publish", "--force", cwd=shop)
    assert outcome.code == 1
    assert "this channel cannot change what it sent" in outcome.stdout + outcome.stderr
    assert run("publish", cwd=shop).code == 0, "it was told before"
    commit(shop, {str(path.relative_to(shop)): f"{text}cancelled: The hall burnt down\n"})
    assert run("verify", "--adopt", "-m", "Looked at", cwd=shop).code == 0
    outcome = run("publish", "--force", cwd=shop)
    assert outcome.code == 1
    assert "do that there by hand" in outcome.stdout + outcome.stderr
    assert tray.read_text() == sheets


@pytest.mark.usefixtures("tray")
@pytest.mark.parametrize(("able", "state"), [("yes", "handed_off"), ("no", "in_doubt")])
def test_only_a_channel_with_a_scheduler_hands_off(run, fresh, commit, monkeypatch, able, state):
    settings = (fresh / "storesync.yaml").read_text(encoding="utf-8")
    settings = settings.replace("{plugin: outbox}", "{plugin: paper}")
    commit(fresh, {"storesync.yaml": f"{settings}plugins: [outbox, paper]\n"})
    monkeypatch.setenv("SAYS", "handed_off")
    monkeypatch.setenv("CAN_SCHEDULE", able)
    outcome = run("publish", "--format", "json", cwd=fresh)
    assert [item["state"] for item in outcome.json["receipts"]] == [state] * 3
