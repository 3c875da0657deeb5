"""Values -> the canonical text of a whole file, for files that machines write.

The rules, which `canonical` follows too:
- UTF-8, LF, 2 spaces a level; a list is indented below its key; no line is ever folded.
- A text is bare where it can be, else in double quotes: where YAML 1.1 or 1.2 would read it as
  something else than text, or where its characters mean something to a parser.
- Text of several lines is a literal block ("|").
- A mapping or list of single words is written on one line where it fits (WIDTH); one that holds
  texts with blanks is not, since a person who adds a comma there would break it.
- None is absent: its key is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from storesync.source.keys import MERGE, check_key, shown
from storesync.source.prescan import describe, refused
from storesync.source.scalar import Plain, is_ambiguous, is_core
from storesync.source.structure import MAX_DEPTH

WIDTH = 100
MODELINE = "yaml-language-server: $schema="  # what editors look for in a comment
STEP = 2
_BREAK = "\n"

# Texts that need no second look: ASCII from a letter on, nothing in them that a parser would see.
_SURE = re.compile(r"[A-Za-z](?:[ -\"$-9;-~]|(?<! )#|:(?=[!-~]))*(?<! )")
_SURE_IN_FLOW = re.compile(r"[A-Za-z](?:[ -\"$-+\--9;->@-Z\\^-z|~]|(?<! )#|:(?=[!-~]))*(?<! )")
_LONGEST_WORD = 5  # of those that a version of YAML reads as something else: "false"
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_MEANING = re.compile(r":(?:\s|\Z)|\s#|[\t\r\n]|\A(?:---|\.\.\.)")
_FLOW_MEANING = re.compile(r"[,?\[\]{}]")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def dump(data: Mapping[Any, Any], *, order: Sequence[str] = (), comment: str = "") -> str:
    """Return a file's text: `comment` first, then the keys of `order`, then the others as given.

    Values are text, int, bool, Decimal, date, datetime (naive), lists and mappings of these.
    Raises ValueError for what `yaml.read` would refuse, TypeError for any other type.
    """
    if found := refused(comment):
        raise ValueError(f"comment holds {describe(found[0][0])}")
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    entries = _entries(data)
    if order:
        place = {key: index for index, key in enumerate(order)}
        entries.sort(key=lambda entry: place.get(entry[0], len(place)))
    if entries:
        _write_mapping(entries, 0, lines)
    else:
        lines.append("{}")
    return "\n".join([*lines, ""])


def modeline(path: str, schema: str) -> str:
    """Return the comment by which editors find the schema of a file at `path`."""
    return f"{MODELINE}{'../' * path.count('/')}schemas/{schema}.json"


def scalar(value: object, *, in_flow: bool = False) -> str:
    """Return one value on one line; `in_flow`: as it stands between brackets."""
    if isinstance(value, str):
        return (
            str(value)
            if isinstance(value, Plain) and is_core(value)
            else text(value, in_flow=in_flow)
        )
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"no number: {value}")
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"cannot be written as YAML: {type(value).__name__}")


def text(value: str, *, in_flow: bool = False) -> str:
    """Return a text, bare or in double quotes."""
    sure = _SURE_IN_FLOW if in_flow else _SURE
    if sure.fullmatch(value) and (len(value) > _LONGEST_WORD or not is_ambiguous(value)):
        return value
    if found := refused(value):
        raise ValueError(f"text holds {describe(found[0][0])}")
    if is_bare(value, in_flow=in_flow) and not is_ambiguous(value):
        return value
    return f'"{value.translate(_ESCAPES)}"'


def is_bare(value: str, *, in_flow: bool) -> bool:
    """Say whether a parser finds exactly this text where it stands without quotes."""
    return not (
        not value
        or value[0] in _INDICATORS
        or value != value.strip()
        or _MEANING.search(value)
        or (in_flow and _FLOW_MEANING.search(value))
    )


@lru_cache(maxsize=4096)
def key(name: str | date) -> str:
    """Return a key as it stands before its colon. Raises ValueError for one `yaml` refuses."""
    if isinstance(name, date):
        return name.isoformat()
    _, complaint = check_key(name)
    if complaint or name == MERGE:
        raise ValueError(f"key {shown(name)} {complaint or 'is a merge key'}")
    return text(name, in_flow=True)


def literal(value: str, *, trailing_blanks: bool = False) -> list[str]:
    """Return the header and the lines of a literal block, [] where only quotes keep the text.

    Lines that end with blanks, which editors cut off, are kept apart by quotes too, unless they
    stand in a block already (`trailing_blanks`).
    """
    lines = value.removesuffix("\n").split("\n")
    cut = any(line != line.rstrip() for line in lines) and not trailing_blanks
    if cut or "\n" not in value or "\r" in value or not lines[-1].strip() or refused(value):
        return []
    indicator = str(STEP) if value.lstrip("\n")[0] in " \t" else ""
    return [f"|{indicator}{'' if value.endswith(_BREAK) else '-'}", *lines]


def one_line(value: Mapping[Any, Any] | Sequence[Any]) -> str:
    """Return a mapping or list of single words between brackets, "" where it has other parts."""
    if isinstance(value, Mapping):
        entries = _entries(value)
        words = [_word(item) for _, item in entries]
        parts = [f"{key(entry[0])}: {word}" for entry, word in zip(entries, words, strict=True)]
        return f"{{{', '.join(parts)}}}" if all(words) else ""
    words = [_word(item) for item in value]
    return f"[{', '.join(words)}]" if all(words) else ""


def _word(value: object) -> str:
    """Return a scalar on one line if it is one word, else ""."""
    if isinstance(value, Mapping | list | tuple):
        return ""
    word = scalar(value, in_flow=True)
    return "" if " " in word or "\\" in word else word


def _entries(value: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    """Return the entries that are not absent. Raises ValueError for keys that count as one."""
    entries = [(name, item) for name, item in value.items() if item is not None]
    if len({check_key(str(name))[0] for name, _ in entries}) < len(entries):
        raise ValueError("two keys differ only in case or in how their accents are coded")
    return entries


def _write_mapping(entries: list[tuple[Any, Any]], indent: int, lines: list[str]) -> None:
    for name, item in entries:
        write(f"{' ' * indent}{key(name)}:", item, indent + STEP, lines)


def write_list(items: Sequence[Any], indent: int, lines: list[str]) -> None:
    """Add the lines of a list's items; a mapping begins behind its dash."""
    dash = f"{' ' * indent}-"
    for item in items:
        if isinstance(item, Mapping | list | tuple) and item:
            first = len(lines)
            write_parts(item, indent + STEP, lines)
            lines[first] = f"{dash} {lines[first][indent + STEP :]}"
        else:
            write(dash, item, indent + STEP, lines)


def write(lead: str, value: object, indent: int, lines: list[str]) -> None:
    """Add the lines of a value that stands behind `lead`, or below it at `indent`."""
    if isinstance(value, Mapping | list | tuple):
        flow = one_line(value)
        if flow and len(lead) + len(flow) < WIDTH:
            lines.append(f"{lead} {flow}")
        else:
            lines.append(lead)
            write_parts(value, indent, lines)
    elif isinstance(value, str) and "\n" in value and (block := literal(value)):
        lines.append(f"{lead} {block[0]}")
        lines += [f"{' ' * indent}{line}" if line else "" for line in block[1:]]
    else:
        lines.append(f"{lead} {scalar(value)}")


def write_parts(value: Mapping[Any, Any] | Sequence[Any], indent: int, lines: list[str]) -> None:
    """Add the lines of a mapping's entries or a list's items."""
    if indent >= STEP * MAX_DEPTH:
        raise ValueError(f"nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, Mapping):
        _write_mapping(_entries(value), indent, lines)
    else:
        write_list(value, indent, lines)
