"""What went out before, as the ledger has it: to go back to it may be a light change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from storesync.ledger.entry import Kind

if TYPE_CHECKING:
    from storesync.ledger.ledger import Ledger
    from storesync.plan.change import Change


def sent_before(
    ledger: Ledger | None, changes: Iterable[Change], until: datetime | None = None
) -> frozenset[str]:
    """Return the fingerprints of all that was sent of the campaigns in which something changes.

    `ledger` is None where nothing has to be proven: what was sent then was not approved by that.
    The lines of these campaigns alone are read, those written before `until` (UTC).
    """
    from storesync.plan.change import Action

    if ledger is None:
        return frozenset()
    campaigns = {change.key[:2] for change in changes if change.action is Action.UPDATE}
    return frozenset(
        str(line.fields["fingerprint"])
        for brand, name in sorted(campaigns)
        for line in ledger.lines(brand, name)
        if line.fields.get("type") == Kind.INTENT
        and (until is None or datetime.fromisoformat(str(line.fields["at"])) < until)
    )
