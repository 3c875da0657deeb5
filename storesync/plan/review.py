"""A review plan: two trees compared over all that lies ahead, for the people who approve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime

from storesync.plan.bent import over, until_later
from storesync.plan.change import Action, Change, PlacementKey, change_fingerprint
from storesync.plan.heirs import Renamed, present
from storesync.plan.piece import Piece
from storesync.plan.plan import Plan, Skipped, ordered
from storesync.schedule.window import Window, intersect

Fingerprint = Callable[[Piece], str]


def plan_review(
    base: Iterable[Piece],
    head: Iterable[Piece],
    artifact_of: tuple[Fingerprint, Fingerprint],
    at: datetime,
    skipped: Iterable[Skipped] = (),
    renamed: Renamed | None = None,
) -> Plan:
    """Return what a merge of head would change from `at` on.

    `artifact_of` gives artifact fingerprints of base and of head pieces. `renamed` maps
    ids of base to those that name them as their past. What is over at `at` is left out.
    """
    pieces = list(head)
    before, after = _ahead(base, at, renamed or {}), _ahead(pieces, at, {})
    left_out = tuple(skipped)
    why = _reasons(pieces, left_out, before.keys() - after.keys())
    changes: list[Change] = []
    unchanged = 0
    for key in sorted(before.keys() | after.keys()):
        new = after.get(key, [])
        for old, piece in _pairs(before.get(key, []), new):
            if old is not None and old.message and old.starts <= at:
                change = None  # sent, as far as this tree tells: final, whatever is edited now
            elif piece is not None:
                change = _compare(old, piece, artifact_of, _comes_down(old, piece, new, at))
            else:
                change = _withdraw(old, why.get(key, "no longer planned")) if old else None
            if change is None:
                unchanged += 1
            else:
                changes.append(change)
    return Plan(at=None, changes=ordered(changes), unchanged=unchanged, skipped=left_out)


def _ahead(
    pieces: Iterable[Piece], at: datetime, renamed: Renamed
) -> dict[PlacementKey, list[Piece]]:
    found: dict[PlacementKey, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.ends is None or piece.ends > at:
            found[present(renamed, piece.key) or piece.key].append(piece)
    for stretches in found.values():
        stretches.sort(key=lambda piece: piece.starts)
    return found


def _reasons(
    head: Iterable[Piece], skipped: Iterable[Skipped], gone: Collection[PlacementKey]
) -> dict[PlacementKey, str]:
    """Return why placements end: their last stretch is over by now, or they are left out."""
    ended: dict[PlacementKey, list[Piece]] = defaultdict(list)
    for piece in head:
        if piece.key in gone:
            ended[piece.key].append(piece)
    left = {
        (item.brand, item.campaign, item.location, item.channel): item.reason for item in skipped
    }
    reasons = {key: left.get(key[:4]) or left.get((*key[:3], ""), "") for key in gone}
    found = {key: reason for key, reason in reasons.items() if reason}
    return {key: over(pieces) for key, pieces in ended.items()} | found


def _pairs(old: list[Piece], new: list[Piece]) -> Iterator[tuple[Piece | None, Piece | None]]:
    """Yield which stretch takes the place of which: where one was cut in two, both come from it.

    A stretch that others have taken in is no change of its own.
    """
    left = list(old)
    for piece in new:
        match = _first_meeting(left, piece) or _first_meeting(old, piece)
        if match is None:  # moved to other dates altogether
            match = next((item for item in left if _first_meeting(new, item) is None), None)
        if match in left:
            left.remove(match)
        yield match, piece
    yield from ((item, None) for item in left if _first_meeting(new, item) is None)


def _first_meeting(pieces: Iterable[Piece], other: Piece) -> Piece | None:
    window = Window(other.starts, other.ends)
    met = (item for item in pieces if intersect(Window(item.starts, item.ends), window))
    return next(met, None)


def _comes_down(old: Piece | None, piece: Piece, new: Sequence[Piece], at: datetime) -> str:
    """Say that a placement comes down at this merge, for whom or what, and comes back."""
    if old is None or not old.runs_at(at) or any(item.runs_at(at) for item in new):
        return ""
    return f"comes down now: {until_later(new, piece, at)}"


def _compare(
    old: Piece | None, new: Piece, artifact_of: tuple[Fingerprint, Fingerprint], down: str
) -> Change | None:
    artifact = artifact_of[1](new)
    if old is None:
        return _change(Action.CREATE, new, artifact, new.reason or "new")
    reasons = _differences(old, new, artifact_of[0](old), artifact)
    if down:
        reasons = [down]
    return _change(Action.UPDATE, new, artifact, ", ".join(reasons)) if reasons else None


def _differences(old: Piece, new: Piece, before: str, after: str) -> list[str]:
    reasons = []
    if before != after:
        reasons.append("content")
    if (old.starts, old.ends) != (new.starts, new.ends):
        reasons.append(_dates(old.reason.split("; "), new.reason.split("; ")))
    elif old.flight != new.flight:
        reasons.append("flight as written")
    if old.if_late != new.if_late:
        reasons.append("if_late")
    return reasons


def _dates(old: list[str], new: list[str]) -> str:
    """Say that dates change, and what newly bends them, or does so no longer."""
    reasons = [part for part in new if part and part not in old]
    reasons += [f"no longer: {part}" for part in old if part and part not in new]
    return f"dates ({'; '.join(reasons)})" if reasons else "dates"


def _withdraw(old: Piece, reason: str) -> Change:
    fingerprint = change_fingerprint(old.key, Action.WITHDRAW, old.flight, old.if_late, "")
    return Change(
        Action.WITHDRAW,
        old.key,
        old.starts,
        old.ends,
        fingerprint,
        "",
        reason,
        explained=False,
    )


def _change(action: Action, piece: Piece, artifact: str, reason: str) -> Change:
    return Change(
        action,
        piece.key,
        piece.starts,
        piece.ends,
        change_fingerprint(piece.key, action, piece.flight, piece.if_late, artifact),
        artifact,
        reason,
        explained=False,
    )
