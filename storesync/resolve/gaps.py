"""Slots that cannot be filled at some locations: found before anything is rendered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from storesync.catalog.catalog import Campaign
from storesync.diagnostics import Diagnostic
from storesync.model.slot import COPY, SLOTS, Form, slots_in
from storesync.resolve.copy import Slotted

# Where the values stand that are a location's own.
_OWN = frozenset({"location", "location_name", "city"})


class _Place(NamedTuple):
    """A slot in a text: the copy file, the variable, the slot."""

    path: str
    variable: str
    slot: str


class Gaps:
    """Slots without a value, and the locations where they have none."""

    def __init__(self, campaign: Campaign) -> None:
        flight = campaign.file.flight
        self._flight = {"start": flight.start, "end": flight.end}
        self._open: dict[int, list[_Place]] = {}  # by id of a shared context
        self._own: dict[int, list[_Place]] = {}
        self._found: dict[_Place, dict[str, None]] = {}

    def add(
        self, shared: Mapping[str, Any], slotted: Mapping[str, Slotted], known: Collection[str]
    ) -> None:
        """Look at a context's slots; that those in `known` are empty is said elsewhere."""
        places = [
            _Place(text.path, name, slot.name)
            for name, text in slotted.items()
            for slot in slots_in(text.text)
            if slot.name not in known
        ]
        self._own[id(shared)] = [item for item in places if _root(item.slot) in _OWN]
        self._open[id(shared)] = [
            item
            for item in places
            if _root(item.slot) not in _OWN and not self._has(shared, item.slot)
        ]

    def _has(self, shared: Mapping[str, Any], slot: str) -> bool:
        kind = SLOTS.get(slot)
        if kind is None or kind.at[0] != "flight":
            return shared.get(kind.at[0] if kind else slot) is not None
        day = self._flight[kind.at[1]]
        return isinstance(day, datetime) if kind.form is Form.TIME else day is not None

    def note(self, shared: Mapping[str, Any], own: Mapping[str, Any], location: str) -> None:
        """Note the slots that cannot be filled at a location."""
        if COPY not in shared:
            return
        for place in self._open[id(shared)]:
            self._found.setdefault(place, {})[location] = None
        for place in self._own[id(shared)]:
            value: Any = own
            for part in SLOTS[place.slot].at:
                value = value[part]
            if not value:
                self._found.setdefault(place, {})[location] = None

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Yield each gap once, with the count of locations that have it."""
        for place, locations in self._found.items():
            count = len(locations)
            where = f"{count:,} locations, such as " if count > 1 else ""
            message = (
                f"{place.variable}: {{{{ {place.slot} }}}} has no value"
                f" at {where}{next(iter(locations))}"
            )
            hint = "give it a value there, or write these words without it"
            if _root(place.slot) == "flight":
                hint = "the flight says no such day or time; write these words without it"
            at = ("values", place.variable)
            yield Diagnostic("missing-slot", message, place.path, at, hint=hint)


def _root(slot: str) -> str:
    return SLOTS[slot].at[0] if slot in SLOTS else slot
