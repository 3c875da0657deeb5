"""Patterns of words, found in tokens: `#` is any number, `word*` a word that begins so.

`*word`, which no pattern begins with, is a word that ends so; `…` is up to five words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from storesync.copywriting.facts.tokens import Token

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


class _Row(NamedTuple):
    """A pattern taken apart; `second` is its second element where that can be looked up."""

    elements: list[str]
    label: str
    pattern: str
    second: str


class Phrases:
    """Patterns with labels, indexed by how they begin: a search takes time by the text alone."""

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        """Take pairs of pattern and label."""
        self._exact: dict[str, list[_Row]] = {}
        self._begun: dict[str, list[_Row]] = {}
        self._numbers: list[_Row] = []
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
                self._numbers.append(row)
            elif first.endswith("*"):
                self._begun.setdefault(first[:-1][:_PREFIX], []).append(row)
            else:
                self._exact.setdefault(first, []).append(row)

    def starts(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the words that patterns begin with, and the first letters of beginnings."""
        return frozenset(self._exact), frozenset(self._begun)

    def at(
        self, tokens: Sequence[Token], index: int, numbers: Mapping[int, Any]
    ) -> Iterator[Match]:
        """Yield every pattern that begins at a token; `numbers` are numerals by first token."""
        low = tokens[index].low
        for row in self._exact.get(low, ()):
            end = _follow_row(row, tokens, index, numbers)
            if end:
                yield Match(row.label, index, end, row.pattern)
        begun = self._begun.get(low[:_PREFIX], ()) if tokens[index].kind == "w" else ()
        counted = self._numbers if index in numbers else ()
        for group in (begun, counted):
            for row in group:
                end = _follow(row.elements, tokens, index, numbers)
                if end:
                    yield Match(row.label, index, end, row.pattern)

    def longest(
        self, tokens: Sequence[Token], index: int, numbers: Mapping[int, Any]
    ) -> Match | None:
        """Return the pattern that covers most from a token on; of equals the one given first."""
        best: Match | None = None
        for match in self.at(tokens, index, numbers):
            if best is None or match.end > best.end:
                best = match
        return best


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


def _follow_row(row: _Row, tokens: Sequence[Token], index: int, numbers: Mapping[int, Any]) -> int:
    """Return the token after a pattern whose first element is there; most fail at the second."""
    if len(row.elements) == 1:
        return index + 1
    if index + 1 >= len(tokens):
        return 0
    following = tokens[index + 1].low
    if row.second and following not in _SKIPPED:
        known = index + 1 in numbers if row.second == "#" else following == row.second
        if not known:
            return 0
    return _follow(row.elements, tokens, index, numbers)


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
