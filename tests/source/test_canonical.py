"""`storesync fmt`, by cases of tests/cases/yaml/format.md and by properties."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storesync.diagnostics import has_errors
from storesync.source import canonical
from storesync.source.emit import dump
from storesync.source.prescan import refused
from storesync.source.yaml import read

CASES = Path(__file__).parents[1] / "cases" / "yaml" / "format.md"


def cases() -> list[Any]:
    found = []
    for part in CASES.read_text("utf-8").split("\n## ")[1:]:
        title, rest = part.split("\n", 1)
        before, after = f"{rest}\n".split("\n=>\n", 1)
        given = f"{before}\n"
        expected = f"{after.strip()}\n" if after.strip() else given
        found.append(pytest.param(given, expected, id=title.replace(" ", "-")))
    return found


@pytest.mark.parametrize(("before", "after"), cases())
def test_a_case(before, after):
    assert canonical.format(before) == after
    assert canonical.format(after) == after


def test_line_ends_and_mark():
    assert canonical.format("\ufeffa: 'b'\r\nc: d\r") == "a: b\nc: d\n"
    assert canonical.format("a: b\n\n\n") == "a: b\n"
    assert canonical.format("a: b") == "a: b\n"


def test_text_is_composed():
    assert canonical.format("cafe\u0301: 'e\u0301'\n") == "caf\u00e9: \u00e9\n"
    assert canonical.format('a: "e\\u0301"\n') == "a: \u00e9\n"


def test_trailing_blanks_in_a_block_are_text():
    text = "a: |\n  b  \n  c\n"
    assert canonical.format(text) == text


@pytest.mark.parametrize("text", ["", "- a\n", "a: \udcff\n", "a: \x85\n", "#c\n", "a: *b\n"])
def test_what_cannot_be_read_stays(text):
    assert canonical.format(text) == text


WORD = st.sampled_from(
    ["a", "b c", "NO", "5", "2026-12-01", "x:y", "it's", "é", "-5", "#5", "a, b"]
)
NAMES = st.sampled_from(["k", "key 2", "on", "2026-12-25", "é", "z"])


def quoted(text: str, style: str) -> str:
    """Return a text as a person might write it; the style is one that keeps it."""
    if style == '"' or "#" in text:
        return f'"{text}"'
    if style == "'" or "," in text:
        return "'" + text.replace("'", "''") + "'"
    return text


@st.composite
def a_flow(draw, depth=0) -> str:
    kind = draw(st.integers(0, 2 if depth < 2 else 0))
    if kind == 0:
        return quoted(draw(WORD), draw(st.sampled_from("'\"p")))
    parts = draw(st.lists(a_flow(depth + 1), max_size=3))
    blank, comma = (
        draw(st.sampled_from(["", " "])),
        draw(st.sampled_from([", ", " , ", ",\n     "])),
    )
    if kind == 1:
        return f"[{blank}{comma.join(parts)}{blank}]"
    entries = [f"k{number}: {part}" for number, part in enumerate(parts)]
    return f"{{{blank}{comma.join(entries)}{blank}}}"


COMMENTS = st.sampled_from(["", "", "", "  # behind", " #x", " # a: b"])
OWN = st.sampled_from(["", "", "", "", "\n", "# own\n", "   # inner\n", "\n\n# apart\n"])
SCALARS = st.sampled_from(
    (
        *("|\n{0}one\n{0}  two\n", ">-\n{0}one\n{0}two\n", "|+\n{0}one\n\n", "|2-\n{1}  x\n"),
        *("|\n\n{0}y\n", "one\n{0}two\n", '"one\n{0}two\n\n{0}three"\n', '"\\n"\n'),
    )
)


@st.composite
def a_block(draw, column=0, depth=0) -> str:
    """Return a mapping or list in lines, as hands of many kinds leave it."""
    is_list = depth > 0 and draw(st.booleans())
    pad, lines = " " * column, []
    for name in draw(st.lists(NAMES, min_size=1, max_size=3, unique=True)):
        lead = f"{pad}-" if is_list else f"{pad}{name}:"
        lines.append(draw(OWN))
        kind = draw(st.integers(0, 3 if depth < 3 else 1))
        if kind == 0:
            lines.append(f"{lead} {draw(a_flow())}{draw(COMMENTS)}\n")
        elif kind == 1:
            lines.append(f"{lead} {draw(SCALARS).format(f'{pad}   ', pad)}")
        else:
            inner = draw(a_block(column + draw(st.integers(1, 4)), depth + 1))
            lines.append(f"{lead}{draw(COMMENTS)}\n{inner}")
    return "".join([*lines, draw(OWN)])


@given(a_block())
def test_meaning_and_comments_are_kept(text):
    document, found = read("a", text.encode())
    assume(not has_errors(found))
    formatted = canonical.format(text)
    assert read("a", formatted.encode())[0] == document
    assert formatted.count("#") == text.count("#")
    assert canonical.format(formatted) == formatted
    # It was formatted, and not given back because something would have been lost.
    assert "\n\n\n" not in formatted
    assert "'it''s'" not in formatted


TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=9).filter(
    lambda text: not refused(text)
)
DATA = st.recursive(
    st.one_of(TEXT, st.sampled_from(["NO", "a\nb", "10:00", " x", "#"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from("abc"), DATA, max_size=3))
def test_what_machines_write_is_canonical(data):
    text = unicodedata.normalize("NFC", dump(data))
    assert canonical.format(text) == text
