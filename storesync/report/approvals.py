"""The approvals that a review plan asks for, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from storesync.approval.asked import Asked, Kind
from storesync.diagnostics import printable

_MOST_NAMED = 5
_WIDEST = 600
_CALLED = {
    Kind.FAST_LANE: "fast lane",
    Kind.REQUIREMENT: "requirement",
    Kind.BRAND: "brand",
    Kind.WAIVER: "waiver",
    Kind.OWNERS: "CODEOWNERS",
}


def as_data(asked: Iterable[Asked], more: int = 0) -> list[dict[str, Any]]:
    """Return approvals for JSON, `more` of each than is asked for; who may as in CODEOWNERS."""
    return [
        {
            "kind": item.kind.value,
            "rule": item.rule,
            "why": item.why,
            "who": list(item.who),
            "count": item.count + more,
            "besides": list(item.besides),
            "brands": list(item.brands),
            "campaigns": list(item.campaigns),
            "changes": list(item.fingerprints),
            "paths": list(item.paths),
        }
        for item in asked
    ]


def lines(asked: Sequence[Asked], more: int = 0) -> list[str]:
    """Return a line for each approval, without markup: what asks, why, how many of whom.

    `more` are needed of each than are asked for. Nothing where nobody is named for any of them:
    such a repository is left alone.
    """
    if not any(item.who for item in asked):
        return []
    needed = (replace(item, count=item.count + more) for item in asked)
    return [printable(_line(item), limit=_WIDEST) for item in needed]


def as_text(asked: Sequence[Asked], more: int = 0) -> str:
    """Return approvals for a terminal, "" where there is nothing to tell."""
    found = lines(asked, more)
    if not found:
        return ""
    head = "approvals (not the author's, not the last pusher's):"
    return "\n".join([head, *(f"  {line}" for line in found)])


def _line(item: Asked) -> str:
    return f"{name_of(item)} asks {who_of(item)}: {item.why}"


def name_of(item: Asked) -> str:
    """Return what asks, for people: `requirement legal (harbor-coffee)`, `brand harbor-coffee`."""
    called, brands = _CALLED[item.kind], ", ".join(item.brands)
    if item.kind is Kind.REQUIREMENT:
        return f"{called} {item.rule} ({brands})"
    return f"{called} {brands}" if item.kind is Kind.BRAND else called


def who_of(item: Asked) -> str:
    """Return whose approvals are asked for: `2 of @mia, @ben, @kim, @lea, @zoe and 3 more`."""
    if not item.who:
        return "for approval, but nobody is named who could give it"
    names = ", ".join(item.who[:_MOST_NAMED])
    if len(item.who) > _MOST_NAMED:
        names += f" and {len(item.who) - _MOST_NAMED:,} more"
    besides = f", but not {', '.join(item.besides)}" if item.besides else ""
    some = "" if item.count == len(item.who) == 1 else f"{item.count} of "
    return f"{some}{names}{besides}"
