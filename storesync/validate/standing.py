"""Where a text that a location shows stands in its files, and what may stand there another day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from storesync.catalog.catalog import Brand, Campaign, Template
from storesync.model.template import Lock
from storesync.plan.piece import Piece
from storesync.resolve.copy import nearest_copy
from storesync.resolve.layers import At, layers_of, variables_of
from storesync.resolve.localise import nearest
from storesync.resolve.vary import VARY, choose, options_of


class Standing(NamedTuple):
    """The place of a variable's text; `is_drafted` where a model wrote it.

    `is_local`: it is a location's own, or a folder's. `is_moved`: it is not the text itself that
    stands there.
    """

    variable: str
    path: str
    at: At
    is_drafted: bool = False
    is_local: bool = False
    is_moved: bool = False


def standing_of(
    owner: tuple[Brand, Campaign, Template], piece: Piece, locale: str, name: str
) -> Standing:
    """Return where the text of a variable stands that a piece shows in a language."""
    found = _found(owner, piece, locale, name)
    if found is None:
        return Standing(name, owner[1].path, ("template",), is_moved=True)
    value, whole = found
    options = options_of(value)
    at = whole.at
    if options is not None:
        index = _chosen(owner, piece, name, len(options))
        value, at = options[index], (*at, VARY, index)
    return whole._replace(at=_in_language(value, at, locale)[1])


def options_beside(
    owner: tuple[Brand, Campaign, Template], piece: Piece, locale: str, name: str
) -> Iterator[tuple[str, Standing]]:
    """Yield the texts that `vary` names beside the one that a piece shows, and where they stand.

    Another location shows them, or this one when an option is taken out.
    """
    found = _found(owner, piece, locale, name)
    options = options_of(found[0]) if found else None
    if found is None or options is None:
        return
    whole = found[1]
    shown = _chosen(owner, piece, name, len(options))
    for index, option in enumerate(options):
        text, at = _in_language(option, (*whole.at, VARY, index), locale)
        if index != shown and isinstance(text, str):
            yield text, whole._replace(at=at)


def _found(
    owner: tuple[Brand, Campaign, Template], piece: Piece, locale: str, name: str
) -> tuple[Any, Standing] | None:
    """Return the raw value of a variable at a piece, and where it stands as a whole."""
    brand, campaign, template = owner
    location = brand.locations[piece.key.location]
    copy = nearest_copy(campaign, piece.key.channel, locale)
    bound = variables_of(template)[name].lock is Lock.BRAND
    layers = layers_of(brand, campaign, template, location, copy)
    found = [item for item in layers if name in item.entries and not (item.local and bound)]
    if not found:
        return None
    layer = found[-1]
    value, at = layer.entries[name]
    drafted = copy is not None and layer.path == copy.path and copy.file.provenance is not None
    local = layer.name in {"location", "folder"}
    return value, Standing(name, layer.path, at, is_drafted=drafted, is_local=local)


def _chosen(owner: tuple[Brand, Campaign, Template], piece: Piece, name: str, count: int) -> int:
    brand, campaign, _ = owner
    return choose((brand.id, campaign.id, piece.key.location), name, count)


def _in_language(value: Any, at: At, locale: str) -> tuple[Any, At]:
    """Return a text in a language and its place; a value that is none as it is."""
    if not isinstance(value, Mapping) or not value:
        return value, at
    text = nearest(value, locale)
    key = next((key for key, one in value.items() if one == text), next(iter(value)))
    return value[key], (*at, key)
