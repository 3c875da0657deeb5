"""`storesync.diagnostics`: what is printed of hostile text, and suggestions."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.diagnostics import Diagnostic, Severity, did_you_mean, has_errors, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Winter – chaud 20 % ☕", "Winter – chaud 20 % ☕"),
        ("a\nb\tc\r", r"a\u000ab\u0009c\u000d"),
        ("\x1b[31mred\x9b0m\x7f", r"\u001b[31mred\u009b0m\u007f"),
        ("\u202eevil\u2066\u200b\ufeff\u2028", r"\u202eevil\u2066\u200b\ufeff\u2028"),
        ("\ue000\U000e0041\U0010ffff\ud800", r"\ue000\U000e0041\U0010ffff\ud800"),
        ("👩‍🍳 ✔️", "👩‍🍳 ✔️"),
        ("", ""),
        ("x" * 200, "x" * 200),
        ("x" * 201, "x" * 199 + "…"),
    ],
)
def test_printable(text: str, shown: str):
    assert printable(text) == shown


@given(st.text(st.characters(), max_size=300), st.integers(1, 60))
def test_nothing_printable_moves_the_cursor_or_hides(text: str, limit: int):
    shown = printable(text, limit=limit)
    hidden = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert all(unicodedata.category(char) not in hidden or char in "\u200d\ufe0f" for char in shown)
    assert len(shown) <= limit * 10
    assert printable(shown, limit=len(shown) or 1) == shown


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("lieth", ["leith", "bath"], 'did you mean "leith"?'),
        ("xyz", ["leith", "bath"], ""),
        ("leith", [], ""),
        ("l" * 10_000, ["l" * 10_000, "bath"], ""),
    ],
)
def test_did_you_mean(word: str, known: list[str], hint: str):
    assert did_you_mean(word, known) == hint


def test_diagnostics_sort_by_file_and_place_and_tell_errors_apart():
    late = Diagnostic("a", "m", "b.yaml", line=1)
    early = Diagnostic("z", "m", "a.yaml", line=9, column=2)
    earlier = Diagnostic("z", "m", "a.yaml", line=9, column=1, severity=Severity.WARNING)
    assert sorted([late, early, earlier], key=lambda item: item.sort_key) == [earlier, early, late]
    assert has_errors([late])
    assert not has_errors([earlier])
    assert not has_errors([])
