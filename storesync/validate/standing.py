"""Where a text that a location shows stands in its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from storesync.catalog.catalog import Brand, Campaign, Template
from storesync.model.template import Lock
from storesync.plan.piece import Piece
from storesync.resolve.copy import nearest_copy
from storesync.resolve.layers import At, Layer, layers_of, variables_of
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
    brand, campaign, template = owner
    location = brand.locations[piece.key.location]
    copy = nearest_copy(campaign, piece.key.channel, locale)
    bound = variables_of(template)[name].lock is Lock.BRAND
    layers = layers_of(brand, campaign, template, location, copy)
    found = [item for item in layers if name in item.entries and not (item.local and bound)]
    if not found:
        return Standing(name, campaign.path, ("template",), is_moved=True)
    layer = found[-1]
    ids = (brand.id, campaign.id, location.id)
    at = _inside(layer, name, locale, ids)
    drafted = copy is not None and layer.path == copy.path and copy.file.provenance is not None
    local = layer.name in {"location", "folder"}
    return Standing(name, layer.path, at, is_drafted=drafted, is_local=local)


def _inside(layer: Layer, name: str, locale: str, ids: tuple[str, str, str]) -> At:
    """Return the place of the very text: of an option, in a language."""
    value: Any
    value, at = layer.entries[name]
    options = options_of(value)
    if options is not None:
        index = choose(ids, name, len(options))
        value, at = options[index], (*at, VARY, index)
    if isinstance(value, Mapping) and value:
        text = nearest(value, locale)
        key = next((key for key, one in value.items() if one == text), next(iter(value)))
        at = (*at, key)
    return at
