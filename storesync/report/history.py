"""What happened, oldest first, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from storesync.diagnostics import printable
from storesync.ledger.entry import JournalKind
from storesync.report.plan import moment

# What people decide is told one by one: it is no delivery, though it may be about one location.
_DECISIONS = frozenset(item.value for item in JournalKind)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: a commit, a line of the ledger, or a word on a proposal.

    `hash` is that of the ledger's line, `fingerprint` that of the change or plan it is about.
    """

    at: datetime
    actor: str
    event: str
    brand: str
    campaign: str
    location: str = ""
    channel: str = ""
    detail: str = ""
    commit: str = ""
    proposal: str = ""
    fingerprint: str = ""
    hash: str = ""


def as_data(events: Iterable[Event]) -> dict[str, Any]:
    """Return events for JSON."""
    return {"events": [asdict(event) | {"at": moment(event.at)} for event in events]}


def as_text(events: Iterable[Event], *, every: bool) -> str:
    """Return events for a terminal; deliveries of one moment are counted unless `every`."""
    lines: list[str] = []
    counted: dict[tuple[Any, ...], int] = {}
    for event in events:
        if event.location and not every and event.event not in _DECISIONS:
            key = (event.at, event.event, event.brand, event.campaign, event.channel, event.actor)
            counted[key] = counted.get(key, 0) + 1
            if counted[key] > 1:
                continue
            lines.append("\0".join(map(str, (len(counted) - 1, _line(event, place=False)))))
        else:
            lines.append(_line(event, place=True))
    counts = list(counted.values())
    return "\n".join(_with_count(line, counts) for line in lines)


def _with_count(line: str, counts: list[int]) -> str:
    index, nul, text = line.partition("\0")
    if not nul:
        return line
    count = counts[int(index)]
    return f"{text}  {count:,} {'delivery' if count == 1 else 'deliveries'}"


def _line(event: Event, *, place: bool) -> str:
    where = "/".join(filter(None, (event.brand, event.campaign))) or "everything"
    on = f" {event.channel}" if event.channel else ""
    at = f" {event.location}" if place and event.location else ""
    commit = f" {event.commit[:10]}" if event.commit else ""
    proposal = f" [{printable(event.proposal, limit=80)}]" if event.proposal else ""
    detail = f": {printable(event.detail)}" if event.detail else ""
    return (
        f"{event.at:%Y-%m-%d %H:%MZ}  {event.event:10} {where}{on}{at}"
        f"  {printable(event.actor)}{commit}{proposal}{detail}"
    )
