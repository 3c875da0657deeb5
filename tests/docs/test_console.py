"""The commands in README.md and docs/ do what is shown: how a page is played (console.py)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from console import ROOT, matches, play


@pytest.mark.slow
def test_the_readme_is_true(demonstration: Path, published: Path, copy_of: Callable[[Path], Path]):
    """Nothing of it is published yet; what `published` worked out is not worked out again."""
    folder = copy_of(demonstration)
    shutil.copytree(published / ".storesync/cache", folder / ".storesync/cache")
    terminal = play(ROOT / "README.md", folder)
    assert len(terminal.seen) > 20


@pytest.mark.slow
@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_a_page_is_true(page: Path, published: Path, copy_of: Callable[[Path], Path]):
    if "```console" in page.read_text(encoding="utf-8"):
        play(page, copy_of(published))


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        ("one\ntwo\n", "one\ntwo\n", True),
        ("one\n", "one\ntwo\n", False),
        ("…\ntwo\n", "zero\none\ntwo\n", True),
        ("one … three\n", "one two three\n", True),
        ("one …\n", "one two\nthree\n", False),
        ("one\n…\n", "one\n", True),
        ("one\n", "one\n\n", True),
        ("a.c\n", "abc\n", False),
    ],
)
def test_outputs_are_compared(expected: str, actual: str, same):
    assert matches(expected, actual) is same
