"""A person's file and one change -> the same file with that change; nothing else moves.

The new value is put into the text at the place the parser names, so comments, order, quoting and
alignment of all other lines survive byte for byte. (ruamel.yaml's round trip writes the whole file
anew and moves indents and blanks.) The result is read again and must say exactly what was asked.
"""

from __future__ import annotations

from typing import Any

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from storesync.diagnostics import has_errors, printable
from storesync.errors import UserError
from storesync.source import emit
from storesync.source.document import At
from storesync.source.lines import line_end, line_start
from storesync.source.parser import compose
from storesync.source.scalar import is_ambiguous, is_core
from storesync.source.spans import Entry, behind_mark, column_of, end_of, find
from storesync.source.yaml import read

_MARK = "\ufeff"


def set_value(text: str, at: At, value: object) -> str:
    """Return `text` with `value` (see `emit.dump`) at the place `at`.

    Keys that are missing on the way are added last in their mapping; an index one behind a list's
    last appends. Raises UserError where the file has errors or holds something else on the way.
    """
    if value is None or not at:
        raise TypeError("a value and its place are needed; `delete` makes an entry absent")
    body, root, data = _open(text)
    entries, missing = find(root, at)
    written: Any = value
    for part in reversed(missing[1:]):
        written = {part: written}
    holder = entries[-1].value if entries else root
    if not missing:
        changed = _replace(body, entries[-1], value)
    elif _is_absent(holder):
        changed = _replace(body, entries[-1], {missing[0]: written})
    elif isinstance(holder, CollectionNode) and _can_take(holder, missing[0]):
        changed = _add(body, holder, missing[0], written)
    else:
        raise UserError(f"this file has no place for {_shown(at)}")
    expected = _put(data, at, _as_read(value))
    return text[: len(text) - len(body)] + _checked(changed, expected)


def delete(text: str, at: At) -> str:
    """Return `text` without the entry or item at `at`; comments on other lines stay.

    A parent that would be left without any entry becomes `{}` or `[]`. Where there is no such
    entry, the text comes back as it is. Raises UserError where the file has errors.
    """
    body, root, data = _open(text)
    entries, missing = find(root, at)
    if missing or not entries:
        return text
    entry = entries[-1]
    if len(entry.parent.value) > 1:
        changed = _cut_flow(body, entry) if entry.parent.flow_style else _cut_lines(body, entry)
    elif len(entries) > 1:
        changed = _replace(body, entries[-2], {} if entry.key else [])
    else:
        stop = root.end_mark.index if root.flow_style else line_end(body, end_of(body, entry.value))
        changed = f"{body[: root.start_mark.index]}{{}}{body[stop:]}"
    return text[: len(text) - len(body)] + _checked(changed, _without(data, at))


def _open(text: str) -> tuple[str, CollectionNode, Any]:
    """Return the text without a byte order mark, its root and its data."""
    body = text.removeprefix(_MARK)
    raw = body.encode("utf-8", "surrogatepass")
    document, found = read("", raw)
    if document is None or has_errors(found):
        first = min(found, key=lambda item: item.sort_key)
        raise UserError(
            f"line {first.line}: {first.message}", hint="correct the file, then change it"
        )
    root = compose(raw)
    if not isinstance(root, CollectionNode):  # never: `read` gives a document of mappings only
        raise UserError("the file is empty")
    return body, root, document.data


def _is_absent(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.value and not node.style


def _can_take(node: CollectionNode, part: str | int) -> bool:
    """Say whether a part that is not there yet can be added."""
    if isinstance(node, MappingNode):
        return isinstance(part, str)
    return part == len(node.value)


def _stays_bare(node: Node, value: object) -> bool:
    """Say whether a text of a kind that only YAML 1.1 misreads, such as a date, replaces another.

    People write dates without quotes, and `emit` would put them.
    """
    if not isinstance(value, str) or not isinstance(node, ScalarNode) or node.style:
        return False
    return all(
        is_ambiguous(text) and not is_core(text) for text in (node.value or "0", value or "0")
    )


def _replace(text: str, entry: Entry, value: object) -> str:
    node = entry.value
    if _stays_bare(node, value):
        return f"{text[: node.start_mark.index]}{value}{text[node.end_mark.index :]}"
    start, end = int(node.start_mark.index), end_of(text, node)
    if entry.parent.flow_style:
        blank = " " if start == end else ""
        return f"{text[:start]}{blank}{_flow(value)}{text[end:]}"
    behind = behind_mark(text, entry)
    column = behind - 1 - line_start(text, behind) if entry.key is None else column_of(entry.key)
    part = entry.index if entry.key is None else entry.key.value
    first, *more = _lines(part, value, column)
    same_line = start <= line_end(text, behind)
    rest_from = end if same_line else behind
    rest = text[rest_from : line_end(text, rest_from)].rstrip()
    blanks = text[behind:start] if same_line and start > behind else " "
    shown = "\n".join([f"{blanks if first else ''}{first}{rest}", *more])
    return text[:behind] + _with_breaks(text, shown) + text[line_end(text, end) :]


def _add(text: str, parent: CollectionNode, part: str | int, value: object) -> str:
    last = Entry(parent, len(parent.value) - 1) if parent.value else None
    if parent.flow_style:
        lead = f"{emit.key(part)}: " if isinstance(part, str) else ""
        at = end_of(text, last.value) if last else int(parent.start_mark.index) + 1
        return f"{text[:at]}{', ' if last else ''}{lead}{_flow(value)}{text[at:]}"
    column = column_of(parent)
    first, *more = _lines(part, value, column)
    lead = f"{emit.key(part)}:" if isinstance(part, str) else "-"
    at = line_end(text, end_of(text, parent))
    shown = "\n".join([f"\n{' ' * column}{lead}{' ' if first else ''}{first}", *more])
    return text[:at] + _with_breaks(text, shown) + text[at:]


def _lines(part: str | int, value: object, column: int) -> list[str]:
    """Return the lines of a value; the first is what stands behind the colon or dash."""
    lines: list[str] = []
    if isinstance(part, str):
        emit.write("", value, column + emit.STEP, lines)
    else:
        emit.write_list([value], column, lines)
        lines[0] = lines[0][column + 1 :]
    return [lines[0].lstrip(" "), *lines[1:]]


def _flow(value: object) -> str:
    """Return any value between brackets."""
    if isinstance(value, dict):
        parts = [f"{emit.key(name)}: {_flow(item)}" for name, item in value.items()]
        return f"{{{', '.join(parts)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_flow(item) for item in value)}]"
    return emit.scalar(value, in_flow=True)


def _cut_flow(text: str, entry: Entry) -> str:
    end = end_of(text, entry.value)
    if entry.index + 1 < len(entry.parent.value):
        return text[: entry.start] + text[Entry(entry.parent, entry.index + 1).start :]
    return text[: end_of(text, Entry(entry.parent, entry.index - 1).value)] + text[end:]


def _cut_lines(text: str, entry: Entry) -> str:
    start = entry.start if entry.key else behind_mark(text, entry) - 1
    begin, end = line_start(text, start), line_end(text, end_of(text, entry.value))
    if text[begin:start].strip():  # behind the dash of an item: what follows moves up
        return text[:start] + text[end:].lstrip()
    if end == len(text):
        return text[:begin]
    return text[:begin] + text[end:].removeprefix("\r").removeprefix("\n")


def _with_breaks(text: str, lines: str) -> str:
    """Return new lines with the line ends of the text they go into."""
    ends = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    return lines.replace("\n", ends)


def _checked(text: str, expected: object) -> str:
    document, found = read("", text.encode())
    if document is None or has_errors(found) or document.data != expected:
        raise UserError(
            "the layout of this file is too unusual to be changed by a program",
            hint="make the change by hand",
        )
    return text


def _as_read(value: object) -> object:
    document, _ = read("", emit.dump({"value": value}).encode())
    return None if document is None else document.data["value"]


def _put(data: Any, at: At, value: object) -> Any:
    """Return a copy of `data` with a value put in."""
    if not at:
        return value
    part, rest = at[0], at[1:]
    if isinstance(part, int):
        old = data[part] if part < len(data) else None
        return [*data[:part], _put(old, rest, value), *data[part + 1 :]]
    entries = data or {}
    return {**entries, part: _put(entries.get(part), rest, value)}


def _without(data: Any, at: At) -> Any:
    """Return a copy of `data` with one entry or item left out; it may be absent already."""
    part, rest = at[0], at[1:]
    if isinstance(part, int):
        return [*data[:part], *([_without(data[part], rest)] if rest else []), *data[part + 1 :]]
    if rest:
        return {**data, part: _without(data[part], rest)}
    return {key: item for key, item in data.items() if key != part}


def _shown(at: At) -> str:
    return printable(".".join(str(part) for part in at))
