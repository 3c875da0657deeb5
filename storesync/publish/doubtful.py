"""Deliveries in doubt: channels are asked what became of them, and the answers are written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from storesync.ledger import entry
from storesync.ledger.campaign import CampaignLedger
from storesync.ledger.delivery import DeliveryRecord
from storesync.ledger.layout import CampaignId
from storesync.ledger.store import LedgerWriter
from storesync.model.channel import KINDS
from storesync.plan.change import Action, Change, PlacementKey
from storesync.plugins.protocols import Channel, Delivery, DeliveryClass, DeliveryState, Receipt
from storesync.publish import answered
from storesync.publish.publisher import Run

# What may be sent a second time under the same key without harm.
_REPEATABLE = frozenset({DeliveryClass.KEYED, DeliveryClass.CONVERGENT})
_NOT_ASKED = "this channel cannot be asked what became of it"


def deliveries(campaigns: Iterable[CampaignLedger]) -> dict[PlacementKey, DeliveryRecord]:
    """Return the deliveries that were begun and of which nobody knows how they ended."""
    return {
        key: record
        for campaign in campaigns
        if campaign.counts.get(DeliveryState.IN_DOUBT)
        for key, record in campaign.state.items()
        if record.state is DeliveryState.IN_DOUBT
    }


def ask(run: Run, doubtful: Mapping[PlacementKey, DeliveryRecord]) -> dict[PlacementKey, Receipt]:
    """Ask channels what became of deliveries in doubt; those they know nothing of are left out.

    An answer may be `in_doubt` itself: the channel cannot tell now, and nothing may be guessed.
    """
    answers = {}
    for key, record in doubtful.items():
        answer = _ask(run.channels(key), key, record)
        if answer is not None:
            answers[key] = answer
    return answers


def _ask(channel: Channel, key: PlacementKey, record: DeliveryRecord) -> Receipt | None:
    if not channel.capabilities.can_verify:
        if channel.capabilities.delivery_class in _REPEATABLE:
            return None
        return Receipt(record.key, DeliveryState.IN_DOUBT, detail=_NOT_ASKED)
    return look_up(channel, key, record)


def unsure(
    run: Run, doubtful: Mapping[PlacementKey, DeliveryRecord], changes: Iterable[Change]
) -> dict[PlacementKey, Receipt]:
    """Return what may be out there, cannot be asked about, and is not about to be put right.

    A page is where anything replaces it or takes it down; a message only where the very same is
    repeated, which a channel that knows keys takes for one.
    """
    planned = {change.key: change.fingerprint for change in changes}
    return {
        key: Receipt(record.key, DeliveryState.IN_DOUBT, detail=_NOT_ASKED)
        for key, record in doubtful.items()
        if not run.channels(key).capabilities.can_verify
        and (key not in planned or (_is_message(key) and planned[key] != record.fingerprint))
    }


def _is_message(key: PlacementKey) -> bool:
    return key.channel in KINDS and KINDS[key.channel].is_message


def look_up(channel: Channel, key: PlacementKey, record: DeliveryRecord) -> Receipt | None:
    """Ask a channel that can be asked what it has of a delivery, None for nothing."""
    return answered.look_up(
        channel,
        Delivery(
            key=record.key,
            action=record.action,
            placement=key,
            fingerprint=record.fingerprint,
            artifact=None,
            starts=record.starts,
            ends=record.ends,
            remote_id=record.remote_id,
        ),
    )


def news(
    doubtful: Mapping[PlacementKey, DeliveryRecord], answers: Mapping[PlacementKey, Receipt]
) -> dict[PlacementKey, Receipt]:
    """Return the answers that say more than the ledger: what stays in doubt is written once."""
    return {
        key: answer
        for key, answer in answers.items()
        if answer.state is not DeliveryState.IN_DOUBT or answer.detail != doubtful[key].detail
    }


def settle(run: Run, writer: LedgerWriter, answers: Mapping[PlacementKey, Receipt]) -> None:
    """Write down what channels said became of deliveries in doubt."""
    lines: dict[CampaignId, list[entry.Fields]] = defaultdict(list)
    for key, answer in answers.items():
        lines[CampaignId(key.brand, key.campaign)].append(entry.receipt(answer, at=run.at))
    writer.confirm(lines, at=run.at)
    run.step("settled")


def give_up(
    run: Run,
    writer: LedgerWriter,
    doubtful: Mapping[PlacementKey, DeliveryRecord],
    missed: Sequence[Change],
) -> tuple[Change, ...]:
    """Write down what is not sent again: it is not due now, or its window passed.

    Return all that is missed, `missed` included.
    """
    lines: dict[CampaignId, list[entry.Fields]] = defaultdict(list)
    passed = []
    for key, record in doubtful.items():
        reason, state = _given_up(record, run.at)
        lines[CampaignId(key.brand, key.campaign)].append(
            entry.settled(record.key, state, who=run.name, reason=reason, at=run.at)
        )
        if state is DeliveryState.MISSED:
            passed.append(_never_sent(key, record, reason))
    for change in missed:
        campaign = CampaignId(change.key.brand, change.key.campaign)
        lines[campaign].append(
            entry.missed(change.key, change.fingerprint, reason=change.reason, at=run.at)
        )
    writer.append(lines, at=run.at)
    run.step("gave up")
    return (*missed, *passed)


def _never_sent(key: PlacementKey, record: DeliveryRecord, reason: str) -> Change:
    return Change(
        action=record.action,
        key=key,
        starts=record.starts,
        ends=record.ends,
        fingerprint=record.fingerprint,
        artifact="",
        reason=reason,
        explained=True,
    )


def _given_up(record: DeliveryRecord, at: datetime) -> tuple[str, DeliveryState]:
    """Return why a delivery that never arrived is not made again, and what it counts as.

    What may be due again is not missed: it waits for quiet hours, or somebody cancelled it.
    """
    if record.action is not Action.CREATE:
        return "never arrived, and is not due any more", DeliveryState.FAILED
    if record.ends is None or record.ends > at:
        return "never arrived, and is not due now", DeliveryState.WITHDRAWN
    return "never arrived, and is not due any more", DeliveryState.MISSED
