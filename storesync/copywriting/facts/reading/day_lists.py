"""Days of the week in a list beside their dates in a list: Saturday and Sunday, April 17 and 18."""

from __future__ import annotations

from storesync.copywriting.facts.reading.dates import read_date
from storesync.copywriting.facts.reading.digits import When
from storesync.copywriting.facts.reading.surroundings import Surroundings

BEFORE_A_DATE = frozenset({",", "the", "der", "den", "dem", "le", "el", ".", "dia", "dias", "("})
_MOST = 7


def date_in_list(text: Surroundings, index: int) -> When | None:
    """Return the date of a day of the week that is one of several, in the order of both lists.

    None where it stands by itself, or where there are not as many dates as days.
    """
    names = _names(text, index)
    if len(names) < 2:
        return None
    dates = _dates(text, names[-1] + 1, len(names))
    if len(dates) == 2 and _spans(dates, len(names)):  # Friday, Saturday and Sunday, 19 to 21 March
        year, month, first = dates[0]
        return year, month, (first or 0) + names.index(index)
    return dates[names.index(index)] if len(dates) == len(names) else None


def _spans(dates: list[When], count: int) -> bool:
    """Say whether two days of a month are the ends of so many."""
    (*month, first), (*same, last) = dates
    return month == same and (last or 0) - (first or 0) + 1 == count


def _names(text: Surroundings, index: int) -> list[int]:
    """Return the tokens of the days of the week that are listed with one, in order."""
    found = [index]
    for step in (-1, 1):
        place = index
        while len(found) <= _MOST:
            place = _beyond(text, place, step)
            if not text.names_day(place):
                break
            found.append(place)
    return sorted(found)


def _beyond(text: Surroundings, place: int, step: int) -> int:
    """Return the token after what joins two days, or before it; a comma, and, to, a dash."""
    place += step
    slash = text.low(place) == "/"  # Fr/Sa/So
    while slash or text.lists(place) or text.ranges(place) or _shortens(text, place):
        slash = False
        place += step
    return place


def _shortens(text: Surroundings, place: int) -> bool:
    """Say whether a stop ends a short name: Sa. und So."""
    return text.low(place) == "." and text.low(place - 1) in text.words.short_weekdays


def _dates(text: Surroundings, start: int, most: int) -> list[When]:
    """Return the days that are told from a token on, as many as can matter."""
    place, found = start, list[When]()
    while len(found) < most:
        while text.low(place) in BEFORE_A_DATE or (found and _joins(text, place)):
            place += 1
        read = read_date(text, place) if place < len(text.tokens) else None
        days = [item.value for item in read[0] if isinstance(item.value, tuple)] if read else []
        if read is None or not all(len(day) == 3 and day[2] for day in days) or not days:
            break
        found += days
        place = read[1]
    return found


def _joins(text: Surroundings, place: int) -> bool:
    return text.lists(place) or text.ranges(place)
