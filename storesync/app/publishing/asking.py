"""What an earlier run left in doubt: channels are asked, then what is due is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from storesync.app.proof.basis import Basis
    from storesync.app.publishing.due import Due
    from storesync.errors import UserError
    from storesync.ledger.delivery import DeliveryRecord
    from storesync.plan.change import PlacementKey
    from storesync.plugins.protocols import Receipt
    from storesync.publish.publisher import Run


class WorkedOut(NamedTuple):
    """What is due, and what channels and other runs know: deliveries by what becomes of them.

    Those `in_doubt` no channel has; those that are `waiting` stay in doubt, and why; `busy` are
    another run's. `news` is what channels answered that the ledger did not say.
    """

    due: Due
    in_doubt: dict[PlacementKey, DeliveryRecord]
    waiting: dict[PlacementKey, str]
    busy: dict[PlacementKey, str]
    news: dict[PlacementKey, Receipt]


def work_out_asking(
    basis: Basis, run: Run, closed: Mapping[str, UserError], *, at_once: bool
) -> WorkedOut:
    """Ask channels about what is in doubt, write down what they say, then plan.

    `closed` are channels that cannot be asked, and why; `at_once` as in `work_out_again`.
    """
    from storesync.app.publishing.firsts import work_out_again
    from storesync.publish import doubtful

    in_doubt = _in_doubt(basis, _busy(basis), closed)
    answers, news = _asked(basis, run, in_doubt)
    busy = _busy(basis)  # again: while channels were asked another run may have begun something
    waiting = {key: item.detail for key, item in answers.items() if item.state == "in_doubt"}
    in_doubt = {key: item for key, item in in_doubt.items() if key not in {*answers, *busy}}
    plan = partial(work_out_again, basis, run.name, closed=closed, at_once=at_once)
    due = plan(busy | waiting)
    free = {key: item for key, item in in_doubt.items() if not due.holding(key, basis.at)}
    unsure = doubtful.unsure(run, free, due.plan.changes)
    if unsure:
        news |= _tell(basis, run, "unsure", in_doubt, unsure)
        waiting |= {key: item.detail for key, item in unsure.items()}
        busy = _busy(basis)
        due = plan(busy | waiting)
        in_doubt = {key: item for key, item in in_doubt.items() if key not in {*unsure, *busy}}
    return WorkedOut(due, in_doubt, waiting, busy, news)


def _in_doubt(
    basis: Basis, busy: Mapping[PlacementKey, str], closed: Mapping[str, UserError]
) -> dict[PlacementKey, DeliveryRecord]:
    """Return the deliveries in doubt that no other run is sending, on channels that are there."""
    from storesync.publish import doubtful

    sound = [item for item in basis.campaigns() if not item.is_damaged]
    return {
        key: item
        for key, item in doubtful.deliveries(sound).items()
        if key not in busy and key.channel not in closed
    }


def _asked(
    basis: Basis, run: Run, in_doubt: Mapping[PlacementKey, DeliveryRecord]
) -> tuple[dict[PlacementKey, Receipt], dict[PlacementKey, Receipt]]:
    """Return what channels say of deliveries in doubt, and what of it is news: written down now."""
    from storesync.publish import doubtful

    answers = doubtful.ask(run, in_doubt)
    return answers, _tell(basis, run, "asked", in_doubt, answers)


def _tell(
    basis: Basis,
    run: Run,
    name: str,
    in_doubt: Mapping[PlacementKey, DeliveryRecord],
    answers: Mapping[PlacementKey, Receipt],
) -> dict[PlacementKey, Receipt]:
    """Write down what of answers is news, in a segment of its own, and return it."""
    from storesync.publish import doubtful

    news = doubtful.news(in_doubt, answers)
    if news:
        writer = basis.store.writer(basis.ledger, f"{run.name}-{name}")
        doubtful.settle(run, writer, news)
        basis.ledger = basis.store.read(at=basis.at)
    return news


def _busy(basis: Basis) -> dict[PlacementKey, str]:
    """Return what a run on another machine may still be sending: its lease has not ended.

    A ledger on this machine alone needs no lease: this run holds the right to publish, so no
    other one is alive.
    """
    from storesync.plan.bent import shown
    from storesync.publish import doubtful

    if not basis.settings.get("ledger"):
        return {}
    return {
        key: f"another run is sending it, until {shown(record.lease)} at most"
        for key, record in doubtful.deliveries(basis.campaigns()).items()
        if record.lease is not None and record.lease > basis.at
    }
