"""A YAML file's bytes -> a document of dicts, lists and text, and what is wrong with the file.

Every scalar stays the text that was written; the field's type decides later what it means. What a
program and a reviewer might read differently is refused: see DESIGN.md section 5.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from storesync.diagnostics import Diagnostic, Severity
from storesync.source.entries import entries
from storesync.source.keys import MERGE, check_key, shown
from storesync.source.parser import compose
from storesync.source.prescan import MAX_DIAGNOSTICS, scan
from storesync.source.remarks import may_hold_remarks, remark
from storesync.source.scalar import Plain, is_core
from storesync.source.structure import check_structure, is_simple

__all__ = ["At", "Document", "Plain", "position", "positions", "read", "was_cut"]

At = tuple[str | int, ...]

_KEY_OF_PARTS = 'key is a list or a mapping: a text that starts with "[" or "{" needs quotes'
_NO_VALUE = 'has no ": " and value behind it: put a text that holds a comma in quotes'
_SWALLOWED = (
    'lines that start with "-" are read as part of the text above: if they are a list, write'
    " nothing behind the colon; if they are text, put it in quotes"
)


class Document(NamedTuple):
    """One file's content: `data` is made of dict, list and text (`Plain` where YAML 1.2 sees none).

    An entry without a value (`key:`) is absent; an empty list item is None, and an error.
    `plains` are the places of every `Plain`, None where nobody has looked for them.
    """

    path: str
    data: Any
    plains: tuple[At, ...] | None = None


def read(path: str, raw: bytes) -> tuple[Document | None, list[Diagnostic]]:
    """Read a file, whatever its bytes; never raises.

    With an error among the diagnostics the document is there to be checked further and not to be
    used: refused characters are replaced, refused entries left out, of two equal keys the first
    counts. It is None where nothing sound is left. At most MAX_DIAGNOSTICS are returned.
    """
    body, found = scan(path, raw)
    if body is not None and not found and (sure := entries(body)) is not None:
        return Document(path, sure[0], tuple(sure[1])), found
    root = None if body is None else _compose(path, body, found)
    if body is None or root is None:
        return None, _limited(found)
    walk = _Walk(path, found)
    data = walk.mapping(root)
    if may_hold_remarks(body):
        found += remark(path, body, root)
    return Document(path, data, tuple(walk.plains)), _limited(found) if found else found


def was_cut(found: Iterable[Diagnostic]) -> bool:
    """Say whether a file was too large, so that what is missing may stand in what was not read."""
    return any(item.rule == "yaml-size" for item in found)


def position(path: str, raw: bytes, at: At) -> tuple[int, int]:
    """Return the line and column, 1-based, of the place `at` or of its nearest parent."""
    return positions(path, raw, [at])[0]


def positions(path: str, raw: bytes, ats: Iterable[At]) -> list[tuple[int, int]]:
    """Return line and column of many places: of an entry's key, of a list's item.

    Parts of a place that the file lacks are left out from the first such part on; (1, 1) stands
    for the whole file, and for every place in a file that cannot be read.
    """
    root = root_of(path, raw)
    return [(1, 1) if root is None else _place(root, at) for at in ats]


def root_of(path: str, raw: bytes) -> MappingNode | None:
    """Return the nodes of a file, whose marks count characters, None where it cannot be read."""
    body, _ = scan(path, raw)
    return None if body is None else _compose(path, body, [])


def _compose(path: str, body: bytes, found: list[Diagnostic]) -> MappingNode | None:
    """Return the top-level mapping, or None with the reason added to `found`."""
    if not is_simple(body):
        structure, is_sound = check_structure(path, body)
        found += structure
        if not is_sound:
            return None
    try:
        root = compose(body)
    except yaml.YAMLError as error:
        from storesync.source.explain import explain

        explained = explain(path, body, error)
        if all(item.sort_key[:4] != explained.sort_key[:4] for item in found):
            found.append(explained)
        return None
    if isinstance(root, MappingNode):
        return root
    if isinstance(root, ScalarNode) and root.value:
        from storesync.source.explain import explain_text

        found.append(explain_text(path, body, root.start_mark.index))
    elif not was_cut(found):
        what = "holds a list" if isinstance(root, SequenceNode) else "is empty"
        message = f'the file {what}: write "key: value" lines'
        found.append(Diagnostic("yaml-empty", message, path, (), 1, 1))
    return None


def _place(root: Node, at: At) -> tuple[int, int]:
    node, mark = root, None
    for part in at:
        if isinstance(node, MappingNode):
            entry = next((pair for pair in node.value if pair[0].value == part), None)
            if entry is None:
                break
            mark, node = entry[0].start_mark, entry[1]
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            mark = node.start_mark
        else:
            break
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


class _Walk:
    """Turns nodes into data; `at` is where it stands, `found` and `plains` what it has met."""

    __slots__ = ("at", "found", "path", "plains")

    def __init__(self, path: str, found: list[Diagnostic]) -> None:
        self.path = path
        self.found = found
        self.at: list[str | int] = []
        self.plains: list[At] = []

    def mapping(self, node: MappingNode) -> dict[str, Any]:
        """Return a mapping's sound entries."""
        data: dict[str, Any] = {}
        seen: dict[str, ScalarNode] = {}
        for key_node, value_node in node.value:
            if type(key_node) is not ScalarNode:
                self.report("yaml-key", _KEY_OF_PARTS, key_node)
                continue
            key = key_node.value
            folded, complaint = check_key(key)
            if complaint or folded in seen or key == MERGE:
                self.report_key(key_node, complaint, seen.get(folded))
                continue
            seen[folded] = key_node
            if type(value_node) is not ScalarNode:
                data[key] = self.nested(key, value_node)
            elif value_node.value or value_node.style:
                data[key] = self.scalar(value_node, key)
            elif value_node.start_mark.index == key_node.end_mark.index:
                self.report("yaml-syntax", f"{shown(key)} {_NO_VALUE}", key_node)
        return data

    def sequence(self, node: SequenceNode) -> list[Any]:
        """Return a list's items, None for one without a value."""
        data: list[Any] = []
        for index, item in enumerate(node.value):
            if type(item) is not ScalarNode:
                data.append(self.nested(index, item))
            elif item.value or item.style:
                data.append(self.scalar(item, index))
            else:
                data.append(None)
                message = "this list item is empty: write a value or delete it"
                self.report("yaml-empty", message, item, index)
        return data

    def nested(self, part: str | int, node: Node) -> dict[str, Any] | list[Any]:
        """Return the content of a mapping or a list that stands at `part`."""
        self.at.append(part)
        data: dict[str, Any] | list[Any] = []
        if isinstance(node, MappingNode):
            data = self.mapping(node)
        elif isinstance(node, SequenceNode):
            data = self.sequence(node)
        self.at.pop()
        return data

    def scalar(self, node: ScalarNode, part: str | int) -> str:
        """Return a scalar's text."""
        text: str = node.value
        if node.style or not text:
            return text
        if is_core(text):
            self.plains.append((*self.at, part))
            return Plain(text)
        if "- " in text and node.start_mark.line != node.end_mark.line:
            self.report("yaml-folded", _SWALLOWED, node, part, Severity.WARNING)
        return text

    def report_key(self, node: ScalarNode, complaint: str, first: ScalarNode | None) -> None:
        """Report a key whose entry is left out."""
        name = shown(node.value)
        if complaint:
            self.report("yaml-key", f"key {name} {complaint}", node, node.value)
        elif first is None:
            message = 'merge key "<<" is not allowed: write the keys out'
            self.report("yaml-merge-key", message, node, node.value)
        else:
            line = first.start_mark.line + 1
            other = "" if first.value == node.value else f" as {shown(first.value)}"
            message = f"duplicate key {name}: it is on line {line} already{other}"
            self.report("yaml-duplicate-key", message, node, node.value)

    def report(
        self,
        rule: str,
        message: str,
        node: Node,
        part: str | int | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a diagnostic that points at the beginning of a node."""
        mark = node.start_mark
        at = tuple(self.at) if part is None else (*self.at, part)
        place = (mark.line + 1, mark.column + 1)
        self.found.append(Diagnostic(rule, message, self.path, at, *place, severity=severity))


def _limited(found: list[Diagnostic]) -> list[Diagnostic]:
    """Return at most MAX_DIAGNOSTICS, errors first; the last one then counts the others."""
    if len(found) <= MAX_DIAGNOSTICS:
        return found
    errors_first = sorted(found, key=lambda item: item.severity is not Severity.ERROR)
    kept = errors_first[: MAX_DIAGNOSTICS - 1]
    next_one = errors_first[MAX_DIAGNOSTICS - 1]
    message = f"{len(found) - len(kept)} more problems in this file from here on"
    return [*kept, replace(next_one, message=message, hint="")]
