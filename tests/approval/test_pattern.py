"""Patterns of CODEOWNERS: the table of cases, an oracle that backtracks, and time."""

from __future__ import annotations

import re
import time

import pytest
from casefile import CASES, read_case
from hypothesis import given
from hypothesis import strategies as st

from storesync.approval.pattern import fault, read_below, read_pattern, root_of

TABLE = read_case(CASES / "codeowners" / "patterns.txt").sections
WORDS = re.compile(r"(?:\\.|[^\\\s])+\\?")
SLOW = [
    ("/" + "*a" * 40 + "b", "a" * 80),
    ("/" + "*?" * 40 + "b", "a" * 80),
    ("/" + "**/a/" * 40 + "b", "a/" * 80 + "c"),
    ("**/" + "*a*/**/" * 20 + "b", "aaaa/" * 40 + "c"),
]


def rows() -> list[tuple[str, list[str], list[str]]]:
    found = []
    for line in TABLE["patterns"].splitlines():
        pattern, *paths = WORDS.findall(line)
        paths = [path.replace("\\ ", " ") for path in paths]
        split = paths.index("!")
        found.append((pattern, paths[:split], paths[split + 1 :]))
    return found


@pytest.mark.parametrize(("pattern", "yes", "no"), rows(), ids=lambda value: str(value)[:30])
def test_what_a_pattern_matches(pattern: str, yes: list[str], no: list[str]):
    assert fault(pattern) == ""
    found = read_pattern(pattern)
    assert [path for path in yes if not found.matches(path)] == []
    assert [path for path in no if found.matches(path)] == []


@pytest.mark.parametrize("pattern", TABLE["refused"].splitlines())
def test_what_is_no_pattern(pattern: str):
    assert fault(pattern)


@pytest.mark.parametrize("char", ["\ufeff", "\u00a0", "\u200b", "\x1b", "\u2028", "\udcff"])
def test_characters_that_nobody_sees(char: str):
    assert fault(f"/brands/{char}")


@pytest.mark.parametrize(
    ("pattern", "root"),
    [
        ("/brands/a/[x].yaml", "brands/a/"),
        ("brands/[x]/a", "brands/"),
        ("/[x]", ""),
        ("[x]", ""),
        ("[x]/", ""),
        ("!/brands/a/b", ""),
        ("/a\\ @b/c/d", ""),
        ("/brands/../x/[a]", "brands/"),
        ("***/*.md", ""),
    ],
)
def test_what_a_broken_pattern_may_be_about(pattern: str, root: str):
    assert fault(pattern)
    assert root_of(pattern) == root
    assert read_below(root).matches(f"{root}anything/at.all")
    assert read_below(root).matches("elsewhere/x") is not bool(root)


def expected(pattern: str, path: str) -> bool:
    """Match by the words of the documentation, with a regular expression that may backtrack."""
    parts = pattern.removeprefix("/").removesuffix("/").split("/")
    if "/" not in pattern[:-1]:
        parts = ["**", *parts]
    if pattern.endswith("/"):
        parts.append("**")
    last = len(parts) - 1
    text = ""
    for n, part in enumerate(parts):
        if part == "**":
            text += ".+" if n == last else "(?:.+/)?"
        else:
            text += "[^/]+" if part == "*" else part.replace("*", "[^/]*").replace("?", "[^/]")
            if n != last:
                text += "/"
            elif part != "*":
                text += "(?:/.*)?"
    return re.fullmatch(text, path) is not None


names = st.text("ab*?", min_size=1, max_size=4).filter(lambda name: "**" not in name)
parts = st.lists(st.one_of(names, st.just("**"), st.just("*")), min_size=1, max_size=4)
patterns = st.builds(
    lambda begin, found, end: f"{begin}{'/'.join(found)}{end}",
    st.sampled_from(["", "/"]),
    parts,
    st.sampled_from(["", "/"]),
).filter(lambda pattern: not fault(pattern))
paths = st.lists(st.text("ab", min_size=1, max_size=4), min_size=1, max_size=5).map("/".join)


@given(patterns, paths)
def test_matching_agrees_with_the_documentation(pattern: str, path: str):
    assert read_pattern(pattern).matches(path) is expected(pattern, path)


@given(st.text(max_size=40), paths)
def test_no_text_breaks_it(text: str, path: str):
    if fault(text):
        read_below(root_of(text)).matches(path)
    elif text:
        read_pattern(text).matches(path)


@pytest.mark.parametrize(("pattern", "path"), SLOW, ids=range(len(SLOW)))
def test_repeated_wildcards_take_no_time(pattern: str, path: str):
    found = read_pattern(pattern)
    begin = time.process_time()
    for _ in range(100):
        assert not found.matches(path)
    assert time.process_time() - begin < 0.5  # 5 ms each; a match takes about 50 µs


def test_time_grows_with_the_path_alone():
    found = read_pattern("/" + "*a" * 500 + "b")
    begin = time.process_time()
    assert not found.matches("a" * 4_000 + "bc")
    assert time.process_time() - begin < 0.5
