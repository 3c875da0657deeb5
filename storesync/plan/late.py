"""What comes after its time: missed, or not late because it was out in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from storesync.plan.bent import flight_start, roughly
from storesync.plan.clock import is_ahead
from storesync.plan.live import Live
from storesync.plan.piece import Piece


def too_late(current: Piece, record: Live | None, at: datetime) -> str:
    """Return how late a piece is that may not come late, or an empty string.

    What was out in this flight, or since the piece began, and was taken down comes back: it was in
    time, and only its location or a rival kept it in.
    """
    late = at - current.starts
    if current.if_late != "skip" or late <= timedelta(minutes=current.grace_minutes):
        return ""
    if record is not None and record.withdrawn and _was_out(record, current):
        return ""
    return f"{roughly(late)} late, if_late: skip"


def was_missed(current: Piece, record: Live, at: datetime) -> bool:
    """Say whether a piece that may not come late did: no later run starts it.

    What a clock that was ahead took for missed, is not: its time comes yet.
    """
    if current.if_late != "skip" or not record.missed or not _since(record, current):
        return False
    return record.settled_at is None or not is_ahead(record.settled_at, at)


def in_time(record: Live, current: Piece) -> bool:
    """Say whether what a page was before its id changed was out in this flight, or after."""
    return not (record.missed or record.refused) and (record.out or _was_out(record, current))


def begins(current: Piece, record: Live, since: datetime | None, at: datetime) -> bool:
    """Say whether a piece began after all that is known: no run saw it yet, the last at `since`.

    At `at` it is this very run that wrote.
    """
    if record.settled_at is None or current.starts <= record.settled_at:
        return False
    return since is None or since < current.starts or since == at


def never_arrived(record: Live) -> bool:
    """Say whether all that is known of a placement is that it failed, or was given up."""
    is_told = record.missed or record.refused or record.doubtful
    return not (is_told or record.out or record.withdrawn)


def passed(pieces: Iterable[Piece], since: datetime | None, at: datetime) -> Piece | None:
    """Return the last piece that ended after `since` (None for never) and is over at `at`."""
    over = [item for item in pieces if since and item.ends and since < item.ends <= at]
    return over[-1] if over else None


def _was_out(record: Live, current: Piece) -> bool:
    """Say whether what was taken down had been out in a piece's flight, in some stretch of it."""
    began = record.starts is not None and flight_start(current) <= record.starts
    return (record.withdrawn and began) or _since(record, current)


def _since(record: Live, current: Piece) -> bool:
    """Say whether what is known of a placement became so when a piece had begun."""
    return record.settled_at is not None and current.starts <= record.settled_at
