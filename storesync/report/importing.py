"""What an import did or would do, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from storesync.diagnostics import printable
from storesync.importing.finding import Finding
from storesync.importing.locations import Import

_EXAMPLES = 3
_LONGEST = 320


def as_data(result: Import, *, written: bool, rejects: str = "") -> dict[str, Any]:
    """Return an import for JSON; `rejects` is the file that holds the rejected rows."""
    return {
        "rows": result.rows,
        "created": result.created,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "removed": result.removed,
        "rejected": [_finding(each) for each in result.rejected],
        "warnings": [_finding(each) for each in result.warnings],
        "written": written,
        "rejects": rejects,
    }


def additions_data(result: Import, *, written: bool, rejects: str = "") -> dict[str, Any]:
    """Return an import of results or values for JSON; it removes nothing."""
    data = as_data(result, written=written, rejects=rejects)
    del data["removed"]
    return data


def failure_data(message: str, hint: str) -> dict[str, Any]:
    """Return for JSON that no row of a table could be read."""
    counts = dict.fromkeys(("rows", "created", "updated", "unchanged", "removed"), 0)
    error = {"message": message, "hint": hint}
    return {**counts, "rejected": [], "warnings": [], "written": False, "error": error}


def as_text(result: Import, name: str, *, every: bool = False, written: bool = True) -> str:
    """Return an import for a terminal: errors and warnings by their kind, and the counts.

    `every` lists each finding; else the first few of a kind stand for the others. What is not
    `written` is only what would be.
    """
    lines = [
        *_kinds(result.rejected, f"{name}: error", every=every),
        *_kinds(result.warnings, f"{name}: warning", every=every),
    ]
    return "\n".join([*lines, _summary(result, written=written)])


def _kinds(findings: Iterable[Finding], lead: str, *, every: bool) -> list[str]:
    kinds: dict[str, list[Finding]] = {}
    for each in findings:
        kinds.setdefault(each.rule, []).append(each)
    lines = []
    for rule in sorted(kinds):
        found = kinds[rule]
        most = len(found) if every or len(found) <= _EXAMPLES + 1 else _EXAMPLES
        lines += [f"{lead}: {_placed(each)} [{rule}]" for each in found[:most]]
        if len(found) > most:
            lines.append(f"{lead}: … and {len(found) - most:,} more [{rule}]")
    return lines


def _placed(each: Finding) -> str:
    """Return a finding's message with its row, which most messages name themselves."""
    lead = "" if each.message.startswith("row ") else f"row {each.row}: "
    return printable(f"{lead}{each.message}", limit=_LONGEST)


def _summary(result: Import, *, written: bool) -> str:
    parts = [
        f"{result.created:,} {'created' if written else 'to create'}",
        f"{result.updated:,} {'updated' if written else 'to update'}",
        f"{result.unchanged:,} unchanged",
        f"{result.rejected_rows:,} rejected",
    ]
    if result.removed:
        parts.append(f"{result.removed:,} others {'closed' if written else 'to close'}")
    warned = len({each.row for each in result.warnings})
    rows = "1 row" if result.rows == 1 else f"{result.rows:,} rows"
    return f"{rows}: {', '.join(parts)}; {warned:,} with warnings"


def _finding(each: Finding) -> dict[str, Any]:
    return {"row": each.row, "column": each.column, "rule": each.rule, "message": each.message}
