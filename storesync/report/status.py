"""Campaigns, their states and the proposals beside them, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from storesync.approval.proof import Unproven
from storesync.diagnostics import printable
from storesync.ledger.holds import Hold
from storesync.publish.states import CampaignState, Next
from storesync.report import proposed
from storesync.report.decisions import hold_data, hold_line
from storesync.report.plan import moment
from storesync.report.proposed import Proposed


@dataclass(frozen=True, slots=True)
class Row:
    """What is said of one campaign; `late` are the starts of what runs and was never sent."""

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
    since: datetime | None = None
    by: str = ""
    proposals: Sequence[Proposed] = ()
    late: Sequence[datetime] = ()

    @property
    def name(self) -> str:
        """Return brand/campaign."""
        return f"{self.brand}/{self.campaign}"


@dataclass(frozen=True, slots=True)
class Status:
    """All that is said: `others` are proposals about no campaign, `unseen` what cannot be told.

    `last_run` is when something was recorded last, `heard` when a run left word at all.
    """

    at: datetime
    rows: Sequence[Row] = ()
    others: Sequence[Proposed] = ()
    unproven: Sequence[Unproven] = ()
    unseen: Sequence[str] = ()
    last_run: datetime | None = None
    heard: datetime | None = None

    @property
    def late(self) -> list[datetime]:
        """Return the starts of what runs and was never sent, the first one first."""
        return sorted(moment for row in self.rows for moment in row.late)


_ORDER = (
    CampaignState.ACTIVE,
    CampaignState.SCHEDULED,
    CampaignState.PENDING_REVIEW,
    CampaignState.REJECTED,
    CampaignState.APPROVED,
    CampaignState.DRAFT,
    CampaignState.COMPLETED,
)


def beside(rows: Iterable[Row], proposals: Sequence[Proposed]) -> tuple[list[Row], list[Proposed]]:
    """Return rows with the proposals that are about them, and the proposals about none.

    A campaign that only exists in proposals gets a row; its state is that of the newest of them.
    """
    found = {row.name: row for row in rows}
    others = [item for item in proposals if not item.campaigns]
    for item in proposals:
        for name in item.campaigns:
            row = found.get(name) or _proposed_row(name, item)
            is_new = row.state is CampaignState.DRAFT and not row.proposals
            state = CampaignState(item.stage.state.value) if is_new else row.state
            found[name] = replace(row, state=state, proposals=(*row.proposals, item))
    return list(found.values()), others


def _proposed_row(name: str, item: Proposed) -> Row:
    brand, _, campaign = name.partition("/")
    return Row(
        brand=brand,
        campaign=campaign,
        title=item.titles.get(name, campaign),
        state=CampaignState.DRAFT,
        locations=item.places.get(name, 0),
        deliveries={},
        next=None,
        since=proposed.when(item.stage.since),
        by=item.stage.by or "",
    )


def as_data(status: Status) -> dict[str, Any]:
    """Return states for JSON."""
    late = status.late
    return {
        "at": moment(status.at),
        "campaigns": [_row_data(row) for row in status.rows],
        "other_proposals": [proposed.as_data(item) for item in status.others],
        "unproven": [
            {
                "commit": item.commit,
                "at": moment(item.landing.at),
                "author": item.landing.author,
                "proposal": item.proposal,
                "reason": item.reason,
            }
            for item in status.unproven
        ],
        "runs": {
            "last": moment(status.last_run),
            "heard": moment(status.heard),
            "late": len(late),
            "late_since": moment(late[0]) if late else None,
        },
        "cannot_see": list(status.unseen),
    }


def _row_data(row: Row) -> dict[str, Any]:
    return {
        "brand": row.brand,
        "campaign": row.campaign,
        "title": row.title,
        "state": row.state.value,
        "since": moment(row.since),
        "by": row.by,
        "proposals": [proposed.as_data(item, row.name) for item in row.proposals],
        "locations": row.locations,
        "deliveries": dict(row.deliveries),
        "next": _next(row.next),
        "remark": row.remark,
        "skipped": dict(row.reasons),
        "holds": [hold_data(item) for item in row.holds],
    }


def _next(event: Next | None) -> dict[str, Any] | None:
    if event is None:
        return None
    return {"at": moment(event.at), "event": event.event, "count": event.count}


def as_text(status: Status, *, reasons: bool) -> str:
    """Return a table for a terminal: what runs first, then what comes, then what is over."""
    found = sorted(status.rows, key=lambda row: (_ORDER.index(row.state), row.brand, row.campaign))
    width = max((len(row.name) for row in found), default=0)
    lines = [f"at {status.at:%Y-%m-%d %H:%MZ}"]
    last = None
    for row in found:
        if row.state is not last:
            lines += ["", row.state.value]
            last = row.state
        lines.append(_line(row, width))
        lines += _below(row, status.at, reasons=reasons)
    if status.others:
        lines += ["", "proposals about no campaign"]
        lines += [f"      {proposed.line(item, status.at)}" for item in status.others]
    troubles = _troubles(status)
    return "\n".join([*lines, *([""] if troubles else []), *troubles])


def _below(row: Row, at: datetime, *, reasons: bool) -> list[str]:
    lines = []
    if reasons and row.since is not None:
        by = f" by {printable(row.by, limit=60)}" if row.by else ""
        lines.append(f"      since {row.since:%Y-%m-%d %H:%MZ}{by}")
    lines += [f"      {hold_line(item)}" for item in row.holds]
    lines += [f"      {proposed.line(item, at, row.name)}" for item in row.proposals]
    if reasons:
        skipped = row.reasons.items()
        lines += [f"      {count:5,} skipped: {printable(reason)}" for reason, count in skipped]
    return lines


def unproven_line(item: Unproven) -> str:
    """Return which commit nobody approved, whose it is, and why it counts as that."""
    author, reason = printable(item.landing.author, limit=60), printable(item.reason, limit=300)
    return f"not proven: {item.commit[:12]} by {author}: {reason}"


def _troubles(status: Status) -> list[str]:
    lines = [unproven_line(item) for item in status.unproven]
    late = status.late
    if late:
        last = f"; last run {status.heard:%Y-%m-%d %H:%MZ}" if status.heard else ""
        lines.append(
            f"late: {len(late):,} not sent, the first since {late[0]:%Y-%m-%d %H:%MZ}{last}"
        )
    return lines + [f"cannot see {printable(text, limit=300)}" for text in status.unseen]


def _line(row: Row, width: int) -> str:
    shown = {state: count for state, count in row.deliveries.items() if state != "skipped"}
    counts = ", ".join(f"{count:,} {state}" for state, count in shown.items()) or "nothing sent"
    noun = "location " if row.locations == 1 else "locations"
    text = f"  {row.name:{width}}  {row.locations:5,} {noun}  {counts}"
    if row.next is not None:
        text += f"  ({row.next.event} {row.next.at:%Y-%m-%d %H:%MZ})"
    if row.remark:
        text += f"  {printable(row.remark, limit=120)}"
    return text
