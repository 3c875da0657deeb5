"""What `generate` did, as text and as data."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from storesync.copywriting.estimate import Estimate
from storesync.copywriting.spend import Spent


class State(enum.StrEnum):
    """What became of one copy file."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # a person has edited it
    FAILED = "failed"
    STOPPED = "stopped"  # not finished; may be gone on with
    WAITING = "waiting"  # in a batch


@dataclass(frozen=True, slots=True)
class Drafted:
    """One copy file. `cost` None: no price is known.

    `findings` are what was wrong with each attempt that did not pass, but for the last of a draft
    that failed, whose are `reasons`.
    """

    campaign: str
    channel: str
    locale: str
    path: str
    state: State
    reasons: Sequence[str] = ()
    findings: Sequence[Sequence[str]] = ()
    attempts: int = 0
    input: int = 0
    output: int = 0
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All of a run. `left_out` was not told to the copywriter; `batch` is waited for."""

    drafts: Sequence[Drafted]
    estimate: Estimate
    spent: Spent
    currency: str | None
    left_out: Sequence[str] = ()
    batch: str = ""


def estimate_as_text(found: Estimate, currency: str | None, model: str) -> str:
    """Return what a run will cost, in one line."""
    drafts = f"{found.requests} draft{'' if found.requests == 1 else 's'}"
    return (
        f"{drafts} by {model}: about {_amount(found.likely, currency)},"
        f" at most {_amount(found.most, currency)} in {found.most_requests} requests"
    )


def _amount(spent: Spent, currency: str | None) -> str:
    money = f" ({_money(spent.money)} {currency})" if currency else ""
    return f"{spent.tokens:,} tokens{money}"


def _money(money: Decimal) -> str:
    return f"{money.quantize(Decimal('0.0001')):f}"


def as_text(report: Report) -> str:
    """Return what became of each file, and what it cost."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    for item in report.drafts:
        yield f"{item.state:<9} {item.path}{_detail(item, report.currency)}"
        for number, found in enumerate(item.findings, 1):
            yield from (f"          attempt {number}: {text}" for text in found)
        last = f"attempt {item.attempts}: " if item.state is State.FAILED else ""
        yield from (f"          {last}{reason}" for reason in item.reasons)
    if report.batch:
        yield f"batch     {report.batch}: run the command again to go on"
    if report.spent.tokens:
        # A batch that is under way is held at its most.
        word = "at most" if report.batch else "used"
        yield f"{word:<9}      {_amount(report.spent, report.currency)}"


def _detail(item: Drafted, currency: str | None) -> str:
    if not item.attempts:
        return ""
    tries = f"{item.attempts} attempt{'' if item.attempts == 1 else 's'}"
    money = f", {_money(item.cost)} {currency}" if item.cost is not None else ""
    return f"  {tries}, {item.input + item.output:,} tokens{money}"


def as_data(report: Report) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "drafts": [
            {
                "campaign": item.campaign,
                "channel": item.channel,
                "locale": item.locale,
                "path": item.path,
                "state": item.state.value,
                "reasons": list(item.reasons),
                "findings": [list(found) for found in item.findings],
                "attempts": item.attempts,
                "tokens": {"input": item.input, "output": item.output},
                "cost": None if item.cost is None else str(item.cost),
            }
            for item in report.drafts
        ],
        "estimate": {
            "drafts": report.estimate.requests,
            "most_requests": report.estimate.most_requests,
            "likely": _spent(report.estimate.likely, report.currency),
            "most": _spent(report.estimate.most, report.currency),
        },
        "used": _spent(report.spent, report.currency),
        "currency": report.currency,
        "left_out": list(report.left_out),
        "batch": report.batch or None,
    }


def _spent(spent: Spent, currency: str | None) -> dict[str, Any]:
    return {"tokens": spent.tokens, "cost": str(spent.money) if currency else None}
