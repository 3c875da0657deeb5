"""A run killed at any operation and run again ends as if nothing had happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dying import in_child

from storesync.cli.main import run as storesync

STARTS = "2026-12-01T12:00Z"
DURING = "2026-12-05T12:00Z"
LATER = "2026-12-20T12:00Z"

SHOP = """name: {name}
address: {{street: 1 High St, city: Leith, country: GB}}
timezone: Europe/London
"""
FILES = {
    "storesync.yaml": "format: 1\nrepository: r0123456789abcdef\n",
    "brands/acme/brand.yaml": "name: Acme\nlocales: [en-GB]\ncurrency: GBP\n",
    **{f"brands/acme/locations/gb/shop-{n}.yaml": SHOP.format(name=f"Shop {n}") for n in range(3)},
    "brands/acme/campaigns/winter/campaign.yaml": (
        "name: Winter\ntemplate: shared/page\n"
        "flight: {start: 2026-12-01, end: 2026-12-15}\nchannels: [web, sms]\n"
    ),
    "brands/acme/campaigns/always/campaign.yaml": (
        "name: Always\ntemplate: shared/page\nflight: {start: 2026-01-01}\nchannels: [web]\n"
    ),
    "templates/shared/page/template.yaml": "name: Page\n",
    "templates/shared/page/web.html.j2": "<p>{{ location_name }} {{ campaign_name }}</p>",
    "templates/shared/page/sms.txt.j2": "{{ location_name }}",
}


def publish(folder: Path, at: str) -> int:
    """Run `storesync publish` in this process, silently."""
    return storesync(["-C", str(folder), "-q", "--format", "json", "publish", "--at", at])


def outbox(folder: Path) -> dict[str, bytes]:
    """Return every file of the outbox."""
    top = folder / ".storesync" / "outbox"
    return {str(path.relative_to(top)): path.read_bytes() for path in _files(top)}


def _files(top: Path) -> Iterator[Path]:
    yield from sorted(path for path in top.rglob("*") if path.is_file())


def sweep(repo: Callable[..., Path], every: int) -> int:
    """Kill a run at each n-th operation, run it again, compare; return the number of kills."""
    whole = repo(FILES, "whole")
    operations = in_child(lambda: publish(whole, STARTS), None)
    assert operations > 20
    assert in_child(lambda: publish(whole, LATER), None) > 10
    expected_later = outbox(whole)
    fresh = repo(FILES, "fresh")
    assert publish(fresh, STARTS) == 0
    expected = outbox(fresh)
    assert len(expected) > 9
    kills = 0
    for at in range(1, operations + 1, every):
        folder = repo(FILES, f"killed-{at}")
        assert in_child(lambda folder=folder: publish(folder, STARTS), at) == -1
        kills += 1
        assert publish(folder, STARTS) == 0, f"killed at operation {at}"
        assert outbox(folder) == expected, f"killed at operation {at}"
        assert publish(folder, STARTS) == 0
        assert outbox(folder) == expected
        # Then the flight ends, in another killed run.
        in_child(lambda folder=folder: publish(folder, LATER), at)
        assert publish(folder, LATER) == 0
        assert outbox(folder) == expected_later, f"killed at operation {at} of the later run"
    return kills


def sweep_recall(repo: Callable[..., Path], every: int) -> int:
    """Kill a run that takes down what was recalled at each n-th operation; run it again."""
    whole = recalled(repo, "whole")
    operations = in_child(lambda: publish(whole, DURING), None)
    assert operations > 10
    kills = 0
    for at in range(1, operations + 1, every):
        folder = recalled(repo, f"killed-{at}")
        assert in_child(lambda folder=folder: publish(folder, DURING), at) == -1
        kills += 1
        assert publish(folder, DURING) == 0, f"killed at operation {at}"
        assert outbox(folder) == outbox(whole), f"killed at operation {at}"
        assert publish(folder, DURING) == 0
        assert outbox(folder) == outbox(whole)
    return kills


def recalled(repo: Callable[..., Path], name: str) -> Path:
    """Return a repository of which all was put out and one campaign's pages were recalled."""
    folder = repo(FILES, name)
    with (folder / ".git/config").open("a") as config:
        config.write("[user]\nname = Mia\nemail = mia@acme.example.com\n")
    assert publish(folder, STARTS) == 0
    words = ["recall", "winter", "--channel", "web", "-m", "Allergen", "--at", DURING]
    assert storesync(["-C", str(folder), "-q", *words]) == 0
    return folder


@pytest.mark.slow
def test_a_killed_recall_takes_everything_down_all_the_same(
    repo: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sweep_recall(repo, every=23) > 2
    capsys.readouterr()


@pytest.mark.sweep
def test_a_recall_killed_at_every_operation(
    repo: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sweep_recall(repo, every=1) > 20
    capsys.readouterr()


@pytest.mark.slow
def test_a_killed_run_ends_as_if_nothing_had_happened(
    repo: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sweep(repo, every=29) > 3
    capsys.readouterr()


@pytest.mark.sweep
def test_a_run_killed_at_every_operation(
    repo: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    kills = sweep(repo, every=1)
    capsys.readouterr()
    assert kills > 40
