from __future__ import annotations

import pytest

from storesync.source.prescan import MAX_BYTES, STAND_IN, describe, refused, scan


def test_ordinary_bytes_pass_as_they_are():
    raw = b"a: b\r\n\tc\r\n"
    assert scan("a", raw) == (raw, [])


def test_a_byte_order_mark_is_taken_off():
    assert scan("a", b"\xef\xbb\xbfa: \xc3\xa9") == ("a: é".encode(), [])


def test_a_refused_character_is_replaced_in_its_place():
    body, (found,) = scan("a", "a: b\nc: d\u202ee".encode())
    assert body.decode() == f"a: b\nc: d{STAND_IN}e"
    assert (found.rule, found.line, found.column) == ("yaml-character", 2, 5)


def test_messages_hold_no_refused_character():
    for code in (0x00, 0x1B, 0x85, 0x202E, 0x2028, 0xFEFF, 0xE0041):
        _, (found,) = scan("a", f"a: b{chr(code)}".encode())
        assert f"U+{code:04X}" in found.message
        assert not refused(found.message)


def test_the_size_is_a_limit_not_a_suggestion():
    assert scan("a", b"#" * MAX_BYTES)[1] == []
    body, (found,) = scan("a", b"a: " + b"b" * MAX_BYTES)
    assert body is None
    assert found.rule == "yaml-size"
    assert f"{MAX_BYTES:,}" in found.message


def test_a_large_file_is_cut_between_entries():
    body, _ = scan("a", b"a: b\nc:\n  - d\n" + b"e: " + b"f" * MAX_BYTES)
    assert body == b"a: b\nc:\n  - d\n"


@pytest.mark.parametrize("raw", [b"a: b\n\xc3", b"a: b\n\xed\xa0\x80", b"a: b\n\xc0\xaf"])
def test_broken_utf_8_is_pointed_at(raw):
    body, (found,) = scan("a", raw)
    assert body is None
    assert (found.rule, found.line, found.column) == ("yaml-encoding", 2, 1)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("\x1b", "control character U+001B"),
        ("\u2029", "line separator U+2029"),
        ("\u2067", "bidirectional control U+2067"),
        ("\U000e0020", "invisible tag character U+E0020"),
        ("\ud800", "lone surrogate U+D800"),
        ("\U0001fffe", "noncharacter U+1FFFE"),
        ("\u00e9", "U+00E9 (latin small letter e with acute)"),
    ],
)
def test_characters_have_names(text, name):
    assert describe(text) == name


WALES = "".join(chr(0xE0000 + ord(char)) for char in "gbwls")


@pytest.mark.parametrize(
    "text",
    [
        "tab\tand\r\nline",
        "👨‍👩‍👧 👁️‍🗨️ 👩🏽‍❤️‍💋‍👨",
        "co\u00adoperate",
        "ไทย\u200bไทย",
        "\ue000",
        f"\U0001f3f4{WALES}\U000e007f",
    ],
)
def test_text_of_people_is_not_refused(text):
    assert refused(text) == []


def test_tags_are_refused_in_any_other_flag():
    assert len(refused(f"\U0001f3f4{WALES}{WALES}\U000e007f")) == 11


def test_a_lone_carriage_return_hides_nothing():
    body, (found,) = scan("a", b"a: b # note\rhidden: key\nc: d\n")
    assert body is not None
    assert (found.rule, found.line, found.column) == ("yaml-character", 1, 12)
    assert "U+000D" in found.message


def test_line_ends_of_an_old_mac_are_fine():
    assert scan("a", b"a: b\rc: d\r") == (b"a: b\rc: d\r", [])
