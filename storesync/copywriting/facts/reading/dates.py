"""Reading dates, in a language's own orders."""

from __future__ import annotations

from dataclasses import replace

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item, Read
from storesync.copywriting.facts.reading.calendar_weeks import read_calendar_week
from storesync.copywriting.facts.reading.day_ranges import (
    BEFORE_A_DAY,
    names_its_day,
    of_a_week,
    read_day_range,
)
from storesync.copywriting.facts.reading.day_roles import begun, ended, role_before
from storesync.copywriting.facts.reading.day_series import (
    days_behind,
    days_in_digits,
    days_month,
    days_without_month,
    is_between,
    joins_days,
    other_day,
    slashed_days,
)
from storesync.copywriting.facts.reading.days_of_month import (
    a_day,
    may_precede,
    month_after,
    named_month,
    weekdays_between,
)
from storesync.copywriting.facts.reading.digits import (
    a_number,
    a_year,
    dated,
    read_numeric,
)
from storesync.copywriting.facts.reading.holidays import read_holiday
from storesync.copywriting.facts.reading.lone_days import (
    can_only_be_a_day,
    counts_something,
    is_alone,
)
from storesync.copywriting.facts.reading.months import read_end_of_month, read_month
from storesync.copywriting.facts.reading.surroundings import DASHES, Surroundings


def read_date(text: Surroundings, index: int) -> Read:
    """Read a date that begins at a token, or two where only the second names its month."""
    found = (
        slashed_days(text, index)
        or read_day_range(text, index)
        or read_numeric(text, index)
        or _day_month(text, index)
        or _month_day(text, index)
        or days_in_digits(text, index)
        or days_without_month(text, index)
        or read_month(text, index)
        or read_end_of_month(text, index)
        or _ordinal_day(text, index)
        or read_holiday(text, index)
        or read_calendar_week(text, index)
        or _year_first(text, index)
    )
    if found and found[0] and found[0][0].role == "relative" and _is_dated(text, found[1]):
        return [], found[1]  # until Memorial Day, May 31
    if found is None or _cuts_a_number(text, index, found[1]):
        return None
    items, end = ended(text, of_a_week(text, index, begun(text, index, *found)), found[1]) or found
    return _going_on(text, index, items), end


def _year_first(text: Surroundings, index: int) -> Read:
    """Read a day that a year is said to have: 2028 has a February 29."""
    year = a_year(text, index)
    if year is None or text.low(index + 1) not in text.words.listed("has"):
        return None
    place = index + 2 + (text.low(index + 2) in text.words.listed("article"))
    found = _day_month(text, place) or _month_day(text, place)
    if found is None or len(found[0]) != 1 or found[0][0].value[0] is not None:
        return None
    _, month, day = found[0][0].value
    return [dated(text, (index, found[1]), (year, month, day))], found[1]


def _cuts_a_number(text: Surroundings, start: int, end: int) -> bool:
    """Say whether a number in digits goes on behind a date: March 5 3 7."""
    begun = (text.numbers[at] for at in range(start, end) if at in text.numbers)
    return any(number.end > end and not number.spelled for number in begun)


def _going_on(text: Surroundings, index: int, items: list[Item]) -> list[Item]:
    """Return a day that an offer is still on, or also: within it, and none of its ends."""
    lone = len(items) == 1 and items[0].kind is Kind.DATE and not (items[0].role or items[0].bound)
    told = lone and isinstance(items[0].value, tuple) and items[0].value[-1]
    still = told and text.in_sentence("goes_on", index)
    return [replace(items[0], role="within")] if still else items


def _is_dated(text: Surroundings, end: int) -> bool:
    """Say whether a date follows in apposition, with its day of the week or without."""
    place = end + 1
    if text.low(end) not in {",", "("}:
        return False
    if text.names_day(place):
        place += 1 + (text.low(place + 1) == ",")
    return place < len(text.tokens) and bool(
        read_numeric(text, place) or _day_month(text, place) or _month_day(text, place)
    )


def _day_month(text: Surroundings, index: int) -> Read:
    first = a_day(text, index)
    if first is None:
        return None
    day, end = first
    rest = month_after(text, end)
    if rest:
        month, year, after = rest
        return [dated(text, (index, after), (year, month, day))], after
    several = days_month(text, index)
    if several or joins_days(text, end):
        return several
    numeric = _to_numeric(text, index, first)
    if numeric:
        return numeric
    second = other_day(text, end)
    rest = month_after(text, second[2]) if second else None
    if second is None or rest is None:
        return None
    month, year, after = rest
    # Freitag bis Sonntag, 12. bis 14. Februar: what ends the days of the week ends no date.
    return [
        dated(text, (index, end), (year, month, day), "start"),
        *weekdays_between(text, end, second[1], (year, month, second[0])),
        dated(text, (second[1], after), (year, month, second[0]), "end"),
    ], after


def _to_numeric(text: Surroundings, index: int, first: tuple[int, int]) -> Read:
    """Read 1. bis 13.3. and del 4 al 23/10, where the second day alone has its month, in digits."""
    day, end = first
    begins = role_before(text, index) == "start" or text.low(end - 1) == "."
    label = text.low(index - 1) == ":" and text.low(index - 2) in text.words.listed("date_labels")
    begins = begins or label  # datas: 3 a 6/6
    place = end + 1 if text.low(end) in DASHES else getattr(text.cue_at("range", end), "end", 0)
    while place and may_precede(text, place):
        place += 1
    found = read_numeric(text, place) if begins and place else None
    if found is None:
        return None
    last = found[0][0]
    year, month, _ = last.value
    return [
        dated(text, (index, end), (year, month, day), "start"),
        *weekdays_between(text, end, place, last.value),
        replace(last, role="end"),
    ], found[1]


def _month_day(text: Surroundings, index: int) -> Read:
    """Read November 15, 2026 and November 6–15."""
    month = named_month(text, index)
    if month is None or _is_weekday(text, index):
        return None
    place = index + 1 + (text.low(index + 1) == "." and text.tight(index + 1))
    if text.low(place) == "the":
        place += 1
    day = a_number(text, place, 1, 31)
    if day is None or counts_something(text, place):
        return None
    end = place + 1
    if text.low(end) in text.words.listed("ordinal_suffixes") and text.tight(end):
        end += 1
    year_at = end + (text.low(end) == ",")
    year = a_year(text, year_at)
    items = [dated(text, (index, year_at + 1 if year else end), (year, month, day))]
    more = days_behind(text, end, (month, day), (index, end)) if year is None else None
    if more:
        return more
    other = other_day(text, end) if year is None else None
    if other and named_month(text, other[2]) is None:
        last, begin, after = other
        year_at = after + (text.low(after) == ",")
        year = a_year(text, year_at)
        listed = text.lists(end) and not is_between(text, index)
        roles = ("within", "within") if listed else ("start", "end")
        items = [
            dated(text, (index, end), (year, month, day), roles[0]),
            dated(text, (begin, after), (year, month, last), roles[1]),
        ]
        end = after
    return items, year_at + 1 if year else end


def _is_weekday(text: Surroundings, index: int) -> bool:
    """Say whether what may be a month is a day of the week: Mar 5, of martes and of marzo."""
    order = text.words.order
    return text.low(index) in text.words.short_weekdays and order.index("d") < order.index("M")


def _ordinal_day(text: Surroundings, index: int) -> Read:
    """Read the 6th and Friday 6, without a month."""
    day = a_number(text, index, 1, 31)
    spelled = a_day(text, index) if text.kind(index) == "w" else None
    told = text.low(index - 1) in BEFORE_A_DAY and role_before(text, index)  # until the sixth
    if spelled and (told or names_its_day(text, index)) and text.kind(spelled[1]) != "w":
        return [dated(text, (index, spelled[1]), (None, None, spelled[0]))], spelled[1]
    beside = text.names_day(index - 1) or (day and can_only_be_a_day(text, index))
    beside = beside or text.low(index - 1) == "dia"
    if day and beside and is_alone(text, index):
        return [dated(text, (index, index + 1), (None, None, day))], index + 1
    if day is None or text.low(index - 1) not in BEFORE_A_DAY:
        return None
    if text.low(index + 1) in text.words.listed("ordinal_suffixes") and text.tight(index + 1):
        return [dated(text, (index, index + 2), (None, None, day))], index + 2
    return None
