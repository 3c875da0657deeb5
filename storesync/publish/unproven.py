"""Which placements an unproven commit changed: two trees compared, piece by piece.

One tree is the newest commit's, the other one the same with every tainted file as it was proven
last. What both would put out alike was approved, whatever else happened to the files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from storesync.plan.change import PlacementKey
from storesync.plan.piece import Piece


def differing(
    now: Iterable[Piece],
    proven: Iterable[Piece],
    artifacts: Mapping[int, str],
    at: datetime,
) -> set[PlacementKey]:
    """Return the placements that would not be the same without unproven changes.

    `artifacts` are artifact fingerprints by the identity of a piece of either tree. What is over at
    `at` does not count.
    """
    here, there = _told(now, artifacts, at), _told(proven, artifacts, at)
    return {key for key in here.keys() | there.keys() if here.get(key) != there.get(key)}


def _told(
    pieces: Iterable[Piece], artifacts: Mapping[int, str], at: datetime
) -> dict[PlacementKey, list[tuple[object, ...]]]:
    """Return all that decides what a placement puts out, and when."""
    found: dict[PlacementKey, list[tuple[object, ...]]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda item: (item.key, item.starts)):
        if piece.ends is None or piece.ends > at:
            found[piece.key].append(
                (
                    piece.starts,
                    piece.ends,
                    piece.flight,
                    piece.if_late,
                    piece.grace_minutes,
                    piece.rules,
                    artifacts[id(piece)],
                )
            )
    return found
