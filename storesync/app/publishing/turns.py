"""A plan carried out in turns: what gives way to a rival comes down once the rival is out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storesync.plugins.protocols import DeliveryState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storesync.app.publishing.due import Due
    from storesync.ledger.store import LedgerWriter
    from storesync.plan.change import PlacementKey
    from storesync.plan.kept_up import Place
    from storesync.publish.publisher import Run, Sent

_OUT = frozenset({DeliveryState.LIVE, DeliveryState.HANDED_OFF})


def carry_out_in_turns(run: Run, due: Due, writer: LedgerWriter) -> tuple[Due, list[Sent]]:
    """Carry out a plan; return it without what stays up for want of its rival, and what was sent.

    Raises as `publisher.carry_out`.
    """
    from storesync.plan.skipped import Skipped
    from storesync.publish.publisher import carry_out

    ledger, changes = due.basis.ledger, due.plan.changes
    ways = _giving_way(due)
    now = [item for item in changes if item.key not in ways]
    sent = carry_out(run, ledger, writer, now, due.bodies)
    there = {item.change.key[:4] for item in sent if item.receipt.state in _OUT}
    free = {key for key, places in ways.items() if places & there}
    sent += carry_out(run, ledger, writer, [it for it in changes if it.key in free], due.bodies)
    stay = [item for item in changes if item.key in ways.keys() - free]
    told = [
        Skipped(*item.key[:4], f"stays until its rival is out: {item.reason}", stays=True)
        for item in stay
    ]
    plan = replace(
        due.plan,
        changes=tuple(item for item in changes if item.key not in ways.keys() - free),
        waiting=(*due.plan.waiting, *told),
        unchanged=due.plan.unchanged + len(stay),
    )
    return (replace(due, plan=plan) if stay else due), sent


def _giving_way(due: Due) -> Mapping[PlacementKey, set[Place]]:
    """Return what comes down for rivals alone, of which none is out yet, with their places."""
    from storesync.plan.kept_up import giving_way
    from storesync.publish.live import live_of

    if due.chain is None:
        return {}
    at, taken = due.basis.at, due.chain.assessment.taken()
    found = giving_way(taken, due.plan.changes, live_of(due.basis.campaigns()), at)
    return {key: places for key, places in found.items() if not _is_over(due, key)}


def _is_over(due: Due, key: PlacementKey) -> bool:
    """Say whether something comes down whatever its rivals do: recalled, or so approved."""
    held = due.holding(key, due.basis.at)
    return bool((held and held.recalled) or due.frozen.placement(key))
