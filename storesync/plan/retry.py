"""When what failed is tried again: soon, then ever later, worked out from the ledger alone.

Another change of the placement has another fingerprint, and is tried at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from storesync.plan.bent import shown
from storesync.plan.change import Action, Change, PlacementKey
from storesync.plan.clock import is_ahead
from storesync.plan.held import Held, Holding
from storesync.plan.live import Live
from storesync.plan.piece import Piece, change_to
from storesync.plan.plan import Plan, ordered
from storesync.plan.skipped import Skipped
from storesync.schedule.window import earlier

# After the first, second, … failure in a row of the same change; after the last one, for ever so.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 45, 120, 360))
# What should be gone misleads people as long as it is there.
WITHDRAWAL_WAITS = WAITS[:3]
_RECENT = timedelta(days=1)


class Retries(NamedTuple):
    """A plan without what failed and waits, and the changes that do, with what people are told."""

    plan: Plan
    waiting: Mapping[Change, Skipped]

    def at_once(self, plan: Plan) -> Plan:
        """Return a plan, as `put_off` left it, in which nothing waits."""
        return replace(
            plan,
            changes=ordered((*plan.changes, *self.waiting)),
            waiting=(),
            unchanged=plan.unchanged - sum(item.stays for item in self.waiting.values()),
        )


def put_off(
    plan: Plan,
    live: Mapping[PlacementKey, Live],
    running: Mapping[PlacementKey, Piece],
    holding: Holding,
    at: datetime,
) -> Retries:
    """Return a plan for a run at `at` in which what failed waits for its time.

    `live` is what the ledger says, `running` what is meant to be out at `at`. What is recalled
    (`holding`) since it failed does not wait: somebody wants it down now. Nor does what failed at
    a moment that has not come yet.
    """
    waiting: dict[Change, Skipped] = {}
    for change in plan.changes:
        record = live.get(change.key)
        again = record and _waits_until(change, record, running.get(change.key), at)
        if not record or not again or _is_recalled_since(record, holding(change.key, at)):
            continue
        stays = change.action is not Action.CREATE
        waiting[change] = Skipped(*change.key[:4], words(record.failures, again), stays=stays)
    if not waiting:
        return Retries(plan, waiting)
    rest = replace(
        plan,
        changes=tuple(change for change in plan.changes if change not in waiting),
        waiting=tuple(waiting.values()),
        unchanged=plan.unchanged + sum(item.stays for item in waiting.values()),
    )
    return Retries(rest, waiting)


def is_put_off(piece: Piece, artifact: str, record: Live, at: datetime) -> bool:
    """Say whether a piece that is not out is not tried at `at`: refused, or failed and waiting."""
    if record.refused:
        return record.artifact == artifact
    change = change_to(piece, Action.CREATE, artifact, "")
    return _waits_until(change, record, piece, at) is not None


def _waits_until(
    change: Change, record: Live, piece: Piece | None, at: datetime
) -> datetime | None:
    """Return until when a change waits that failed last, None for one that is due at `at`."""
    last = record.settled_at
    if not record.failures or record.tried != change.fingerprint or last is None:
        return None
    again = next_try(record.failures, last, change.action, piece)
    return None if again <= at or is_ahead(last, at) else again


def _is_recalled_since(record: Live, held: Held | None) -> bool:
    """Say whether somebody recalled a placement after what was done about it last."""
    if held is None or not held.recalled or held.since is None or record.settled_at is None:
        return False
    return held.since > record.settled_at


def is_another_try(change: Change, record: Live | None, at: datetime) -> bool:
    """Say whether a change is what failed last, less than a day before `at`.

    What failed long ago may be due anew, after it was not for a while.
    """
    if record is None or record.settled_at is None or at - record.settled_at > _RECENT:
        return False
    return record.failures > 0 and record.tried == change.fingerprint


def next_try(failures: int, last: datetime, action: Action, piece: Piece | None) -> datetime:
    """Return when a change is tried again that failed so often in a row, the last time at `last`.

    What ends, or may not come late, is tried again in half of the time that is left to it.
    """
    waits = WITHDRAWAL_WAITS if action is Action.WITHDRAW else WAITS
    wait = waits[min(failures, len(waits)) - 1]
    until = None if piece is None or action is Action.WITHDRAW else _until(piece, action)
    if until is not None and until > last:
        wait = min(wait, (until - last) / 2)
    return last + wait


def _until(piece: Piece, action: Action) -> datetime | None:
    """Return up to when a piece may go out."""
    if action is not Action.CREATE or piece.if_late != "skip":
        return piece.ends
    return earlier(piece.ends, piece.starts + timedelta(minutes=piece.grace_minutes))


def words(failures: int, again: datetime) -> str:
    """Return in words how often something failed, and when it is tried again."""
    times = "once" if failures == 1 else f"{failures:,} times"
    return f"failed {times}, tried again from {shown(again)} on; now: publish --only-failed"
