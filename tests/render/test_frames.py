"""What goes between the renderer and its workers."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.render.frames import (
    LENGTHS,
    MAX_FRAME,
    FrameError,
    Inbox,
    answers_of,
    encode,
    encode_answers,
)

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


TEXTS = st.dictionaries(st.text(), st.text(), max_size=3)


@given(st.lists(st.tuples(PLAIN, st.binary(max_size=9)), max_size=4), st.integers(1, 9))
def test_values_arrive_however_their_bytes_are_cut(values, step):
    data = b"".join(encode(value, [behind]) for value, behind in values)
    inbox = Inbox()
    pieces = (data[at : at + step] for at in range(0, len(data), step))
    assert [value for piece in pieces for value in inbox.feed(piece)] == values


@given(st.lists(TEXTS, max_size=4))
def test_answers_arrive_with_their_texts(rendered):
    answers = [["parts", texts] for texts in rendered] + [["failed", {"line": 1}], ["stopped"]]
    raw = [["parts", {name: text.encode() for name, text in texts.items()}] for texts in rendered]
    (frame,) = Inbox().feed(encode_answers([*raw, *answers[-2:]]))
    assert answers_of(*frame) == answers


@pytest.mark.parametrize(
    ("value", "behind"),
    [
        (None, b""),
        ([[]], b""),
        ([["parts"]], b""),
        ([["parts", 3]], b"abc"),
        ([["parts", [3]]], b"abc"),
        ([["parts", [["txt", "3"]]]], b"abc"),
        ([["parts", [["txt", 2]]]], b"abc"),
        ([["parts", [["txt", 4]]]], b"abc"),
        ([["parts", [["txt", 1]]]], b"\xff"),
    ],
)
def test_what_holds_no_answers_is_refused(value, behind):
    with pytest.raises(FrameError):
        answers_of(value, behind)


def test_dates_and_decimals_arrive_as_templates_expect_them():
    values = [Decimal("4.50"), date(2026, 12, 1), datetime(2026, 12, 1, 7), time(7)]  # noqa: DTZ001 - local, as templates have it
    ((read, _),) = Inbox().feed(encode([*values, MappingProxyType({"a": 1})]))
    assert read == ["4.50", "2026-12-01", "2026-12-01T07:00:00", "07:00:00", {"a": 1}]


def test_what_is_not_plain_is_refused():
    with pytest.raises(TypeError, match="object is not plain data"):
        encode(object())


@pytest.mark.parametrize(
    "data",
    [
        LENGTHS.pack(MAX_FRAME, 1),
        LENGTHS.pack(1, MAX_FRAME),
        LENGTHS.pack(1, 0) + b"{",
        LENGTHS.pack(1, 0) + b"\xff",
    ],
)
def test_what_is_no_frame_is_refused(data):
    with pytest.raises(FrameError):
        list(Inbox().feed(data))
