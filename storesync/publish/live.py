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
# Looking them up takes half the time of what is done here for each of 25,000 deliveries.
_REFUSED, _MISSED = DeliveryState.REFUSED, DeliveryState.MISSED
_IN_DOUBT, _WITHDRAWN = DeliveryState.IN_DOUBT, DeliveryState.WITHDRAWN
_CREATE = Action.CREATE


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
    state, live = record.state, record.live
    refused = state is _REFUSED
    return Live(  # by position, which takes half the time, too
        bool(live),
        kind is not None and kind.is_message,
        state is _MISSED,
        refused,
        record.artifact if refused and not live else record.live_artifact,
        live,
        record.starts,
        record.ends,
        record.at,
        state is _IN_DOUBT,
        state is _WITHDRAWN and record.action is not _CREATE,
        record.failures if state in FAILED else 0,
        record.fingerprint,
    )


def last_run(campaigns: Iterable[CampaignLedger], genesis: datetime | None) -> datetime | None:
    """Return when something was last recorded: the baseline for windows that passed unseen."""
    times = [item.latest for item in campaigns if item.latest is not None]
    return max([*times, genesis], default=None) if genesis else max(times, default=None)
