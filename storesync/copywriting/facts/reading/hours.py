"""Which days a time of day is said of: Saturday at eight, Tuesday to Friday from nine.

The days before a time count, and those behind it up to the next number: either may be meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from storesync.copywriting.facts.reading.dates import read_date
from storesync.copywriting.facts.reading.holidays import fixed
from storesync.copywriting.facts.reading.surroundings import Surroundings

_REACH, _BACK = 10, 20
_JOINS = frozenset(
    {",", "-", "–", ".", "&", "/", "+"}
    | {"the", "den", "dem", "am", "le", "el", "los", "il", "la", "op"}
)
_ON = frozenset({"on", "at", "am", "an", "le", "el", "los", "il", "la", "di", "ao", "aos", "op"})
_WEEK = 7
_STOPS = frozenset({"", ".", "!"})
_CAPITAL_DAYS = frozenset({"en", "de"})  # write short days with a capital
_WORDLIKE_DAYS = frozenset({"nl", "pl"})  # have short days that are words: do, so
_LONG = 2  # tokens before the last of tot en met


def days_of(text: Surroundings, start: int, end: int) -> tuple[str, ...]:
    """Return the days that a time is said of, before it and behind: 0 for Monday, 12-24 for a date.

    Days that stand together are one text: 5 6 for a weekend.
    """
    last = text.numbers.get(end + 1) if text.ranges(end) else None
    if last:  # 11 to 6 on Sunday, 11am to 6pm at weekends
        said = (text.cue_at(label, last.end) for label in ("am", "pm", "oclock"))
        after = max((cue.end for cue in said if cue), default=last.end)
        end = after if _on_a_day(text, after) or _closes_with_a_day(text, after) else end
    named = _on_a_day(text, end) or _closes_with_a_day(text, end)
    before = [] if named else _before(text, start)  # from 8 on Saturdays
    behind = _behind(text, end, is_next=bool(before))
    return tuple(filter(None, map(" ".join, (before, behind))))


def is_of_each_week(text: Surroundings, place: int) -> bool:
    """Say whether a token names a day of each week: Sundays, every Sunday, los domingos."""
    low, before = text.low(place), text.low(place - 1)
    if low in text.words.listed("each_week"):
        return not _is_an_end(text, place)  # do soboty is until Saturday
    single = low.removesuffix("s")
    if text.words.weekdays.get(low) is None and (
        low == single or single not in text.words.weekdays
    ):
        return False
    every = text.words.listed("every")
    return (
        low not in text.words.weekdays
        or before in every
        or (f"{text.low(place - 2)} {before}" in every)
    )


def _is_an_end(text: Surroundings, place: int) -> bool:
    """Say whether the word before a token makes it the first or the last day of something."""
    return any(text.cue_before(role, place) for role in ("start", "end"))


def is_often(text: Surroundings, start: int, end: int) -> bool:
    """Say whether a day of each week stands near a time, in its sentence."""
    near = range(max(0, start - _REACH), min(end + _REACH, len(text.tokens)))
    return any(
        text.sentence[place] == text.sentence[start] and is_of_each_week(text, place)
        for place in near
    )


def _closes_with_a_day(text: Surroundings, place: int) -> bool:
    """Say whether days end a sentence: 9 to 5 weekdays and 10 to 4 Saturday to Sunday."""
    inside = place < len(text.tokens) and text.sentence[place] == text.sentence[place - 1]
    if not inside or not _is_day(text, place):
        return False
    stop = place + 1
    while text.low(stop) not in _STOPS and stop < len(text.tokens) and _goes_on(text, stop):
        stop += 1
    return text.low(stop) in _STOPS


def _on_a_day(text: Surroundings, place: int) -> bool:
    """Say whether days follow as those of the time before: on Sunday, du lundi au vendredi."""
    leads = text.low(place) in _ON or text.low(place) in text.words.listed("range_from")
    return leads and place + 1 < len(text.tokens) and _is_day(text, place + 1)


def is_open_day(
    days: tuple[str, ...], known: frozenset[int], closed: frozenset[int], years: set[int]
) -> bool:
    """Say whether days that stand together are all known, in a year where one is a date.

    Where nothing is said of days, or nothing is known, any will do. Days that are closed are told
    of by themselves, where others stand beside them.
    """
    if not days or not known:
        return True
    for group in days:
        each = [set(weekdays_of(day, years)) for day in group.split()]
        of_hours = [one for one in each if not one or not one <= closed]
        if all(known & one for one in of_hours or each):
            return True
    return False


def weekdays_of(day: str, years: set[int]) -> Iterator[int]:
    """Yield the day of the week that a day is, in each of some years where it is a date."""
    month, dash, number = day.partition("-")
    if not dash:
        yield int(day)
        return
    for year in years:
        try:
            yield date(year, int(month), int(number)).weekday()
        except ValueError:
            continue


def _before(text: Surroundings, start: int) -> list[str]:
    place = start - 1
    while place >= 0 and start - place <= _BACK:
        ended = text.sentence[place] != text.sentence[place + 1]
        # Sunday night? Open till ten. Pop in on a Sunday. We're open till ten.
        if ended and text.low(place) != "?" and not _calls(text, place):
            break
        if _is_day(text, place):
            first = place
            while first > 0 and _goes_on(text, first - 1):
                first -= 1
            return _group(text, first, place + 1)
        dated = _dated(text, place)
        if dated:
            return [dated]
        place -= 1
    return []


def _calls(text: Surroundings, stop: int) -> bool:
    """Say whether a token ends a call that is all of its sentence: pop in on a Sunday."""
    first = stop
    while first > 0 and text.sentence[first - 1] == text.sentence[stop] and stop - first < _REACH:
        first -= 1
    return text.low(first) in text.words.listed("calls")


def _behind(text: Surroundings, end: int, *, is_next: bool) -> list[str]:
    """Return the days behind a time; `is_next` where those that a time follows begin another."""
    last = min(end + _REACH, len(text.tokens))
    for place in range(end, last):
        if _is_each(text, place):  # 7 to 7, seven days a week
            return [str(day) for day in range(_WEEK)]
        if text.sentence[place] != text.sentence[end - 1] or place in text.numbers:
            return []
        if _is_day(text, place):
            stop = place + 1
            while stop < len(text.tokens) and _goes_on(text, stop):
                stop += 1
            follows = stop in text.numbers or stop + 1 in text.numbers
            apart = is_next or any(text.low(at) in {",", ";"} for at in range(end, place))
            return [] if apart and follows else _group(text, place, stop)
    return []


def _is_each(text: Surroundings, place: int) -> bool:
    """Say whether a phrase for all seven days of the week begins at a token."""
    number = text.numbers.get(place)
    match = number and text.words.phrases.longest(text.tokens, place, text.numbers)
    return bool(match and match.label == "every_day" and number and number.value == _WEEK)


def _goes_on(text: Surroundings, place: int) -> bool:
    low = text.low(place)
    listed = low in _JOINS or low in text.words.listed("joins")
    ranged = (text.cue_at("range", at) for at in range(max(0, place - _LONG), place + 1))
    return listed or _is_day(text, place) or any(cue and cue.end > place for cue in ranged)


def _group(text: Surroundings, start: int, stop: int) -> list[str]:
    """Return the days between two tokens, ranges with all their days."""
    found: list[int] = []
    at = start
    for place in range(start, stop):
        found += text.words.words["day_groups"].get(text.low(place), ())
        day = _day(text, place)
        if day is None:
            continue
        between = range(at + 1, place)
        if found and any(text.ranges(one) and not text.lists(one) for one in between):
            found += [(found[-1] + step) % _WEEK for step in range(1, (day - found[-1]) % _WEEK)]
        found.append(day)
        at = place
    return [str(day) for day in found]


def _is_day(text: Surroundings, place: int) -> bool:
    grouped = text.low(place) in text.words.words["day_groups"]
    return grouped or _day(text, place) is not None


def _day(text: Surroundings, place: int) -> int | None:
    low = text.low(place)
    day = text.words.weekdays.get(low)
    if day is None and low.endswith("s"):
        day = text.words.weekdays.get(low[:-1])
    if day is None and (_is_small(text, place) or text.tokens[place].text[:1].isupper()):
        # We is Wednesday before a number or a sign alone.
        word = low in text.words.listed("function")
        word = word and (text.kind(place + 1) == "w" or text.low(place + 1) == "'")
        day = None if word else text.words.short_weekdays.get(low)
    return day


def _is_small(text: Surroundings, place: int) -> bool:
    """Say whether a short day may begin small: lun-ven 7-20, za. 10-16; do and so are words."""
    if text.words.language in _WORDLIKE_DAYS:
        return place + 1 + (text.low(place + 1) == ".") in text.numbers
    return text.words.language not in _CAPITAL_DAYS and text.kind(place + 1) != "w"


def _dated(text: Surroundings, place: int) -> str:
    """Return the date that ends at a token and names its month: 4 December, Christmas Eve."""
    low = text.low(place)
    named = low in text.words.months or low in text.words.short_months
    if not named and low not in _last_words(text):
        return ""
    for first in range(max(0, place - 3), place + 1):
        holiday = fixed(text, first, place + 1)
        if holiday:
            return holiday
        found = read_date(text, first) if named else None
        when = found[0][-1].value if found and found[1] >= place + 1 else None
        if isinstance(when, tuple) and when[1] and when[2]:
            return f"{when[1]:02}-{when[2]:02}"
    return ""


def _last_words(text: Surroundings) -> frozenset[str]:
    return frozenset(name.split()[-1] for name in text.words.words["holidays"])
