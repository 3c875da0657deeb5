"""Characters of a value are found in the file, whatever its quotes, and can be replaced there."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from storesync.source.within import Texts
from storesync.source.yaml import read

AT = ("values", "text")
STYLES = [None, "'", '"', "|", ">"]
WORDS = st.lists(
    st.sampled_from(
        [
            *(
                "cheap",
                "It's",
                'say "no"',
                "l\u2019\u00e9t\u00e9",
                "\U0001f600",
                "tea, hot",
                "a: b",
            ),
            *(
                "a: b",
                "#1",
                "back\\slash",
                "\n",
                "\n\n",
                " ",
                "{{ price }}",
                "tab\there",
                "- dash",
                "\xa0",
            ),
        ]
    ),
    min_size=1,
    max_size=12,
)


def value_of(raw: bytes) -> str:
    """Return the text at AT as we read it."""
    document, found = read("x.yaml", raw)
    assert document is not None, found
    return str(document.data["values"]["text"])


def index_of(text: str, place: tuple[int, int]) -> int:
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: place[0] - 1]) + place[1] - 1


@given(WORDS.map(" ".join), st.sampled_from(STYLES), st.integers(20, 60), st.data())
def test_a_word_is_found_and_replaced(
    text: str, style: str | None, width: int, data: st.DataObject
):
    written = yaml.dump(
        {"values": {"text": text}}, default_style=style, width=width, allow_unicode=True
    )
    try:
        value = value_of(written.encode())
    except AssertionError:
        assume(False)  # what our reader refuses is no text of ours
    start = data.draw(st.integers(0, len(value) - 1))
    end = data.draw(st.integers(start + 1, min(len(value), start + 12)))
    assume(not value[start].isspace() and not value[end - 1].isspace())
    # PyYAML quotes keys as well, which is as good.
    texts = Texts("x.yaml", written.encode())
    stretch = texts.stretch(AT, start, end)
    assert stretch is not None
    first, behind = (index_of(written, place) for place in stretch)
    shown = written[first:behind]
    if value[start:end].isalnum():
        assert shown == value[start:end]
    new = texts.written(AT, (start, end), "b'e\"t\\ter")
    if new is not None:
        changed = written[:first] + new + written[behind:]
        assert value_of(changed.encode()) == value[:start] + "b'e\"t\\ter" + value[end:]


FILES = {
    "plain": ("values:\n  text: We are cheap here", "cheap", (2, 16), (2, 21)),
    "plain over lines": ("values:\n  text: We\n    are\n\n    cheap", "cheap", (5, 5), (5, 10)),
    "single": ("values: {text: 'It''s Al''s'}", "Al's", (1, 23), (1, 28)),
    "double": ('values: {text: "\\u0041 \\"x\\"\\n\\\n  cheap"}', "cheap", (2, 3), (2, 8)),
    "escaped blanks": (
        r'values: {text: "Oh\u00a0!\x20\_\N\U00002009cheap"}',
        "cheap",
        (1, 44),
        (1, 49),
    ),
    "an escape": ('values: {text: "\\x41bc"}', "A", (1, 17), (1, 21)),
    "literal": ("values:\n  text: |-\n\n    We\n      are cheap", "cheap", (5, 11), (5, 16)),
    "folded": ("values:\n  text: >2\n      We\n     are\n    cheap", "cheap", (5, 5), (5, 10)),
    "lines of two characters": ("values:\r\n  text: x\r\n   cheap\r\n", "cheap", (3, 4), (3, 9)),
    "a byte order mark": ("\ufeffvalues: {text: cheap}", "cheap", (1, 16), (1, 21)),
    "in a list": ("values: {text: [x, cheap]}", "cheap", (1, 20), (1, 25)),
}


@pytest.mark.parametrize("case", FILES.values(), ids=FILES)
def test_where_a_word_stands(case: tuple[str, str, tuple[int, int], tuple[int, int]]):
    written, word, first, behind = case
    at = (*AT, 1) if "[" in written else AT
    document, _ = read("x.yaml", written.encode())
    assert document is not None
    value = document.data["values"]["text"]
    value = value[1] if isinstance(value, list) else value
    start = value.index(word)
    stretch = Texts("x.yaml", written.encode()).stretch(at, start, start + len(word))
    assert stretch == (first, behind)


@pytest.mark.parametrize("at", [("values",), ("values", "none"), (), ("values", "text", 3)])
def test_of_what_is_no_text_nothing_is_said(at: tuple[str | int, ...]):
    texts = Texts("x.yaml", b"values: {text: cheap}")
    assert texts.stretch(at, 0, 1) is None
    assert texts.written(at, (0, 1), "x") is None


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 99), (-1, 2), (4, 2)])
def test_no_characters_are_nowhere(start: int, end: int):
    assert Texts("x.yaml", b"values: {text: cheap}").stretch(AT, start, end) is None


@pytest.mark.parametrize("new", ["a: b", "a #b", "[a", "a, b", "'a", "- a", "a:", " a", ""])
def test_plain_text_that_would_mean_something_else_is_not_written(new: str):
    texts = Texts("x.yaml", b"values: {text: cheap}")
    assert texts.written(AT, (0, 5), new) is None


def test_a_file_that_cannot_be_read_has_no_places():
    assert Texts("x.yaml", b"values: [").stretch(AT, 0, 1) is None


def test_long_texts_take_no_longer():
    raw = b'values: {text: "' + b"\\n x" * 50_000 + b'"}'
    began = time.process_time()
    assert Texts("x.yaml", raw).stretch(AT, 99_998, 99_999) is not None
    assert time.process_time() - began < 2
