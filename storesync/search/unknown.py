"""What a brand's campaigns may say in place of a word that none of them holds.

Longer words that begin or end with it, the two words that it is made of, or else what was meant by
a slip of the finger.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping

from storesync.search.text import stem
from storesync.search.typo import meant

# Letters of a word that is looked for in others, and of each part of a compound.
_WITHIN, _PART = 5, 4
# Words that may hold another, at most: one that more hold tells nothing.
_MOST = 8
# Letters of a word that may be a slip of the finger: shorter ones have too many neighbours.
_SLIP = 5


class Written:
    """The stems that a brand's campaigns hold, and the concepts that single words name."""

    def __init__(
        self, stems: Collection[str], phrases: Mapping[tuple[str, ...], tuple[str, ...]]
    ) -> None:
        self._stems = frozenset(word for word in stems if "_" not in word)
        self._phrases = phrases
        self._forward = sorted(self._stems)
        self._backward = sorted(word[::-1] for word in self._stems)
        self._known = self._stems.union(phrase[0] for phrase in phrases if len(phrase) == 1)

    def near(self, word: str, own: str) -> tuple[str, ...]:
        """Return terms of which a folded word with its stem is a part, or that are parts of it."""
        found = [*self._parts(word)]
        if len(own) >= _WITHIN:
            longer = [*_from(self._forward, own)]
            longer += [term[::-1] for term in _from(self._backward, own[::-1])]
            found += longer if len(longer) <= _MOST else []
        return tuple(dict.fromkeys(found))

    def meant(self, word: str, own: str) -> tuple[str, ...]:
        """Return terms that were meant by a folded word with its stem, words before concepts."""
        found = [*self._slips(own)] if len(word) >= _SLIP else []
        return tuple(sorted(dict.fromkeys(found), key=lambda term: "_" in term))

    def _parts(self, word: str) -> Iterator[str]:
        """Yield the terms of the two written words that a word is made of."""
        for cut in range(_PART, len(word) - _PART + 1):
            end = stem(word[cut:])
            for begin in {stem(word[:cut]), stem(word[:cut].removesuffix("s"))}:
                if {begin, end} <= self._stems:
                    yield from (begin, end)

    def _slips(self, own: str) -> Iterator[str]:
        for word in meant(own, self._known):
            if word in self._stems:
                yield word
            yield from self._phrases.get((word,), ())


def _from(ordered: list[str], begin: str) -> Iterator[str]:
    """Yield the words of a sorted list that begin with some letters."""
    for place in range(bisect_left(ordered, begin), len(ordered)):
        if not ordered[place].startswith(begin):
            return
        yield ordered[place]
