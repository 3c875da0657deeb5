"""Case files: small trees as text, and what is expected of them (tests/cases/format.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from storesync.source.tree import MemoryTree

CASES = Path(__file__).parent / "cases"
EXPECTED = "expected"
NOON = "2026-11-10T12:00Z"
_HEADER = re.compile(r"^-- (.+) --\n", re.MULTILINE)
_OPTION = re.compile(r"([a-z]+): (.+)")
_CHARACTER = re.compile(r"<U\+([0-9A-F]+)>")


@dataclass(frozen=True)
class Case:
    """A case file: its first lines, its options, and its sections by their headers."""

    path: Path
    title: str
    options: dict[str, str]
    sections: dict[str, str]

    @property
    def expected(self) -> str:
        return self.sections.get(EXPECTED, "")

    @property
    def moments(self) -> list[datetime]:
        """The moments of the option `at`: without it one, three weeks before the campaign."""
        return [datetime.fromisoformat(text) for text in self.options.get("at", NOON).split(", ")]

    @property
    def has_before(self) -> bool:
        return any(header.startswith("before: ") for header in self.sections)

    def times(self, name: str) -> list[datetime]:
        """The moments of another option; "never" is none."""
        texts = self.options.get(name, "never").split(", ")
        return [datetime.fromisoformat(text) for text in texts if text != "never"]

    def tree(self, prefix: str = "") -> MemoryTree:
        """Return the smallest sound repository with this case's files on top."""
        files = {} if self.options.get("base") == "none" else dict(base())
        for header, text in self.sections.items():
            name = header.removeprefix(prefix)
            if header == EXPECTED or not header.startswith(prefix) or ": " in name:
                continue
            if name.startswith("without "):
                del files[name.removeprefix("without ")]
            else:
                files[name] = _CHARACTER.sub(lambda m: chr(int(m[1], 16)), text)
        return MemoryTree(files)

    def check(self, seen: str, *, update: bool) -> None:
        """Compare with what is expected, or write it down."""
        if update and seen != self.expected:
            text = self.path.read_text("utf-8").partition(f"-- {EXPECTED} --\n")[0]
            self.path.write_text(f"{text}-- {EXPECTED} --\n{seen}", "utf-8")
            pytest.skip("expectation rewritten: read it")
        assert seen == self.expected


def read_case(path: Path) -> Case:
    """Read a case file."""
    head, *parts = _HEADER.split(path.read_text("utf-8"))
    options, title = {}, []
    for line in head.splitlines():
        option = _OPTION.fullmatch(line)
        if option:
            options[option[1]] = option[2]
        else:
            title.append(line)
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    assert len(sections) * 2 == len(parts), f"{path}: a header stands twice"
    return Case(path, " ".join(title), options, sections)


@cache
def base() -> dict[str, str]:
    """Return the files that every case starts from."""
    return read_case(CASES / "base.txt").sections


def cases(folder: str) -> list[Any]:
    """Return every case of a folder as a parameter."""
    paths = sorted((CASES / folder).glob("*.txt"))
    return [pytest.param(read_case(path), id=path.stem) for path in paths]
