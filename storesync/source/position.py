"""Where something stands in a YAML file: line and column of an entry's key, of a list's item."""

from __future__ import annotations

from collections.abc import Iterable

from yaml.nodes import MappingNode, Node, SequenceNode

from storesync.source.document import At
from storesync.source.nodes import root_of


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
