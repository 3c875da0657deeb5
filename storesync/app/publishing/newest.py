"""The newest commit of the published branch, where several clones share it.

A run compares files with what is out, whoever put that out. From files of yesterday it would take
back what another machine published today, and the two would go on so in turns.
"""

from __future__ import annotations

from storesync.app.proof.basis import Basis
from storesync.app.settings import forge_section, shared_through
from storesync.source.mirror import bring
from storesync.source.remote import remote_refs


def newer_commit(basis: Basis) -> str | None:
    """Return the tip of the shared branch, fetched, where it has all that is here, and more.

    What only this clone has, or a branch that was rewritten, is not the concern of this. Raises
    UserError where the remote cannot be asked.
    """
    remote = shared_through(basis.settings)
    if remote is None:
        return None
    repository = basis.context.repository
    ref = f"refs/heads/{forge_section(basis.settings).branch}"
    tip = remote_refs(repository, remote, [ref]).get(ref)
    if tip is None or tip == basis.commit or bring(repository, remote, {tip: ref}):
        return None
    return tip if repository.is_ancestor(basis.commit, tip) else None
