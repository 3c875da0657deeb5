"""Days of the week in a list beside their dates in a list: Saturday and Sunday, April 17 and 18."""

from __future__ import annotations

from storesync.copywriting.facts.reading.dates import read_date
from storesync.copywriting.facts.reading.digits import When
from storesync.copywriting.facts.reading.surroundings import DASHES, Surroundings

BEFORE_A_DATE = frozenset({",", "the", "der", "den", "dem", "le", "el", ".", "dia", "dias", "("})
_LEADS = frozenset("→➜➔➡⇒>=()[]:#@")
_MOST, _SHORTEST = 7, 3


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


def listed_days(text: Surroundings, index: int) -> list[int]:
    """Return the tokens of the days that are listed with one, parted by words and signs alone."""
    found = [index]
    for step in (-1, 1):
        place = index
        while len(found) <= _MOST:
            place += step
            while _parts(text, place) and not text.names_day(place):
                place += step
            if not text.names_day(place) or _is_other_word(text, place):
                break
            found.append(place)
    return sorted(found)


def _is_other_word(text: Surroundings, place: int) -> bool:
    """Say whether what may be a day is more likely a word: *We* are open, Mo."""
    return text.words.language == "en" and len(text.low(place)) < _SHORTEST


def _parts(text: Surroundings, place: int) -> bool:
    """Say whether a token parts two days of a list: & | ✔, and no dash, arrow or bracket."""
    sign = text.kind(place) == "s" and text.low(place) not in {*DASHES, *_LEADS, "."}
    return sign or _shortens(text, place) or text.low(place) in text.words.listed("joins")


def is_told_twice(text: Surroundings, index: int) -> bool:
    """Say whether a list of several days tells one more than once: Friday, Friday and Saturday.

    *Friday! Friday! Friday!* calls one day.
    """
    known = {**text.words.short_weekdays, **text.words.weekdays}
    names = listed_days(text, index)
    days = [known.get(text.low(at), at) for at in names]  # Saturdays are none
    joins = text.words.listed("joins")
    joined = any(text.low(at) in {*joins, "&", "+"} for at in range(names[0], names[-1]))
    return days.count(known.get(text.low(index), index)) > 1 and (len({*days}) > 1 or joined)


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
