"""Words that nobody wrote, and those that were meant: one letter more, less, other or swapped."""

from __future__ import annotations

from collections.abc import Iterator

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
# A shorter word has too many neighbours.
_SHORTEST = 4


def meant(word: str, known: frozenset[str]) -> list[str]:
    """Return the known words that a folded word may have been meant for, sorted."""
    if len(word) < _SHORTEST or not word.isascii():
        return []
    return sorted(known.intersection(_neighbours(word)) - {word})


def _neighbours(word: str) -> Iterator[str]:
    """Yield the words at a distance of one (Damerau 1964); the first letter is seldom wrong."""
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        for letter in _LETTERS:
            yield f"{head}{letter}{tail}"
            if tail:
                yield f"{head}{letter}{tail[1:]}"
        if tail:
            yield f"{head}{tail[1:]}"
            yield f"{head[:-1]}{tail[0]}{head[-1]}{tail[1:]}"
