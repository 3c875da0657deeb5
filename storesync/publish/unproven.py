"""Which placements an unproven commit changed: two trees compared, piece by piece.

One tree is the newest commit's, the other one the same with every tainted file as it was proven
last. What both would put out alike was approved, whatever else happened to the files. What a
placement was called before is compared as well: by that a message counts as sent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from storesync.plan.bent import down
from storesync.plan.change import PlacementKey
from storesync.plan.heirs import Renamed, inherited, present
from storesync.plan.live import Live
from storesync.plan.piece import Piece, by_key


class View(NamedTuple):
    """What one tree asks for, and its ids that were other ones before."""

    pieces: Sequence[Piece]
    renamed: Renamed


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


def known_otherwise(
    now: View, proven: View, live: Mapping[PlacementKey, Live]
) -> set[PlacementKey]:
    """Return the placements whose past is another one without unproven changes.

    These are all that bear an id which only one view calls another one's past, or its heir; and
    messages that only one view takes for sent, or sent under another key.
    """
    touched = {
        (brand, name)
        for (brand, old), new in now.renamed.items() ^ proven.renamed.items()
        for name in (old, f"{old.partition('/')[0]}/{new}")
    }
    keys = {piece.key for view in (now, proven) for piece in view.pieces} | live.keys()
    found = {
        key
        for key in (keys if touched else ())
        for view in (now, proven)
        if not touched.isdisjoint(_names(view.renamed, key))
    }
    sent = [key for key, record in live.items() if record.out and record.final]
    here, there = (
        inherited(view.renamed, sent, live, {piece.key for piece in view.pieces})
        for view in (now, proven)
    )
    return found | {key for key in here.keys() | there.keys() if here.get(key) != there.get(key)}


def over(
    proven: Iterable[Piece], held: Collection[PlacementKey], at: datetime
) -> dict[PlacementKey, str]:
    """Return which held placements are not out now by what was proven, and why.

    A change that nobody approved keeps nothing up: neither what is over, nor what is at a location
    that closes.
    """
    in_order = sorted(proven, key=lambda item: (item.key, item.starts))
    return {
        key: down(found, at)
        for key, found in by_key(in_order, held).items()
        if not any(item.runs_at(at) for item in found)
    }


def gone(
    proven: View, held: Collection[PlacementKey], live: Mapping[PlacementKey, Live]
) -> dict[PlacementKey, str]:
    """Return what is out of held placements and was approved to go, whatever was pushed since.

    What has another id by what was proven moves, which nobody can tell from here.
    """
    wanted = {piece.key for piece in proven.pieces}
    return {
        key: "no longer selected or gone"
        for key in held
        if key in live and live[key].out and key not in wanted
        if present(proven.renamed, key) is None
    }


def _names(renamed: Renamed, key: PlacementKey) -> set[tuple[str, str]]:
    """Return what of a placement may be renamed, as `validate.identity.renamed` writes it."""
    brand = renamed.get(("", f"brand/{key.brand}"), key.brand)
    own = {(brand, f"location/{key.location}"), (brand, f"campaign/{key.campaign}")}
    return own | {("", f"brand/{key.brand}"), ("", f"brand/{brand}")}


def _told(
    pieces: Iterable[Piece], artifacts: Mapping[int, str], at: datetime
) -> dict[PlacementKey, list[tuple[object, ...]]]:
    """Return all that decides what a placement puts out, when, and under which title."""
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
                    dict(piece.titles),
                    artifacts[id(piece)],
                )
            )
    return found
