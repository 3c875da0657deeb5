"""What may be out, and cannot be asked about: messages are sent once, pages are not forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from installed import install

from storesync.publish import publisher

pytestmark = pytest.mark.slow

# It writes down what it sends, and cannot be asked; a second one of the same key is none.
POST = """
import os
from pathlib import Path
from storesync.plugins.protocols import Capabilities, DeliveryClass, DeliveryState, Receipt

class Post:
    def __init__(self, setting):
        self.box, kind = Path(os.environ["BOX"]), os.environ["KIND"]
        self.capabilities = Capabilities(
            DeliveryClass(kind), can_update=False, can_withdraw=True, can_verify=kind == "lookup"
        )
    def deliver(self, batch):
        for item in batch.deliveries:
            if item.key not in self.sent():
                with self.box.open("a") as file:
                    file.write(f"{item.key} {item.action.value} {item.placement.campaign}\\n")
            is_down = item.artifact is None
            yield Receipt(item.key, DeliveryState.WITHDRAWN if is_down else DeliveryState.LIVE)
    def sent(self):
        return self.box.read_text() if self.box.exists() else ""
    def look_up(self, delivery):
        known = delivery.key in self.sent()
        return Receipt(delivery.key, DeliveryState.LIVE) if known else None
    def finish(self, at):
        pass
"""
CAMPAIGN = "brands/acme/campaigns/club/campaign.yaml"
RENAMED = "brands/acme/campaigns/circle/campaign.yaml"
LEITH = "brands/acme/locations/gb/leith.yaml"
FILES = {
    "storesync.yaml": (
        "format: 1\nrepository: r0123456789abcdef\nplugins: [outbox, post]\n"
        "channels: {sms: {plugin: post}, web: {plugin: post}}\nadmins: [mia]\n"
        "people: {mia: [mia@acme.example]}\n"
    ),
    "brands/acme/brand.yaml": "name: Acme\nlocales: [en-GB]\ncurrency: GBP\n",
    LEITH: "name: Leith\naddress: {city: Leith, country: GB}\ntimezone: Europe/London\n",
    CAMPAIGN: (
        "name: Club\ntemplate: shared/card\nflight: {start: 2026-01-01}\nchannels: [sms]\n"
        "values: {headline: Hello}\n"
    ),
    "templates/shared/card/template.yaml": "name: Card\nvariables: {headline: {maxLength: 60}}\n",
    "templates/shared/card/sms.txt.j2": "{{ headline }} {{ location_name }}",
    "templates/shared/card/web.html.j2": "<p>{{ headline }} {{ location_name }}</p>",
}
BRAND = {path: text for path, text in FILES.items() if path.startswith("brands/acme/")}
MOVED = {CAMPAIGN: None, RENAMED: f"{FILES[CAMPAIGN]}formerly: [club]\n"}
SETTLE = ("settle", "--all", "-m", "I looked", "--as")


def _end(*_args: object) -> None:
    raise KeyboardInterrupt


class Desk:
    """A clone, who publishes from it, and what was sent."""

    def __init__(self, folder: Path, run: Callable, box: Path, alter: Callable) -> None:
        self.folder, self.box, self._run, self._alter = folder, box, run, alter

    def do(self, *args: str) -> int:
        return self._run(*args, cwd=self.folder).code

    def adopt(self, files: dict[str, str | None]) -> None:
        self._alter(self.folder, files)
        assert self.do("verify", "--adopt", "-m", "Mine") == 0

    @property
    def sent(self) -> list[str]:
        lines = self.box.read_text().splitlines() if self.box.exists() else []
        return [line.split(" ", 1)[1] for line in lines]


@pytest.fixture
def desk(repo, run, git_in, tmp_path, monkeypatch) -> Callable[..., Desk]:
    """Return a desk where a run ended after it had begun the one message."""

    def alter(folder: Path, files: dict[str, str | None]) -> None:
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).unlink() if text is None else (folder / name).write_text(text)
        git_in(folder, "add", "--all")
        git_in(folder, "commit", "--quiet", "--allow-empty", "--message", "Change")

    def begin(kind: str, more: str = "", files: dict[str, str] = FILES) -> Desk:
        monkeypatch.setenv("KIND", kind)
        folder = repo(files | {"storesync.yaml": FILES["storesync.yaml"] + more}, "desk")
        if more:
            git_in(folder.parent, "clone", "--quiet", "--bare", "desk", "origin.git")
            git_in(folder, "remote", "add", "origin", str(folder.parent / "origin.git"))
        git_in(folder, "config", "user.name", "Mia")
        git_in(folder, "config", "user.email", "mia@acme.example")
        made = Desk(folder, run, tmp_path / "box", alter)
        made.adopt({})
        with monkeypatch.context() as patch:
            patch.setattr(publisher, "_deliver", _end)
            assert made.do("publish") == 130
        return made

    install(tmp_path / "site", monkeypatch, "channels", "post = acme_note:Post", POST)
    monkeypatch.setenv("BOX", str(tmp_path / "box"))
    return begin


EDITED = {CAMPAIGN: FILES[CAMPAIGN].replace("Hello", "Good day")}
PLACE = {LEITH: None, LEITH.replace("leith", "shore"): f"{FILES[LEITH]}formerly: [leith]\n"}
CHANGES = {"campaign": MOVED, "location": PLACE, "words": EDITED}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", ["blind", "keyed"])
def test_it_stays_in_doubt_where_it_would_be_another_one(desk, kind, change):
    office = desk(kind)
    office.adopt(CHANGES[change])
    assert [office.do("publish") for _ in range(3)] == [1, 0, 0]
    assert office.sent == []
    assert office.do(*SETTLE, "live") == 0
    assert [office.do("publish") for _ in range(2)] == [0, 0]
    assert office.sent == []


def test_what_was_sent_by_a_brand_that_is_renamed_is_sent_once(desk):
    """The new brand is worked out again when that is known, and not when something else changes."""
    office = desk("blind")
    renamed = {path.replace("/acme/", "/apex/"): text for path, text in BRAND.items()}
    renamed["brands/apex/brand.yaml"] += "formerly: [acme]\n"
    office.adopt(dict.fromkeys(BRAND) | renamed)
    assert [office.do("publish") for _ in range(2)] == [1, 0]
    assert office.do(*SETTLE, "live") == office.do("publish") == 0
    office.adopt({"brands/apex/brand.yaml": f"{renamed['brands/apex/brand.yaml']}notes: Done\n"})
    assert office.do("publish") == 0
    assert office.sent == []


@pytest.mark.parametrize("kind", ["blind", "keyed"])
def test_what_never_arrived_is_sent_under_its_new_id_once_somebody_says_so(desk, kind):
    office = desk(kind)
    office.adopt(MOVED)
    office.do("publish")
    assert office.do(*SETTLE, "failed") == 0
    assert office.do("publish", "--only-failed") == office.do("publish") == 0
    assert office.sent == ["create circle"]


def test_the_same_is_repeated_where_keys_are_known(desk):
    office = desk("keyed")
    assert office.do("publish") == office.do("publish") == 0
    assert office.sent == ["create club"]


def test_what_is_asked_about_goes_out_under_its_new_id(desk):
    office = desk("lookup")
    office.adopt(MOVED)
    assert office.do("publish") == office.do("publish") == 0
    assert office.sent == ["create circle"]


def test_what_another_machine_may_be_sending_waits_under_its_new_id(desk):
    office = desk("lookup", "ledger: {remote: origin}\n")
    office.adopt(MOVED)
    assert office.do("publish") == 0
    assert office.sent == []


@pytest.mark.parametrize("change", [None, f"{FILES[CAMPAIGN]}cancelled: No beans\n"])
def test_a_page_that_may_be_out_and_is_not_due_waits_for_a_person(desk, change):
    page = FILES[CAMPAIGN].replace("[sms]", "[web]")
    office = desk("keyed", files=FILES | {CAMPAIGN: page})
    office.adopt({CAMPAIGN: change and change.replace("[sms]", "[web]")})
    assert [office.do("publish") for _ in range(2)] == [1, 0]
    assert office.do(*SETTLE, "live") == 0
    assert [office.do("publish", "--force") for _ in range(2)] == [0, 0]
    assert office.sent == ["withdraw club"]


def test_what_was_begun_and_not_sent_before_its_window_passed_is_missed(repo, run, monkeypatch):
    settings = "format: 1\nrepository: r0123456789abcdef\n"
    short = FILES[CAMPAIGN].replace("2026-01-01", "2026-12-01, end: 2026-12-02")
    folder = repo(FILES | {"storesync.yaml": settings, CAMPAIGN: short})
    with monkeypatch.context() as patch:
        patch.setattr(publisher, "_deliver", _end)
        assert run("publish", "--at", "2026-12-01T12:00Z", cwd=folder).code == 130
    first, second = (run("publish", "--at", "2026-12-03T12:00Z", cwd=folder) for _ in range(2))
    assert (first.code, second.code, "1 missed" in first.stdout) == (1, 0, True)
    assert "missed   acme/club  sms  leith: never arrived, and is not due any more" in first.stdout
