"""From a tree to a catalog: every file read and checked alone, then put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from pydantic import BaseModel

from storesync.catalog.assemble import assemble
from storesync.catalog.braces import braces, strange_braces
from storesync.catalog.catalog import Catalog
from storesync.catalog.check import check
from storesync.catalog.layout import Kind, Place, campaign_at, check_path, place_of, standing
from storesync.catalog.models import model_of
from storesync.catalog.parsed import Parsed
from storesync.diagnostics import Diagnostic, has_errors
from storesync.source.document import Document, was_cut
from storesync.source.tree import Tree
from storesync.source.yaml import read

_AS_DATA = frozenset({Kind.LOCATION, Kind.DEFAULTS})


class DocumentCache(Protocol):
    """What was read and found sound, by the id of a file's bytes: of location files their data."""

    def keeps(self, kind: str) -> bool:
        """Say whether files of a kind are kept here; of all but locations, as models."""

    def get(self, content: str) -> Any:
        """Return the data of a sound file, or None."""

    def put(self, content: str, data: Any) -> None:
        """Keep the data of a sound file."""


class Ahead(Protocol):
    """Somebody who reads files at the same time, and never says anything else than `read`."""

    def start(self, paths: Sequence[str], raws: Sequence[bytes]) -> None:
        """Begin to read files, if that was not begun before."""

    def get(self, path: str) -> Document | None:
        """Return the document of a file without fault, None where it is not there."""


def load(
    tree: Tree,
    cache: DocumentCache | None = None,
    advance: Callable[[int], object] = lambda _count: None,
    ahead: Ahead | None = None,
) -> Catalog:
    """Return everything of a tree as a catalog; what is wrong is in its diagnostics.

    `advance` is told how many files were read, for a progress bar. `ahead` may help to read.
    """
    parsed = Parsed()
    parsed.left_out = getattr(tree, "left_out", ())
    places: list[Place] = []
    for path in tree.paths():
        place = place_of(path)
        found = check_path(path, place)
        parsed.diagnostics += found
        if place is None:
            before = standing(path)
            if before and (name := campaign_at(before)):
                parsed.archived.add(name)
            continue
        if found:  # a file whose name cannot be an id is there, and cannot be used
            parsed.unusable.add(path)
        (parsed.parts if place.kind is Kind.PART else places).append(place)
    _read_all(tree, places, cache, parsed, advance, ahead)
    return assemble(parsed)


def _read_all(
    tree: Tree,
    places: list[Place],
    cache: DocumentCache | None,
    parsed: Parsed,
    advance: Callable[[int], object],
    ahead: Ahead | None,
) -> None:
    todo = places
    if cache is not None:
        ids = tree.content_ids()
        todo = []
        for place in places:
            data = cache.get(_key(place, ids)) if cache.keeps(place.kind) else None
            if data is None or place.path in parsed.unusable:
                todo.append(place)
            else:
                parsed.models[place.kind].append((place, data))
        advance(len(places) - len(todo))
    paths = [place.path for place in todo]
    raws = tree.read_many(paths)
    if ahead is not None:
        ahead.start(paths, raws)
    for place, raw in zip(todo, raws, strict=True):
        document = ahead.get(place.path) if ahead is not None else None
        found = _read_one(place, raw, document, parsed)
        sound = not found and place.path not in parsed.unusable
        if cache is not None and sound and cache.keeps(place.kind):
            cache.put(_key(place, ids), parsed.models[place.kind][-1][1])
        advance(1)


def _key(place: Place, ids: Mapping[str, str]) -> str:
    """Return what a file is kept under: of another kind the same bytes are another model."""
    content = ids[place.path]
    return content if place.kind in _AS_DATA else f"{place.kind}:{content}"


def _read_one(
    place: Place, raw: bytes, document: Document | None, parsed: Parsed
) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    if document is None:
        document, found = read(place.path, raw)
    model: BaseModel | None = None
    if document is not None:
        model, more = check(document, model_of(place.kind))
        if was_cut(found):
            more = [item for item in more if item.rule != "missing-field"]
        found = [*found, *more]
        if place.kind is Kind.COPY:
            found += strange_braces(document)
    if document is None or model is None or has_errors(found) or place.path in parsed.unusable:
        parsed.broken.append(place)
        if document is not None and not was_cut(found):
            found += _read_on(place, document, found, parsed)
    else:
        kept = _as_text(document) if place.kind in _AS_DATA else model
        parsed.models[place.kind].append((place, kept))
    if document is not None and place.kind is not Kind.COPY:
        # The file can be used; that nothing of it goes out follows from the error.
        found += braces(document, raw)
    parsed.diagnostics += found
    return found


def _read_on(
    place: Place, document: Document, told: list[Diagnostic], parsed: Parsed
) -> list[Diagnostic]:
    """Keep what is left of a file without its faulty entries; return what only shows then."""
    from storesync.catalog.rest import rest_of

    rest, found = rest_of(place, document, model_of(place.kind), told)
    if rest is not None:
        parsed.rests.append(rest)
    return found


def _as_text(document: Document) -> Any:
    """Return data as the cache gives it back: what was unquoted has served its purpose."""
    for at in document.plains or ():
        holder = document.data
        for part in at[:-1]:
            holder = holder[part]
        holder[at[-1]] = str(holder[at[-1]])
    return document.data
