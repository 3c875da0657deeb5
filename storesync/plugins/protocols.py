"""What a plug-in is asked and answers: one frozen argument object each, so both can grow."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from storesync.errors import UserError
from storesync.plan.change import Action, PlacementKey
from storesync.render.artifact import Artifact


class DeliveryClass(enum.StrEnum):
    """How a channel behaves when the same delivery is sent twice."""

    KEYED = "keyed"  # takes an idempotency key
    CONVERGENT = "convergent"  # a file or page that is put
    LOOKUP = "lookup"  # can be asked what it has
    BLIND = "blind"  # neither: at most once


class DeliveryState(enum.StrEnum):
    """What became of a delivery (DESIGN.md section 4)."""

    PLANNED = "planned"
    HELD = "held"
    HANDED_OFF = "handed_off"
    IN_DOUBT = "in_doubt"
    LIVE = "live"
    REFUSED = "refused"
    FAILED = "failed"
    MISSED = "missed"
    SKIPPED = "skipped"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do, as data: the core asks this and never a channel's name.

    What a channel cannot do it is never asked for: the delivery counts as refused, and a person is
    told. `can_schedule`: a scheduler of its own may take a delivery, which then is `handed_off`.
    """

    delivery_class: DeliveryClass
    can_update: bool
    can_withdraw: bool
    can_verify: bool = False
    can_schedule: bool = False
    # Deliveries whose outcome may be in doubt together; a batch has a quarter of an hour where the
    # ledger is shared.
    batch_size: int = 5_000


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing to put out or to take down.

    `key` is the idempotency key: the same intent always has the same one. `artifact` is None
    for a withdrawal. `titles` are names for people (`brand`, `campaign`, `location`, `folder`).
    """

    key: str
    action: Action
    placement: PlacementKey
    fingerprint: str
    artifact: Artifact | None
    starts: datetime | None = None
    ends: datetime | None = None
    remote_id: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """Deliveries of one campaign on one channel that are sent together in one run."""

    run: str
    at: datetime
    deliveries: Sequence[Delivery]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a channel says became of one delivery."""

    key: str
    state: DeliveryState
    remote_id: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ChannelSetting:
    """What a channel's factory is given: its options, and the repository it may write in."""

    root: Path
    options: Mapping[str, str]


class Unfinished(UserError):  # noqa: N818 - a result that needs telling, like LostRace
    """All deliveries stand, and something beside them could not be done: an overview page."""


class Channel(Protocol):
    """Where deliveries go. Errors of one delivery are receipts; only surroundings raise."""

    capabilities: Capabilities

    def deliver(self, batch: Batch) -> Iterator[Receipt]:
        """Carry out a batch; every receipt yielded is durable at the destination.

        Raises UserError where the surroundings fail for all (no space, no access).
        """

    def look_up(self, delivery: Delivery) -> Receipt | None:
        """Return what the destination has under this delivery's key, or None for nothing.

        A receipt that says `in_doubt` means that it cannot be asked now: the delivery waits.
        """

    def finish(self, at: datetime) -> None:
        """Do what is due once after all batches of a run, such as writing an index page.

        Raises Unfinished where the rest of it could be done; the next run calls it again.
        """
