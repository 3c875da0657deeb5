"""Where in a line of a template the thing stands that a message names: Jinja tells lines only."""

from __future__ import annotations

import re

# What messages name: in quotes, or as an element, an attribute's dot, a call.
_NAMED = re.compile(r'"([^"]+)"|\'([^\']+)\'|(</?[a-zA-Z][\w-]*)|(\.\w+)(?= is)|\b(\w+)\(\)')
_OPENING = re.compile(r"\{\{|\{%")
_INSIDE = re.compile(r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)")
# An end that is missing is named, too, and stands somewhere else or nowhere.
_ELSEWHERE = "Unexpected end of template"
# Rules about something in the line; others are about a whole file.
OF_LINES = frozenset(
    {
        *("open-element", "remote-content", "template-error", "template-not-allowed"),
        *("template-syntax", "undefined-variable"),
    }
)
_OF_EXPRESSIONS = frozenset({"template-error", "template-not-allowed", "undefined-variable"})


def column_in(line: str, rule: str, message: str) -> int:
    """Return the column, from 1, of what a message about a line is about; 0 where it is not told.

    That is the first thing that it names, or the only expression in the line.
    """
    if rule not in OF_LINES or message.startswith(_ELSEWHERE):
        return 0
    for match in _NAMED.finditer(message):
        name = next(filter(None, match.groups()))
        at = _find(line, name)
        if at is None and "." in name:
            at = _find(line, name.rpartition(".")[2])
        if at is not None:
            return at + 1
    opened = list(_OPENING.finditer(line)) if rule in _OF_EXPRESSIONS else []
    return opened[0].start() + 1 if len(opened) == 1 else 0


def _find(line: str, name: str) -> int | None:
    """Return where a name stands, in an expression if it is no element; None for nowhere."""
    before = r"(?<!\w)" if name[:1].isalnum() else ""
    after = r"(?!\w)" if name[-1:].isalnum() else ""
    pattern = re.compile(f"{before}{re.escape(name)}{after}")
    if name.startswith("<"):
        found = pattern.search(line)
        return found.start() if found else None
    for inside in _INSIDE.finditer(line):
        found = pattern.search(line, inside.start(), inside.end())
        if found:
            return found.start()
    return None
