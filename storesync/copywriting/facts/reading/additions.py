"""Words with which copy adds to an offer, where a line has them: sorts, services, audiences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from storesync.copywriting.facts.language.fold import fold
from storesync.copywriting.facts.language.phrases import Match, Phrases
from storesync.copywriting.facts.language.tokens import Token, tokenise
from storesync.copywriting.facts.language.word_lists import listed

SERVICE, FOUNDS = "service ", "founds "
_LISTS = ("sorts", "sides", "goods", "audiences", "takes_in", "leaves_out", "per")
_ENDS = frozenset(".!?…;|•·")
_REACH = 40  # tokens, so that time stays linear


@dataclass(frozen=True, slots=True)
class Told:
    """A line's tokens, and the listed phrases in it, longest first of those that begin at one.

    `sorts` are where sorts begin and end, `left_out` the tokens of words that leave something out.
    """

    tokens: tuple[Token, ...]
    found: tuple[Match, ...]
    sorts: Mapping[int, int]
    left_out: frozenset[int]

    def lows(self, start: int, end: int) -> tuple[str, ...]:
        """Return the tokens from one to another in lower case, without hyphens."""
        return tuple(one.low for one in self.tokens[start:end] if one.low not in "-'")

    def ends_before(self, place: int) -> int:
        """Return where the sentence around a token begins, as far as it can matter."""
        first = max(0, place - _REACH)
        while place > first and self.tokens[place - 1].low not in _ENDS:
            place -= 1
        return place

    def ends_after(self, place: int) -> int:
        """Return where the sentence around a token ends, as far as it can matter."""
        last = min(len(self.tokens), place + _REACH)
        while place < last and self.tokens[place].low not in _ENDS:
            place += 1
        return place

    def near(self, match: Match, reach: int) -> tuple[str, ...]:
        """Return the tokens of a phrase's sentence that stand right before it."""
        first = max(self.ends_before(match.start), match.start - reach)
        return tuple(one.low for one in self.tokens[first : match.start])

    def sentence(self, match: Match) -> tuple[int, int]:
        """Return from where to where in the line's characters the sentence of a phrase goes."""
        begins, ends = self.ends_before(match.start), self.ends_after(match.end)
        return self.tokens[begins].start, self.tokens[ends - 1].end


def own_words(language: str) -> Mapping[str, Any]:
    """Return a language's lists of what copy adds."""
    known: Mapping[str, Any] = listed("added")[language]
    return known


@lru_cache(maxsize=4096)
def told_in(low: str, language: str) -> Told:
    """Return what a line without disguises in lower case has of a language's lists."""
    phrases = _phrases(language)
    tokens = tokenise(low, low)
    found: list[Match] = []
    for place, token in enumerate(tokens):
        if token.kind == "w" and phrases.may_begin(token.low):
            found += phrases.at(tokens, place, {})
    found.sort(key=lambda match: (match.start, -match.end))
    out = (range(one.start, one.end) for one in found if one.label == "leaves_out")
    return Told(
        tuple(tokens),
        tuple(found),
        {one.start: one.end for one in reversed(found) if one.label == "sorts"},
        frozenset(place for places in out for place in places),
    )


def declared_in(phrase: str, language: str) -> Told:
    """Return what a declared phrase has of a language's lists."""
    return told_in(" ".join(fold(phrase).low.split()), language)


@lru_cache(maxsize=16)
def _phrases(language: str) -> Phrases:
    return Phrases(_labelled(own_words(language)))


def _labelled(own: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((one, name) for name in _LISTS for one in own[name])
    yield from ((one, SERVICE + group) for one, group in own["services"].items())
    yield from ((one, FOUNDS + group) for group, words in own["founds"].items() for one in words)


@lru_cache(maxsize=64)
def words_before(language: str, name: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases of a list that stand before others, longest first, in words."""
    phrases = {tuple(one.replace("'", " ").split()) for one in own_words(language)[name]}
    return tuple(sorted(phrases, key=len, reverse=True))


def behind_one(told: Told, place: int, language: str, name: str) -> int:
    """Return where a phrase of a list begins that ends right before a token, -1 for none."""
    for phrase in words_before(language, name):
        first = place - len(phrase)
        if first >= 0 and tuple(one.low for one in told.tokens[first:place]) == phrase:
            return first
    return -1
