"""A line with what it says of the offer: its listed phrases, and where its amounts stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.language.word_lists import LISTED
from storesync.copywriting.facts.reading.additions import Told, told_in
from storesync.copywriting.facts.reading.read import Reading

ADDED = "added"  # the role of what a text adds to the offer
Span = tuple[int, int, Kind]  # characters of a line, and what stands there
_AMOUNTS = frozenset({Kind.PERCENT, Kind.MONEY, Kind.OFFER})
_BESIDE = 2  # characters


@dataclass(frozen=True, slots=True)
class Line:
    """A line that has listed phrases; `starts` and `ends` are those of its amounts and offers."""

    told: Told
    begins: int
    starts: tuple[int, ...]
    ends: frozenset[int]
    locale: str
    language: str

    def offers(self, match: Match) -> bool:
        """Say whether the sentence of a phrase has an offer or a price."""
        start, end = self.told.sentence(match)
        at = bisect_left(self.starts, start)
        return at < len(self.starts) and self.starts[at] < end

    def follows_an_amount(self, place: int) -> bool:
        """Say whether a token stands right behind an amount."""
        start = self.told.tokens[place].start if place < len(self.told.tokens) else -1
        return any(start - gap in self.ends for gap in range(_BESIDE + 1))

    def span(self, start: int, end: int, kind: Kind) -> Span:
        """Return where some tokens stand, and what they are."""
        return self.told.tokens[start].start, self.told.tokens[end - 1].end, kind


def lines_of(reading: Reading, facts: Facts) -> Iterator[Line]:
    """Yield the lines of a text in the language of its facts that have a listed phrase."""
    language = lexicon(reading.locale).language
    if language not in LISTED or language != lexicon(facts.locale).language:
        return
    for begins, _, line in reading.lines:
        told = told_in(line.folded.low, language)
        if told.found:
            amounts = [item for item in line.items if item.kind in _AMOUNTS]
            starts = tuple(sorted(item.start for item in amounts))
            ends = frozenset(item.end for item in amounts)
            yield Line(told, begins, starts, ends, facts.locale, language)
