"""What is merged and not proven, for `status`: looked for only where proof is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storesync.app.context import Context
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.app.chain import Chain
    from storesync.approval.proof import Standing, Unproven
    from storesync.ledger.ledger import Ledger
    from storesync.plan.change import PlacementKey


@dataclass(frozen=True)
class Pending:
    """Placements held because an unproven commit changed them, with the reason.

    `standing` is None where nothing has to be proven; `unseen` says why nothing can be told.
    """

    placements: Mapping[PlacementKey, str] = field(default_factory=dict)
    standing: Standing | None = None
    unseen: str = ""

    def causes(self) -> list[Unproven]:
        """Return the unproven commits that still are in the files."""
        from storesync.approval.proof import open_causes

        return open_causes(self.standing) if self.standing else []


def pending(
    context: Context, ledger: Ledger, chain: Chain, commit: str | None, *, offline: bool
) -> Pending:
    """Return what is not proven of a commit; `chain` is that commit's, rendered only if tainted."""
    from storesync.app.proof.guard import is_guarded
    from storesync.app.settings import settings_of

    if ledger.genesis is None or commit is None:
        return Pending()
    try:
        settings = settings_of(context.repository, commit)
    except UserError:
        settings = {}  # a slip in them takes no proof away: the baseline says what is asked for
    try:
        if not is_guarded(ledger, settings):
            return Pending()
        if offline:
            return Pending(unseen="approvals of what is merged: not asked for (--offline)")
        return _proven(context, ledger, chain, commit)
    except UserError as error:
        return Pending(unseen=f"approvals of what is merged: {error.message}")


def _proven(context: Context, ledger: Ledger, chain: Chain, commit: str) -> Pending:
    from storesync.app.proof.basis import Basis
    from storesync.app.proof.proving import prove
    from storesync.app.proof.unmerged import check_merged
    from storesync.app.proof.unproven import unproven_placements
    from storesync.ledger.store import LedgerStore
    from storesync.publish.live import live_of

    at = chain.at
    proof = prove(context, ledger, commit, at)
    check_merged(context, proof, commit)
    if not proof.standing.taints:
        return Pending(standing=proof.standing)
    brands = {path.split("/")[1] for path in proof.standing.taints if path.startswith("brands/")}
    store = LedgerStore(context.repository, context.cache)
    stale = brands | set(chain.catalog.brands)
    basis = Basis(context, at, commit, proof.settings, store, ledger, {}, stale, proof)
    doubts = unproven_placements(basis, chain, live_of(ledger.campaigns.values()))
    chain.production.finish()
    return Pending(doubts.reasons, proof.standing)
