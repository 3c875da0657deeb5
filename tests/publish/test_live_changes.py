"""What is live while files are renamed, misnamed or broken: nothing twice, nothing lost."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storesync.cli import main

AT = "2026-11-22T12:00Z"
CAMPAIGN = "brands/acme/campaigns/promo/campaign.yaml"
SHOP = "brands/acme/locations/gb/leith.yaml"
FILES = {
    "storesync.yaml": "format: 1\nrepository: r0123456789abcdef\n",
    "brands/acme/brand.yaml": "name: Acme\nlocales: [en-GB]\ncurrency: GBP\n",
    "brands/acme/locations/gb/_defaults.yaml": (
        "address: {country: GB}\ntimezone: Europe/London\n"
    ),
    SHOP: "name: Leith\naddress: {street: 1 Shore, city: Leith}\n",
    "brands/acme/locations/gb/dean.yaml": "name: Dean\naddress: {street: 9 Mill, city: Dean}\n",
    CAMPAIGN: (
        "name: Promo\ntemplate: shared/all\nflight: {start: 2026-11-01, end: 2026-12-24}\n"
        "channels: [web, email, sms]\nvalues: {headline: Hello}\n"
    ),
    "templates/shared/all/template.yaml": "name: All\nvariables:\n  headline: {maxLength: 60}\n",
    **{
        f"templates/shared/all/{part}.j2": "{{ headline }} {{ location_name }}"
        for part in ("web.html", "email.html", "email.subject", "sms.txt")
    },
}
Change = dict[str, str | None]

pytestmark = pytest.mark.slow


def git(folder: Path, *args: str) -> None:
    """Run Git in a folder."""
    subprocess.run(["git", "-C", str(folder), *args], check=True)


def move(old: str, new: str, add: str = "") -> Change:
    """Return the change that renames a file and appends a line."""
    return {old: None, new: FILES[old] + add}


class Shop:
    """A repository with live deliveries, to change and publish again."""

    def __init__(self, folder: Path, run: Callable[..., Any], commit: Callable[..., str]) -> None:
        self.folder, self._run, self._commit = folder, run, commit
        self._minute = 0

    def change(self, files: Change, *, now: bool = False) -> tuple[int, list[tuple[str, str, str]]]:
        """Commit a change and publish a minute later; return the exit code and what was sent."""
        self._minute += 1
        at = () if now else ("--at", f"2026-11-22T12:{self._minute:02d}Z")
        for path, text in files.items():
            if text is None:
                (self.folder / path).unlink()
        self._commit(self.folder, {path: text for path, text in files.items() if text is not None})
        done = self._run("-C", self.folder, "publish", "--format", "json", *at, "--force")
        receipts = json.loads(done.stdout)["receipts"]
        return done.code, sorted(
            (item["state"], item["channel"], item["location"]) for item in receipts
        )


@pytest.fixture(scope="session")
def _live(_templates: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository with everything published at AT. Not to be changed."""
    folder = shutil.copytree(_templates(FILES), tmp_path_factory.mktemp("live") / "repo")
    assert main.run(["-C", str(folder), "-q", "publish", "--at", AT]) == 0
    return Path(folder)


@pytest.fixture
def shop(_live: Path, tmp_path: Path, run: Callable[..., Any], commit: Callable[..., str]) -> Shop:
    return Shop(shutil.copytree(_live, tmp_path / "repo"), run, commit)


@pytest.mark.parametrize(
    "files",
    [
        move(SHOP, SHOP.replace("leith.yaml", "leith.yml")),
        move(SHOP, SHOP.replace("leith.yaml", "Leith.yaml")),
        move(SHOP, SHOP.replace("leith", "new-leith")),
        move(CAMPAIGN, CAMPAIGN.replace(".yaml", ".yml")),
        move(CAMPAIGN, CAMPAIGN.replace("promo", "Promo")),
        move(CAMPAIGN, CAMPAIGN.replace("promo", "new-promo")),
        {SHOP: "name: [Leith\n"},
        {CAMPAIGN: "name: Promo\nflight: soon\n"},
        {"templates/shared/all/web.html.j2": "{{ nothing_sets_this }}"},
        {"brands/acme/brand.yaml": "name: Acme\ncurrency: pounds\n"},
    ],
    ids=lambda files: " ".join(
        f"{path}{'-' if text is None else '+'}" for path, text in files.items()
    ),
)
def test_what_cannot_be_read_stays_and_is_reported(shop: Shop, files: Change) -> None:
    code, sent = shop.change(files)
    assert (code, sent) == (1, [])


@pytest.mark.parametrize("name", ["winter/Results.yml", "Winter 1/campaign.yaml", "loose.yaml"])
def test_a_wrong_name_in_the_archive_stops_nothing(shop: Shop, name: str) -> None:
    text = FILES[CAMPAIGN].replace("Hello", "Good day")
    code, sent = shop.change({f"brands/acme/archive/{name}": "name: Old\n", CAMPAIGN: text})
    assert (code, sorted({place for _, _, place in sent})) == (1, ["dean", "leith"])


def test_a_renamed_location_gets_a_new_page_and_no_message_again(shop: Shop) -> None:
    new = SHOP.replace("leith", "new-leith")
    code, sent = shop.change(move(SHOP, new, "formerly: [leith]\n"))
    assert (code, sent) == (0, [("live", "web", "new-leith"), ("withdrawn", "web", "leith")])
    assert shop.change({new: FILES[SHOP]}) == (0, [])


def test_a_campaign_renamed_twice_sends_no_message_again(shop: Shop) -> None:
    second, third = (CAMPAIGN.replace("promo", name) for name in ("second", "third"))
    code, sent = shop.change(move(CAMPAIGN, second, "formerly: [promo]\n"))
    assert code == 0
    assert {channel for _, channel, _ in sent} == {"web"}
    code, sent = shop.change({second: None, third: FILES[CAMPAIGN] + "formerly: [second]\n"})
    assert code == 0
    assert {channel for _, channel, _ in sent} == {"web"}


def test_another_language_or_destination_sends_no_message_again(shop: Shop) -> None:
    brand = FILES["brands/acme/brand.yaml"].replace("en-GB", "en-IE")
    code, sent = shop.change({"brands/acme/brand.yaml": brand})
    assert code == 0
    assert {channel for _, channel, _ in sent} == {"web"}
    settings = FILES["storesync.yaml"] + "channels: {sms: {destination: main}}\n"
    assert shop.change({"storesync.yaml": settings}) == (0, [])


def test_a_closed_location_is_taken_down_and_comes_back(
    shop: Shop, run: Callable[..., Any]
) -> None:
    closed = FILES[SHOP] + "closed_until: 2026-12-01\n"
    assert shop.change({SHOP: closed}) == (0, [("withdrawn", "web", "leith")])
    plan = run("-C", shop.folder, "plan", "--base", "HEAD~1", "--head", "HEAD", "--at", AT)
    assert "comes down now: closed until 2026-12-01, then back" in plan.stdout
    later = run("-C", shop.folder, "publish", "--format", "json", "--at", "2026-12-01T00:00Z")
    assert [item["state"] for item in later.json["receipts"]] == ["live"]


def test_going_back_to_an_earlier_text_is_a_new_delivery(shop: Shop) -> None:
    changed = FILES[CAMPAIGN].replace("Hello", "Goodbye")
    assert shop.change({CAMPAIGN: changed})[1] == [
        ("live", "web", "dean"),
        ("live", "web", "leith"),
    ]
    assert shop.change({CAMPAIGN: FILES[CAMPAIGN]})[1] == [
        ("live", "web", "dean"),
        ("live", "web", "leith"),
    ]


def test_a_longer_flight_sends_nothing_again(shop: Shop) -> None:
    assert shop.change({CAMPAIGN: FILES[CAMPAIGN].replace("12-24", "12-31")}) == (0, [])


def test_a_moved_location_stays_itself(shop: Shop) -> None:
    moved = "brands/acme/locations/gb/_defaults.yaml", "brands/acme/locations/gb/north/leith.yaml"
    assert shop.change({SHOP: None, moved[1]: FILES[SHOP]}) == (0, [])


def test_a_missing_plug_in_stops_only_its_channel(shop: Shop) -> None:
    settings = FILES["storesync.yaml"] + "channels: {sms: {plugin: nope}}\n"
    changed = FILES[CAMPAIGN].replace("Hello", "Goodbye").replace(", end: 2026-12-24", "")
    code, sent = shop.change({"storesync.yaml": settings, CAMPAIGN: changed}, now=True)
    assert (code, sent) == (1, [("live", "web", "dean"), ("live", "web", "leith")])


def test_a_damaged_ledger_stops_only_its_campaign(shop: Shop) -> None:
    spare = shop.folder.parent / "ledger"
    git(shop.folder, "worktree", "add", "-q", str(spare), "storesync/ledger")
    segment = next(spare.glob("ledger/acme/promo/*.jsonl"))
    segment.write_text(segment.read_text().replace("leith", "leitn", 1))
    git(spare, "commit", "-qam", "Tamper")
    git(shop.folder, "worktree", "remove", str(spare))
    other = FILES[CAMPAIGN].replace("Promo", "Other").replace(", email, sms", "")
    code, sent = shop.change({CAMPAIGN.replace("promo", "other"): other})
    assert (code, sent) == (1, [("live", "web", "dean"), ("live", "web", "leith")])


def test_another_outbox_is_filled_and_the_old_one_emptied(shop: Shop) -> None:
    settings = FILES["storesync.yaml"] + "channels: {web: {options: {branch: outbox}}}\n"
    assert shop.change({"storesync.yaml": settings}) == (
        0,
        [
            ("live", "web", "dean"),
            ("live", "web", "leith"),
            ("withdrawn", "web", "dean"),
            ("withdrawn", "web", "leith"),
        ],
    )
    assert not list(shop.folder.glob(".storesync/outbox/**/page.html"))
    git(shop.folder, "rev-parse", "--verify", "-q", "refs/heads/outbox^{commit}")


def test_copy_changes_its_channel_alone_and_once(shop: Shop) -> None:
    path = CAMPAIGN.replace("campaign.yaml", "copy/web.en.yaml")
    words = 'values: {headline: {vary: ["{{ city }} says hello", "Hello, {{ city }}"]}}\n'
    assert shop.change({path: words}) == (0, [("live", "web", "dean"), ("live", "web", "leith")])
    assert shop.change({SHOP: FILES[SHOP] + "notes: Nothing new\n"}) == (0, [])
    assert (
        shop.change({path: words.replace("Hello, ", "Good day, ").replace("says", "bids")})[0] == 0
    )
    for text, code in (("values: {headline: [\n", 1), ('values: {headline: "{{ phone }}"}\n', 1)):
        assert shop.change({path: text}) == (code, [])
    assert shop.change({path: None}) == (0, [("live", "web", "dean"), ("live", "web", "leith")])


def test_copy_for_messages_that_are_out_sends_none_again(shop: Shop) -> None:
    path = CAMPAIGN.replace("campaign.yaml", "copy/sms.en.yaml")
    code, sent = shop.change({path: "values: {headline: Other words}\n"})
    assert (code, sent) == (0, [])
