"""Lines in bounds: cut as wholes, with a count of what is left out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

_FOR_COUNT = 60


def size(lines: Iterable[str]) -> int:
    """Return how many characters lines take, their ends included."""
    return sum(len(line) + 1 for line in lines)


def first_of(lines: Iterable[str], total: int, bounds: tuple[int, int], where: str) -> list[str]:
    """Return the first of so many lines in all, and where the others are.

    `bounds` are how many lines and how many characters at most. No more lines are made than that.
    """
    shown: list[str] = []
    left = bounds[1] - _FOR_COUNT - len(where)
    for line in islice(lines, bounds[0]):
        left -= len(line) + 1
        if left < 0:
            break
        shown.append(line)
    more = total - len(shown)
    return [*shown, f"- … and {more:,} more: {where}"] if more else shown
