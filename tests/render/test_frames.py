"""What goes between the renderer and its workers."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.render.frames import MAX_FRAME, FrameError, Inbox, encode

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.lists(PLAIN, max_size=4), st.integers(min_value=1, max_value=9))
def test_values_arrive_however_their_bytes_are_cut(values, step):
    data = b"".join(map(encode, values))
    inbox = Inbox()
    pieces = (data[at : at + step] for at in range(0, len(data), step))
    assert [value for piece in pieces for value in inbox.feed(piece)] == values


def test_dates_and_decimals_arrive_as_templates_expect_them():
    values = [Decimal("4.50"), date(2026, 12, 1), datetime(2026, 12, 1, 7), time(7)]  # noqa: DTZ001 - local, as templates have it
    (read,) = Inbox().feed(encode([*values, MappingProxyType({"a": 1})]))
    assert read == ["4.50", "2026-12-01", "2026-12-01T07:00:00", "07:00:00", {"a": 1}]


def test_what_is_not_plain_is_refused():
    with pytest.raises(TypeError, match="object is not plain data"):
        encode(object())


@pytest.mark.parametrize(
    "data", [(MAX_FRAME + 1).to_bytes(4, "big"), b"\0\0\0\1{", b"\0\0\0\1\xff"]
)
def test_what_is_no_frame_is_refused(data):
    with pytest.raises(FrameError):
        list(Inbox().feed(data))
