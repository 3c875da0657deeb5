"""How many hours a shop is open on a day, by their number: eight hours a day, ten hours each."""

from __future__ import annotations

from storesync.copywriting.facts.language.given import OF
from storesync.copywriting.facts.reading.plain_hours import read_plain_hours
from storesync.copywriting.facts.reading.surroundings import Surroundings

_AT = frozenset({"am", "al", "l", "ao"})
_REACH, _BACK, _FAR = 10, 20, 40  # tokens


def are_of_opening(text: Surroundings, start: int, end: int) -> bool:
    """Say whether a number of hours, whose unit stands at `end`, is that of a day of opening."""
    return (
        _speaks_of_opening(text, start)
        or _is_by_the_clock(text, start, end)
        or _is_all_of_it(text, start, end + 1)
    )


def is_each_day(text: Surroundings, end: int) -> bool:
    """Say whether hours are told of each day or of opening: dix heures par jour, d'ouverture."""
    daily = any(text.words.units.get(text.low(end + step)) == "day" for step in (1, 2))
    place = end + 1 + (text.low(end + 1) == "'")
    return daily or (text.low(end) in OF and text.words.has(text.low(place), "opening"))


def _speaks_of_opening(text: Surroundings, start: int) -> bool:
    """Say whether a sentence speaks of opening beside a number of hours: open for twelve hours."""
    near = range(max(0, start - _BACK), min(start + _REACH, len(text.tokens)))
    return any(
        text.sentence[place] == text.sentence[start]
        and text.low(place) not in text.words.units
        and (text.cue_at("hours_words", place) or text.words.has(text.low(place), "opening"))
        for place in near
    )


def _is_by_the_clock(text: Surroundings, start: int, end: int) -> bool:
    """Say whether hours of a day are told with two times: twelve hours a day, 10:00 to 22:00."""
    near = range(max(1, start - _REACH), min(end + 2 * _REACH, len(text.tokens)))
    times = [
        place
        for place in near
        if text.low(place) == ":" and text.kind(place - 1) == "n" == text.kind(place + 1)
    ]
    daily = any(text.words.units.get(text.low(end + step)) == "day" for step in range(1, _REACH))
    return daily and (len(times) > 1 or any(read_plain_hours(text, at) for at in near))


def _is_all_of_it(text: Surroundings, start: int, end: int) -> bool:
    """Say whether hours of each day are all that a clause tells: eight hours a day, six days.

    *Wear it eight hours a day* and *eight hours a day of light* are of the thing.
    """
    if start and text.clause[start - 1] == text.clause[start]:
        return False
    most = range(end, min(end + _FAR, len(text.tokens)))
    clause = [at for at in most if text.clause[at] == text.clause[end - 1]]
    said = {text.low(at) for at in clause if text.kind(at) == "w"}
    words, units = text.words, text.words.units
    idle = {*words.listed("article"), *words.listed("per"), *words.listed("every"), *OF, *_AT}
    often = tuple(words.words["often"].get("day", ()))
    days = {one for one in said if units.get(one) == "day" or (often and one.startswith(often))}
    each = said and said <= {*words.listed("every"), *words.listed("apiece")}
    daily = bool(days) and said <= days | idle
    return daily or (bool(each) and _counts_days(text, start))


def _counts_days(text: Surroundings, start: int) -> bool:
    """Say whether days are counted right before: two days. Fourteen hours each."""
    near = range(max(0, start - _FAR), start)
    return any(
        number.end < start and text.words.units.get(text.low(number.end)) == "day"
        for at in near
        if (number := text.numbers.get(at))
    )
