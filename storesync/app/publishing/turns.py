"""A plan carried out in turns: what gives way to a rival comes down once the rival is out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storesync.plan.change import Action
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
    from storesync.plan.plan import ordered
    from storesync.plan.skipped import Skipped
    from storesync.publish.publisher import carry_out

    ledger, changes = due.basis.ledger, due.plan.changes
    ways = _giving_way(due)
    first = [item for item in changes if item.key not in ways]
    sent = carry_out(run, ledger, writer, first, due.bodies)
    there = {item.change.key[:4] for item in sent if item.receipt.state in _OUT}
    after = [item for item in changes if ways.get(item.key, set()) & there]
    sent += carry_out(run, ledger, writer, after, due.bodies)
    done = (*first, *after)
    stay = set(changes).difference(done)
    if not stay:
        return due, sent
    told = [
        Skipped(*item.key[:4], f"stays until its rival is out: {item.reason}", stays=True)
        for item in changes
        if item in stay
    ]
    plan = replace(
        due.plan,
        changes=ordered(done),
        waiting=(*due.plan.waiting, *told),
        unchanged=due.plan.unchanged + len(stay),
    )
    return replace(due, plan=plan), sent


def _giving_way(due: Due) -> Mapping[PlacementKey, set[Place]]:
    """Return what comes down for rivals alone, of which none is out yet, with their places."""
    from storesync.plan.heirs import present
    from storesync.plan.kept_up import giving_way
    from storesync.publish.live import live_of
    from storesync.validate.identity import renamed

    down = [item.key for item in due.plan.changes if item.action is Action.WITHDRAW]
    if due.chain is None or not down:
        return {}
    names = renamed(due.chain.catalog)
    old = {present(names, key) or key: key for key in down}  # by the keys that files give them now
    live, at = live_of(due.basis.campaigns()), due.basis.at
    found = giving_way(due.chain.assessment.taken(), old, live, at)
    return {old[key]: places for key, places in found.items() if not _is_over(due, old[key])}


def _is_over(due: Due, key: PlacementKey) -> bool:
    """Say whether something comes down whatever its rivals do: recalled, or so approved."""
    held = due.holding(key, due.basis.at)
    return bool((held and held.recalled) or due.frozen.placement(key))
