"""Whether this clone has the newest commit of the published branch, where several clones publish.

A run compares files with what is out, whoever put that out. From files of yesterday it would take
back what another machine published today, and the two would go on so in turns.
"""

from __future__ import annotations

from storesync.app.proof.basis import Basis
from storesync.app.settings import forge_section, shared_through
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.source.mirror import bring
from storesync.source.remote import remote_refs


def check_newest(basis: Basis) -> None:
    """Raise UserError where the shared branch has all that is here, and more.

    What only this clone has, or a branch that was rewritten, is not the concern of this. Raises
    UserError too where the remote cannot be asked.
    """
    remote = shared_through(basis.settings)
    if remote is None:
        return
    repository = basis.context.repository
    branch = forge_section(basis.settings).branch
    ref = f"refs/heads/{branch}"
    tip = remote_refs(repository, remote, [ref]).get(ref)
    if tip is None or tip == basis.commit:
        return
    bring(repository, remote, {tip: ref})
    if repository.is_ancestor(basis.commit, tip):
        message = f"this clone is behind: {remote} has newer commits of {printable(branch)}"
        hint = "git pull --ff-only, then run it again: older files would undo what newer ones did"
        raise UserError(message, hint=hint)
