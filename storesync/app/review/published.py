"""What proposals are compared with: the published files, and who owns what by their CODEOWNERS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from storesync.app.context import Context

if TYPE_CHECKING:
    from storesync.approval.ownership import Ownership
    from storesync.approval.proof import Standing
    from storesync.ledger.ledger import Ledger
    from storesync.source.tree import Tree


class Sent(NamedTuple):
    """What the ledger says, and brand -> path -> id in Git of what a run would work with."""

    ledger: Ledger
    inputs: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Base:
    """What is published: its files, and who owns what by its CODEOWNERS.

    `ledger` tells what was approved before, up to the time `until`, and `standing` what is proven
    of the branch; None where nothing has to be proven. `sent` is what is live, None where no
    ledger was read.
    """

    tree: Tree
    ownership: Ownership
    ledger: Ledger | None = None
    standing: Standing | None = None
    sent: Sent | None = None
    until: datetime | None = None


def base_of(
    context: Context, commit: str, replaced: Mapping[str, str | None] | None = None
) -> Base:
    """Return a commit as what is published, with other blobs in place of some files."""
    from storesync.approval.deciding import DecidingFiles
    from storesync.source.overlay import overlaid

    repository, instead = context.repository, replaced or {}
    tree = repository.tree(commit)
    _, ownership = DecidingFiles(repository).owners(commit, instead)
    return Base(overlaid(tree, instead, repository), ownership)
