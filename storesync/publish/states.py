"""A campaign's state, derived from its flight, its pieces and the ledger; never typed in a file."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from storesync.ledger.delivery import DeliveryRecord
from storesync.model.campaign import Flight
from storesync.model.channel import KINDS
from storesync.plan.change import Action, PlacementKey
from storesync.plan.held import Holding
from storesync.plan.piece import Piece
from storesync.plan.retry import next_try, words
from storesync.plugins.protocols import DeliveryState
from storesync.publish.live import FAILED
from storesync.schedule.flight import flight_window, is_over
from storesync.schedule.quiet import NEVER


class CampaignState(enum.StrEnum):
    """States of a merged campaign; `draft` for one that is only on disk.

    `pending_review`: merged, but not proven; or, as `rejected` and `approved`, only proposed yet.
    """

    DRAFT = "draft"
    PENDING_REVIEW = "pending_review"
    REJECTED = "rejected"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    ACTIVE = "active"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Next:
    """What happens next: `starts` or `ends` at a moment (UTC), at how many placements."""

    at: datetime
    event: str
    count: int


def state_of(
    pieces: Iterable[Piece],
    records: Mapping[PlacementKey, DeliveryRecord],
    at: datetime,
    *,
    committed: bool,
) -> CampaignState:
    """Return a campaign's state: active from the first location's start to the last one's end.

    What the ledger still has live keeps a campaign from being completed: it has to come down.
    """
    if not committed:
        return CampaignState.DRAFT
    known = list(pieces)
    if any(piece.runs_at(at) for piece in known):
        return CampaignState.ACTIVE
    began = any(piece.starts <= at for piece in known)
    ahead = any(piece.starts > at for piece in known)
    if began and ahead:
        return CampaignState.ACTIVE
    if ahead:
        return CampaignState.SCHEDULED
    standing = any(record.live and not _is_message(key) for key, record in records.items())
    return CampaignState.ACTIVE if standing else CampaignState.COMPLETED


def state_by_flight(
    flight: Flight, records: Mapping[PlacementKey, DeliveryRecord], at: datetime
) -> CampaignState:
    """Return the state of a campaign whose placements cannot be worked out, within a day.

    A flight says no more where the locations' zones are not known.
    """
    start = flight_window(flight, "UTC").start
    if any(record.live and not _is_message(key) for key, record in records.items()):
        return CampaignState.ACTIVE
    if is_over(flight, at):
        return CampaignState.COMPLETED
    return CampaignState.SCHEDULED if start > at else CampaignState.ACTIVE


def since_of(pieces: Iterable[Piece], state: CampaignState, at: datetime) -> datetime | None:
    """Return since when a campaign runs or is over, by its flight; None where no flight tells."""
    known = list(pieces)
    if state is CampaignState.ACTIVE:
        return min((piece.starts for piece in known if piece.starts <= at), default=None)
    if state is CampaignState.COMPLETED:
        return max((item.ends for item in known if item.ends and item.ends <= at), default=None)
    return None


def overdue(
    pieces: Iterable[Piece],
    records: Mapping[PlacementKey, DeliveryRecord],
    at: datetime,
    holding: Holding = lambda _key, _at: None,
) -> list[datetime]:
    """Return the starts of what runs, was never sent, and neither is held nor waits.

    No run saw it yet. What quiet hours or a blackout keep back is in time whenever they end.
    """
    return [
        piece.starts
        for piece in pieces
        if piece.runs_at(at)
        and piece.key not in records
        and holding(piece.key, at) is None
        and piece.rules.first_allowed(at).until <= at
    ]


def failing(
    pieces: Iterable[Piece], records: Mapping[PlacementKey, DeliveryRecord], at: datetime
) -> str:
    """Say how many deliveries fail, how often, and when the first is tried again; "" for none.

    What is over, and content that a channel refused, is not tried again.
    """
    running = {piece.key: piece for piece in pieces if piece.runs_at(at)}
    found = [
        (key, item) for key, item in records.items() if _is_tried_again(item, runs=key in running)
    ]
    if not found:
        return ""
    again = min(next_try(it.failures, it.at, it.action, running.get(key)) for key, it in found)
    return f"{len(found):,} {words(max(item.failures for _, item in found), again)}"


def _is_tried_again(record: DeliveryRecord, *, runs: bool) -> bool:
    if not record.failures or record.state not in FAILED:
        return False
    if record.action is Action.WITHDRAW:
        return bool(record.live)
    return runs and record.state is DeliveryState.FAILED


def _is_message(key: PlacementKey) -> bool:
    kind = KINDS.get(key.channel)
    return kind is not None and kind.is_message


def deliveries_of(
    pieces: Iterable[Piece],
    records: Mapping[PlacementKey, DeliveryRecord],
    skipped: int,
    at: datetime,
    holding: Holding = lambda _key, _at: None,
) -> dict[str, int]:
    """Return how many deliveries are in which state; what is not sent and not over is planned.

    It is held where `holding` says so of the moment at which it could go out.
    """
    counts: Counter[str] = Counter(record.state.value for record in records.values())
    waiting: dict[PlacementKey, datetime] = {}
    for piece in pieces:
        if piece.key not in records and (piece.ends is None or piece.ends > at):
            start = max(piece.starts, at)
            waiting[piece.key] = min(start, waiting.get(piece.key, start))
    held = sum(holding(key, start) is not None for key, start in waiting.items())
    counts[DeliveryState.HELD.value] += held
    counts[DeliveryState.PLANNED.value] += len(waiting) - held
    counts[DeliveryState.SKIPPED.value] += skipped
    return {state: count for state, count in sorted(counts.items()) if count}


def next_of(
    pieces: Iterable[Piece], records: Mapping[PlacementKey, DeliveryRecord], at: datetime
) -> Next | None:
    """Return the next start or end of a campaign's pieces, or None.

    What runs, was never sent, and waits for the end of quiet hours or a blackout starts then.
    """
    events: Counter[tuple[datetime, str]] = Counter()
    for piece in pieces:
        if piece.message and piece.key in records and records[piece.key].live:
            continue
        waits = piece.runs_at(at) and piece.key not in records
        starts = piece.rules.first_allowed(at).until if waits else piece.starts
        if at < starts < NEVER:
            events[starts, "starts"] += 1
        elif not piece.message and piece.ends is not None and piece.ends > at:
            events[piece.ends, "ends"] += 1
    if not events:
        return None
    first = min(events)
    return Next(first[0], first[1], events[first])
