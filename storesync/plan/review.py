"""A review plan: two trees compared over all that lies ahead, for the people who approve."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from storesync.plan.bent import over, until_later
from storesync.plan.change import Action, Change, PlacementKey, change_fingerprint
from storesync.plan.heirs import (
    Renamed,
    inherited,
    moved,
    present,
    told_before,
    told_now,
    told_sent,
)
from storesync.plan.piece import Piece, by_key, change_to
from storesync.plan.plan import Plan, ordered
from storesync.plan.skipped import Skipped
from storesync.schedule.window import Window, intersect

Fingerprint = Callable[[Piece], str]

_NEW = "new"
_GONE = "no longer planned"


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
    ids of base to those that name them as their past: a page moves to the new one, a message
    that was sent is known under it. What is over at `at` is left out.
    """
    past, pieces, names = list(base), list(head), renamed or {}
    before, after = _ahead(past, at), _ahead(pieces, at)
    left_out = tuple(skipped)
    # Sent, as far as this tree tells: final, whatever is edited now.
    sent = {piece.key for piece in past if piece.message and piece.starts <= at}
    known, wanted = ({piece.key for piece in tree} for tree in (past, pieces))
    heirs = inherited(names, sent, known, wanted)
    gone = {key: present(names, key) or key for key in before.keys() - after.keys() - sent}
    why = {key: told_now(key, new) for key, new in gone.items() if new in after}
    why |= _reasons(pieces, left_out, {key: gone[key] for key in gone.keys() - why.keys()})
    was = moved(names, before)
    changes: list[Change] = []
    unchanged = 0
    for key in sorted((before.keys() | after.keys()) - heirs.keys()):
        old = _sendings(before.get(key, []), artifact_of[0])
        new = _sendings(after.get(key, []), artifact_of[1])
        if key in sent:
            unchanged += 1
            continue
        found: list[Change | None]
        if not new:
            found = [_withdraw(piece, why.get(key, _GONE)) for piece in old]
        elif not old and key in was:
            found = [_moved(was[key], before[was[key]], piece, artifact_of) for piece in new]
        else:
            found = list(_changes(old, new, artifact_of, at))
        stays = found.count(None)
        unchanged += min(stays, 1) if (new or old)[0].message else stays
        changes += filter(None, found)
    kept = [_inheritance(after[key][0], old) for key, old in heirs.items() if key in after]
    return Plan(None, ordered(changes), unchanged, left_out, inherited=ordered(kept))


def _changes(
    old: list[Piece],
    new: list[Piece],
    artifact_of: tuple[Fingerprint, Fingerprint],
    at: datetime,
) -> Iterator[Change | None]:
    """Yield what changes of one placement, None for each stretch that stays."""
    for one, other in _pairs(old, new):
        if other is not None:
            yield _compare(one, other, artifact_of, _comes_down(one, other, new, at))
        elif one is not None:
            yield _withdraw(one, _GONE)


def _ahead(pieces: Iterable[Piece], at: datetime) -> dict[PlacementKey, list[Piece]]:
    found = by_key(piece for piece in pieces if piece.ends is None or piece.ends > at)
    for stretches in found.values():
        stretches.sort(key=lambda piece: piece.starts)
    return found


def _sendings(stretches: list[Piece], artifact: Fingerprint) -> list[Piece]:
    """Return what may be sent of a message, which is sent once: the first stretch of each wording.

    In a later one it is sent where no run was in time before.
    """
    if not stretches or not stretches[0].message:
        return stretches
    firsts: dict[str, Piece] = {}
    for item in stretches:
        firsts.setdefault(artifact(item), item)
    return list(firsts.values())


def _reasons(
    head: Iterable[Piece],
    skipped: Iterable[Skipped],
    gone: Mapping[PlacementKey, PlacementKey],
) -> dict[PlacementKey, str]:
    """Return why placements end: their last stretch is over by now, or they are left out.

    `gone` maps their keys to those that they have now.
    """
    ended: dict[PlacementKey, list[Piece]] = {new: [] for new in gone.values()}
    for piece in head:
        if piece.key in ended:
            ended[piece.key].append(piece)
    left = {
        (item.brand, item.campaign, item.location, item.channel): item.reason for item in skipped
    }
    found = {}
    for key, new in gone.items():
        reason = left.get(new[:4]) or left.get((*new[:3], ""), "")
        if reason or ended[new]:
            found[key] = reason or over(ended[new])
    return found


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
        return change_to(new, Action.CREATE, artifact, new.reason or _NEW)
    reasons = _differences(old, new, artifact_of[0](old), artifact)
    if down:
        reasons = [down]
    if not reasons:
        return None
    change = change_to(new, Action.UPDATE, artifact, ", ".join(reasons))
    dates = (old.starts, old.ends)
    # What cuts it in another way is said already, and its parts are no whole that was one before.
    is_told = down or old.reason != new.reason or dates == (new.starts, new.ends)
    return change if is_told else replace(change, was=dates)


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


def _moved(
    was: PlacementKey, old: list[Piece], new: Piece, artifact_of: tuple[Fingerprint, Fingerprint]
) -> Change:
    """Return the creation of what was known by another id, and what differs beside it."""
    artifact = artifact_of[1](new)
    one = _first_meeting(old, new)
    more = _differences(one, new, artifact_of[0](one), artifact) if one else [new.reason]
    reason = ", ".join(filter(None, (told_before(new.key, was), *more)))
    return change_to(new, Action.CREATE, artifact, reason)


def _withdraw(old: Piece, reason: str) -> Change:
    fingerprint = change_fingerprint(old.key, Action.WITHDRAW, old.flight, old.if_late, "")
    return Change(
        Action.WITHDRAW, old.key, old.starts, old.ends, fingerprint, "", reason, explained=False
    )


def _inheritance(piece: Piece, old: PlacementKey) -> Change:
    told = told_sent(piece.key, old)
    return Change(Action.CREATE, piece.key, piece.starts, piece.ends, "", "", told, explained=True)
