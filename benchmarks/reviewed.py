"""A chain with many campaigns, and one of them changed: what CI's comment on a merge takes."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import chain

# How many locations share a folder below their state's.
AREA = 10
# One of so many campaigns is for a whole state, the others for one area or its locations.
_WIDE = 10
# Flights start in one of these months, and last two: over, running and ahead of `chain.AT`.
_MONTHS = range(1, 11)
_CAMPAIGN = """\
name: {name}
template: shared/drink
flight: {{start: 2026-{start:02}-01, end: 2026-{end:02}-20}}
select:
{select}
channels: [web]
offer: {{product: cold-brew, price: {price}, regular_price: 5.10}}
priority: {priority}
values:
  headline: {name}
  message: Made here every evening, and poured until the last drop is gone.
"""


@dataclass(frozen=True)
class Chain:
    """A repository, and a campaign of it that `change` changes."""

    root: Path
    campaign: str

    def change(self, turn: int) -> None:
        """Give the campaign words that it never had, and commit that on a branch of its own."""
        path = self.root / f"brands/{chain.BRAND}/campaigns/{self.campaign}/campaign.yaml"
        text = path.read_text(encoding="utf-8")
        head, _, _ = text.partition("  message: ")
        path.write_text(f"{head}  message: Poured for the {turn}. time.\n", encoding="utf-8")
        chain.commit(self.root, f"Change {turn}")


def write_chain(root: Path, shops: list[chain.Shop], campaigns: int, seed: int) -> Chain:
    """Write a chain with so many campaigns into a new folder and commit it."""
    places = {shop.id: _folder(shops, number) for number, shop in enumerate(shops)}
    texts = {
        f"brands/{chain.BRAND}/locations/{places[shop.id]}/{shop.id}.yaml": chain.location_text(
            shop
        )
        for shop in shops
    }
    rng = random.Random(seed)
    texts |= {
        f"brands/{chain.BRAND}/campaigns/{_name(number)}/campaign.yaml": text
        for number, text in enumerate(_campaigns(campaigns, list(places.items()), rng))
    }
    chain.write_files(root, texts)
    shutil.rmtree(root / f"brands/{chain.BRAND}/campaigns/{chain.CAMPAIGN}")
    chain.commit(root, "The chain")
    chain.git(root, "tag", "base")
    return Chain(root, _name(_changed(campaigns)))


def _changed(campaigns: int) -> int:
    """Return the number of the campaign that changes, which is for one area."""
    return campaigns // 2 + 1


def _name(number: int) -> str:
    return f"2026-campaign-{number:04}"


def _folder(shops: list[chain.Shop], number: int) -> str:
    """Return an area's folder: it lies in the state of its first location."""
    first = number - number % AREA
    return f"us/{shops[first].state}/area-{first // AREA:04}"


def _campaigns(count: int, places: list[tuple[str, str]], rng: random.Random) -> Iterator[str]:
    for number in range(count):
        first = number * AREA % len(places)
        area = places[first][1]
        # That of the campaign that changes is running.
        start = rng.choice(_MONTHS) if number != _changed(count) else 6
        ids = ", ".join(name for name, _ in places[first : first + AREA])
        select = rng.choice([f"  - {{folder: {area}}}", f"  - ids: [{ids}]"])
        if number % _WIDE == 0:
            state = area.rpartition("/")[0]
            select = f"  - folder: {state}\n    tags: [{rng.choice(chain.LABELS)}]"
        yield _CAMPAIGN.format(
            name=f"Cold Brew {number:04}",
            start=start,
            end=start + 2,
            select=select,
            price=f"{rng.randint(300, 499) / 100:.2f}",
            priority=number + 1,
        )
