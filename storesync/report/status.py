"""Campaigns and their states as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storesync.diagnostics import printable
from storesync.ledger.holds import Hold
from storesync.publish.states import CampaignState, Next
from storesync.report.decisions import hold_data, hold_line
from storesync.report.plan import moment


@dataclass(frozen=True, slots=True)
class Row:
    """What is said of one campaign."""

    brand: str
    campaign: str
    title: str
    state: CampaignState
    locations: int
    deliveries: Mapping[str, int]
    next: Next | None
    remark: str = ""
    reasons: Mapping[str, int] = field(default_factory=dict)
    holds: Sequence[Hold] = ()


_ORDER = (
    CampaignState.ACTIVE,
    CampaignState.SCHEDULED,
    CampaignState.DRAFT,
    CampaignState.COMPLETED,
)


def as_data(at: datetime, rows: Iterable[Row]) -> dict[str, Any]:
    """Return states for JSON."""
    return {
        "at": moment(at),
        "campaigns": [
            {
                "brand": row.brand,
                "campaign": row.campaign,
                "title": row.title,
                "state": row.state.value,
                "proposals": [],
                "locations": row.locations,
                "deliveries": dict(row.deliveries),
                "next": _next(row.next),
                "remark": row.remark,
                "skipped": dict(row.reasons),
                "holds": [hold_data(item) for item in row.holds],
            }
            for row in rows
        ],
    }


def _next(event: Next | None) -> dict[str, Any] | None:
    if event is None:
        return None
    return {"at": moment(event.at), "event": event.event, "count": event.count}


def as_text(at: datetime, rows: Iterable[Row], *, reasons: bool) -> str:
    """Return a table for a terminal: what runs first, then what comes, then what is over."""
    found = sorted(rows, key=lambda row: (_ORDER.index(row.state), row.brand, row.campaign))
    width = max((len(f"{row.brand}/{row.campaign}") for row in found), default=0)
    lines = [f"at {at:%Y-%m-%d %H:%MZ}"]
    last = None
    for row in found:
        if row.state is not last:
            lines += ["", row.state.value]
            last = row.state
        lines.append(_line(row, width))
        lines += [f"      {hold_line(item)}" for item in row.holds]
        if reasons:
            lines += [
                f"      {count:5,} skipped: {printable(reason)}"
                for reason, count in row.reasons.items()
            ]
    return "\n".join(lines)


def _line(row: Row, width: int) -> str:
    name = f"{row.brand}/{row.campaign}"
    shown = {state: count for state, count in row.deliveries.items() if state != "skipped"}
    counts = ", ".join(f"{count:,} {state}" for state, count in shown.items()) or "nothing sent"
    text = f"  {name:{width}}  {row.locations:5,} locations  {counts}"
    if row.next is not None:
        text += f"  ({row.next.event} {row.next.at:%Y-%m-%d %H:%MZ})"
    if row.remark:
        text += f"  {printable(row.remark, limit=120)}"
    return text
