"""What a price is said to be of: the price of *a sourdough loaf* drops by £1.20."""

from __future__ import annotations

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import words_of
from storesync.copywriting.facts.reading.falling import split_behind
from storesync.copywriting.facts.reading.of_price import is_a_price
from storesync.copywriting.facts.reading.surroundings import Surroundings

_BEFORE, _BEHIND = 10, 5  # tokens
_MOST = 4  # words
_OF = frozenset(
    {"of", "for", "für", "von", "van", "voor", "de", "du", "des", "del", "dei", "della"}
)
_OF |= {"dello", "dell", "degli", "delle", "di", "do", "da", "dos", "das", "der"}
_IN_CASES = frozenset({"pl"})  # languages that say of by a case: cena zupy


def whose_price(text: Surroundings, start: int, end: int) -> list[Item]:
    """Return the thing whose price is told around an amount, in its clause."""
    split = split_behind(text, end)
    if split:
        return _thing(text, end + 1, split)
    near = (*range(start - 1, max(-1, start - _BEFORE), -1), *range(end, end + _BEHIND))
    for at in near:
        same = at < len(text.tokens) and text.clause[at] == text.clause[start]
        if not same or not is_a_price(text.low(at)):
            continue
        cues = (text.cue_at("was", at), text.cue_at("now", at))
        if any(cue and cue.end > at + 1 for cue in cues):  # prix de départ
            continue
        beyond = len(text.tokens) if at >= end else start
        if text.low(at + 1) in _OF:
            return _thing(text, at + 2, beyond)
        if text.words.language in _IN_CASES:
            return _thing(text, at + 1, beyond)
    return []


def _thing(text: Surroundings, first: int, end: int) -> list[Item]:
    """Return what some tokens name, up to a verb or an amount."""
    words, speaks = text.words, words_of(text.words.language).speaks
    idle = {*words.listed("article"), *words.listed("possessive"), *_OF, "'"}
    while first < end and text.low(first) in idle:
        first += 1
    place = first
    verbs = {*words.listed("falls"), *words.listed("copulas"), *words.listed("singular")}
    while place < end and place - first < _MOST and text.clause[place] == text.clause[first]:
        low = text.low(place)
        if text.kind(place) != "w" or low in verbs or place in text.numbers or not speaks(low):
            break
        place += 1
    said = tuple(text.lows[first:place])
    if not said or words.has(said[0], "generic", "no_things", "captions"):
        return []
    return [text.item(Kind.PRODUCT, first, place, said, role="on")]
