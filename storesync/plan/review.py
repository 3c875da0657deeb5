"""A review plan: two trees compared over all that lies ahead, for the people who approve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime

from storesync.plan.change import Action, Change, PlacementKey, change_fingerprint
from storesync.plan.heirs import Renamed, present
from storesync.plan.piece import Piece
from storesync.plan.plan import Plan, Skipped, ordered

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
    before = _ahead(base, at, renamed or {})
    after = _ahead(head, at, {})
    changes: list[Change] = []
    unchanged = 0
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key, []), after.get(key, [])
        for index in range(max(len(old), len(new))):
            change = _compare(
                old[index] if index < len(old) else None,
                new[index] if index < len(new) else None,
                artifact_of,
                at,
            )
            if change is None:
                unchanged += 1
            else:
                changes.append(change)
    return Plan(at=None, changes=ordered(changes), unchanged=unchanged, skipped=tuple(skipped))


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


def _compare(
    old: Piece | None,
    new: Piece | None,
    artifact_of: tuple[Fingerprint, Fingerprint],
    at: datetime,
) -> Change | None:
    if old is not None and old.message and old.starts <= at:
        return None  # sent already, as far as this tree tells: final, whatever is edited now
    if new is None:
        if old is None:
            return None
        print_of = change_fingerprint(old.key, Action.WITHDRAW, old.flight, old.if_late, "")
        return Change(
            Action.WITHDRAW,
            old.key,
            old.starts,
            old.ends,
            print_of,
            "",
            "no longer planned",
            explained=False,
        )
    artifact = artifact_of[1](new)
    if old is None:
        return _change(Action.CREATE, new, artifact, new.reason or "new")
    reasons = _differences(old, new, artifact_of[0](old), artifact)
    if old.runs_at(at) and not new.runs_at(at):
        back = f"comes down now, is back on {new.starts:%Y-%m-%d %H:%MZ}"
        reasons = [f"{back}: {new.reason}" if new.reason else back]
    return _change(Action.UPDATE, new, artifact, ", ".join(reasons)) if reasons else None


def _differences(old: Piece, new: Piece, before: str, after: str) -> list[str]:
    reasons = []
    if before != after:
        reasons.append("content")
    if (old.starts, old.ends) != (new.starts, new.ends):
        reasons.append(f"dates ({new.reason})" if new.reason else "dates")
    elif old.flight != new.flight:
        reasons.append("flight as written")
    if old.if_late != new.if_late:
        reasons.append("if_late")
    return reasons


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
