"""A plan for its readers: names, places, and the texts of one example of each kind of change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.app.chain import Chain
    from storesync.catalog.catalog import Catalog, Location
    from storesync.plan.bundle import Bundle
    from storesync.plan.change import Change
    from storesync.plan.difference import Pairs
    from storesync.plan.piece import Piece
    from storesync.plan.plan import Plan
    from storesync.report.view import Example, Place, View

# More than a comment has room for.
_MOST_EXAMPLES = 40


@dataclass(frozen=True)
class Sides:
    """What a plan compares, as far as it can be rendered: base may be what is out, head nothing."""

    base: Chain | None
    head: Chain | None
    now: Iterable[Piece] | None = None  # the pieces of head that count; None: all

    def chains(self) -> list[Chain]:
        """Return the chains that are there, the older first."""
        return [chain for chain in (self.base, self.head) if chain is not None]


def view_plan(plan: Plan, sides: Sides, at: datetime) -> View:
    """Return a plan with what people want to see of it; call it before the chains are finished.

    Of each bundle one location is rendered before and after, and nothing else.
    """
    from storesync.plan.bundle import bundled, first_of_each
    from storesync.plan.difference import Differences, Pairs
    from storesync.report.view import View

    base = sides.base.assessment.pieces() if sides.base else ()
    head = sides.now if sides.now is not None else ()
    if sides.now is None and sides.head is not None:
        head = sides.head.assessment.pieces()
    pairs = Pairs(plan.changes, base, head)
    bundles = bundled(plan.changes, Differences(pairs).of)
    catalogs = [chain.catalog for chain in sides.chains()]
    return View(
        plan,
        at,
        bundles,
        titles=_titles(catalogs),
        places=_places(plan, catalogs),
        examples=_examples(first_of_each(bundles, _MOST_EXAMPLES), pairs, sides),
    )


def check_address(address: str | None) -> str:
    """Return the address of a preview. Raises UserError where it is none that can be linked to."""
    if address and (not address.startswith(("https://", "http://")) or len(address) > 2_000):
        message = f"--preview-url {address[:60]!r} is no address of a page"
        raise UserError(message, hint="write one that begins with https://")
    return address or ""


def _titles(catalogs: Iterable[Catalog]) -> dict[tuple[str, str], str]:
    return {
        (campaign.brand, campaign.id): campaign.file.name
        for catalog in catalogs
        for campaign in catalog.campaigns()
    }


def _places(plan: Plan, catalogs: Iterable[Catalog]) -> dict[tuple[str, str], Place]:
    from storesync.report.view import Place

    wanted = {(change.key.brand, change.key.location) for change in plan.changes}
    found: dict[tuple[str, str], Location] = {}
    for catalog in catalogs:
        for name, brand in catalog.brands.items():
            for location in brand.locations.values():
                if (name, location.id) in wanted:
                    found[name, location.id] = location
    areas = {(item.folder, item.country): "" for item in found.values()}
    area_of = {key: _area(*key) for key in areas}
    return {
        key: Place(str(item.data["name"]), area_of[item.folder, item.country], item.timezone)
        for key, item in found.items()
    }


def _area(folder: str, country: str) -> str:
    """Return what people call a folder of locations: us/new-york is New York."""
    last = folder.rpartition("/")[2]
    if last and last != country.lower():
        return " ".join(word[:1].upper() + word[1:] for word in last.replace("_", "-").split("-"))
    from babel import Locale

    return str(Locale("en").territories.get(country, country))


def _examples(bundles: Iterable[Bundle], pairs: Pairs, sides: Sides) -> Mapping[Change, Example]:
    from storesync.report.view import Example

    wanted = {change: pairs.of(change) for bundle in bundles for change in bundle.examples}
    before = _rendered(sides.base, (pair.old for pair in wanted.values()))
    after = _rendered(sides.head, (pair.new for pair in wanted.values()))
    return {change: Example(before(pair.old), after(pair.new)) for change, pair in wanted.items()}


def _rendered(
    chain: Chain | None, pieces: Iterable[Piece | None]
) -> Callable[[Piece | None], Mapping[str, str] | None]:
    """Render pieces; return what gives the parts of one, or None where there are none."""
    found = [piece for piece in pieces if piece is not None]
    parts: dict[int, Mapping[str, str]] = {}
    if chain is not None and found:
        for piece, produced in chain.produce(found, bodies=True):
            if produced.artifact is not None:
                parts[id(piece)] = produced.artifact.parts
    return lambda piece: parts.get(id(piece)) if piece is not None else None
