"""Bytes -> PyYAML's nodes -> data, and what is wrong on the way."""

from __future__ import annotations

from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from storesync.diagnostics import Diagnostic, Severity
from storesync.source.document import At, Document, was_cut
from storesync.source.keys import MERGE, check_key, shown
from storesync.source.parser import compose
from storesync.source.prescan import scan
from storesync.source.remarks import may_hold_remarks, remark
from storesync.source.scalar import Plain, is_core
from storesync.source.structure import check_structure, is_simple

_KEY_OF_PARTS = 'key is a list or a mapping: a text that starts with "[" or "{" needs quotes'
_NO_VALUE = 'has no ": " and value behind it: put a text that holds a comma in quotes'
_SWALLOWED = (
    'lines that start with "-" are read as part of the text above: if they are a list, write'
    " nothing behind the colon; if they are text, put it in quotes"
)


def walked(path: str, body: bytes, found: list[Diagnostic]) -> Document | None:
    """Return the document of bytes that were scanned, None where nothing sound is left.

    What is wrong is added to `found`.
    """
    root = _compose(path, body, found)
    if root is None:
        return None
    walk = _Walk(path, found)
    data = walk.mapping(root)
    if may_hold_remarks(body):
        found += remark(path, body, root)
    return Document(path, data, tuple(walk.plains))


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
