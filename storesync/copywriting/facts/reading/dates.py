"""Reading dates, in a language's own orders."""

from __future__ import annotations

from dataclasses import replace

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item, Read
from storesync.copywriting.facts.reading.day_ranges import (
    BEFORE_A_DAY,
    names_its_day,
    of_a_week,
    read_day_range,
)
from storesync.copywriting.facts.reading.digits import (
    When,
    a_number,
    a_year,
    begun,
    dated,
    ended,
    read_numeric,
    role_before,
)
from storesync.copywriting.facts.reading.holidays import read_holiday
from storesync.copywriting.facts.reading.lone_days import (
    begins_another,
    can_only_be_a_day,
    counts_something,
    is_alone,
)
from storesync.copywriting.facts.reading.months import read_month
from storesync.copywriting.facts.reading.surroundings import DASHES, Surroundings

_MOST_DAYS = 7
_TEN = 10
_AND = frozenset("&+")
_BEFORE_ANOTHER = frozenset({",", "the", "le", "zum", "el", "dia"})


def read_date(text: Surroundings, index: int) -> Read:
    """Read a date that begins at a token, or two where only the second names its month."""
    found = (
        read_day_range(text, index)
        or read_numeric(text, index)
        or _day_month(text, index)
        or _month_day(text, index)
        or read_month(text, index)
        or _ordinal_day(text, index)
        or read_holiday(text, index)
    )
    if found and found[0] and found[0][0].role == "relative" and _is_dated(text, found[1]):
        return [], found[1]  # until Memorial Day, May 31
    return found and ended(text, of_a_week(text, index, begun(text, *found)), found[1])


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


def _named(text: Surroundings, index: int) -> int | None:
    """Return the month that a token names."""
    low = text.low(index)
    return text.words.months.get(low) or text.words.short_months.get(low)


def _a_day(text: Surroundings, index: int) -> tuple[int, int] | None:
    """Return a day of the month at a token and the token after it: 15, 15., 15th, fifteenth."""
    word = text.words.words["ordinals"].get(text.low(index))
    numeral = text.numbers.get(index)
    day, end = a_number(text, index, 1, 31), index + 1
    if numeral is not None and day is None and numeral.spelled and 1 <= numeral.value <= 31:
        day, end = int(numeral.value), numeral.end
        if text.low(end) == "-" and text.low(end + 1) in text.words.words["ordinals"]:
            word, end = day + text.words.words["ordinals"][text.low(end + 1)], end + 2
    if word and (day is None or text.low(index) in text.words.words["ordinals"]):
        day, end = word, max(end, index + 1)
        more = text.words.words["ordinals"].get(text.low(end), _TEN)
        if not word % _TEN and more < _TEN:  # dwudziestego piątego lutego
            day, end = word + more, end + 1
    if day is None:
        return None
    end += text.low(end) == "." and text.tight(end) and not begins_another(text, end + 1)
    if text.low(end) in text.words.listed("ordinal_suffixes") and text.tight(end):
        end += 1
    return day, end


def _month_after(text: Surroundings, end: int) -> tuple[int, int | None, int] | None:
    """Return the month and year that follow a day, and the token after them."""
    place = end
    while text.low(place) in text.words.listed("month_glue") or text.low(place) == "'":
        place += 1
    month = _named(text, place)
    if month is None:
        return None
    place += 1
    if text.low(place) == "." and text.tight(place) and a_year(text, place + 1):
        place += 1
    after = place
    while text.low(after) in {",", "de", "del", "di"} and after - place < 2:
        after += 1
    year = a_year(text, after)
    return month, year, after + 1 if year else place


def _day_month(text: Surroundings, index: int) -> Read:
    first = _a_day(text, index)
    if first is None:
        return None
    day, end = first
    rest = _month_after(text, end)
    if rest:
        month, year, after = rest
        return [dated(text, (index, after), (year, month, day))], after
    if _joins(text, end):
        return _days_month(text, index)
    numeric = _to_numeric(text, index, first)
    if numeric:
        return numeric
    second = _other_day(text, end)
    rest = _month_after(text, second[2]) if second else None
    if second is None or rest is None:
        return None
    month, year, after = rest
    # Freitag bis Sonntag, 12. bis 14. Februar: what ends the days of the week ends no date.
    return [
        dated(text, (index, end), (year, month, day), "start"),
        *_weekdays_between(text, end, second[1], (year, month, second[0])),
        dated(text, (second[1], after), (year, month, second[0]), "end"),
    ], after


def _to_numeric(text: Surroundings, index: int, first: tuple[int, int]) -> Read:
    """Read 1. bis 13.3. and del 4 al 23/10, where the second day alone has its month, in digits."""
    day, end = first
    begins = role_before(text, index) == "start" or text.low(end - 1) == "."
    place = end + 1 if text.low(end) in DASHES else getattr(text.cue_at("range", end), "end", 0)
    while place and _may_precede(text, place):
        place += 1
    found = read_numeric(text, place) if begins and place else None
    if found is None:
        return None
    last = found[0][0]
    year, month, _ = last.value
    return [
        dated(text, (index, end), (year, month, day), "start"),
        *_weekdays_between(text, end, place, last.value),
        replace(last, role="end"),
    ], found[1]


def _days_month(text: Surroundings, index: int) -> Read:
    """Read 4, 5 and 6 December, with days of the week between or without."""
    found: list[tuple[int, int, int, int]] = []
    place = index
    while len(found) < _MOST_DAYS:
        begin = place
        while _joins(text, place) or (found and _may_precede(text, place)):
            place += 1
        day = _a_day(text, place)
        if day is None:
            return None
        found.append((day[0], begin, place, day[1]))
        place = day[1]
        rest = _month_after(text, place)
        if rest:
            month, year, after = rest
            items: list[Item] = []
            spans = len(found) == 2 and _is_between(text, index)
            roles = ("start", "end") if spans else ("within",) * len(found)
            for role, (number, before, at, end) in zip(roles, found, strict=True):
                when = (year, month, number)
                items += _weekdays_between(text, before, at, when)
                last = after if end == place else end
                items.append(dated(text, (at, last), when, role))
            return items, after
        if not _joins(text, place):
            return None
    return None


def _joins(text: Surroundings, place: int) -> bool:
    """Say whether a token joins two days of a month: 19. und 20., 20./21."""
    return text.lists(place) or (text.low(place) == "/" and text.low(place - 1) == ".")


def _is_between(text: Surroundings, index: int) -> bool:
    """Say whether two days are the ends of a time: between Friday 4 and Sunday 6 December."""
    place = index - 1
    while _may_precede(text, place):
        place -= 1
    return text.low(place) in text.words.listed("between")


def _may_precede(text: Surroundings, place: int) -> bool:
    """Say whether a token may stand before the number of a day: Friday 4, dem 4., le 4."""
    return text.names_day(place) or text.low(place) in text.words.listed("article")


def _weekdays_between(text: Surroundings, start: int, end: int, when: When) -> list[Item]:
    """Return the days of the week before a day that a date was found to hold."""
    names = {**text.words.short_weekdays, **text.words.weekdays}
    extra = {"date": when, "plural": False, "range": "", "hours": False, "closed": False}
    return [
        text.item(Kind.WEEKDAY, place, place + 1, names[text.low(place)], extra=extra)
        for place in range(start, end)
        if text.low(place) in names
    ]


def _other_day(text: Surroundings, index: int) -> tuple[int, int, int] | None:
    """Return the second day of 6–15, 6 to 15, 6 au dimanche 15: day, its token, the token after."""
    match = text.cue_at("range", index)
    one = text.low(index) in DASHES or text.low(index) in _AND
    place = index + 1 if one else match.end if match else 0
    if not place:
        return None
    while text.names_day(place) or text.low(place) in _BEFORE_ANOTHER:
        place += 1
    found = _a_day(text, place)
    return (found[0], place, found[1]) if found else None


def _month_day(text: Surroundings, index: int) -> Read:
    """Read November 15, 2026 and November 6–15."""
    month = _named(text, index)
    if month is None:
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
    more = _days_behind(text, end, (month, day), (index, end)) if year is None else None
    if more:
        return more
    other = _other_day(text, end) if year is None else None
    if other and _named(text, other[2]) is None:
        last, begin, after = other
        year_at = after + (text.low(after) == ",")
        year = a_year(text, year_at)
        listed = text.lists(end) and not _is_between(text, index)
        roles = ("within", "within") if listed else ("start", "end")
        items = [
            dated(text, (index, end), (year, month, day), roles[0]),
            dated(text, (begin, after), (year, month, last), roles[1]),
        ]
        end = after
    return items, year_at + 1 if year else end


def _days_behind(
    text: Surroundings, place: int, first: tuple[int, int], span: tuple[int, int]
) -> Read:
    """Read the other days of a list that begins with a month: January 19, 20 and 21."""
    month, day = first
    items, last = [dated(text, span, (None, month, day), "within")], day
    while text.lists(place):
        other = a_number(text, place + 1, last + 1, 31)
        if other is None or counts_something(text, place + 1) or len(items) > _MOST_DAYS:
            break
        items.append(dated(text, (place + 1, place + 2), (None, month, other), "within"))
        place, last = place + 2, other
    return (items, place) if len(items) > len(first) else None


def _ordinal_day(text: Surroundings, index: int) -> Read:
    """Read the 6th and Friday 6, without a month."""
    day = a_number(text, index, 1, 31)
    spelled = _a_day(text, index) if text.kind(index) == "w" else None
    if spelled and names_its_day(text, index) and text.kind(spelled[1]) != "w":
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
