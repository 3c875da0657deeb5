"""What a review compares with: the published branch without what nobody approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from storesync.app.context import Context, note
from storesync.app.review.published import Base, Sent, base_of
from storesync.errors import UserError


def proven_base(context: Context, commit: str, at: datetime) -> Base:
    """Return what is proven of the published branch at a commit; all of it where nothing has to be.

    So a plan shows what was pushed past review as a change, whoever proposes it, and CODEOWNERS
    that nobody approved decide nothing. Where the ledger cannot be read, the files count as they
    are, and that is said.
    """
    from storesync.app.proof.basis import open_plainly
    from storesync.app.proof.guard import is_guarded
    from storesync.app.proof.proving import prove

    sent = None
    try:
        basis = open_plainly(context, at, commit)
        sent = Sent(basis.ledger, basis.inputs)
        if basis.ledger.genesis is None or not is_guarded(basis.ledger, basis.settings):
            return replace(base_of(context, commit), sent=sent)
        standing = prove(context, basis.ledger, commit, at, afresh=True).standing
    except UserError as error:
        note(context, f"note: what is proven cannot be told ({error.message}): compared with all")
        return replace(base_of(context, commit), sent=sent)
    base = base_of(context, commit, standing.replaced())
    return replace(base, ledger=basis.ledger, standing=standing, sent=sent)
