"""The arithmetic of windows, tried with moments inside and outside of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from storesync.schedule.window import Window, earlier, intersect, subtract

BEGINNING = datetime(2026, 12, 1, tzinfo=UTC)
HOURS = st.integers(0, 30)


def hour(number: int) -> datetime:
    return BEGINNING + timedelta(hours=number)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    start = draw(HOURS)
    length = draw(st.none() | st.integers(1, 12))
    return Window(hour(start), None if length is None else hour(start + length))


@given(windows(), windows())
def test_an_intersection_holds_what_both_hold(one: Window, other: Window):
    shared = intersect(one, other)
    assert shared == intersect(other, one)
    assert shared is None or not shared.is_empty
    for number in range(45):
        both = one.contains(hour(number)) and other.contains(hour(number))
        assert both == (shared is not None and shared.contains(hour(number)))


@given(windows(), st.lists(windows(), max_size=5))
def test_a_difference_holds_what_no_cut_holds(window: Window, cuts: list[Window]):
    left = list(subtract(window, cuts))
    assert left == list(subtract(window, reversed(cuts)))
    assert not any(item.is_empty for item in left)
    for one, other in pairwise(left):
        assert one.end is not None
        assert one.end < other.start
    for number in range(45):
        at = hour(number)
        wanted = window.contains(at) and not any(cut.contains(at) for cut in cuts)
        assert wanted == any(item.contains(at) for item in left)


@given(windows())
def test_a_window_less_itself_is_nothing(window: Window):
    assert list(subtract(window, [window])) == []
    assert list(subtract(window, [])) == [window]
    assert intersect(window, window) == window


def test_ends():
    assert earlier(None, None) is None
    assert earlier(hour(1), None) == earlier(None, hour(1)) == earlier(hour(2), hour(1)) == hour(1)
    assert Window(hour(1), hour(1)).is_empty
    assert not Window(hour(1), None).is_empty
    assert not Window(hour(1), hour(2)).contains(hour(2))
