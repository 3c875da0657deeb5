"""Both trees of a merge, understood as far as the merge reaches; see `plan.reach`.

Whatever is in doubt is answered with None, and everything is worked out: an error is worth that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from storesync.catalog.catalog import Brand, Catalog
from storesync.catalog.layout import Kind, place_of
from storesync.catalog.load import DocumentCache, load
from storesync.catalog.shelf import Shelf
from storesync.diagnostics import has_errors
from storesync.plan.reach import (
    Bound,
    Reach,
    Touched,
    bounds_of,
    is_settled,
    reach_of,
    touched_by,
)
from storesync.source.part import ChosenTree, is_location
from storesync.source.tree import SETTINGS, Tree
from storesync.validate.assess import Assessment, understand

# Asked, with how many locations may have to be looked at, for what is known of their files.
Known = Callable[[int], DocumentCache | None]


@dataclass(frozen=True)
class Part:
    """Both trees as far as a merge reaches.

    `beside` are the campaigns, by (brand, id), of which only some locations may have been looked
    at. `is_whole` says that it reaches everything after all.
    """

    sides: tuple[Assessment, Assessment]
    beside: frozenset[tuple[str, str]]
    is_whole: bool = False


def part_of(
    base: Tree, head: Tree, at: datetime, known: Known = lambda _count: None
) -> Part | None:
    """Return both trees understood as far as a merge reaches, None where it may reach everything.

    None as well where anything is wrong in what was looked at. Equal ids of files in the two
    trees have to mean equal bytes.
    """
    if getattr(base, "refused", ()) or getattr(head, "refused", ()):
        return None
    touched = _touched(base.content_ids(), head.content_ids())
    if touched is None:
        return None
    steps = _Steps((base, head), {name: item for name, item in touched.items() if not item.is_all})
    reaches = steps.reaches(known)
    if reaches is None:
        return None
    return _understood(steps, touched, reaches, at)


def _touched(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, Touched] | None:
    """Return what differs in which brand; where ids of locations are in doubt, all of it."""
    differs = [path for path in old.keys() | new.keys() if old.get(path) != new.get(path)]
    touched = touched_by(differs)
    if touched is None or _brands(old) != _brands(new):
        return None
    moved = {_brand(path) for path in old.keys() ^ new.keys() if is_location(path)}
    doubtful = (moved | _ambiguous(new, touched)) & touched.keys()
    return {**touched, **dict.fromkeys(doubtful, Touched(is_all=True))}


def _brand(path: str) -> str:
    return path.split("/", 2)[1]


def _brands(paths: Iterable[str]) -> set[str]:
    return {_brand(path) for path in paths if path.startswith("brands/")}


def _ambiguous(paths: Iterable[str], brands: Iterable[str]) -> set[str]:
    """Return the brands in which two locations bear the same id."""
    seen: dict[str, set[str]] = {name: set() for name in brands}
    found = set()
    for path in paths:
        if is_location(path) and (ids := seen.get(_brand(path))) is not None:
            name = path.rpartition("/")[2]
            if name in ids:
                found.add(_brand(path))
            ids.add(name)
    return found


class _Steps:
    """Finds out step by step what has to be looked at; what was read once is kept."""

    def __init__(self, trees: tuple[Tree, Tree], touched: Mapping[str, Touched]) -> None:
        self.trees = trees
        self.touched = touched
        self.shelf = Shelf()
        self._first = [list(filter(self._is_first, tree.content_ids())) for tree in trees]
        self.campaigns: dict[str, frozenset[str]] = {}  # all of them, of both trees

    def reaches(self, known: Known) -> dict[str, Reach] | None:
        """Return what has to be looked at in each brand of which only a part has to be."""
        catalogs = self._load(frozenset())
        if catalogs is None:
            return None
        places = self._places(catalogs)
        self.shelf.below = known(len(places))
        catalogs = self._load(frozenset(places))
        if catalogs is None:
            return None
        found = {}
        for name, touched in self.touched.items():
            before, now = (_of(catalog, name) for catalog in catalogs)
            if before is None or now is None:
                return None
            found[name] = reach_of(touched, before, now)
            self.campaigns[name] = before.campaign_ids | now.campaign_ids
        return found

    def _load(self, locations: Collection[str]) -> tuple[Catalog, Catalog] | None:
        """Return all campaigns of the brands, and some locations; None where some have errors."""
        found = []
        for tree, first in zip(self.trees, self._first, strict=True):
            catalog = load(ChosenTree(tree, [*first, *locations]), self.shelf)
            if has_errors(catalog.diagnostics):
                return None
            found.append(catalog)
        return found[0], found[1]

    def _is_first(self, path: str) -> bool:
        """Say whether a file is read before it is known which locations matter."""
        if not path.startswith("brands/"):
            return path == SETTINGS
        name = path.rpartition("/")[2]
        if name not in {"brand.yaml", "_defaults.yaml", "campaign.yaml"}:
            return False
        place = place_of(path)
        if place is None or place.kind not in {Kind.BRAND, Kind.DEFAULTS, Kind.CAMPAIGN}:
            return False
        return place.kind is Kind.BRAND or place.owner in self.touched

    def _places(self, catalogs: tuple[Catalog, Catalog]) -> list[str]:
        """Return the paths of the locations that changed, or that changed campaigns may be for."""
        bounds: dict[str, set[Bound]] = {}
        changed = set()
        for name, touched in self.touched.items():
            brands = [brand for catalog in catalogs if (brand := _of(catalog, name)) is not None]
            files = [
                brand.campaigns[id_].file
                for brand in brands
                for id_ in touched.campaigns & brand.campaigns.keys()
            ]
            bounds[name] = bounds_of(name, files)
            changed |= {place.path for place in touched.locations}
        return [
            path
            for path in self.trees[1].content_ids()
            if is_location(path)
            and (path in changed or any(item.holds(path) for item in bounds.get(_brand(path), ())))
        ]


def _of(catalog: Catalog, name: str) -> Brand | None:
    brand = catalog.brands.get(name)
    return brand if brand is not None and brand.file is not None else None


def _understood(
    steps: _Steps, touched: Mapping[str, Touched], reaches: Mapping[str, Reach], at: datetime
) -> Part | None:
    """Return both trees assessed with what has to be looked at; None where that is not enough."""
    chosen = [_chosen(tree, touched, reaches) for tree in steps.trees]
    catalogs = [_with_others(load(tree, steps.shelf), steps.campaigns, reaches) for tree in chosen]
    names = catalogs[0].brands.keys() | catalogs[1].brands.keys()
    for catalog in catalogs:
        if has_errors(catalog.diagnostics) or any(
            brand.file and not names.isdisjoint(brand.file.formerly)
            for brand in catalog.brands.values()
        ):
            return None
    before, now = catalogs
    if not all(
        is_settled(steps.touched[name], before.brands[name], now.brands[name]) for name in reaches
    ):
        return None
    base = understand(chosen[0], before, at)
    head = understand(chosen[1], now, at, before)
    if has_errors(base.diagnostics(at)) or has_errors(head.diagnostics(at)):
        return None
    beside = {
        (name, id_)
        for name, reach in reaches.items()
        for id_ in reach.campaigns - steps.touched[name].campaigns
    }
    whole = all(
        name in touched and not brand.elsewhere and not brand.campaigns_elsewhere
        for catalog in catalogs
        for name, brand in catalog.brands.items()
    )
    return Part((base, head), frozenset(beside), is_whole=whole)


def _chosen(tree: Tree, touched: Mapping[str, Touched], reaches: Mapping[str, Reach]) -> ChosenTree:
    paths: list[str] = []
    left_out: list[str] = []
    for path in tree.content_ids():
        brand = _brand(path) if path.startswith("brands/") else ""
        reach = reaches.get(brand)
        if reach is not None and is_location(path):
            name = path.rpartition("/")[2].removesuffix(".yaml")
            (paths if name in reach.locations else left_out).append(path)
        elif reach is not None:
            paths += [path] if _is_reached(path, reach, touched[brand]) else []
        elif not brand or brand in touched or path == f"brands/{brand}/brand.yaml":
            paths.append(path)
    return ChosenTree(tree, paths, left_out)


def _is_reached(path: str, reach: Reach, touched: Touched) -> bool:
    """Say whether a file that is no location's has to be looked at.

    Of a location's own file in a campaign that did not change, only where the location is.
    """
    parts = path.split("/")
    if parts[2] != "campaigns" or len(parts) < 5:
        return True
    if parts[3] not in reach.campaigns:
        return False
    is_answer = len(parts) == 6 and parts[4] == "locations"
    if not is_answer or parts[3] in touched.campaigns:
        return True
    return parts[5].removesuffix(".yaml") in reach.locations


def _with_others(
    catalog: Catalog, campaigns: Mapping[str, frozenset[str]], reaches: Mapping[str, Reach]
) -> Catalog:
    """Return a catalog that knows of the campaigns that are there and were not loaded."""
    brands = {
        name: brand._replace(campaigns_elsewhere=campaigns[name] - reaches[name].campaigns)
        if name in reaches
        else brand
        for name, brand in catalog.brands.items()
    }
    return catalog._replace(brands=brands)
