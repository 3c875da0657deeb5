"""Reading two days with one month and year in digits: 11–13/12/2026, 4/17–18/2027."""

from __future__ import annotations

from dataclasses import replace

from storesync.copywriting.facts.item import Item, Read
from storesync.copywriting.facts.reading.digits import (
    a_number,
    a_year,
    dated,
    is_plain,
    read_numeric,
)
from storesync.copywriting.facts.reading.surroundings import DASHES, Surroundings

_MONTHS = 12
BEFORE_A_DAY = frozenset({"the", "on", "le", "den", "am", "el", "dia", "il"})


def read_day_range(text: Surroundings, index: int) -> Read:
    """Read two days of a month, which only one of them names, and which a dash joins."""
    if text.kind(index) != "n":
        return None
    return _month_behind(text, index) or _month_before(text, index)


def _month_behind(text: Surroundings, index: int) -> Read:
    """Read 11–13/12/2026 and 11–13/12, where languages write the day first."""
    day = a_number(text, index, 1, 31)
    stop = text.low(index + 1) == "." and text.tight(index + 1) and text.tight(index + 2)
    at = index + 2 + stop
    if day is None or text.low(at - 1) not in DASHES or _month_first(text):
        return None
    found = read_numeric(text, at) if at < len(text.tokens) else None
    signed = text.low(at + 1) == "/" or stop
    signed = signed or (found is not None and _are_plain(text, index, found[1]))
    if found is None or len(found[0]) != 1 or not signed:
        return None
    last = found[0][0].value
    if not day < last[2]:
        return None
    return [
        dated(text, (index, index + 1), (last[0], last[1], day), "start"),
        dated(text, (at, found[1]), last, "end"),
    ], found[1]


def _are_plain(text: Surroundings, index: int, end: int) -> bool:
    """Say whether 2-4.7 are days: where decimals have a comma, and nothing counts what follows."""
    near = text.tight(index + 1) and text.tight(index + 2)
    if not near or text.words.decimal != "," or not is_plain(text, index, end):
        return False
    day = text.words.units.get(text.low(index - 1)) == "day"  # w dniach 16-22.11
    named = day or text.names_day(index - 1) or text.low(end - 1) == "."
    return named or text.kind(end) != "w"


def _month_before(text: Surroundings, index: int) -> Read:
    """Read 4/17–18/2027, where a language writes the month first."""
    numbers = [a_number(text, index + step, 1, 31) for step in (0, 2, 4)]
    signs = [text.low(index + step) for step in (1, 3, 5)]
    year = a_year(text, index + 6)
    month, day, last = numbers
    if not (_month_first(text) and month and day and last and year) or month > _MONTHS:
        return None
    if signs[0] != "/" or signs[1] not in DASHES or signs[2] != "/" or day >= last:
        return None
    return [
        dated(text, (index, index + 3), (year, month, day), "start"),
        dated(text, (index + 4, index + 7), (year, month, last), "end"),
    ], index + 7


def _month_first(text: Surroundings) -> bool:
    order = text.words.order
    return order.index("M") < order.index("d")


def of_a_week(text: Surroundings, index: int, items: list[Item]) -> list[Item]:
    """Return a day that stands for the week it is in with that role: the week of September 13."""
    first = index - (text.low(index - 1) in text.words.listed("article"))
    said = text.cue_before("week_of", index) or text.cue_before("week_of", first)
    if said is None or len(items) != 1 or items[0].extra == "range" or items[0].value[2] is None:
        return items
    return [replace(items[0], role="week")]


def names_its_day(text: Surroundings, index: int) -> bool:
    """Say whether a day of the week and an article stand before one: Sunday, the thirteenth."""
    name = index - 2 - (text.low(index - 2) == ",")
    return text.low(index - 1) in BEFORE_A_DAY and text.names_day(name)
