"""What a review says of an upgrade: what is live would read otherwise, though nobody changed it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from storesync.render.versions import versions

if TYPE_CHECKING:
    from storesync.app.review.compared import Compared
    from storesync.app.review.published import Sent
    from storesync.ledger.ledger import Ledger


def is_upgraded(ledger: Ledger) -> bool:
    """Say whether other versions than these worked out all that the ledger knows."""
    tools = {campaign.tool for campaign in ledger.campaigns.values()} - {""}
    return bool(tools) and versions() not in tools


def with_upgrade(compared: Compared, published: Sent, at: datetime) -> Compared:
    """Return a comparison that warns of what these versions alone alter of what is published.

    What the merge changes anyway is not among that.
    """
    from storesync.ledger.holds import holds_of
    from storesync.publish.live import live_of
    from storesync.publish.manifests import with_holds
    from storesync.publish.outdated import Past, moved, outdated
    from storesync.report.upgrade import as_text

    ledger = published.ledger
    inputs = with_holds(published.inputs, holds_of(ledger.journal), at)
    past = Past(ledger.manifests, inputs, versions())
    changed = {change.key for change in compared.plan.changes}
    pieces = [item for item in compared.chains[0].assessment.pieces() if item.key not in changed]
    running = [item for item in pieces if item.runs_at(at)]
    live = live_of(ledger.campaigns.values())
    old = [
        item for item in outdated(running, compared.hashes, live, past) if not live[item.key].final
    ]
    words = as_text(
        [(piece.key, live[piece.key].artifact) for piece in old],
        [piece.key for piece in moved(pieces, past, at)],
        {manifest.tool for manifest in ledger.manifests.values()},
        versions(),
    )
    plan = compared.plan
    return replace(compared, plan=replace(plan, warnings=(*plan.warnings, *words)))
