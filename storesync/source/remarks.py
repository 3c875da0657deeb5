"""Sound nodes -> where a text is not what its writer sees: lost to a comment, folded, escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from storesync.diagnostics import Diagnostic, Severity, printable
from storesync.source.keys import shown
from storesync.source.lines import line_end
from storesync.source.prescan import describe, refused

At = tuple[str | int, ...]

# A "#" that follows a blank or a closing quote and is followed by neither: not a usual comment.
# So is one that holds a number and nothing else, right behind a text that is no id: Shop # 5. More
# would be a guess: 20 # agreed with Ann.
_LOSS = re.compile(rb"[ \t\"']#[^\s#]| # [0-9]+[A-Za-z]?[ \t]*(?:[\r\n]|\Z)")
_COMMENT = re.compile(r"[ \t]+(?=#[^\s#])")
_NUMBERED = re.compile(r" {1,2}(?=# [0-9]+[A-Za-z]?[ \t]*(?:[\r\n]|\Z))")
_WORDS = re.compile(r"[^\W\d_][\w'’.,&-]* |(?<!\w)[A-ZÀ-Þ]")
_NO_BLANK = re.compile(r"(?=#)")
_LINES = re.compile(r"\S[^\r\n]*[\r\n]+[ \t]*\S")


def may_hold_remarks(body: bytes) -> bool:
    """Say whether a file can hold anything to remark on; cheap, and wrong only in being careful."""
    return b"\\" in body or b">" in body or (b"#" in body and _LOSS.search(body) is not None)


def remark(path: str, body: bytes, root: Node) -> list[Diagnostic]:
    """Return errors for escaped characters that no file may hold, and warnings for lost text."""
    text = body.decode()
    found: list[Diagnostic] = []
    for at, node in _scalars(root, ()):
        style = node.style or ""
        if style == '"':
            found += _escaped(path, at, node)
        if style == ">":
            found += _folded(path, at, node, text)
        else:
            found += _lost(path, at, node, text)
    return found


def _scalars(node: Node, at: At) -> Iterator[tuple[At, ScalarNode]]:
    """Yield every scalar with its place, keys included (at their own entry)."""
    if isinstance(node, ScalarNode):
        yield at, node
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            yield from _scalars(item, (*at, index))
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode):
                if key.style == '"':
                    yield (*at, key.value), key
                yield from _scalars(value, (*at, key.value))


def _escaped(path: str, at: At, node: ScalarNode) -> list[Diagnostic]:
    found = refused(node.value)
    if not found:
        return []
    mark = node.start_mark
    message = f"an escape gives {describe(found[0][0])}, which is not allowed: delete it"
    return [Diagnostic("yaml-character", message, path, at, mark.line + 1, mark.column + 1)]


def _folded(path: str, at: At, node: ScalarNode, text: str) -> list[Diagnostic]:
    begin = line_end(text, node.start_mark.index)
    if not _LINES.search(text, begin, node.end_mark.index):
        return []
    message = f'the lines of {_named(at)} are joined to one: write "|" for ">" to keep them apart'
    return [_warning("yaml-folded", message, path, at, node)]


def _lost(path: str, at: At, node: ScalarNode, text: str) -> list[Diagnostic]:
    end = node.end_mark.index
    pattern = _NO_BLANK if node.style in {'"', "'"} else _COMMENT
    found = pattern.match(text, end)
    if not found and not node.style and _WORDS.search(node.value):
        found = _NUMBERED.match(text, end)
    if node.style == "|" or not found:
        return []
    rest = printable(text[found.end() : line_end(text, end)].strip(), limit=40)
    if node.value:
        kept = printable(node.value[-20:])
        message = f'{_named(at)} ends with "{kept}": "{rest}" is read as a comment'
    else:
        message = f'{_named(at)} is empty: "{rest}" is read as a comment'
    return [_warning("yaml-comment-value", f"{message}; put the text in quotes", path, at, node)]


def _named(at: At) -> str:
    key = next((part for part in reversed(at) if isinstance(part, str)), "")
    return shown(key) if key else "this text"


def _warning(rule: str, message: str, path: str, at: At, node: ScalarNode) -> Diagnostic:
    mark = node.start_mark
    line, column = mark.line + 1, mark.column + 1
    return Diagnostic(rule, message, path, at, line, column, severity=Severity.WARNING)
