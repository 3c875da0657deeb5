"""What stays out in a rival's time, because nothing of the rival's comes out at that place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from storesync.plan.change import PlacementKey
from storesync.plan.late import too_late, was_missed
from storesync.plan.live import Live
from storesync.plan.piece import Piece
from storesync.schedule.window import Window


class Taken(NamedTuple):
    """Time of a placement's flight that a campaign with priority has at its place."""

    key: PlacementKey
    winner: str
    window: Window


def kept_up(
    taken: Iterable[Taken],
    pieces: Iterable[Piece],
    live: Mapping[PlacementKey, Live],
    is_stopped: Callable[[PlacementKey], object],
    at: datetime,
) -> set[PlacementKey]:
    """Return the placements whose time others have at `at`, none of which is out or comes out.

    What is out of them stays, as in a blackout. `is_stopped` says whether nothing new of a
    placement goes out: it is held, not approved, or faulty.
    """
    lost: dict[PlacementKey, list[str]] = defaultdict(list)
    for item in taken:
        if item.window.contains(at) and item.key in live and live[item.key].out:
            lost[item.key].append(item.winner)
    if not lost:
        return set()
    rivals = {
        (key.brand, winner, key.location, key.channel)
        for key, winners in lost.items()
        for winner in winners
    }
    there = {
        piece.key[:4]
        for piece in pieces
        if piece.key[:4] in rivals and piece.runs_at(at)
        if _comes_out(piece, live.get(piece.key), is_stopped, at)
    }
    return {
        key
        for key, winners in lost.items()
        if not any((key.brand, name, key.location, key.channel) in there for name in winners)
    }


def _comes_out(
    piece: Piece, record: Live | None, is_stopped: Callable[[PlacementKey], object], at: datetime
) -> bool:
    if record is not None and (record.out or record.doubtful):
        return True
    is_missed = record is not None and was_missed(piece, record, at)
    return not (is_missed or is_stopped(piece.key) or too_late(piece, record, at))
