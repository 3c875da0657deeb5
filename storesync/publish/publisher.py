"""Carrying out a plan: intent, delivery, receipt; a run killed anywhere can be run again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from storesync.errors import UserError
from storesync.ledger import entry
from storesync.ledger.delivery import DeliveryRecord, delivery_key
from storesync.ledger.layout import CampaignId
from storesync.ledger.ledger import Ledger
from storesync.ledger.store import LedgerWriter
from storesync.plan.change import Action, Change, PlacementKey
from storesync.plugins.protocols import (
    Batch,
    Capabilities,
    Channel,
    Delivery,
    DeliveryState,
    Receipt,
)
from storesync.publish import answered
from storesync.publish.lapse import Lapse
from storesync.render.artifact import Artifact

# How long a run may take for a batch before another one may ask what became of it.
LEASE = timedelta(minutes=15)

# A placement -> what delivers it: its channel's plug-in, at its destination.
Channels = Callable[[PlacementKey], Channel]
# Changes -> the same changes with what is to be delivered (None for a withdrawal).
Bodies = Callable[[Sequence[Change]], Iterator[tuple[Change, Artifact | None]]]
# Told the name of each step that is done; tests end the process here.
Step = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Sent:
    """A change and what became of it in this run."""

    change: Change
    receipt: Receipt

    @property
    def bad(self) -> bool:
        """Say whether it ended in another way than it should have."""
        return self.receipt.state not in {DeliveryState.LIVE, DeliveryState.WITHDRAWN}


@dataclass
class Run:
    """One run of the publisher: its name, its moment, and the parts it works with.

    `lapse` tells how long ago that moment was; None where no other machine could take over.
    `sent` grows by what is sent and recorded, also where a race is lost after that.
    """

    name: str
    at: datetime
    repository_id: str
    channels: Channels
    lapse: Lapse | None = None
    sent: list[Sent] = field(default_factory=list)
    titles: Mapping[PlacementKey, Mapping[str, str]] = field(default_factory=dict)
    step: Step = lambda _name: None

    def lease(self) -> datetime:
        """Return until when what is begun now is this run's alone."""
        return self.at + (self.lapse() if self.lapse else timedelta()) + LEASE

    def check(self, lease: datetime) -> None:
        """Raise UserError where a lease is over: from then on another run may send the same."""
        if self.lapse is None or self.at + self.lapse() < lease:
            return
        minutes = int(LEASE.total_seconds() // 60)
        message = f"a batch took longer than {minutes} minutes, and another run may go on with it"
        hint = "run the command again, then see storesync status: it asks what became of the rest"
        raise UserError(message, hint=hint)


def newly_bad(ledger: Ledger, sent: Iterable[Sent]) -> bool:
    """Say whether something went wrong that the ledger did not say before this run."""
    for item in sent:
        change = item.change
        before = ledger.campaign(change.key.brand, change.key.campaign).state.get(change.key)
        known = before and (before.state, before.fingerprint)
        if item.bad and known != (item.receipt.state, change.fingerprint):
            return True
    return False


def carry_out(
    run: Run, ledger: Ledger, writer: LedgerWriter, changes: Sequence[Change], bodies: Bodies
) -> list[Sent]:
    """Carry out changes in waves; each wave's intents are durable before its channels are called.

    Raises LostRace before a wave where another run has written meanwhile: it may have sent what
    comes next. UserError where a channel's surroundings fail; what was confirmed is recorded.
    """
    before = len(run.sent)
    source = iter(changes)
    size = _wave_size(run, changes)
    while wave := list(islice(source, size)):
        run.sent += _wave(run, ledger, writer, wave, bodies)
    return run.sent[before:]


def _wave_size(run: Run, changes: Iterable[Change]) -> int:
    places = {(item.key.channel, item.key.destination): item.key for item in changes}
    sizes = [run.channels(key).capabilities.batch_size for key in places.values()]
    return min(sizes, default=1)


def _wave(
    run: Run, ledger: Ledger, writer: LedgerWriter, wave: Sequence[Change], bodies: Bodies
) -> list[Sent]:
    keys: dict[PlacementKey, str] = {}
    lines: dict[CampaignId, list[entry.Fields]] = defaultdict(list)
    lease = run.lease()
    for change in wave:
        campaign = CampaignId(change.key.brand, change.key.campaign)
        record = ledger.campaign(*campaign).state.get(change.key)
        lines[campaign] += _intent(run, change, record, keys, lease)
    writer.append(lines, at=run.at)
    run.step("intended")
    sent: list[Sent] = []
    try:
        for receipt, change in _deliver(run, wave, keys, bodies, lease):
            sent.append(Sent(change, receipt))
            run.step("delivered")
    finally:
        receipts: dict[CampaignId, list[entry.Fields]] = defaultdict(list)
        for item in sent:
            campaign = CampaignId(item.change.key.brand, item.change.key.campaign)
            receipts[campaign].append(entry.receipt(item.receipt, at=run.at))
        writer.confirm(receipts, at=run.at)
        run.step("recorded")
    return sent


def _intent(
    run: Run,
    change: Change,
    record: DeliveryRecord | None,
    keys: dict[PlacementKey, str],
    lease: datetime,
) -> list[entry.Fields]:
    """Return the lines that announce a change, and note its idempotency key.

    The same intent has the same key: what was in doubt is repeated under it. Another intent
    closes the one in doubt first, which the channel says never arrived.
    """
    sequence = record.sequence if record else 0
    lines = []
    key = delivery_key(run.repository_id, change.key, sequence, change.action, change.fingerprint)
    if record is not None and record.state is DeliveryState.IN_DOUBT and record.key != key:
        reason = "never arrived; another change took its place"
        lines.append(
            entry.settled(record.key, DeliveryState.FAILED, who=run.name, reason=reason, at=run.at)
        )
        sequence += 1
        key = delivery_key(
            run.repository_id, change.key, sequence, change.action, change.fingerprint
        )
    keys[change.key] = key
    lines.append(
        entry.intent(change, key=key, sequence=sequence, run=run.name, lease=lease, at=run.at)
    )
    return lines


def _deliver(
    run: Run,
    wave: Sequence[Change],
    keys: Mapping[PlacementKey, str],
    bodies: Bodies,
    lease: datetime,
) -> Iterator[tuple[Receipt, Change]]:
    batches: dict[tuple[str, ...], list[Delivery]] = defaultdict(list)
    changes = {}
    for change, artifact in bodies(wave):
        key = keys[change.key]
        changes[key] = change
        if artifact is not None and artifact.fingerprint != change.artifact:
            detail = "rendered twice, the text differed: nothing was sent"
            yield Receipt(key, DeliveryState.FAILED, detail=detail), change
            continue
        place = change.key
        beyond = _beyond(run.channels(place).capabilities, change.action)
        if beyond:
            yield Receipt(key, DeliveryState.REFUSED, detail=beyond), change
            continue
        batches[place.channel, place.destination, place.brand, place.campaign].append(
            _delivery(run, change, artifact, key)
        )
    for deliveries in batches.values():
        batch = Batch(run.name, run.at, deliveries)
        channel = run.channels(deliveries[0].placement)
        run.check(lease)
        for done, receipt in enumerate(answered.deliver(channel, batch), 1):
            yield receipt, changes[receipt.key]
            if done < len(deliveries):  # before the channel goes on to the next one
                run.check(lease)


def _beyond(able: Capabilities, action: Action) -> str:
    """Return why a channel is not asked to do something, empty where it can."""
    if action is Action.UPDATE and not able.can_update:
        return "this channel cannot change what it sent: what is out stays as it is"
    if action is Action.WITHDRAW and not able.can_withdraw:
        return "this channel cannot take down what it sent: do that there by hand"
    return ""


def _delivery(run: Run, change: Change, artifact: Artifact | None, key: str) -> Delivery:
    return Delivery(
        key=key,
        action=change.action,
        placement=change.key,
        fingerprint=change.fingerprint,
        artifact=artifact,
        starts=change.starts,
        ends=change.ends,
        titles=run.titles.get(change.key, {}),
    )


def inherit(run: Run, writer: LedgerWriter, ledger: Ledger, inherited: Iterable[Change]) -> None:
    """Write down under their new keys what was sent under others, so that it is known for good."""
    lines: dict[CampaignId, list[entry.Fields]] = defaultdict(list)
    for change in inherited:
        campaign = CampaignId(change.key.brand, change.key.campaign)
        record = ledger.campaign(*campaign).state.get(change.key)
        keys: dict[PlacementKey, str] = {}
        lines[campaign] += _intent(run, change, record, keys, run.lease())
        receipt = Receipt(keys[change.key], DeliveryState.LIVE, detail=change.reason)
        lines[campaign].append(entry.receipt(receipt, at=run.at))
    writer.append(lines, at=run.at)
    run.step("inherited")


def check_expected(expected: str | None, fingerprint: str, *, is_empty: bool = False) -> None:
    """Raise UserError where a plan, of no change where it `is_empty`, is not that reviewed."""
    if expected is not None and expected != fingerprint:
        message = "the plan is not the one expected; nothing was done"
        hint = f"its fingerprint is {fingerprint}: look at storesync plan"
        if is_empty:
            hint = "nothing is due now: storesync history shows whether another run did it"
        raise UserError(message, hint=hint)
