"""The newest commit of the published branch, where several clones share it.

A run compares files with what is out, whoever put that out. From files of yesterday it would take
back what another machine published today, and the two would go on so in turns.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storesync.app.context import Context, note
from storesync.app.proof.basis import Basis, compared, moved_to, open_plainly
from storesync.app.settings import forge_section, shared_through
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.source.mirror import bring
from storesync.source.remote import check_name, refs_if_known


def open_newest(
    context: Context, at: datetime, commit: str = "", *, is_urgent: bool = False
) -> Basis:
    """Return what to go by: `commit` (what is checked out here), or a newer one that is shared.

    Raises UserError as `open_basis` does, and where the remote cannot be asked, unless it
    `is_urgent`: whoever stops something goes by what is known here then.
    """
    # The ledger is read first: what was published by then, the branch holds when it is asked.
    return compared(by_newest(open_plainly(context, at, commit), is_urgent=is_urgent))


def by_newest(basis: Basis, *, is_urgent: bool = False, whole: bool = False) -> Basis:
    """Return a basis that was opened plainly, `whole` or not, by a newer commit that is shared.

    Raises UserError where the remote cannot be asked, unless it `is_urgent`.
    """
    context = basis.context
    try:
        newer = newer_commit(context, basis.settings, basis.commit)
    except UserError:
        if not is_urgent:
            raise
        newer = None
    if newer is None:
        return basis
    note_newer(context, newer)
    return moved_to(basis, newer, whole=whole)


def check_newest(basis: Basis) -> None:
    """Raise UserError where the shared branch has more than is checked out here, or is not seen.

    Who says that all so far counts as approved has to have it before him: so it is not fetched.
    """
    remote = shared_through(basis.settings)
    if remote is not None:
        check_name(basis.context.repository, remote)
    newer = newer_commit(basis.context, basis.settings, basis.commit)
    if newer is not None:
        branch = printable(forge_section(basis.settings).branch)
        message = f"this clone is behind: {branch} is at {newer[:12]}, not {basis.commit[:12]}"
        raise UserError(message, hint="git pull, look at what came, and run it again")


def note_newer(context: Context, commit: str) -> None:
    """Tell that what follows is not by what is checked out here."""
    note(context, f"note: by {commit[:12]}, which is newer than what is checked out here")


def newer_commit(context: Context, settings: Mapping[str, Any], commit: str) -> str | None:
    """Return the tip of the shared branch, fetched, where it has all that `commit` has, and more.

    What only this clone has, or a branch that was rewritten, is not the concern of this. Where the
    branch is, the files checked out say, proven or not: nothing is proven of a clone that lacks
    what was proven elsewhere. So they may name a remote that is none, too.
    """
    repository = context.repository
    remote, branch = shared_through(settings), forge_section(settings).branch
    if remote is None:
        return None
    ref = f"refs/heads/{branch}"
    tip = (refs_if_known(repository, remote, [ref]) or {}).get(ref)
    if tip is None or tip == commit:
        return None
    if bring(repository, remote, {tip: ref}):
        message = f"the newest commit of {printable(branch)}, {tip[:12]}, cannot be had"
        raise UserError(f"{message} from {remote}", hint=f"try git fetch {remote}; run it again")
    return tip if repository.is_ancestor(commit, tip) else None
