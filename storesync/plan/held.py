"""What a person holds or recalls: due, and yet neither put out nor changed; or taken down."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from storesync.plan.change import Action, Change, PlacementKey
from storesync.plan.live import Live
from storesync.plan.plan import Plan
from storesync.plan.skipped import Skipped


class Held(NamedTuple):
    """Why a placement is held, for people. `recalled`: what is out of it comes down, too.

    `since` is when that was asked for (UTC), None where it is not known.
    """

    reason: str
    recalled: bool = False
    since: datetime | None = None


# A placement, and a moment (UTC) -> what holds it then, None for nothing.
Holding = Callable[[PlacementKey, datetime], Held | None]


class Kept(NamedTuple):
    """What is left of changes and of what was missed, and what is held of them."""

    changes: list[Change]
    missed: list[Change]
    held: list[Skipped]


def without_proof(plan: Plan, reasons: Collection[str]) -> Plan:
    """Return a plan in which what is frozen for one of these reasons is held: it lacks a proof."""
    why = set(reasons)
    held = [item for item in plan.frozen if item.reason in why]
    rest = tuple(item for item in plan.frozen if item.reason not in why)
    return replace(plan, held=(*plan.held, *held), frozen=rest) if held else plan


def recalled(
    live: Mapping[PlacementKey, Live],
    holding: Holding,
    bound: Callable[[PlacementKey], str],
    at: datetime,
) -> dict[PlacementKey, str]:
    """Return what has to come down, and why; what is in doubt as well, for it may be out there.

    `bound` says why nothing at all may be done with a placement, such as a damaged ledger.
    """
    found = {}
    for key, record in live.items():
        if (record.out or record.doubtful) and not record.final:
            held = holding(key, at)
            if held is not None and held.recalled and not bound(key):
                found[key] = held.reason
    return found


def ended(
    live: Mapping[PlacementKey, Live],
    over: Mapping[PlacementKey, str],
    bound: Callable[[PlacementKey], str],
) -> dict[PlacementKey, str]:
    """Return what of `over` is out and can be taken down; `bound` as in `recalled`."""
    return {
        key: why
        for key, why in over.items()
        if key in live and live[key].out and not live[key].final and not bound(key)
    }


def final(live: Mapping[PlacementKey, Live], holding: Holding, at: datetime) -> list[str]:
    """Say which messages were recalled after they had been sent."""
    return [
        f"{key.brand}/{key.campaign}: {key.channel} was sent already and cannot be taken back"
        for key, record in live.items()
        if record.out and record.final and (held := holding(key, at)) and held.recalled
    ]


def keep_in(
    changes: Iterable[Change],
    missed: Iterable[Change],
    holding: Holding,
    was_held: Callable[[PlacementKey, datetime], bool],
    at: datetime,
) -> Kept:
    """Take out what is held. What comes down comes down; what a hold let pass is not missed."""
    kept = Kept([], [], [])
    for change in changes:
        held = None if change.action is Action.WITHDRAW else holding(change.key, at)
        if held is None:
            kept.changes.append(change)
        else:
            stays = change.action is Action.UPDATE
            kept.held.append(Skipped(*change.key[:4], held.reason, stays=stays))
    for change in missed:
        held = holding(change.key, at)
        passed = change.ends is not None and change.ends <= at
        if held is not None and not passed:
            kept.held.append(Skipped(*change.key[:4], held.reason))
        elif held is None and not (passed and change.ends and was_held(change.key, change.ends)):
            kept.missed.append(change)
    return kept
