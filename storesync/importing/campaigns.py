"""The campaigns a table of results may be about, and the results they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from storesync.catalog.catalog import Campaign, Catalog
from storesync.catalog.layout import Kind, place_of
from storesync.catalog.load import load
from storesync.catalog.locate import locate
from storesync.diagnostics import Severity, did_you_mean, printable
from storesync.errors import UserError
from storesync.importing.places import slug
from storesync.source.part import ChosenTree
from storesync.source.tree import Tree

_KINDS = frozenset({Kind.BRAND, Kind.CAMPAIGN, Kind.RESULTS})


@dataclass(frozen=True)
class Campaigns:
    """All campaigns, or those of one brand.

    `before` are the bytes of results files by path; `faults` the place of an error in a campaign's
    files, by its folder.
    """

    catalog: Catalog
    brands: tuple[str, ...]
    before: Mapping[str, bytes]
    faults: Mapping[str, str]

    def find(self, text: str, brand: str = "") -> Campaign:
        """Return the campaign of an id, `brand/id`, an earlier id, or a name; of a brand, if any.

        A brand is its id or its name. Raises ValueError that says why there is none that can be
        written to.
        """
        wanted = text.strip()
        found = self._ids.get(wanted) or self._ids.get(slug(wanted)) or []
        found = found or self._names.get(wanted.casefold(), [])
        if brand:
            found = [item for item in found if self._is_called(item[0], brand)]
        if len(found) > 1:
            several = " and ".join(f"{brand}/{name}" for brand, name in found[:3])
            message = f"could be {several}: write brand/campaign"
            raise ValueError(message)
        if not found:
            hint = did_you_mean(wanted, self._ids)
            of = f" of {printable(brand, limit=60)}" if brand else ""
            message = f"is no campaign{of}{f'; {hint}' if hint else ''}"
            raise ValueError(message)
        brand, name = found[0]
        fault = self.faults.get(f"brands/{brand}/campaigns/{name}")
        if fault:
            message = f"has a file with an error, correct it first: {fault}"
            raise ValueError(message)
        return self.catalog.brands[brand].campaigns[name]

    def _is_called(self, brand: str, text: str) -> bool:
        file = self.catalog.brands[brand].file
        return slug(text) == brand or (
            file is not None and text.strip().casefold() == file.name.casefold()
        )

    def currency(self, campaign: Campaign) -> str:
        """Return the currency that amounts of a campaign are in."""
        brand = self.catalog.brands[campaign.brand].file
        return brand.currency if brand else ""

    @cached_property
    def _ids(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        former: dict[str, list[tuple[str, str]]] = {}
        for brand in self.brands:
            for name in sorted(self.catalog.brands[brand].campaign_ids):
                found.setdefault(name, []).append((brand, name))
                found[f"{brand}/{name}"] = [(brand, name)]
            for campaign in self.catalog.brands[brand].campaigns.values():
                for old in campaign.file.formerly:
                    former.setdefault(old, []).append((brand, campaign.id))
                    former.setdefault(f"{brand}/{old}", []).append((brand, campaign.id))
        return former | found

    @cached_property
    def _names(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for brand in self.brands:
            for campaign in self.catalog.brands[brand].campaigns.values():
                folded = campaign.file.name.casefold()
                found.setdefault(folded, []).append((brand, campaign.id))
        return found


def read_campaigns(tree: Tree, brand: str = "") -> Campaigns:
    """Read all campaigns, or a brand's. Raises UserError where there is no such brand."""
    places = [place for path in tree.paths() if (place := place_of(path)) is not None]
    chosen = [
        place.path
        for place in places
        if place.kind in _KINDS and (not brand or _owner(place.path) == brand)
    ]
    catalog = load(ChosenTree(tree, chosen))
    if brand and brand not in catalog.brands:
        known = sorted({_owner(place.path) for place in places if place.kind is Kind.BRAND})
        message = f'there is no brand "{printable(brand, limit=60)}"'
        raise UserError(message, hint=f"there are: {', '.join(known[:20])}" if known else "")
    results = [place.path for place in places if place.kind is Kind.RESULTS]
    before = dict(zip(results, tree.read_many(results), strict=True))
    return Campaigns(catalog, tuple(sorted(catalog.brands)), before, _faults(catalog, tree))


def _faults(catalog: Catalog, tree: Tree) -> dict[str, str]:
    errors = [item for item in catalog.diagnostics if item.severity is Severity.ERROR]
    found: dict[str, str] = {}
    for item in locate(errors, tree):
        place = f"{item.path}:{item.line}:{item.column}"
        found.setdefault(item.path.rpartition("/")[0], place)
    return found


def _owner(path: str) -> str:
    return path.split("/", 2)[1]
