"""Diagnostics as text with an excerpt, as JSON, and as annotations of GitHub Actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from storesync.diagnostics import Diagnostic, Severity, printable

# Where a file's text is wanted for an excerpt: path -> its lines, or None.
Lines = Callable[[str], list[str] | None]
_WIDEST = 160
_LONGEST = 2_000
_MOST = 10  # in brief


def as_text(diagnostics: Iterable[Diagnostic], lines: Lines) -> str:
    """Return one block for each: `path:line:column: error: message [rule]`, excerpt, hint."""
    return "\n".join(_block(item, lines) for item in diagnostics)


def brief(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the first ones without excerpts, and how many more there are; empty for none."""
    parts = [_block(item, lambda _path: None) for item in diagnostics[:_MOST]]
    if len(diagnostics) > _MOST:
        parts.append(f"{len(diagnostics) - _MOST:,} more: storesync validate")
    return "\n".join(parts)


def _block(item: Diagnostic, lines: Lines) -> str:
    place = printable(item.path, limit=300)
    if item.line:
        place += f":{item.line}:{item.column or 1}"
    message = printable(item.message, limit=_LONGEST)
    parts = [f"{place}: {item.severity.value}: {message} [{item.rule}]"]
    if item.line:
        parts += _excerpt(item, lines(item.path))
    if item.hint:
        parts.append(f"  hint: {printable(item.hint, limit=_LONGEST)}")
    return "\n".join(parts)


def _excerpt(item: Diagnostic, text: list[str] | None) -> list[str]:
    if text is None or item.line > len(text):
        return []
    line = text[item.line - 1].rstrip("\r\n")
    if len(line) > _WIDEST:
        return []
    shown = printable(line, limit=_WIDEST)
    before = len(printable(line[: max(0, item.column - 1)], limit=_WIDEST))
    return [f"{item.line:5d} | {shown}", f"      | {' ' * before}^"]


def summary(diagnostics: Iterable[Diagnostic], checked: Mapping[str, int]) -> str:
    """Return the last line: how much was checked and what was found."""
    found = list(diagnostics)
    errors = sum(item.severity is Severity.ERROR for item in found)
    warnings = len(found) - errors
    what = ", ".join(_count(count, name) for name, count in checked.items())
    if not found:
        return f"{what}: no errors"
    return f"{what}: {_count(errors, 'errors')}, {_count(warnings, 'warnings')}"


def _count(count: int, plural: str) -> str:
    return f"{count:,} {plural[:-1] if count == 1 else plural}"


def as_data(item: Diagnostic) -> dict[str, Any]:
    """Return a diagnostic for JSON; `fix` only where there is one."""
    fix = {"fix": fix_of(item)} if item.fix is not None else {}
    return fix | {
        "rule": item.rule,
        "severity": item.severity.value,
        "message": item.message,
        "path": item.path,
        "line": item.line,
        "column": item.column,
        "hint": item.hint,
    }


def fix_of(item: Diagnostic) -> dict[str, Any]:
    """Return from where to where a file is to hold what instead."""
    return {
        "line": item.line,
        "column": item.column,
        "end_line": item.end_line,
        "end_column": item.end_column,
        "text": item.fix,
    }


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Return workflow commands that GitHub Actions shows at the lines of a pull request.

    Escaping as in docs.github.com, "Workflow commands for GitHub Actions".
    """
    return "\n".join(_annotation(item) for item in diagnostics)


def _annotation(item: Diagnostic) -> str:
    fields = {"file": item.path, "title": item.rule}
    if item.line:
        fields |= {"line": str(item.line), "col": str(item.column or 1)}
    if item.end_line == item.line and item.end_column:
        fields |= {"endLine": str(item.end_line), "endColumn": str(item.end_column)}
    where = ",".join(f"{name}={_escape_property(value)}" for name, value in fields.items())
    message = f"{item.message}. {item.hint}" if item.hint else item.message
    return f"::{item.severity.value} {where}::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
