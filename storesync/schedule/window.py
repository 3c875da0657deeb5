"""Spans of time in UTC and their arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple


class Window(NamedTuple):
    """From a moment on, up to but without another; `end` None: for ever. Both in UTC."""

    start: datetime
    end: datetime | None

    def contains(self, moment: datetime) -> bool:
        """Say whether a moment lies inside."""
        return self.start <= moment and (self.end is None or moment < self.end)

    @property
    def is_empty(self) -> bool:
        """Say whether no moment lies inside."""
        return self.end is not None and self.end <= self.start


def earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the earlier of two ends, where None is never."""
    if one is None or other is None:
        return one if other is None else other
    return min(one, other)


def intersect(one: Window, other: Window) -> Window | None:
    """Return the time that two windows share, or None."""
    shared = Window(max(one.start, other.start), earlier(one.end, other.end))
    return None if shared.is_empty else shared


def subtract(window: Window, cuts: Iterable[Window]) -> Iterator[Window]:
    """Yield what is left of a window, in order, when the cuts are taken out."""
    start = window.start
    for cut in sorted(cuts, key=lambda item: item.start):
        if cut.end is not None and cut.end <= start:
            continue
        if window.end is not None and cut.start >= window.end:
            break
        if cut.start > start:
            yield Window(start, cut.start)
        if cut.end is None:
            return
        start = max(start, cut.end)
    left = Window(start, window.end)
    if not left.is_empty:
        yield left
