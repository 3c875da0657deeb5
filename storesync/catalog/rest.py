"""What is left of a faulty file without its faulty entries: to tell what else is wrong with it.

Nothing else may be made of it: a slip in `end:` would make a flight endless.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from storesync.catalog.check import unquoted
from storesync.catalog.faults import faults_of, places_of
from storesync.catalog.layout import Place
from storesync.diagnostics import Diagnostic, Severity
from storesync.source.document import At, Document

# Each round leaves something out, and what only showed without it.
_MOST_ROUNDS = 8
# What holds where a file lacks what it has to say; what is said of these is never told.
_STAND_INS = {
    "name": "-",
    "template": "shared/-",
    "flight": {"start": "2000-01-01"},
    "channels": ["web"],
    "locales": ["en"],
    "currency": "USD",
    "format": "1",
    "repository": "0" * 16,
    "measured_on": "2000-01-01",
    "source": "-",
    "values": {},
}
# Parts that only mean something as a whole, with how much of a place names one: without one entry
# another may be said to be wrong.
_WHOLE = {"flight": 1, "address": 1, "hours": 1, "geo": 1, "select": 2, "variables": 2}
# Rules that may complain of what a faulty entry, or one with a slip in its name, does say.
_OF_ABSENCE = frozenset(
    {
        *("always-quiet", "answer-after-start", "duplicate-id", "empty-override", "format-version"),
        *("mandatory-campaign", "misleading-zone", "missing-currency", "missing-disclosure"),
        *("missing-field", "missing-file", "missing-legal", "missing-part", "missing-reason"),
        *("missing-slot", "missing-translation", "missing-value", "not-selected"),
        *("offer-collision", "prior-price", "prior-price-basis", "prior-price-missing"),
        *("requirement-never-holds", "requirement-never-met", "stale-copy", "time-in-gap"),
        *("time-twice", "timezone-country", "unknown-category"),
        *("too-many-per-week", "unspoken-locales", "unused-copy"),
    }
)
# Rules about words hang on what is declared, and on whose words these are, in which languages.
_OF_WORDS = frozenset(
    {"near-duplicates", "undeclared-claim", "unfounded-fact", "voice", "wrong-fact"}
)
_DECLARING = frozenset(
    {"claims", "facts", "flight", "locales", "offer", "products", "select", "waive"}
)


class Rest(NamedTuple):
    """A faulty file's place, its model and data without faulty entries, and where those stand.

    `kept` names, for a list that lost items, those left by their numbers in the file.
    """

    place: Place
    model: BaseModel
    data: Any
    gone: frozenset[At]
    kept: dict[int, list[int]]

    def told(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield what of all that is found in this file is no mere consequence of its faults."""
        # An entry of its own may be any of these, with a slip in its name.
        is_loose = any(len(at) == 1 or at[0] in _DECLARING for at in self.gone)
        for item in found:
            of_words = item.rule.partition(".")[0] in _OF_WORDS
            if item.rule in _OF_ABSENCE or (is_loose and of_words):
                continue
            moved = _as_written(item, self.data, self.kept)
            if not _hangs_on(moved.at, self.gone):
                yield moved


def rest_of(
    place: Place, document: Document, model: type[BaseModel], told: Iterable[Diagnostic]
) -> tuple[Rest | None, list[Diagnostic]]:
    """Return what is left of a document without the entries of which something is `told`.

    None where too little is. The diagnostics are those that show now only.
    """
    data = _copied(document.data)
    kept: dict[int, list[int]] = {}
    gone = {item.at for item in told if item.at and item.severity is Severity.ERROR}
    more: list[Diagnostic] = []
    for _ in range(_MOST_ROUNDS):
        left = Document(document.path, data)
        try:
            value = model.model_validate(data)
        except ValidationError as error:
            for item in faults_of(error, left, model):
                moved = _as_written(item, data, kept)
                if not _hangs_on(moved.at, gone):
                    more.append(moved)
            places = places_of(error, data)
            gone |= {_place_in_file(at, data, kept) for at in places}
            if not _leave_out(places, data, kept):
                return None, more
        else:
            rest = Rest(place, value, data, frozenset(gone), kept)
            return rest, [*more, *rest.told(unquoted(left, value))]
    return None, more


def _copied(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _copied(inner) for key, inner in data.items()}
    return [_copied(inner) for inner in data] if isinstance(data, list) else data


def _leave_out(places: Iterable[At], data: Any, kept: dict[int, list[int]]) -> bool:
    """Take entries out of data, what lacks something with them; False where nothing is left."""
    every = {at if len(at) == 1 or _has(data, at) else at[:-1] for at in places}
    # Later items of a list first, and what lies inside before what holds it.
    for at in sorted(every, key=_order, reverse=True):
        if not at:
            return False
        holder = _holder(data, at)
        name = at[-1]
        if isinstance(holder, list) and isinstance(name, int):
            if id(holder) not in kept:
                kept[id(holder)] = list(range(len(holder)))
            del holder[name], kept[id(holder)][name]
        elif isinstance(holder, dict) and name in holder:
            del holder[name]
        elif holder is data and name in _STAND_INS:
            data[name] = _copied(_STAND_INS[str(name)])
        elif holder is data:
            return False
    return True


def _order(at: At) -> list[tuple[int, str]]:
    return [(part, "") if isinstance(part, int) else (-1, part) for part in at]


def _holder(data: Any, at: At) -> Any:
    """Return what holds a place, None where it was left out."""
    for part in at[:-1]:
        try:
            data = data[part]
        except (LookupError, TypeError):
            return None
    return data


def _has(data: Any, at: At) -> bool:
    holder = _holder(data, at)
    if isinstance(holder, list):
        return isinstance(at[-1], int) and at[-1] < len(holder)
    return isinstance(holder, dict) and at[-1] in holder


def _place_in_file(at: At, data: Any, kept: dict[int, list[int]]) -> At:
    """Return where in the file stands what is at a place of what is left of its data."""
    found: list[str | int] = []
    for part in at:
        numbers = kept.get(id(data))
        known = numbers is not None and isinstance(part, int) and part < len(numbers)
        found.append(numbers[part] if known else part)  # type: ignore[index]  # as `known` says
        try:
            data = data[part]
        except (LookupError, TypeError):
            data = None
    return tuple(found)


def _as_written(item: Diagnostic, data: Any, kept: dict[int, list[int]]) -> Diagnostic:
    return replace(item, at=_place_in_file(item.at, data, kept)) if kept else item


def _hangs_on(at: At, gone: Iterable[At]) -> bool:
    """Say whether a place lies in, or holds, or means something only with what was left out."""
    for out in gone:
        if at[: len(out)] == out[: len(at)]:
            return True
        beside = out[: _WHOLE.get(str(out[0]), len(out))]
        if len(beside) < len(out) and at[: len(beside)] == beside:
            return True
    return False
