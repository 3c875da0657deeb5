"""What differs in the values behind a change, found without rendering anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from storesync.model.slot import COPY, FORMS
from storesync.plan.change import Action, Change
from storesync.plan.piece import Piece, by_key
from storesync.render.artifact import fingerprint
from storesync.resolve.values import HOLLOW
from storesync.schedule.window import Window, intersect

# Dates are told as such; the language and what repeats other values say nothing more.
_TOLD_ELSEWHERE = frozenset({"flight", "locale", "offer", COPY, FORMS, HOLLOW})
_SAID_BY_LOCATION = frozenset({"location_name", "city", "currency", "locale"})
_LOCALES = "locales"


class Differing(NamedTuple):
    """A value that differs. `old` and `new` are empty where they are no short texts or numbers."""

    name: str
    old: str = ""
    new: str = ""


class Difference(NamedTuple):
    """What differs, and a mark that two changes share where the same does.

    Of values that campaigns and answers set, what they are counts; of a location's own data
    (address, hours) only which. `of_location`: nothing else differs, whatever the campaign.
    """

    values: tuple[Differing, ...] = ()
    mark: str = ""
    of_location: bool = False


class Pair(NamedTuple):
    """What stood before a change, and what stands after it, as far as known."""

    old: Piece | None
    new: Piece | None


NOTHING = Difference()


class Pairs:
    """Finds the pieces of changes. `base` may be empty: then only what comes is known."""

    def __init__(
        self, changes: Iterable[Change], base: Iterable[Piece], head: Iterable[Piece]
    ) -> None:
        wanted = {change.key for change in changes}
        self._base, self._head = by_key(base, wanted), by_key(head, wanted)

    def of(self, change: Change) -> Pair:
        """Return the pieces of a change."""
        old, new = self._base.get(change.key, ()), self._head.get(change.key, ())
        if change.action is Action.WITHDRAW:
            return Pair(_starting(old, change), None)
        piece = _starting(new, change)
        if change.action is Action.CREATE or piece is None:
            return Pair(None, piece)
        window = Window(piece.starts, piece.ends)
        met = (item for item in old if intersect(Window(item.starts, item.ends), window))
        return Pair(next(met, old[0] if old else None), piece)


def _starting(pieces: Sequence[Piece], change: Change) -> Piece | None:
    met = (piece for piece in pieces if piece.starts == change.starts)
    return next(met, pieces[0] if pieces else None)


@dataclass
class Differences:
    """Works out differences; what many locations share is compared once."""

    pairs: Pairs
    _shared: dict[tuple[int, int], Difference] = field(default_factory=dict)
    _marks: dict[tuple[int, ...], str] = field(default_factory=dict)

    def of(self, change: Change) -> Difference:
        """Return what differs behind a change; of what comes down nothing."""
        old, new = self.pairs.of(change)
        if new is None:
            return NOTHING
        if old is None:
            return Difference((), self._mark(new.shared, _languages(new)))
        shared = self._of_shared(old, new)
        own = _own_names(old.own, new.own)
        if not own and old.template == new.template:
            return shared
        values = [*shared.values, *map(Differing, own)]
        marks = [shared.mark, *own]
        if _LOCALES in own:
            marks += [self._mark(*_languages(old)), self._mark(*_languages(new))]
        if old.template != new.template:
            values.append(Differing("template", old.template, new.template))
            marks += [old.template, new.template]
        is_own = not shared.mark and _LOCALES not in own and _besides(old) == _besides(new)
        return Difference(tuple(values), "|".join(marks), of_location=is_own)

    def _of_shared(self, old: Piece, new: Piece) -> Difference:
        key = (id(old.shared), id(new.shared))
        if key not in self._shared:
            self._shared[key] = _compare(old.shared, new.shared)
        return self._shared[key]

    def _mark(self, *contexts: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> str:
        found = [item for one in contexts for item in ([one] if isinstance(one, Mapping) else one)]
        key = tuple(id(item) for item in found)
        if key not in self._marks:
            self._marks[key] = fingerprint([_told(item) for item in found])
        return self._marks[key]


def _languages(piece: Piece) -> Sequence[Mapping[str, Any]]:
    return piece.own.get(_LOCALES) or ()


def _besides(piece: Piece) -> tuple[object, ...]:
    """Return what besides values people approve of a placement: when, and by which template."""
    return piece.flight, piece.if_late, piece.template


def _told(shared: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in shared.items() if name != "flight"}


def _own_names(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return which of a location's own data differ, by the names of its file."""
    if old == new:
        return []
    found = _unequal(old, new) - _SAID_BY_LOCATION
    if "location" in found:
        found.remove("location")
        found |= _unequal(old["location"], new["location"])
    return sorted(found)


def _unequal(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def _compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    names = sorted(_unequal(old, new) - _TOLD_ELSEWHERE)
    values = tuple(_shown(name, old.get(name), new.get(name)) for name in names)
    return Difference(
        values,
        fingerprint([[name, old.get(name), new.get(name)] for name in names]) if names else "",
    )


def _shown(name: str, old: Any, new: Any) -> Differing:
    if all(isinstance(value, str | int | float | None) for value in (old, new)):
        texts = ["none" if value is None else str(value) for value in (old, new)]
        if max(map(len, texts)) <= 40:
            return Differing(name, *texts)
    return Differing(name)
