"""Places within a file's texts: a character of a value -> line and column, whatever its quotes.

What stands in a file is laid beside the value that YAML made of it, character by character. White
space is where the two differ, since lines are folded and indented, and so are escapes; all else
has to be equal, or nothing is said.
"""

from __future__ import annotations

from typing import Any

from yaml.nodes import ScalarNode

from storesync.source.document import At
from storesync.source.lines import line_end, place
from storesync.source.nodes import root_of
from storesync.source.scalar import is_ambiguous
from storesync.source.spans import end_of, find

_Place = tuple[int, int]
# How long escapes are that a number follows (YAML 1.2.2, section 5.7).
_NUMBERED = {"x": 4, "u": 6, "U": 10}
# What the others stand for, where it is not the character behind the backslash.
_NAMED = {"n": "\n", "r": "\r", "t": "\t", "_": "\xa0", "N": "\x85", "L": "\u2028", "P": "\u2029"}
# Plain text may not hold these, or begin with those (YAML 1.2.2, section 7.3.3).
_NEVER_PLAIN = (": ", " #", "\n")
_NEVER_PLAIN_IN_FLOW = frozenset(",[]{}")
_NEVER_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@` ")


class Texts:
    """The texts of one file, by where they stand."""

    def __init__(self, path: str, raw: bytes) -> None:
        self._root = root_of(path, raw)
        self._text = raw.decode("utf-8-sig", "replace")
        self._known: dict[At, tuple[ScalarNode, list[tuple[int, int]]] | None] = {}

    def stretch(self, at: At, start: int, end: int) -> tuple[_Place, _Place] | None:
        """Return line and column of some characters of the text at a place, and just behind them.

        None where there is no text, or where it cannot be told where they stand.
        """
        known = self._of(at)
        if known is None or not 0 <= start < end <= len(known[1]):
            return None
        first, (last, length) = known[1][start], known[1][end - 1]
        return place(self._text, first[0]), place(self._text, last + length)

    def written(self, at: At, span: tuple[int, int] | None, new: str) -> str | None:
        """Return how a text is written in place of some characters, None where it needs quotes."""
        known = self._of(at)
        if known is None or span is None:
            return None
        node = known[0]
        if node.style == "'":
            return new.replace("'", "''")
        if node.style == '"':
            return new.replace("\\", "\\\\").replace('"', '\\"')
        if node.style in {"|", ">"}:
            return None if "\n" in new else new
        whole = node.value[: span[0]] + new + node.value[span[1] :]
        return new if _may_be_plain(whole, new) else None

    def _of(self, at: At) -> tuple[ScalarNode, list[tuple[int, int]]] | None:
        """Return a text's node, and where each of its characters stands, and how long."""
        if at not in self._known:
            self._known[at] = self._aligned(at)
        return self._known[at]

    def _aligned(self, at: At) -> tuple[ScalarNode, list[tuple[int, int]]] | None:
        entries, missing = ([], at) if self._root is None else find(self._root, at)
        if missing or not entries or not isinstance(entries[-1].value, ScalarNode):
            return None
        node = entries[-1].value
        end = end_of(self._text, node)
        places = _align(self._text, int(node.start_mark.index), end, node)
        return None if places is None else (node, places)


def _may_be_plain(whole: str, new: str) -> bool:
    """Say whether a text needs no quotes, wherever it stands, when a part of it is new."""
    if not whole or whole[0] in _NEVER_FIRST or whole != whole.strip() or whole[-1] == ":":
        return False
    if any(char in _NEVER_PLAIN_IN_FLOW for char in new) or is_ambiguous(whole):
        return False
    return not any(marks in whole for marks in _NEVER_PLAIN)


def _align(text: str, start: int, end: int, node: Any) -> list[tuple[int, int]] | None:
    """Return where each character of a value stands, and how long it is there; None: unclear."""
    style = node.style or ""
    here = line_end(text, start) if style in {"|", ">"} else start + len(style)
    places = []
    for char in node.value:
        if char.isspace():
            length = int(text[here : here + 1] == char and char != "\n")
        else:
            here = _skip_blanks(text, here, end, style)
            length = _length(text, here, char, style)
            if not length or here + length > end:
                return None
        places.append((here, length))
        here += length
    return places


def _skip_blanks(text: str, here: int, end: int, style: str) -> int:
    """Return the next place at which something stands that is no white space, nor escaped such."""
    while here < end:
        if text[here].isspace():
            here += 1
        elif style == '"' and text[here] == "\\" and _escaped(text, here).isspace():
            here += _escape_length(text, here)
        else:
            break
    return here


def _length(text: str, here: int, char: str, style: str) -> int:
    """Return how many characters of the text stand for one of the value; 0: they do not."""
    found = text[here : here + 1]
    if style == "'" and found == "'":
        return 2 if char == "'" else 0
    if style == '"' and found == "\\":
        return _escape_length(text, here) if _escaped(text, here) == char else 0
    return 1 if found == char else 0


def _escape_length(text: str, here: int) -> int:
    return _NUMBERED.get(text[here + 1], 2)


def _escaped(text: str, here: int) -> str:
    """Return the character that an escape stands for; YAML has read it, so it is one."""
    code = text[here + 1]
    if code in _NUMBERED:
        return chr(int(text[here + 2 : here + _NUMBERED[code]], 16))
    return _NAMED.get(code, code)
