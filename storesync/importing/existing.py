"""The locations a brand has, as its files say them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from storesync.catalog.layout import Kind, Place, place_of
from storesync.catalog.merge import merge, merge_defaults
from storesync.diagnostics import Severity, has_errors, printable
from storesync.errors import UserError
from storesync.source.tree import Tree
from storesync.source.yaml import read


@dataclass(frozen=True)
class Stored:
    """A location file: its bytes, what it says itself, and what its folders say."""

    id: str
    path: str
    folder: str
    raw: bytes
    own: Mapping[str, Any]
    inherited: Mapping[str, Any]

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """Return what holds for the location, folder defaults included."""
        return merge(self.inherited, self.own)


@dataclass
class Existing:
    """A brand's locations by id, and its folders.

    `broken` says of ids why their file cannot be changed: it has errors, or there are two.
    `former` maps earlier ids (`formerly`) to those of today.
    """

    brand: str
    name: str
    currency: str
    locales: tuple[str, ...]
    locations: dict[str, Stored] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)

    def find(self, name: str) -> Stored | None:
        """Return the location that has an id, or had it before it was renamed; None for none."""
        return self.locations.get(name) or self.locations.get(self.former.get(name, ""))

    @property
    def top(self) -> str:
        """Return the folder of all its locations, from the repository's top."""
        return f"brands/{self.brand}/locations"


def location_count(tree: Tree, brand: str) -> int:
    """Return how many locations a brand has, after the names of their files."""
    places = map(place_of, tree.paths())
    return sum(1 for it in places if it and it.kind is Kind.LOCATION and it.owner == brand)


def read_existing(
    tree: Tree, brand: str, advance: Callable[[int], object] = lambda _count: None
) -> Existing:
    """Read a brand's locations. Raises UserError where the brand or defaults are unsound."""
    existing = _brand(tree, brand)
    places = [
        place
        for path in tree.paths()
        if path.startswith(f"{existing.top}/") and (place := place_of(path)) is not None
    ]
    for place in places:
        parts = place.folder.split("/") if place.folder else []
        existing.folders.update("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))
        if place.kind is Kind.DEFAULTS:
            existing.defaults[place.folder] = _data(tree, place.path)
    located = [place for place in places if place.kind is Kind.LOCATION]
    inherited: dict[str, dict[str, Any]] = {}
    for place, raw in zip(located, tree.read_many([each.path for each in located]), strict=True):
        if place.folder not in inherited:
            inherited[place.folder] = merge_defaults(place.folder, existing.defaults)
        _add(existing, place, raw, inherited[place.folder])
        advance(1)
    return existing


def _add(existing: Existing, place: Place, raw: bytes, inherited: Mapping[str, Any]) -> None:
    document, found = read(place.path, raw)
    if document is None or has_errors(found):
        first = next(item for item in found if item.severity is Severity.ERROR)
        existing.broken[place.id] = f"{place.path}:{first.line}: {first.message}"
    elif place.id in existing.locations or place.id in existing.broken:
        other = existing.locations.pop(place.id, None)
        others = f"{other.path} and {place.path}" if other else place.path
        existing.broken[place.id] = f"two files have this id: {others}"
    else:
        existing.locations[place.id] = Stored(
            place.id, place.path, place.folder, raw, document.data, inherited
        )
        formerly = document.data.get("formerly", [])
        if isinstance(formerly, list):
            existing.former.update(dict.fromkeys(map(str, formerly), place.id))


def _brand(tree: Tree, brand: str) -> Existing:
    path = f"brands/{brand}/brand.yaml"
    if path not in tree.paths():
        known = sorted(
            {each.split("/")[1] for each in tree.paths() if each.endswith("/brand.yaml")}
        )
        hint = f"make it first: storesync new brand {printable(brand, limit=60)}"
        if known:
            hint += f"; there are: {', '.join(known[:20])}"
        raise UserError(f'there is no brand "{printable(brand, limit=60)}"', hint=hint)
    data = _data(tree, path)
    locales = data.get("locales")
    return Existing(
        brand,
        str(data.get("name", brand)),
        str(data.get("currency", "")),
        tuple(locales) if isinstance(locales, list) else (),
    )


def _data(tree: Tree, path: str) -> dict[str, Any]:
    document, found = read(path, tree.read(path))
    if document is not None and not has_errors(found):
        data: dict[str, Any] = document.data
        return data
    first = next(item for item in found if item.severity is Severity.ERROR)
    raise UserError(f"{path}:{first.line}:{first.column}: {first.message}", hint="correct it first")
