"""The hour of a time in words and signs: am and pm, o ósmej, om 18.30, we wtorek o 16."""

from __future__ import annotations

from storesync.copywriting.facts.reading.between import TELL_BEHIND
from storesync.copywriting.facts.reading.hours import days_of
from storesync.copywriting.facts.reading.minutes import is_bare, read_minutes
from storesync.copywriting.facts.reading.surroundings import Surroundings

DOTTED = frozenset({"nl", "pl"})  # write 18.30, and zaterdag tot 17 without a word for hours
_HOURS, _TENS, _FEW = 24, 20, 4  # dwudziestej czwartej
# Before an hour without a sign or an article, which other languages have there.
_PLAIN_BEFORE = frozenset({"en", "de"})
_CALLED = 8  # tokens
_HALF_DAY, _MINUTES = 12 * 60, 60
_ARTICLES = frozenset({"le", "alle", "dalle", "las", "as", "às", "das"})
_NOON, _NIGHT = 12, frozenset({"night", "noche", "notte", "noite"})
_TAKES = frozenset({"cada", "durante", "pendant", "en", "sous", "dans", "tras", "in", "binnen"})
_TAKES |= {"ogni", "per", "em"}
_TAKEN = frozenset({"antes", "después", "avant", "après", "prima", "dopo", "depois"})


def ordinal_hour(text: Surroundings, index: int) -> tuple[int, int]:
    """Return an hour that is an ordinal, and the token after it: dwudziestej pierwszej."""
    known = text.words.words["hours"]
    hour = known.get(text.low(index), 0)
    more = known.get(text.low(index + 1), _HOURS) if hour == _TENS else _HOURS
    return (hour + more, index + 2) if more <= _FEW else (hour, index + 1)


def hour_behind(text: Surroundings, index: int) -> tuple[set[int], int] | None:
    """Return the minutes that an ordinal behind at may mean, and the token after: o ósmej."""
    if text.low(index) not in text.words.words["hours"]:
        return None
    hour, end = ordinal_hour(text, index)
    if not any(text.cue_before(name, index) for name in ("at", "opens", "closes")):
        return None
    shift, end = read_minutes(text, end)  # o ósmej trzydzieści
    half, end = half_day(text, end)
    if not is_bare(text, end) or text.cue_at("percent", end):
        return None
    if half:
        return {from_twelve(hour, half) + shift}, end
    return {hour * 60 + shift, hour * 60 + shift + _HALF_DAY}, end


def half_day(text: Surroundings, index: int) -> tuple[str | None, int]:
    """Return am or pm where it follows, and the token after it."""
    for name in ("am", "pm"):
        low = text.low(index)
        match = text.cue_at(name, index)
        if match:
            return name, match.end
        dotted = text.low(index + 1) == "." and text.low(index + 2) == "m"
        if low == name[0] and dotted and text.words.listed(name):
            return name, index + 3 + (text.low(index + 3) == ".")
    return None, index


def from_twelve(hour: int, half: str) -> int:
    """Return the minutes since midnight of an hour in the morning or behind noon."""
    return (hour % 12 + (12 if half == "pm" else 0)) * 60


def in_half(text: Surroundings, end: int, hour: int, half: str) -> int:
    """Return the minutes since midnight of an hour of half a day, whose words end at a token."""
    midnight = hour == _NOON and text.low(end - 1) in _NIGHT
    return 0 if midnight else from_twelve(hour, half)


def counts_no_thing(text: Surroundings, end: int) -> bool:
    """Say whether no measure, and nothing that makes an amount of it, follows a number."""
    labels = ("off", "more", "percent", "share", "or_more")
    return text.low(end) not in text.words.units and not any(
        text.cue_at(one, end) for one in labels
    )


def is_dotted(text: Surroundings, index: int, end: int) -> bool:
    """Say whether at makes a time of a number with a dot: om 18.30, and not o 5.50 taniej."""
    priced = text.low(end) in text.words.currencies or text.cue_at("off", end)
    opens = text.cue_before("opens", index) or text.cue_before("closes", index)
    at = text.cue_before("at", index) or (opens and days_of(text, index, end))
    return bool(at) and text.words.language in DOTTED and not priced and is_bare(text, end)


def is_of_an_article(text: Surroundings, index: int, end: int) -> bool:
    """Say whether an article makes a time of a number with a dot: dalle 9.30 alle 19, às 18.45."""
    if text.words.language not in TELL_BEHIND or text.low(index - 1) not in _ARTICLES:
        return False
    return text.low(end) not in text.words.currencies and counts_no_thing(text, end)


def is_dotted_range(text: Surroundings, index: int, end: int) -> bool:
    """Say whether two times with a stop stand beside days: sabato: 9.30 - 12.30."""
    beside = [text.numbers.get(end + 1)] if text.ranges(end) else []
    beside += [text.numbers.get(index - 2)] if text.ranges(index - 1) else []
    dotted = any(other and len(other.parts) == 2 and other.parts[1] < _MINUTES for other in beside)
    return dotted and text.words.decimal == "," and bool(days_of(text, index, end))


def is_till_a_time(text: Surroundings, end: int) -> bool:
    """Say whether a time ends what begins before a token: 8.30–19 Uhr."""
    other = text.numbers.get(end + 1) if text.ranges(end) else None
    return other is not None and text.cue_at("oclock", other.end) is not None


def is_before(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a number is a time up to which people come: weekdays before 5, come before 5."""
    day = text.low(index - 2).removesuffix("s")
    named = day in text.words.weekdays or text.low(index - 2) in text.words.words["day_groups"]
    near = range(max(0, index - _CALLED), index)
    called = text.words.language in _PLAIN_BEFORE and any(
        text.sentence[at] == text.sentence[index] and text.low(at) in text.words.listed("calls")
        for at in near
    )
    sides = ("before_day", "after_day") if called else ("before_day",)
    side_of = any(text.low(index - 1) in text.words.listed(name) for name in sides)
    return (named or called) and side_of and is_bare(text, end)


def is_a_while(text: Surroundings, index: int, end: int) -> bool:
    """Say whether hours are how long something takes: cada tres horas, 24 heures avant."""
    if text.numbers[index].single in text.words.listed("plain"):
        return False
    before = index - 1 - (text.low(index - 1) in text.words.listed("article"))  # binnen de 24 uur
    joined = text.low(before) in text.words.listed("joins")  # 9 en 18 uur
    return (text.low(before) in _TAKES and not joined) or text.low(end) in _TAKEN
