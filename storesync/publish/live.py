"""What the ledger says is live, in the planner's terms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from storesync.ledger.campaign import CampaignLedger
from storesync.ledger.delivery import DeliveryRecord
from storesync.model.channel import KINDS
from storesync.plan.change import Action, PlacementKey
from storesync.plan.live import Live
from storesync.plugins.protocols import DeliveryState

FAILED = frozenset({DeliveryState.FAILED, DeliveryState.REFUSED})


def live_of(campaigns: Iterable[CampaignLedger]) -> dict[PlacementKey, Live]:
    """Return every placement the ledger knows, with what customers see of it now."""
    return {
        key: _live(key, record) for campaign in campaigns for key, record in campaign.state.items()
    }


def is_left(campaign: CampaignLedger) -> bool:
    """Say whether customers see, or may see, anything of a campaign that can be taken down."""
    return any(
        item.doubtful or (item.out and not item.final) for item in live_of([campaign]).values()
    )


def _live(key: PlacementKey, record: DeliveryRecord) -> Live:
    kind = KINDS.get(key.channel)
    refused = record.state is DeliveryState.REFUSED
    return Live(
        out=bool(record.live),
        final=kind is not None and kind.is_message,
        missed=record.state is DeliveryState.MISSED,
        refused=refused,
        artifact=record.artifact if refused and not record.live else record.live_artifact,
        fingerprint=record.live,
        starts=record.starts,
        ends=record.ends,
        settled_at=record.at,
        doubtful=record.state is DeliveryState.IN_DOUBT,
        withdrawn=record.state is DeliveryState.WITHDRAWN and record.action is not Action.CREATE,
        failures=record.failures if record.state in FAILED else 0,
        tried=record.fingerprint,
    )


def last_run(campaigns: Iterable[CampaignLedger], genesis: datetime | None) -> datetime | None:
    """Return when something was last recorded: the baseline for windows that passed unseen."""
    times = [item.latest for item in campaigns if item.latest is not None]
    return max([*times, genesis], default=None) if genesis else max(times, default=None)
