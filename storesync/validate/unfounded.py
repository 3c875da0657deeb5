"""What is said where a text states what nothing founds: by which rule, how bad, and what to do."""

from __future__ import annotations

import unicodedata
from typing import Any

from storesync.diagnostics import Diagnostic, Severity, printable
from storesync.validate.standing import Standing

CLAIM, LEAK = "claim", "leak"
# Kinds in which people's own copy is wrong by itself, where it says other than what is declared.
_FIRM = frozenset({"percent", "money", "phone"})


def is_firm(kind: str, text: str, *, contradicts: bool) -> bool:
    """Say whether a text is wrong by itself. A bare number may be a price, and may be none."""
    return contradicts and kind in _FIRM and (kind != "money" or _names_money(text))


def _names_money(text: str) -> bool:
    """Say whether an amount is told with its currency: 5 €, ten euros, 50p."""
    letters = any(char.isalpha() for char in text) and any(char.isdecimal() for char in text)
    signs = any(unicodedata.category(char) == "Sc" for char in text)
    return letters or signs or len(text.split()) > 1


def diagnostic_of(
    row: list[Any], where: Standing, place: str, *, is_strict: bool, is_exact: bool
) -> Diagnostic:
    """Return what is said of a finding, given as a row of what is remembered.

    `place` is a location where it is wrong while others found it, else empty. `is_strict`: the
    brand lets people state nothing but facts. `is_exact`: the row's offsets are those of the file.
    """
    kind, text, start, end, message, contradicts, _ = row
    at = f" (at {place})" if place else ""
    firm = is_firm(kind, text, contradicts=contradicts)
    is_error = where.is_drafted or is_strict or firm or kind == LEAK
    return Diagnostic(
        _rule(kind, firm=firm),
        f"{where.variable}: {printable(message, limit=300)}{at}",
        where.path,
        where.at,
        hint=_hint(kind, text, firm=firm),
        severity=Severity.ERROR if is_error else Severity.WARNING,
        span=(start, end) if is_exact and not where.is_moved else None,
    )


def _rule(kind: str, *, firm: bool) -> str:
    if kind == LEAK:
        return "prompt-echo"
    if kind == CLAIM:
        return "undeclared-claim"
    return "wrong-fact" if firm else "unfounded-fact"


def _hint(kind: str, text: str, *, firm: bool) -> str:
    shown = printable(text, limit=60)
    if kind == LEAK:
        return "write it anew: this was said to a model, not to customers"
    if kind == CLAIM:
        return (
            f'leave it out, or declare what it rests on: claims: [{{says: "{shown}", because: …}}]'
        )
    if firm:
        return "correct it, or the offer"
    return f'correct it, or declare what holds: facts: ["… {shown} …"]'
