"""Places in a text: an index -> line and column, and the line that holds an index."""

from __future__ import annotations

import re

# The line ends of YAML that editors break at too; the others are refused (see `prescan`).
_BREAK = re.compile(r"\r\n|\r|\n")


def place(text: str, index: int) -> tuple[int, int]:
    """Return the line and column, both 1-based, of a character of `text`."""
    line, start = 1, 0
    for found in _BREAK.finditer(text, 0, index):
        line, start = line + 1, found.end()
    return line, index - start + 1


def line_start(text: str, index: int) -> int:
    """Return the index of the first character of the line that holds `index`."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def line_end(text: str, index: int) -> int:
    """Return the index just behind the last character of the line that holds `index`."""
    found = _BREAK.search(text, index)
    return found.start() if found else len(text)
