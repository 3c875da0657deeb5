"""Months and times that a sentence names in passing: an April shower, it is three at night."""

from __future__ import annotations

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import OF, words_of
from storesync.copywriting.facts.reading.surroundings import Surroundings
from storesync.copywriting.facts.reading.weekdays import is_of_an_offer

_SENTENCE, _NEAR = 30, 4  # tokens
_DAWN = 5 * 60  # minutes
_PROMISES = ("off", "more", "closed", "hours_words")
_BEFORE = ("start", "end", "ends_behind")


def is_aside(text: Surroundings, item: Item, start: int, end: int) -> bool:
    """Say whether a sentence that promises nothing has a month or a time of somebody else.

    *A May evening without tea*, *since Labor Day* of the reader's bicycle, *it's three in the
    morning*, and the hour at which the cock crows.
    """
    if item.kind is Kind.TIME:
        told = _tells_the_clock(text, item, start) or _is_of_a_sleeper(text, start)
    elif item.kind is Kind.DATE:
        told = _is_since(text, item, start) or _is_of_the_weather(text, item, start, end)
    else:
        return False
    return told and not _promises(text, start)


def _promises(text: Surroundings, start: int) -> bool:
    """Say whether a sentence has an offer or opening hours, or a clause speaks of the shop."""
    own = any(text.clause[at] == text.clause[start] for at in _places(text, "ourselves", start))
    cued = any(text.in_sentence(label, start, _SENTENCE) for label in _PROMISES)
    return own or cued or is_of_an_offer(text, start)


def _places(text: Surroundings, name: str, index: int) -> list[int]:
    """Return where words of a list stand in the sentence of a token."""
    near = range(max(0, index - _SENTENCE), min(len(text.tokens), index + _SENTENCE))
    listed = text.words.listed(name)
    same = (at for at in near if text.sentence[at] == text.sentence[index])
    return [at for at in same if text.low(at) in listed]


def _ends(text: Surroundings, name: str, index: int) -> bool:
    """Say whether a phrase of a list ends right before a token."""
    said = " ".join(text.lows[max(0, index - _NEAR) : index]).replace(" ' ", " ")
    return any(f" {said}".endswith(f" {one}") for one in text.words.listed(name))


def _tells_the_clock(text: Surroundings, item: Item, start: int) -> bool:
    """Say whether it is an hour of the night: it's four in the morning and you read on."""
    night = all(isinstance(one, int) and one <= _DAWN for one in item.value)
    return night and _ends(text, "clock_is", start)


def _is_of_a_sleeper(text: Surroundings, start: int) -> bool:
    """Say whether a beast or a neighbour wakes or sleeps: die Möwen stehen um fünf auf."""
    near = range(max(0, start - _SENTENCE), min(len(text.tokens), start + _SENTENCE))
    clause = [at for at in near if text.clause[at] == text.clause[start]]
    sleeps = any(text.cue_at("waking", at) for at in clause)
    return sleeps and not set(clause).isdisjoint(_places(text, "sleepers", start))


def _is_since(text: Surroundings, item: Item, start: int) -> bool:
    """Say whether the reader has waited since a holiday: the bike has stood since Labor Day."""
    place = start - 1
    while text.low(place) in text.words.listed("article"):
        place -= 1
    if text.low(place) not in text.words.listed("since"):
        return False
    waits = _places(text, "addressed", start) and _places(text, "lasted", start)
    return bool(waits) and (item.role == "relative" or _is_a_holiday(text, item))


def _is_a_holiday(text: Surroundings, item: Item) -> bool:
    year, month, day = item.value
    labels = text.words.words["holidays"].values()
    return bool(month and day) and not year and f"{month:02}-{day:02}" in labels


def _is_of_the_weather(text: Surroundings, item: Item, start: int, end: int) -> bool:
    """Say whether a month only tells what a day is like: una tarde de mayo, a May evening."""
    bare = isinstance(item.value, tuple) and item.value[0] is None and item.value[-1] is None
    dated = any(text.cue_before(label, start) for label in _BEFORE)
    if item.role or item.extra == "whole" or not bare or dated:
        return False
    words = text.words
    after = " ".join(text.lows[end : end + 2])
    does = any(f"{after} ".startswith(f"{one} ") for one in words.listed("month_does"))
    return does or _ends(text, "here_comes", start) or _is_a_mood(text, start, end)


def _is_a_mood(text: Surroundings, start: int, end: int) -> bool:
    """Say whether a month tells a day's weather, in a clause that says more of it."""
    words, first, last = text.words, start, end
    if text.low(start - 1) in words.listed("month_glue") or text.low(start - 1) == "im":
        noun = first = start - 2
    elif words.language == "en":
        noun, last = end, end + 1
    else:
        return False
    if text.low(noun) not in words.listed("weather"):
        return False
    while first > 0 and text.low(first - 1) in words.listed("article"):
        first -= 1
    tied = text.low(first - 1) in words.listed("links") and text.low(first - 1) not in OF
    inside = last < len(text.tokens) and text.clause[last] == text.clause[start]
    verb = text.low(last).removesuffix("s") in words.listed("verbs")
    more = words.language != "en" or verb or not words_of(words.language).speaks(text.low(last))
    return inside and text.kind(last) == "w" and more and not tied
