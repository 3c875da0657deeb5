"""Who approved the commits of some values, as the ledger in this clone has it."""

from __future__ import annotations

from storesync.app.context import Context
from storesync.errors import UserError


def approvers_of(context: Context, commits: set[str]) -> dict[str, tuple[str, ...]]:
    """Return the logins whose approvals brought each commit to the branch, as far as is known.

    Nothing is fetched, and a ledger that cannot be read tells nothing.
    """
    from storesync.app.proof.basis import shared_ledger
    from storesync.app.proof.proving import records_of
    from storesync.approval.brought import approvers
    from storesync.source.landed import landings_of, own_line

    try:
        records = records_of(shared_ledger(context, context.now, offline=True))
    except UserError:
        return {}
    if not records:
        return {}
    line = own_line(context.repository, context.head())
    return approvers(landings_of(context.repository, commits, line), line, records)
