"""The files of a tree after each was checked alone, before they are put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from storesync.catalog.layout import Kind, Place
from storesync.diagnostics import Diagnostic

if TYPE_CHECKING:
    from storesync.catalog.rest import Rest


class Parsed:
    """The files of a tree after each was checked alone.

    `models` and `data` hold sound files by kind; `broken` the places of those that are not;
    `rests` what is left of these without the entries at fault, where there is enough;
    `unusable` the paths whose names cannot be ids; `archived` the (brand, id) of campaigns in
    archives; `left_out` those of locations that are there
    and were not looked at.
    """

    def __init__(self) -> None:
        self.models: dict[Kind, list[tuple[Place, Any]]] = defaultdict(list)
        self.broken: list[Place] = []
        self.rests: list[Rest] = []
        self.parts: list[Place] = []
        self.unusable: set[str] = set()
        self.archived: set[tuple[str, str]] = set()
        self.left_out: Collection[str] = ()
        self.diagnostics: list[Diagnostic] = []

    def data(self, kind: Kind) -> list[tuple[Place, Mapping[str, Any]]]:
        """Return the sound files of a kind that is kept as data: locations and defaults."""
        return self.models[kind]
