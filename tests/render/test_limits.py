"""Lengths, SMS segments and unsafe characters of rendered texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.model.channel import KINDS, MAX_PART_BYTES
from storesync.render.limits import billed, measure, segments


@pytest.mark.parametrize(
    ("text", "encoding", "units", "count"),
    [
        ("", "GSM-7", 0, 0),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("é" * 160, "GSM-7", 160, 1),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 81, "GSM-7", 162, 2),
        # A pair never spans two segments: 152 + the pair's two places are 154.
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
        ("ê" + "a" * 69, "UCS-2", 70, 1),
        ("ê" + "a" * 70, "UCS-2", 71, 2),
        ("😀" * 35, "UCS-2", 70, 1),
        ("😀" * 36, "UCS-2", 72, 2),
        ("a" * 66 + "😀" + "a" * 66, "UCS-2", 134, 3),
    ],
)
def test_segments(text, encoding, units, count):
    found = segments(text)
    assert (found.encoding, found.units, found.segments) == (encoding, units, count)


@given(st.text(max_size=400))
def test_segments_grow_with_the_text_and_cover_it(text):
    found = segments(text)
    assert found.segments <= segments(text + "a").segments
    assert found.segments * 153 >= found.units or found.segments == 1
    assert (found.encoding == "UCS-2") is bool(found.culprit)


@pytest.mark.parametrize(
    ("kind", "part", "text", "measured", "limit"),
    [
        ("email", "subject", "a" * 150, None, None),
        ("email", "subject", "a" * 151, 151, 150),
        ("email", "html", "a" * 102_400, None, None),
        ("email", "html", "ä" * 51_201, 102_402, 102_400),
        ("email", "txt", "a" * MAX_PART_BYTES, None, None),
        ("sms", "txt", "a" * 459, None, None),
        ("sms", "txt", "a" * 460, 4, 3),
        ("sms", "txt", "ж" * 201, None, None),
        ("sms", "txt", "ж" * 202, 4, 3),
        ("social", "txt", "a" * 1_500, None, None),
        ("social", "txt", "a" * 1_501, 1_501, 1_500),
        ("web", "html", "a" * (MAX_PART_BYTES + 1), MAX_PART_BYTES + 1, MAX_PART_BYTES),
        ("nosuch", "x", "a" * (MAX_PART_BYTES + 1), MAX_PART_BYTES + 1, MAX_PART_BYTES),
    ],
)
def test_limit_of_a_channel(kind, part, text, measured, limit):
    found = measure(kind, part, text)
    expected = [] if limit is None else [("channel-limit", measured, limit)]
    assert [(each.rule, each.measured, each.limit) for each in found] == expected


def test_sms_says_what_made_it_dear():
    (found,) = measure("sms", "txt", "a" * 300 + "ж")
    assert "5 SMS segments" in found.message
    assert "U+0436" in found.hint


@pytest.mark.parametrize("char", "\0\r\x07\x85\u2028\u2029\u202e\u2066\ud800")
def test_unsafe_characters_in_plain_parts(char):
    for kind, part in (("email", "subject"), ("email", "txt"), ("sms", "txt"), ("social", "txt")):
        (found,) = measure(kind, part, f"a\n{char}")
        assert found.rule == "unsafe-output"
        assert f"U+{ord(char):04X} on line 2" in found.message
    assert measure("web", "html", f"a{char}") == ()


@pytest.mark.parametrize("text", ["a\tb\nc", "family 👨‍👩‍👧 ❤️", "שלום \u200eabc", "été"])
def test_characters_that_people_write_are_safe(text):
    assert measure("social", "txt", text) == ()


@pytest.mark.parametrize("text", ["", " \n\t", "\xa0\u200b\ufeff\n"])
def test_a_required_part_shows_something(text):
    for kind, part in (("web", "html"), ("email", "subject"), ("sms", "txt"), ("social", "txt")):
        (found,) = measure(kind, part, text)
        assert (found.rule, f"{kind}.{part}" in found.hint) == ("empty-part", True)
    assert measure("email", "txt", text) == ()
    assert measure("sms", "txt", f"{text}a") == ()


def test_messages_are_final_and_pages_are_not():
    assert {name for name, kind in KINDS.items() if kind.is_message} == {"email", "sms"}
    assert KINDS["email"].part("nosuch") is None


def test_only_what_is_sent_by_segments_is_billed_by_them():
    assert billed("sms", {"txt": "x" * 161}) == 2
    assert billed("sms", {"txt": "\u4f60" * 71}) == 2
    assert billed("sms", {}) == billed("web", {"html": "x" * 999}) == billed("pigeon", {}) == 0
