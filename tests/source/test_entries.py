"""What is read without the parser is what the parser would read, with nothing to complain of."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storesync.source import yaml
from storesync.source.document import Document
from storesync.source.entries import entries
from storesync.source.prescan import scan
from storesync.source.scalar import Plain
from storesync.source.yaml import read

ROOT = Path(__file__).parents[2]


def parsed(raw: bytes) -> tuple[Document | None, list[Any]]:
    """Return what the parser reads, whatever the file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "entries", lambda _: None)
        return read("x.yaml", raw)


def kinds(data: object) -> object:
    """Return data that differ where a text is `Plain` in one and not in the other."""
    if isinstance(data, dict):
        return [(key, kinds(inner)) for key, inner in data.items()]
    return [*map(kinds, data)] if isinstance(data, list) else (isinstance(data, Plain), data)


def agrees(raw: bytes) -> bool:
    """Say whether a file is taken; if so, hold what comes of it against the parser."""
    body, found = scan("x.yaml", raw)
    sure = entries(body) if body is not None and not found else None
    if sure is None:
        return False
    document, complaints = parsed(raw)
    assert document is not None
    assert complaints == []
    assert kinds(document.data) == kinds(sure[0])
    assert list(document.plains or ()) == sure[1]
    return True


TAKEN = [
    "name: Harbour\n",
    "name: Harbour",
    "# a comment\n\nname: Harbour\n",
    "a: 1\r\nb: x\r\n",
    'a: {x: 1, y: "2", z: \'3\'}\nb: [1, "2", x y]\n',
    "a: {}\nb: []\n",
    "hours:\n  mon-fri: 07:00-19:00\n  2026-12-24..2026-12-26: {mon: 09:00-12:00}\nb: 1\n",
    "a:\n  b:\n    c: 1\n  d: 2\n",
    "a:\n  - x\n  - 'y: z'\nb:\n  # between\n\n  - -1\n",
    "a: Bob's, at 5!\n",
    "a: it's http://x.example/y?z=1&t=2 (50% off)\n",
    'a: ""\nb: ": # {"\n',
    "a: Café\n",
]
LEFT = [
    "",
    "\n# nothing\n",
    "- a\n",
    "a\n",
    "a:\n",
    "a:\nb: 1\n",
    "a: 1\na: 2\n",
    "a: {b: 1, b: 2}\n",
    "A: 1\n",
    "a : 1\n",
    "a:1\n",
    "a:  1\n",
    "a: 1 # one\n",
    "a: 1 \n",
    "a: x\n  y\n",
    "a: |\n  x\n",
    "a: >\n  x\n",
    "a: &b 1\n",
    "a: *b\n",
    "a: !t 1\n",
    "a: b: c\n",
    "a: b:\n",
    "a: [1, [2]]\n",
    "a: {b: {c: 1}}\n",
    "a: [1,2]\n",
    "a: [1, 2\n  , 3]\n",
    'a: "x\\n"\n',
    "a: 'it''s'\n",
    'a: "x" y\n',
    "a: ~\n",
    "a: null\n b\n",
    "---\na: 1\n",
    "a: 1\n...\n",
    "%YAML 1.2\n",
    "a:\n- x\n",
    "a:\n  - b: 1\n",
    "a:\n  b: 1\n c: 2\n",
    " a: 1\nb: 2\n",
    "a:\tb\n",
    "\ta: 1\n",
    "<<: x\n",
    "? a\n: b\n",
    "a: - b\n",
    "a: ? b\n",
    "a: @b\n",
    "a: 1\rb: 2\r",
    'a: "x\ry"',
    "".join(f"{'  ' * level}a:\n" for level in range(20)) + "  " * 20 + "b: 1\n",
]


@pytest.mark.parametrize("text", TAKEN)
def test_plain_files_are_taken(text: str) -> None:
    assert agrees(text.encode())


@pytest.mark.parametrize("text", LEFT)
def test_anything_else_is_left_to_the_parser(text: str) -> None:
    assert entries(text.encode()) is None


def test_an_empty_list_item_and_quotes_in_brackets_are_the_parsers() -> None:
    for text in ("a:\n  -\n", "a: [x, , y]\n", 'a: ["x, y", z"]\n', "a: {b: }\n", "a: [x, ]]\n"):
        assert entries(text.encode()) is None


def test_most_location_files_are_taken() -> None:
    paths = sorted((ROOT / "brands").glob("*/locations/**/*.yaml"))
    taken = [path for path in paths if agrees(path.read_bytes())]
    assert len(taken) >= len(paths) * 0.9, set(paths) - set(taken)


# Pieces that mean something to YAML, and some that do not; files of them are mostly refused.
PIECES = [
    *("a: ", "b:", "c", "name: x", "on: yes", "1: 2", "a-b: ", "fr-CA: x", "k: v"),
    *("\n", "\n", "\n", "\n  ", "\n    ", "\n  - ", "\n- ", " ", "  ", "\t", "\r\n", "\r"),
    *(": ", ":", ", ", ",", "{", "}", "[", "]", "{x: 1}", "[1, b]", "{x: 1, y: a b}"),
    *('"', "'", '"q"', "'q'", '"a: b"', '"#"', "''", '""', '"\\n"', "it's", 'x"y'),
    *(
        "#",
        " # c",
        "#c",
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        "? ",
        "-",
        "--- ",
        "...",
        "~",
    ),
    *(
        "1",
        "07:00",
        "-1",
        ".5",
        "+1",
        "0x1F",
        "1e3",
        "1_0",
        "true",
        "null",
        "2026-11-30",
        "=",
        "<<",
    ),
    *("é", "日本", "’", "–", "\u00a0", "\u2028", "\ufeff", "\u0301", "😀", "€5", "½", "\u200d"),
    *("(x)", "a/b", "a.b", "50%", "x!", "x?", "a;b", "a&b", "a=b", "a@b", "$5", "\\", "<", "^"),
]
FILES = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
NAMES = st.sampled_from(["a", "b", "mon-fri", "x_1", "2026-12-24", "a.b", "1"])
WORDS = st.lists(st.sampled_from([p for p in PIECES if "\n" not in p]), max_size=4).map("".join)
LINES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "", "", "  ", "  ", "    ", "  - ", "- ", "# "]),
    st.builds("{}:".format, NAMES) | st.just(""),
    st.sampled_from([" ", " ", " ", "", "  "]),
    WORDS
    | st.builds("{{{}: {}, {}: {}}}".format, NAMES, WORDS, NAMES, WORDS)
    | st.builds("[{}, {}]".format, WORDS, WORDS),
)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """Return a file that is taken, with a piece put into it or in the place of some letters."""
    text = draw(st.sampled_from(TAKEN))
    place = draw(st.integers(0, len(text)))
    end = place + draw(st.sampled_from([0, 0, 1, 3]))
    return text[:place] + draw(st.sampled_from(PIECES)) + text[end:]


@settings(max_examples=300)
@given(FILES | st.lists(LINES, max_size=6).map("\n".join) | spoilt())
@example("a: {b: c:d}")
@example("a: [b?c]")
@example("a: x\n# c\n  y")
@example("a: [-1, .5, (b)]")
def test_whatever_is_taken_the_parser_reads_alike(text: str) -> None:
    agrees(text.encode())


@pytest.mark.parametrize("brackets", ["[]", "{}"])
@pytest.mark.parametrize("piece", ["x", "x ", "a: x", "x, ", "'"])
def test_a_long_line_that_is_left_takes_no_time(brackets: str, piece: str) -> None:
    text = f"a: {brackets[0]}{piece * (200_000 // len(piece))}#{brackets[1]}\n"
    begun = time.process_time()
    assert entries(text.encode()) is None
    assert time.process_time() - begun < 2
