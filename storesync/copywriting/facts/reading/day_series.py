"""Days of one month in a row, which only one of them names: 4, 5 and 6 December, 19-20-21/6."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from storesync.copywriting.facts.item import Item, Read
from storesync.copywriting.facts.reading.day_roles import DAY_ARROWS
from storesync.copywriting.facts.reading.days_of_month import (
    a_day,
    may_precede,
    month_after,
    month_before,
    weekdays_between,
)
from storesync.copywriting.facts.reading.digits import (
    FRACTION_BOTTOMS,
    a_number,
    dated,
    read_numeric,
)
from storesync.copywriting.facts.reading.lone_days import counts_something, is_alone
from storesync.copywriting.facts.reading.surroundings import ARROWS, DASHES, Surroundings

_MOST_DAYS = 7
_AND = frozenset("&+")
_BEFORE_ANOTHER = frozenset({",", "the", "le", "zum", "el", "dia"})
_NO_JOIN = frozenset("%€£$#(") | ARROWS | DASHES
_Joins = Callable[[Surroundings, int], bool]


def days_month(text: Surroundings, index: int) -> Read:
    """Read 4, 5 and 6 December and 18-19-20 maart, with days of the week between or without."""
    first = a_day(text, index)
    dashed = first is not None and text.low(first[1]) in DASHES
    joins: _Joins = _is_dash if dashed else joins_days
    found: list[tuple[int, int, int, int]] = []
    place = index
    while len(found) < _MOST_DAYS:
        begin = place
        while joins(text, place) or (found and may_precede(text, place)):
            place += 1
        day = a_day(text, place)
        if day is None:
            return None
        found.append((day[0], begin, place, day[1]))
        place = day[1]
        rest = month_after(text, place)
        if rest:
            return None if dashed and len(found) < 3 else _of_month(text, found, rest)
        if not joins(text, place):
            return None
    return None


def slashed_days(text: Surroundings, index: int) -> Read:
    """Read 2/3/4 luglio and 11/12 décembre: days that follow each other, and no fraction."""
    days, place = list[int](), index
    while len(days) < _MOST_DAYS:
        day = a_number(text, place, 1, 31)
        if day is None or (days and day != days[-1] + 1):
            return None
        days.append(day)
        if not (text.low(place + 1) == "/" and text.tight(place + 1) and text.tight(place + 2)):
            break
        place += 2
    rest = month_after(text, place + 1)
    shares = len(days) == 2 and days[1] in FRACTION_BOTTOMS and not text.names_day(index - 1)
    if rest is None or len(days) < 2 or shares:
        return None
    at = range(index, place + 1, 2)
    return _of_month(
        text, [(day, one, one, one + 1) for day, one in zip(days, at, strict=True)], rest
    )


def _of_month(
    text: Surroundings, found: list[tuple[int, int, int, int]], rest: tuple[int, int | None, int]
) -> Read:
    """Return the days of a month; each is told with what stands before it, and where it ends."""
    month, year, after = rest
    items: list[Item] = []
    spans = len(found) == 2 and is_between(text, found[0][2])
    roles = ("start", "end") if spans else ("within",) * len(found)
    for role, (number, before, at, end) in zip(roles, found, strict=True):
        when = (year, month, number)
        items += weekdays_between(text, before, at, when)
        last = after if end == found[-1][3] else end
        items.append(dated(text, (at, last), when, role))
    return items, after


def joins_days(text: Surroundings, place: int) -> bool:
    """Say whether a token joins two days of a month: 19. und 20., 20./21., Fri 4 / Sat 5."""
    sign = text.kind(place) == "s" and text.low(place) not in _NO_JOIN
    named = sign and text.names_day(place + 1) and text.kind(place - 1) in {"n", "w"}
    return text.lists(place) or named or (text.low(place) == "/" and text.low(place - 1) == ".")


def _is_dash(text: Surroundings, place: int) -> bool:
    return text.low(place) in DASHES


def is_between(text: Surroundings, index: int) -> bool:
    """Say whether two days are the ends of a time: between Friday 4 and Sunday 6 December."""
    place = index - 1
    while may_precede(text, place):
        place -= 1
    return text.low(place) in text.words.listed("between")


def other_day(text: Surroundings, index: int) -> tuple[int, int, int] | None:
    """Return the second day of 6–15, 6 to 15, 6 au dimanche 15: day, its token, the token after."""
    match = text.cue_at("range", index)
    one = text.low(index) in DASHES | _AND | DAY_ARROWS
    place = index + 1 if one else match.end if match else 0
    if not place:
        return None
    while may_precede(text, place) or text.low(place) in _BEFORE_ANOTHER:
        place += 1
    found = a_day(text, place)
    return (found[0], place, found[1]) if found else None


def days_behind(
    text: Surroundings, place: int, first: tuple[int, int], span: tuple[int, int]
) -> Read:
    """Read the other days of a list that begins with a month: January 19, 20 and 21; Nov 27 28."""
    month, day = first
    items, last, apart = [dated(text, span, (None, month, day), "within")], day, False
    while len(items) < _MOST_DAYS:
        listed = text.lists(place)
        at = place + listed
        other = a_number(text, at, last + 1, 31 if listed else last + 1)
        if other is None or counts_something(text, at) or (not listed and text.tight(at)):
            break
        items.append(dated(text, (at, at + 1), (None, month, other), "within"))
        place, last, apart = at + 1, other, apart or not listed
    alone = len(items) > 1 and last == day + len(items) - 1 and _ends(text, place)
    return (items, place) if alone or (len(items) > 2 and not apart) else None


def _ends(text: Surroundings, place: int) -> bool:
    """Say whether nothing follows that two numbers could count: August 30, 31."""
    return text.kind(place) not in {"w", "n"} and is_alone(text, place - 1)


def days_in_digits(text: Surroundings, index: int) -> Read:
    """Read days of which the last has its month in digits: 13, 14 y 15/03/2026, 19-20-21/6."""
    found, place, last = [index], index + 1, a_number(text, index, 1, 31)
    dashed = text.low(place) in DASHES
    while last is not None and len(found) < _MOST_DAYS:
        joined = text.low(place) in DASHES if dashed else text.lists(place)
        at = place + 1
        if not joined:
            return None
        while may_precede(text, at):
            at += 1
        numeric = read_numeric(text, at) if at < len(text.tokens) else None
        if numeric and len(numeric[0]) == 1:
            ends = numeric[0][0]
            listed = dashed or text.low(place) != "," or ends.value[2] == last + 1
            return _before_digits(text, found, ends, numeric[1], dashed=dashed) if listed else None
        other = a_number(text, at, last + 1, last + 1)
        found.append(at)
        place, last = at + 1, other
    return None


def _before_digits(
    text: Surroundings, found: list[int], ends: Item, after: int, *, dashed: bool
) -> Read:
    """Return the days that stand before one in digits, in its month; two with a dash are ends."""
    year, month, last = ends.value
    days = [a_number(text, at, 1, 31) or 0 for at in found]
    spans = dashed and len(days) == 1
    in_order = all(first < other for first, other in pairwise([*days, last]))
    if not in_order or (spans and not (year or text.low(after - 1) == ".")):
        return None
    begins, role = ("start", "end") if spans else ("within", "within")
    items = [
        dated(text, (at, at + 1), (year, month, day), begins)
        for at, day in zip(found, days, strict=True)
    ]
    return [*items, replace(ends, role=role)], after


def days_without_month(text: Surroundings, index: int) -> Read:
    """Read days whose month the sentence has named, or none: from the 5th to the 9th, dal 5 al 9.

    They have endings of their own, or words for both ends and a month before.
    """
    month = month_before(text, index)
    found: list[tuple[int, int, int]] = []
    place, joins = index, set[str]()
    while len(found) < _MOST_DAYS:
        while found and may_precede(text, place):
            place += 1
        day = a_number(text, place, 1, 31)
        suffixed = text.low(place + 1) in text.words.listed("ordinal_suffixes")
        suffixed = suffixed and text.tight(place + 1)
        if day is None or (found and day <= found[-1][0]) or not (suffixed or month):
            joins -= {"list"} if "range" in joins else set()  # dal 6 al 12, zaino
            break
        end = place + 1 + suffixed
        found.append((day, place, end))
        ranged = text.low(end) in DASHES | DAY_ARROWS or text.cue_at("range", end)
        listed = text.lists(end)
        if not (ranged or listed) or (listed and text.kind(end + 1) not in {"n", "w"}):
            break
        joins.add("list" if listed else "range")
        match = text.cue_at("range", end)
        place = end + 1 if listed or not match else match.end
        place += listed and text.lists(place)
    return _without_month(text, found, month, joins)


def _without_month(
    text: Surroundings, found: list[tuple[int, int, int]], month: int | None, joins: set[str]
) -> Read:
    if len(found) < 2 or len(joins) != 1 or not is_alone(text, found[-1][2] - 1):
        return None
    spans = joins == {"range"}
    suffixed = all(end - at == 2 for _, at, end in found)
    begins = text.cue_before("start", found[0][1]) is not None or is_between(text, found[0][1])
    if (spans and len(found) > 2) or not (suffixed or (spans and begins)):
        return None
    if text.kind(found[-1][2]) == "w" and not (spans or month):  # 2nd and 3rd prize
        return None
    spans = spans or (len(found) == 2 and is_between(text, found[0][1]))
    roles = ("start", "end") if spans else ("within",) * len(found)
    return [
        dated(text, (at, end), (None, month, day), role)
        for role, (day, at, end) in zip(roles, found, strict=True)
    ], found[-1][2]
