"""What nobody has merged yet, a branch or a commit: it is neither published nor unapproved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from storesync.app.context import Context
from storesync.app.settings import forge_section, shared_through
from storesync.diagnostics import printable
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.app.proof.proving import Proof


def check_merged(context: Context, proof: Proof, commit: str) -> None:
    """Raise UserError where what is not proven is somebody's branch, which nobody has merged yet.

    Nobody pushed past review then, and nothing may say so: the ledger never forgets it.
    """
    from storesync.approval.proof import open_causes

    if open_causes(proof.standing) and context.repository.head() == commit:
        refuse_unmerged(context, proof.settings)


def refuse_unmerged(context: Context, settings: Mapping[str, Any]) -> None:
    """Raise UserError where something is checked out that nobody has merged yet."""
    found = unmerged(context, settings)
    if found is not None:
        branch = printable(found.into)
        message = f"you are on {printable(found.here)}, which is not merged into {branch}"
        hint = f"git switch {branch}; what this branch changes: storesync plan --base {branch}"
        raise UserError(message, hint=hint)


class Unmerged(NamedTuple):
    """What is checked out, the published branch that lacks it, and where that is as known here."""

    here: str
    into: str
    tip: str


def unmerged(context: Context, settings: Mapping[str, Any]) -> Unmerged | None:
    """Return what is checked out and not merged yet, None where it is merged or nobody knows."""
    from storesync.source.branch import current
    from storesync.source.mirror import branch_ref

    repository = context.repository
    branch = forge_section(settings).branch
    here, commit = current(repository), repository.head()
    if here == branch or commit is None:
        return None
    remote = shared_through(settings)
    refs = dict.fromkeys((f"refs/remotes/{remote}/{branch}", branch_ref(remote, branch)))
    tips = [tip for tip in map(repository.read_ref, refs) if tip is not None]
    if not tips or any(repository.is_ancestor(commit, tip) for tip in tips):
        return None
    newest = tips[0] if repository.is_ancestor(tips[-1], tips[0]) else tips[-1]
    return Unmerged(here or f"commit {commit[:12]}", branch, newest)
