"""The words around an offer or an amount, in which its terms have to stand."""

from __future__ import annotations

from typing import NamedTuple

from storesync.copywriting.facts.reading.surroundings import Surroundings

_REACH = 24
_FAR = 40  # tokens
_CALLED = 2  # words
_STOPS = frozenset(".!…;|•·")
_ENDS = _STOPS | {"?"}  # a question belongs to its answer, and no answer to the next question


class Around(NamedTuple):
    """The tokens of a sentence before and behind an offer, and of a question before it.

    `told` are those of the sentences around it, `lead` those of the one before, `page` those of the
    other lines.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    told: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    page: tuple[str, ...] = ()


def around(text: Surroundings, start: int, end: int) -> Around:
    """Return what stands around some tokens, on their line, as far as it can matter."""
    tokens, lows = text.tokens, text.lows
    first = _sentence_start(text, start)
    lead = _sentence_start(text, first - 1) if first else 0
    if lead and first - lead <= _CALLED:  # Muddy hands? Good. The bench is free.
        lead = _sentence_start(text, lead - 1)
    last, most = end, min(len(tokens), end + _REACH)
    while last < most and lows[last] not in _ENDS:
        last += 1
    told = (*lows[max(0, first - _FAR) : first], *lows[last : min(len(tokens), last + _FAR)])
    before, after = _told(text, first, start), _told(text, end, last)
    return Around(before, after, tuple(told), _told(text, lead, max(lead, first - 1)))


def _sentence_start(text: Surroundings, start: int) -> int:
    """Return the first token of the sentence before a token; a question belongs to its answer."""
    first, least = start, max(0, start - _REACH)
    while first > least:
        if text.lows[first - 1] in _STOPS and not _addresses(text, first - 1):
            break
        first -= 1
    return first


def _addresses(text: Surroundings, stop: int) -> bool:
    """Say whether a stop ends a call to somebody, which is part of what follows: Students! Save."""
    first = stop
    while first > 0 and stop - first <= _CALLED:
        if text.low(first - 1) in _ENDS:
            break
        first -= 1
    return text.low(stop) == "!" and stop - first <= _CALLED


def _told(text: Surroundings, start: int, end: int) -> tuple[str, ...]:
    """Return tokens in lower case, each number and day in one form.

    Three is 3, but in *one of them*; 2nd is second, and Mon is monday.
    """
    words = text.words
    found = text.lows[start:end]
    idle = words.listed("function")
    for place in range(start, end):
        if found[place - start] in words.scope and _is_in_passing(text, place):
            found[place - start] = ""  # it's all right: half price
    for place in reversed(range(start, end)):
        number = text.numbers.get(place)
        low = found[place - start]
        after = place + 1 < end and text.tight(place + 1) and text.low(place + 1)
        if number and after in words.listed("ordinal_suffixes") and number.value in words.nth:
            found[place - start : place - start + 2] = [words.nth[int(number.value)]]
        elif number and number.end <= end and not low.isdigit() and low not in idle:
            found[place - start : number.end - start] = [format(number.value.normalize(), "f")]
        elif low in words.words["hours"] and text.cue_before("at", place):  # o szesnastej
            found[place - start] = str(words.words["hours"][low])
        elif low in words.words["ordinals"]:
            found[place - start] = words.nth[words.words["ordinals"][low]]
        elif _is_short_day(text, place, begins=place == start or _opens(found[place - start - 1])):
            found[place - start] = words.days[words.short_weekdays[low]]
    return tuple(found)


def _opens(before: str) -> bool:
    """Say whether a sentence begins behind a token: a stop, or a picture."""
    return before in _ENDS or not (before.isalnum() or before.isascii() or before in "–—")


def _is_short_day(text: Surroundings, place: int, *, begins: bool) -> bool:
    """Say whether a word is short for a day: We, which begins a sentence, is none."""
    low, words = text.low(place), text.words
    named = low in words.short_weekdays and text.tokens[place].text[0].isupper()
    return named and not (begins and low in words.listed("function"))


def _is_in_passing(text: Surroundings, place: int) -> bool:
    """Say whether a word stands in a phrase that states nothing."""
    for first in range(max(0, place - _CALLED), place + 1):
        match = text.words.phrases.longest(text.tokens, first, text.numbers)
        if match and match.label == "innocent" and match.end > place:
            return True
    return False
