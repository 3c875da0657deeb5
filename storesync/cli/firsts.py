"""Before a campaign is first sent its reviews are read again: a record is only a cache of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from storesync.approval.codeowners import PLACES
from storesync.cli.basis import Basis, look_for_proof
from storesync.cli.due import work_out
from storesync.plan.change import Action
from storesync.source.history import first_parent_commits
from storesync.source.tree import SETTINGS

if TYPE_CHECKING:
    from storesync.cli.due import Due
    from storesync.errors import UserError
    from storesync.plan.change import Change, PlacementKey


def write_proof(basis: Basis, run: str) -> None:
    """Write down what was proven, and what was not, before anything is sent."""
    if basis.proof is not None and basis.proof.lines:
        writer = basis.store.writer(basis.ledger, run)
        writer.append_journal(basis.proof.lines, at=basis.at)
        basis.ledger = basis.store.read(at=basis.at)


def work_out_again(
    basis: Basis,
    run: str,
    busy: Mapping[PlacementKey, str],
    closed: Mapping[str, UserError],
) -> Due:
    """Return what is due; worked out anew where reviews are no longer what the records say."""
    due = work_out(basis, busy, closed)
    if read_again(basis, due.plan.changes):
        write_proof(basis, f"{run}-again")
        due = work_out(basis, busy, closed)
    return due


def read_again(basis: Basis, changes: Iterable[Change]) -> bool:
    """Read the reviews of campaigns that would be sent for the first time; say whether it changes.

    Records that this environment signed stand by themselves, and so do those of this very run.
    Of any other, a review may have been dismissed since, or the record be forged.
    """
    if basis.proof is None:
        return False
    unread = {
        item.commit
        for item in basis.proof.standing.records
        if not item.signed and item.at != basis.at
    }
    if not unread:
        return False
    reread = unread & set(_commits_of(basis, changes))
    if not reread:
        return False
    before = basis.proof.standing.taints.keys()
    look_for_proof(basis, reread)
    return basis.proof.standing.taints.keys() != before


def _commits_of(basis: Basis, changes: Iterable[Change]) -> Iterable[str]:
    """Return the commits that touched campaigns of which nothing was ever sent, or shared files."""
    first = {
        change.key[:2]
        for change in changes
        if change.action is Action.CREATE and not basis.ledger.campaign(*change.key[:2]).state
    }
    if not first:
        return []
    paths = [f"brands/{brand}/campaigns/{name}" for brand, name in sorted(first)]
    paths += [f"brands/{brand}/brand.yaml" for brand in sorted({brand for brand, _ in first})]
    paths += ["templates", SETTINGS, *PLACES]
    return first_parent_commits(basis.context.repository, paths, basis.commit)
