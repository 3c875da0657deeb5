"""Problems as checks report them in JSON: `codeowners --check`, and all that ask for ok or not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from storesync.diagnostics import Diagnostic, printable


def as_problems(diagnostics: Iterable[Diagnostic]) -> list[dict[str, str]]:
    """Return what each diagnostic says as a check that failed, its place before the message."""
    return [
        {
            "check": item.rule,
            "result": "fail",
            "message": f"{_place(item)}: {printable(item.message, limit=2_000)}",
            "hint": item.hint,
        }
        for item in diagnostics
    ]


def _place(item: Diagnostic) -> str:
    path = printable(item.path, limit=300)
    return f"{path}:{item.line}:{item.column or 1}" if item.line else path


def outcome(diagnostics: Iterable[Diagnostic], **more: Any) -> dict[str, Any]:
    """Return the whole answer: whether all is well, and what is not."""
    problems = as_problems(diagnostics)
    return {"ok": not problems, "problems": problems, **more}
