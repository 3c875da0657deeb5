"""A dated placement: what one location shows on one channel from one moment to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from storesync.plan.change import Action, Change, PlacementKey, change_fingerprint
from storesync.schedule.quiet import Rules
from storesync.schedule.window import Window


class Cut(NamedTuple):
    """The time that a rival offer takes from a placement, and how people are told."""

    winner: str
    window: Window
    words: str


class Piece(NamedTuple):
    """One stretch of a placement in which its artifact stays the same.

    `starts` is the first moment it may go out and `ends` when it comes down, both UTC. `rules`
    bend a late start, too. `reason` tells people why the times are not the flight's own; `cuts` are
    all that rivals take from the placement, also before and after the piece.
    `shared` and `own` are what the template sees; `message` says it is final once sent.
    """

    key: PlacementKey
    starts: datetime
    ends: datetime | None
    flight: tuple[str, ...]
    if_late: str
    grace_minutes: int
    reason: str
    message: bool
    rules: Rules
    template: str
    locales: tuple[str, ...]
    shared: Mapping[str, Any]
    own: Mapping[str, Any]
    titles: Mapping[str, str]
    cuts: tuple[Cut, ...] = ()

    def runs_at(self, moment: datetime) -> bool:
        """Say whether the piece is meant to be out at a moment (UTC)."""
        return self.starts <= moment and (self.ends is None or moment < self.ends)


def by_key(
    pieces: Iterable[Piece], wanted: Collection[PlacementKey] | None = None
) -> dict[PlacementKey, list[Piece]]:
    """Return the stretches of each placement in their order; with `wanted`, only of these."""
    found: defaultdict[PlacementKey, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if wanted is None or piece.key in wanted:
            found[piece.key].append(piece)
    return dict(found)


def change_to(
    piece: Piece, action: Action, artifact: str, reason: str, *, explained: bool = False
) -> Change:
    """Return the change that puts a piece out: it creates it, or updates what is there."""
    fingerprint = change_fingerprint(piece.key, action, piece.flight, piece.if_late, artifact)
    return Change(
        action=action,
        key=piece.key,
        starts=piece.starts,
        ends=piece.ends,
        fingerprint=fingerprint,
        artifact=artifact,
        reason=reason,
        explained=explained,
    )
