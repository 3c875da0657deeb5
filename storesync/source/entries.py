"""Files of one entry a line, as most are: read without a YAML parser, in half its time.

Only what YAML reads in one way is taken: keys of small letters, texts that end on their line, lists
and mappings of such texts, blocks of these. Of any other file `entries` returns nothing, and the
parser reads it; what it does return is what the parser would, with nothing to complain of.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from storesync.source.scalar import Plain, is_core

At = tuple[str | int, ...]

# More levels than people write; the parser says which are too many.
_MOST_BLOCKS = 12
_KEY = r"[a-z0-9_](?:[a-z0-9_./-]{0,78}[a-z0-9_])?"
_QUOTED = r""""[^"\\\n\t]*"|'[^'\n\t]*'"""
# A text begins with nothing that means something to YAML. In it there is no "#", no colon that a
# blank follows and, where it stands in brackets, neither these nor a comma.
_FIRST = r"(?:[\w(+/]|[-.](?=\w))"
_INNER = r"[\w ()+/.;'’&%=@$€£°–—-]"
_TEXT = rf"({_QUOTED}|{_FIRST}{_INNER}*(?:(?:[,!?]|:(?=[\w/])){_INNER}*)*(?<! ))"
_TEXT_IN_FLOW = rf"({_QUOTED}|{_FIRST}{_INNER}*(?::(?=[\w/]){_INNER}*)*(?<! ))"
_LINE = re.compile(
    rf"( *)(?:({_KEY}):(?: (?:{_TEXT}|\{{(.*)\}}|\[(.*)\]))?|- {_TEXT}|#.*)?(?:\n|\Z)"
)
# The groups of a line: behind the blanks there is an item, or a key and at most one of the others.
_BLANKS, _NAME, _VALUE, _MAPPING, _LIST, _ITEM = range(1, 7)
# Nothing begins in the middle of a text: to try that at each letter of a long one takes for ever.
_BEGIN = r"(?:\A|(?<=, ))"
_PAIR = re.compile(rf"{_BEGIN}({_KEY}): {_TEXT_IN_FLOW}(?:, |\Z)")
_ONE = re.compile(rf"{_BEGIN}{_TEXT_IN_FLOW}(?:, |\Z)")


class _Block(NamedTuple):
    """A mapping or a list whose lines begin behind so many blanks; `at` is where it stands."""

    indent: int
    data: Any
    at: At


def entries(body: bytes) -> tuple[dict[str, Any], list[At]] | None:
    """Return a file's data and the places of every `Plain`, or None where the parser is to read it.

    Only bytes that `prescan` found nothing in may come here.
    """
    text = body.decode()
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:  # alone it is a line's end, too
            return None
    root: dict[str, Any] = {}
    plains: list[At] = []
    blocks = [_Block(0, root, ())]
    opened = ""
    place, end = 0, len(text)
    while place < end:
        found = _LINE.match(text, place)
        if found is None:
            return None
        place = found.end()
        if found.lastindex == _BLANKS:  # an empty line, or a comment
            continue
        indent = len(found[_BLANKS])
        block = blocks[-1]
        if opened:
            if indent <= block.indent or len(blocks) > _MOST_BLOCKS:
                return None
            block = _begin(block, indent, opened, {} if found[_NAME] else [])
            blocks.append(block)
        while block.indent > indent:
            blocks.pop()
            block = blocks[-1]
        if block.indent != indent or not _take(found, block, plains):
            return None
        opened = found[_NAME] if found.lastindex == _NAME else ""
    return (root, plains) if root and not opened else None


def _begin(parent: _Block, indent: int, key: str, data: Any) -> _Block:
    parent.data[key] = data
    return _Block(indent, data, (*parent.at, key))


def _take(found: re.Match[str], block: _Block, plains: list[At]) -> bool:
    """Put what a line says into its block; say False where that is not sure."""
    data, kind = block.data, found.lastindex
    if kind == _ITEM:
        if type(data) is not list:
            return False
        data.append(_scalar(found[_ITEM], block.at, len(data), plains))
        return True
    key = found[_NAME]
    if type(data) is not dict or key in data:
        return False
    if kind == _VALUE:
        data[key] = _scalar(found[_VALUE], block.at, key, plains)
    elif kind == _MAPPING:
        data[key] = _mapping(found[_MAPPING], (*block.at, key), plains)
    elif kind == _LIST:
        data[key] = _list(found[_LIST], (*block.at, key), plains)
    return kind == _NAME or data[key] is not None


def _mapping(text: str, at: At, plains: list[At]) -> dict[str, str] | None:
    pairs: list[tuple[str, str]] = _PAIR.findall(text)
    data = {key: _scalar(value, at, key, plains) for key, value in pairs}
    # Nothing but these pairs is there, and no key twice.
    sure = ", ".join(map(": ".join, pairs)) == text and len(data) == len(pairs)
    return data if sure else None


def _list(text: str, at: At, plains: list[At]) -> list[str] | None:
    items: list[str] = _ONE.findall(text)
    data = [_scalar(item, at, index, plains) for index, item in enumerate(items)]
    return data if ", ".join(items) == text else None


def _scalar(text: str, at: At, part: str | int, plains: list[At]) -> str:
    """Return what a text says, and note where it stands if YAML sees something else."""
    if text[0] in "\"'":
        return text[1:-1]
    if is_core(text):
        plains.append((*at, part))
        return Plain(text)
    return text
