"""Answers of checks, as `verify` and `doctor` give them: passed, failed, or nobody can see."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from storesync.diagnostics import printable


class Result(enum.StrEnum):
    """How a check ended. What cannot be seen is never taken for well."""

    PASS = "pass"  # noqa: S105 - the word for a check that passed
    FAIL = "fail"
    CANNOT_SEE = "cannot_see"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one check found, and how to mend it."""

    check: str
    result: Result
    message: str
    hint: str = ""


_SHOWN = {Result.PASS: "ok", Result.FAIL: "FAIL", Result.CANNOT_SEE: "cannot see"}


def as_data(answers: Iterable[Answer]) -> dict[str, Any]:
    """Return answers for JSON: whether nothing failed, and all that did not pass."""
    found = list(answers)
    problems = [
        {
            "check": item.check,
            "result": item.result.value,
            "message": printable(item.message, limit=2_000),
            "hint": item.hint,
        }
        for item in found
        if item.result is not Result.PASS
    ]
    return {"ok": all(item.result is not Result.FAIL for item in found), "problems": problems}


def as_text(answers: Iterable[Answer]) -> str:
    """Return a line for each answer, with what to do below it."""
    lines = []
    for item in answers:
        word = _SHOWN[item.result]
        lines.append(f"{word:10}  {item.check}: {printable(item.message, limit=2_000)}")
        if item.hint:
            lines.append(f"            hint: {item.hint}")
    return "\n".join(lines)
