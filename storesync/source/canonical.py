"""A person's file -> the same file in canonical form (`storesync fmt`); comments stay.

Beyond the rules of `emit`: what a person wrote without quotes stays so, what needs none loses
them; a mapping or list between brackets stays so while it fits on a line and holds no comment;
">" and "|" stay; at most one blank line stands where there were some; text is in Unicode's NFC.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from typing import Any, NamedTuple

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode
from yaml.tokens import ScalarToken

from storesync.diagnostics import has_errors
from storesync.source import emit
from storesync.source.lines import line_end, line_start
from storesync.source.parser import compose, tokens
from storesync.source.scalar import Plain
from storesync.source.yaml import read

_BLOCK_STYLES = frozenset("|>")
_PLAIN_FOLDS = frozenset({">", ">-"})
_COMMENT = re.compile(r"#[^\n]*")
_HEADER_COMMENT = re.compile(r"[^\n#]*[ \t](#[^\n]*)")
# Before these marks alone stands a comment that has no line of its own once all is in blocks.
_ONLY_MARKS = re.compile(r"[-\s\[{,?:]*")
_ONLY_DASHES = re.compile(r"[-\s]*")


def format(text: str) -> str:  # noqa: A001 - said with its module: canonical.format
    """Return a file's text in canonical form; one with errors comes back as it is.

    So does one whose content or comments would not be kept, which is not known to happen.
    """
    clean = _nfc(text).replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    content = _content(clean)
    if content is None:
        return text
    printed = _Printer(clean).print_root()
    is_kept = _content(printed) == content and _words(printed) == _words(clean)
    return printed if is_kept else text


class _Remark(NamedTuple):
    """A comment; `own`: nothing else is on its line, or will be."""

    begin: int
    column: int
    text: str
    own: bool


class _Level(NamedTuple):
    """A collection: the column it had, and the indent it is written with."""

    column: int
    indent: int


class _Printer:
    """Writes nodes as lines; comments come out in between, at the place they had.

    `levels` are the collections open where the last line was written, the top one first.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = []
        self.remarks = deque(_remarks(text))
        self.levels: list[_Level] = []

    def print_root(self) -> str:
        """Return the whole file."""
        root = compose(self.text.encode())
        if isinstance(root, MappingNode) and root.value:
            self.parts(root, 0, 0)
        else:
            self.lines.append("{}")
        self.flush(len(self.text), 0)
        return "\n".join([*self.lines, ""])

    def parts(
        self, node: CollectionNode, depth: int, indent: int, *, behind_dash: bool = False
    ) -> None:
        """Write a mapping's entries or a list's items, each on a line or more."""
        inside = self.levels[depth - 1].column + 1 if depth else 0
        column = inside if node.flow_style else node.start_mark.column
        self.levels[depth:] = [_Level(column, indent)]
        pad = " " * indent
        for number, part in enumerate(node.value):
            first = part[0] if isinstance(node, MappingNode) else part
            self.flush(_beginning(first), depth)
            if number or not behind_dash:
                self.gap(first.start_mark.index, _ONLY_DASHES)
            del self.levels[depth + 1 :]
            if isinstance(node, MappingNode):
                self.value(f"{pad}{self.key(first)}:", part[1], depth, indent + emit.STEP)
            elif self.fits(f"{pad}-", part):
                self.value(f"{pad}-", part, depth, indent + emit.STEP)
            elif isinstance(part, CollectionNode):
                line = len(self.lines)
                self.parts(part, depth + 1, indent + emit.STEP, behind_dash=True)
                self.lines[line] = f"{pad}- {self.lines[line][indent + emit.STEP :]}"

    def value(self, lead: str, node: Node, depth: int, indent: int) -> None:
        """Write a value behind `lead`, or below it at `indent`."""
        if isinstance(node, ScalarNode):
            self.scalar(lead, node, indent)
        elif self.fits(lead, node):
            self.lines.append(f"{lead} {self.flow(node)}")
        elif isinstance(node, CollectionNode):
            self.lines.append(lead)
            self.parts(node, depth + 1, indent)

    def fits(self, lead: str, node: Node) -> bool:
        """Say whether a value goes on one line: a scalar always, a block never."""
        if isinstance(node, ScalarNode) or not node.value:
            return True
        if self.remarks and self.remarks[0].begin < node.end_mark.index:
            return False
        flow = self.flow(node)
        return bool(flow) and len(lead) + len(flow) < emit.WIDTH

    def flow(self, node: Node) -> str:
        """Return a value between brackets, "" where some part of it cannot stand there."""
        if isinstance(node, ScalarNode):
            return self.word(node, in_flow=True)
        if not isinstance(node, CollectionNode) or not node.flow_style:
            return ""
        if isinstance(node, SequenceNode):
            items = [self.flow(item) for item in node.value]
            return f"[{', '.join(items)}]" if all(items) else ""
        values = [self.flow(value) for _, value in node.value]
        keys = [self.key(key) for key, _ in node.value]
        parts = [f"{key}: {value}" for key, value in zip(keys, values, strict=True)]
        return f"{{{', '.join(parts)}}}" if all(values) else ""

    def scalar(self, lead: str, node: ScalarNode, indent: int) -> None:
        """Write a scalar: a block of lines, or one line."""
        block = self.block(node)
        self.lines.append(f"{lead} {block[0] if block else self.word(node)}".rstrip())
        if block:
            # Comments go behind the header: a block's last line would take them for text.
            is_block = (node.style or "") in _BLOCK_STYLES
            end = node.end_mark.index
            self.flush_behind(end if is_block else line_end(self.text, end))
            self.lines += [f"{' ' * indent}{line}" if line else "" for line in block[1:]]

    def block(self, node: ScalarNode) -> list[str]:
        """Return the header and lines of a block scalar, [] for what goes on one line."""
        source = self.text[node.start_mark.index : node.end_mark.index].rstrip()
        header, *lines = source.split("\n")
        mark = header.split("#")[0].rstrip()
        if node.style == ">" and len(lines) > 1 and mark in _PLAIN_FOLDS:
            margin = next(len(line) - len(line.lstrip(" ")) for line in lines if line.strip())
            return [mark, *(_nfc(line[margin:]) for line in lines)]
        return emit.literal(_nfc(node.value), trailing_blanks=node.style == "|")

    def word(self, node: ScalarNode, *, in_flow: bool = False) -> str:
        """Return a scalar on one line."""
        if not node.style and node.start_mark.line == node.end_mark.line:
            return str(node.value)
        return emit.text(_nfc(node.value), in_flow=in_flow)

    def key(self, node: ScalarNode) -> str:
        """Return a key as it stands before its colon."""
        if not node.style and node.start_mark.line == node.end_mark.line:
            return str(node.value)
        return emit.key(_nfc(node.value))

    def flush(self, index: int, depth: int) -> None:
        """Write the comments that stand before `index`; what comes next is at `depth`."""
        while self.remarks and self.remarks[0].begin < index:
            self.flush_behind(index)
            if self.remarks and self.remarks[0].begin < index:
                remark = self.remarks.popleft()
                self.gap(remark.begin, _ONLY_MARKS)
                self.lines.append(f"{' ' * self.indent(remark.column, depth)}{remark.text}")

    def flush_behind(self, end: int) -> None:
        """Write the comments before `end` that belong behind the last line."""
        while self.remarks and not self.remarks[0].own and self.remarks[0].begin < end:
            self.lines[-1] += f"  {self.remarks.popleft().text}"

    def indent(self, column: int, depth: int) -> int:
        """Return the indent for a comment: that of the collection whose column it stood in."""
        fitting = [level for level in self.levels if level.column <= column]
        here = self.levels[depth] if depth < len(self.levels) else None
        if not fitting or (here in fitting and here.column == fitting[-1].column):
            return here.indent if here else 0
        return fitting[-1].indent

    def gap(self, index: int, marks: re.Pattern[str]) -> None:
        """Write the one blank line that stood before the line of `index`, if it is first."""
        start = line_start(self.text, index)
        is_first = marks.fullmatch(self.text, start, index) is not None
        before = self.text[line_start(self.text, start - 1) : start] if start else "-"
        if is_first and self.lines and self.lines[-1] and not before.strip():
            self.lines.append("")


def _remarks(text: str) -> list[_Remark]:
    """Return the comments of a sound file in their order."""
    found: list[_Remark] = []
    end = 0
    for token in tokens(text.encode()):
        places = list(_COMMENT.finditer(text, end, max(end, token.start_mark.index)))
        is_block = isinstance(token, ScalarToken) and (token.style or "") in _BLOCK_STYLES
        if is_block and (header := _HEADER_COMMENT.match(text, token.start_mark.index)):
            places += [place for place in [_COMMENT.search(text, header.start(1))] if place]
        for place in places:
            start = line_start(text, place.start())
            own = _ONLY_MARKS.fullmatch(text, start, place.start()) is not None
            column = place.start() - start
            found.append(_Remark(place.start(), column, place[0].rstrip(), own))
        end = max(end, token.end_mark.index)
    return found


def _beginning(node: Node) -> int:
    """Return where the first scalar in a node begins."""
    while not isinstance(node, ScalarNode) and node.value:
        node = node.value[0][0] if isinstance(node, MappingNode) else node.value[0]
    return int(node.start_mark.index)


def _content(text: str) -> Any:
    """Return a file's content in a form that tells `Plain` from other text; None with errors."""
    document, found = read("", text.encode("utf-8", "surrogatepass"))
    return None if document is None or has_errors(found) else _told_apart(document.data)


def _told_apart(data: Any) -> Any:
    if isinstance(data, dict):
        return {_nfc(key): _told_apart(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_told_apart(item) for item in data]
    return (isinstance(data, Plain), _nfc(data))


def _words(text: str) -> str:
    """Return the comments' text without their signs and blanks."""
    return re.sub(r"[#\s]+", "", "".join(remark.text for remark in _remarks(text)))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
