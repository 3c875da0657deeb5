"""Patterns of words, found in tokens: `#` is any number, `word*` a word that begins so.

`*word`, which no pattern begins with, is a word that ends so; `…` is up to five words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from storesync.copywriting.facts.language.tokens import Token

_ELEMENT = re.compile(r"#|\*?[^\W\d_]+\*?|\d+|[^\w\s]")
_SKIPPED = frozenset("-'")
_PREFIX = 3
_GAP = "…"
_WIDEST = 5  # words


class Match(NamedTuple):
    """A pattern found: its label, and the tokens it covers."""

    label: str
    start: int
    end: int
    pattern: str


_end = attrgetter("end")


class _Row(NamedTuple):
    """A pattern taken apart; `second` is its second element where that can be looked up."""

    elements: list[str]
    label: str
    pattern: str
    second: str


class _Rows:
    """Patterns that begin alike, in order, by the element that follows: most fail there."""

    def __init__(self) -> None:
        self._all: list[_Row] = []
        self._open: list[_Row] = []  # those that anything may follow
        self._by_second: dict[str, list[_Row]] = {}

    def add(self, row: _Row) -> None:
        """Add a pattern behind the others."""
        self._all.append(row)
        if not row.second:
            for rows in (self._open, *self._by_second.values()):
                rows.append(row)
            return
        self._by_second.setdefault(row.second, [*self._open]).append(row)

    def before(
        self, tokens: Sequence[Token], place: int, numbers: Mapping[int, Any]
    ) -> Sequence[_Row]:
        """Return the patterns whose second element may stand at a token."""
        following = tokens[place].low if place < len(tokens) else ""
        if place in numbers or following in _SKIPPED:
            return self._all
        return self._by_second.get(following, self._open)


class Phrases:
    """Patterns with labels, indexed by how they begin: a search takes time by the text alone."""

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        """Take pairs of pattern and label."""
        self._exact: dict[str, _Rows] = {}
        self._begun: dict[str, _Rows] = {}
        self._numbers = _Rows()
        for pattern, label in bare_too(patterns):
            elements = _ELEMENT.findall(pattern.lower())
            elements = [element for element in elements if element not in _SKIPPED]
            first, second = elements[0], (elements[1:2] or [""])[0]
            row = _Row(
                elements,
                label,
                pattern,
                "" if second[:1] == "*" or second[-1:] in {"*", _GAP} else second,
            )
            if first == "#":
                self._numbers.add(row)
            elif first.endswith("*"):
                self._begun.setdefault(first[:-1][:_PREFIX], _Rows()).add(row)
            else:
                self._exact.setdefault(first, _Rows()).add(row)

    def starts(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the words that patterns begin with, and the first letters of beginnings."""
        return frozenset(self._exact), frozenset(self._begun)

    def may_begin(self, word: str) -> bool:
        """Say whether a pattern may begin with a word that is no number."""
        return word in self._exact or word[:_PREFIX] in self._begun

    def at(
        self, tokens: Sequence[Token], index: int, numbers: Mapping[int, Any]
    ) -> Sequence[Match]:
        """Return every pattern that begins at a token; `numbers` are numerals by first token.

        Beyond the last token none does.
        """
        if index >= len(tokens):
            return ()
        token = tokens[index]
        exact = self._exact.get(token.low)
        begun = self._begun.get(token.low[:_PREFIX]) if token.kind == "w" else None
        if exact is None and begun is None and index not in numbers:  # as at most tokens
            return ()
        rows = [
            row for one in (exact, begun) if one for row in one.before(tokens, index + 1, numbers)
        ]
        if index in numbers:
            rows += self._numbers.before(tokens, numbers[index].end, numbers)
        found: list[Match] = []
        for row in rows:
            end = _follow(row.elements, tokens, index, numbers)
            if end:
                found.append(Match(row.label, index, end, row.pattern))
        return found

    def longest(
        self, tokens: Sequence[Token], index: int, numbers: Mapping[int, Any]
    ) -> Match | None:
        """Return the pattern that covers most from a token on; of equals the one given first."""
        found = self.at(tokens, index, numbers)
        return max(found, key=_end) if found else None


def bare_too(patterns: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield pairs, and again without accents where they have any: REDUCTION, a moitie prix."""
    for pattern, label in patterns:
        yield pattern, label
        without = bare(pattern)
        if without != pattern:
            yield without, label


def bare(text: str) -> str:
    """Return a text without accents on its longer words: solo and sólo differ, and stay."""
    if text.isascii():
        return text
    return " ".join(_bare(word) if len(word) > 4 else word for word in text.split(" "))


def _bare(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return "".join(char for char in parts if not unicodedata.combining(char))


def _follow(
    elements: Sequence[str], tokens: Sequence[Token], index: int, numbers: Mapping[int, Any]
) -> int:
    """Return the token after a pattern, 0 where it does not match."""
    count = len(tokens)
    for place, element in enumerate(elements):
        while place and index < count and tokens[index].low in _SKIPPED:
            index += 1
        if index >= count:
            return 0
        if element == _GAP:
            return _follow_gap(elements[place + 1 :], tokens, index, numbers)
        if element == "#":
            if index not in numbers:
                return 0
            index = numbers[index].end
            continue
        if not _is(tokens[index], element):
            return 0
        index += 1
    return index


def _follow_gap(
    elements: Sequence[str], tokens: Sequence[Token], index: int, numbers: Mapping[int, Any]
) -> int:
    """Return the token after the rest of a pattern, before which a few words may stand."""
    for place in range(index, min(index + _WIDEST + 1, len(tokens))):
        end = _follow(elements, tokens, place, numbers)
        low = tokens[place].low
        if end or not (tokens[place].kind == "w" or low == "," or low in _SKIPPED):
            return end
    return 0


def _is(token: Token, element: str) -> bool:
    if element == "*":
        return token.kind == "w"
    if element[0] == "*":
        return token.low.endswith(element[1:])
    if element[-1] == "*":
        return token.low.startswith(element[:-1])
    return token.low == element
