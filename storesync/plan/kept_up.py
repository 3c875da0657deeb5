"""What stays out in a rival's time, because nothing of the rival's comes out at that place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from storesync.plan.change import PlacementKey
from storesync.plan.late import too_late, was_missed
from storesync.plan.live import Live
from storesync.plan.piece import Piece
from storesync.schedule.window import Window

# Brand, campaign, location and channel.
Place = tuple[str, str, str, str]


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
    placement goes out: it is held, not approved, faulty, refused, or failed and waits.
    """
    lost = _rivals(taken, live, at)
    lost = {key: places for key, places in lost.items() if live[key].out}
    if not lost:
        return set()
    rivals = {place for places in lost.values() for place in places}
    there = {
        piece.key[:4]
        for piece in pieces
        if piece.key[:4] in rivals and piece.runs_at(at)
        if _comes_out(piece, live.get(piece.key), is_stopped, at)
    }
    return {key for key, places in lost.items() if not places & there}


def giving_way(
    taken: Iterable[Taken],
    down: Container[PlacementKey],
    live: Mapping[PlacementKey, Live],
    at: datetime,
) -> dict[PlacementKey, set[Place]]:
    """Return what comes `down` at `at` for rivals of which none is out yet, with their places.

    What is in doubt is not out: two pages for a while are better than none.
    """
    there = {key[:4] for key, record in live.items() if record.out}
    found = _rivals(taken, down, at)
    return {key: places for key, places in found.items() if not places & there}


def _rivals(
    taken: Iterable[Taken], keys: Container[PlacementKey], at: datetime
) -> dict[PlacementKey, set[Place]]:
    """Return placements of `keys` -> the places of all that have their time at `at`."""
    found: dict[PlacementKey, set[Place]] = defaultdict(set)
    for item in taken:
        if item.window.contains(at) and item.key in keys:
            key = item.key
            found[key].add((key.brand, item.winner, key.location, key.channel))
    return found


def _comes_out(
    piece: Piece, record: Live | None, is_stopped: Callable[[PlacementKey], object], at: datetime
) -> bool:
    if record is not None and record.out:
        return True
    is_missed = record is not None and was_missed(piece, record, at)
    return not (is_missed or is_stopped(piece.key) or too_late(piece, record, at))
