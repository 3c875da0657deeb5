"""A file's nodes -> where an entry or item stands in its text, to the character."""

from __future__ import annotations

from dataclasses import dataclass

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from storesync.source.document import At
from storesync.source.lines import line_end


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a mapping or an item of a list: the `index`-th part of `parent`."""

    parent: CollectionNode
    index: int

    @property
    def key(self) -> ScalarNode | None:
        """The key's node, None for a list's item."""
        return self.parent.value[self.index][0] if isinstance(self.parent, MappingNode) else None

    @property
    def value(self) -> Node:
        """The value's or item's node."""
        part = self.parent.value[self.index]
        node: Node = part[1] if isinstance(self.parent, MappingNode) else part
        return node

    @property
    def start(self) -> int:
        """Where the key or item begins."""
        return int((self.key or self.value).start_mark.index)


def find(root: Node, at: At) -> tuple[list[Entry], At]:
    """Return the entries on the way to `at` as far as there are any, and what is missing."""
    node, entries = root, list[Entry]()
    for number, part in enumerate(at):
        index = _index(node, part)
        if index is None or not isinstance(node, CollectionNode):
            return entries, at[number:]
        entries.append(Entry(node, index))
        node = entries[-1].value
    return entries, ()


def _index(node: Node, part: str | int) -> int | None:
    if isinstance(node, MappingNode):
        names = [key.value for key, _ in node.value]
        return names.index(part) if part in names else None
    is_item = isinstance(part, int) and isinstance(node, CollectionNode)
    return int(part) if is_item and 0 <= int(part) < len(node.value) else None


def behind_mark(text: str, entry: Entry) -> int:
    """Return the place behind a key's colon or an item's dash."""
    if entry.key is not None:
        return text.index(":", entry.key.end_mark.index) + 1
    return text.rindex("-", 0, max(entry.start, 1)) + 1


def end_of(text: str, node: Node) -> int:
    """Return where a node's own text ends; a block's mark lies behind comments and blank lines."""
    end = int(node.end_mark.index)
    if isinstance(node, ScalarNode):
        if (node.style or "") not in {"|", ">"}:
            return end
        source = text[node.start_mark.index : end]
        keeps_blank_lines = "+" in source[: line_end(source, 0)].split("#")[0]
        kept = source.removesuffix("\n").removesuffix("\r")
        return int(node.start_mark.index) + len(kept if keeps_blank_lines else source.rstrip())
    if not isinstance(node, CollectionNode) or node.flow_style or not node.value:
        return end
    return end_of(text, Entry(node, len(node.value) - 1).value)


def column_of(node: Node) -> int:
    """Return the column, from 0, in which a node begins: a mapping's keys, a list's dashes."""
    return int(node.start_mark.column)
