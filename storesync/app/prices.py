"""What the ledger in this clone says of earlier prices; read when an offer first claims one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storesync.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from storesync.app.context import Context
    from storesync.ledger.campaign import CampaignLedger
    from storesync.ledger.ledger import Ledger
    from storesync.plan.price import Told


class Prices:
    """Answers what was told, as `validate.price_history.Ledgered` asks.

    `tip` is the ledger's commit as of the first question, empty where there was no ledger to be
    seen, None where nobody asked: then an outcome does not hang on it.
    """

    def __init__(self, context: Context, at: datetime) -> None:
        self._context = context
        self._at = at
        self._ledger: Ledger | None = None
        self.tip: str | None = None

    def __call__(
        self, brand: str, since: datetime, until: Mapping[str, datetime]
    ) -> list[Told] | None:
        """Return the prices of a brand that were told at or after a moment, None for no ledger.

        A campaign of which nothing matters from a moment on, by `until`, is not read where nothing
        was written of it before.
        """
        if self.tip is None:
            self.tip = ledger_tip(self._context)
        if not self.tip:
            return None
        # Names alone tell where there is nothing else to be read, which is the usual case.
        names = self._context.repository.children(self.tip, f"ledger/{brand}").keys()
        without = {name for name in names & until if not self._began(brand, name, until[name])}
        if not names - without:
            return []
        self._ledger = self._ledger or self._read()
        if self._ledger is None or self._ledger.genesis is None:
            return None
        from storesync.ledger.prices import told

        return [
            price
            for name, campaign in sorted(self._ledger.campaigns.items())
            if name.brand == brand and name.campaign not in without and _reaches(campaign, since)
            for price in told(self._ledger.lines(*name))
        ]

    def _began(self, brand: str, name: str, at: datetime) -> bool:
        """Say whether a campaign's ledger began before a moment: its files are named by time."""
        from storesync.ledger.layout import run_stamp

        runs = self._context.repository.children(self.tip or "", f"ledger/{brand}/{name}")
        return not runs or min(runs) < run_stamp(at)

    def _read(self) -> Ledger | None:
        """Return the ledger as it is here: nothing is fetched, and one that is damaged is none."""
        from storesync.ledger.store import LedgerStore

        try:
            return LedgerStore(self._context.repository, self._context.cache).read(at=self._at)
        except UserError:
            return None


def ledger_tip(context: Context) -> str:
    """Return the commit of the ledger in this clone, empty for none; one question to Git."""
    from storesync.ledger.layout import BRANCH

    try:
        return context.repository.read_ref(BRANCH) or ""
    except UserError:
        return ""


def _reaches(campaign: CampaignLedger, since: datetime) -> bool:
    """Say whether anything of a campaign was out at or after a moment."""
    if campaign.latest is not None and campaign.latest >= since:
        return True
    return any(
        record.live and (record.ends is None or record.ends > since)
        for record in campaign.state.values()
    )
