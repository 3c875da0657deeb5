"""Two machines share a ledger: one is so slow that the other takes over what it has begun."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from installed import install

from storesync.publish import publisher

pytestmark = pytest.mark.slow

# It can be asked, and takes the same a second time as another one. On the slow machine it falls
# asleep once it has sent the second of three, while the other machine publishes; or that does so
# while it is asked, and dies once all is sent.
POST = """
import os, subprocess, sys, time
from pathlib import Path
from storesync.plugins.protocols import Capabilities, DeliveryClass, DeliveryState, Receipt

class Post:
    capabilities = Capabilities(
        DeliveryClass.LOOKUP, can_update=False, can_withdraw=False, can_verify=True,
        batch_size=int(os.environ.get("BATCH", "5000")),
    )
    def __init__(self, setting):
        self.box, self.other = Path(os.environ["BOX"]), os.environ.get("OTHER")
    def deliver(self, batch):
        for item in batch.deliveries:
            with self.box.open("a") as file:
                file.write(f"{item.key} {item.placement.location}\\n")
            if self.other and len(self.box.read_text().splitlines()) == 2:
                time.sleep(float(os.environ["NAP"]))
                env = {k: v for k, v in os.environ.items() if k != "OTHER"}
                command = [sys.executable, "-m", "storesync", "-C", self.other, "publish"]
                subprocess.run(command, env=env, check=False, capture_output=True)
            yield Receipt(item.key, DeliveryState.LIVE)
        if "DIES" in os.environ:
            os._exit(1)
    def look_up(self, delivery):
        if "WHILE_ASKED" in os.environ:
            env = {**os.environ, "DIES": "1"}
            command = [sys.executable, "-m", "storesync", "-C", env.pop("WHILE_ASKED"), "publish"]
            subprocess.run(command, env=env, check=False, capture_output=True)
        known = self.box.read_text() if self.box.exists() else ""
        return Receipt(delivery.key, DeliveryState.LIVE) if delivery.key in known else None
    def finish(self, at):
        pass
"""


@pytest.fixture
def box(tmp_path, monkeypatch) -> Path:
    """Install the package, and return the file that says what was sent."""
    install(tmp_path / "site", monkeypatch, "channels", "post = acme_post:Post", POST)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    monkeypatch.setenv("BOX", str(tmp_path / "box"))
    return tmp_path / "box"


@pytest.fixture
def two(run, fresh: Path, commit, git_in, box) -> tuple[Path, Path]:
    """Two clones that share their ledger; all is adopted, and nothing sent yet."""
    settings = (fresh / "storesync.yaml").read_text(encoding="utf-8")
    settings = settings.replace("{plugin: outbox}", "{plugin: post}")
    more = "plugins: [outbox, post]\nledger: {remote: origin}\n"
    commit(fresh, {"storesync.yaml": f"{settings}{more}"})
    git_in(fresh.parent, "clone", "--quiet", "--bare", "fresh", "origin.git")
    for name in ("slow", "other"):
        git_in(fresh.parent, "clone", "--quiet", "origin.git", name)
        git_in(fresh.parent / name, "config", "user.name", "Mia")
        git_in(fresh.parent / name, "config", "user.email", "mia@example.com")
    assert run("verify", "--adopt", cwd=fresh.parent / "slow").code == 0
    return fresh.parent / "slow", fresh.parent / "other"


def test_of_an_expected_plan_nothing_is_sent_after_another_run_wrote(run, two, box, monkeypatch):
    slow, other = two
    plan = run("plan", "--format", "json", cwd=slow).json["fingerprint"]
    with monkeypatch.context() as patch:
        for name, value in (("BATCH", "1"), ("OTHER", str(other)), ("NAP", "0")):
            patch.setenv(name, value)
        outcome = run("publish", "--expect", plan, cwd=slow)
    assert outcome.code == 2
    assert "2 of the expected plan's deliveries were sent, the rest was not" in outcome.stderr
    assert len(box.read_text().splitlines()) == 3  # the other run sent the third


CASES = {
    "in its batch": ("5000", 3, 2),
    "between two batches": ("1", 3, 0),
    "not at all": ("5000", 900, 0),
    "not at all, between two": ("1", 900, 0),
}


@pytest.mark.parametrize("case", CASES)
def test_what_another_machine_took_over_is_sent_once(run, two, box, monkeypatch, case):
    slow, other = two
    batch, lease, code = CASES[case]
    monkeypatch.setattr(publisher, "LEASE", timedelta(seconds=lease))
    with monkeypatch.context() as patch:
        for name, value in (("BATCH", batch), ("OTHER", str(other))):
            patch.setenv(name, value)
        patch.setenv("NAP", "3.5" if lease == 3 else "0")
        outcome = run("publish", "--format", "json", cwd=slow)
    sent = [line.split()[1] for line in box.read_text().splitlines()]
    assert sorted(sent) == ["lakeside", "main-street", "old-station"], outcome
    assert outcome.code == code, outcome
    if code:
        assert "another run may go on with it" in outcome.json["error"]["message"]
    else:
        counts = outcome.json["summary"]
        assert counts["live"] + counts["unchanged"] == 3
        assert len(outcome.json["receipts"]) == counts["live"]
    for folder in (slow, other):
        assert run("publish", cwd=folder).stdout.startswith("nothing to do: 3 deliveries")
    assert len(box.read_text().splitlines()) == 3


def test_what_another_machine_began_while_a_channel_was_asked_is_left_to_it(
    run, two, box, monkeypatch
):
    slow, other = two
    with monkeypatch.context() as patch:  # what it begins is in doubt, and nobody's any more
        patch.setattr(publisher, "LEASE", timedelta())
        patch.setenv("BATCH", "1")
        assert run("publish", cwd=slow).code == 2
    assert not box.exists()
    with monkeypatch.context() as patch:
        patch.setenv("WHILE_ASKED", str(other))
        outcome = run("publish", cwd=slow)
    sent = [line.split()[1] for line in box.read_text().splitlines()]
    assert sorted(sent) == ["lakeside", "main-street", "old-station"], outcome
