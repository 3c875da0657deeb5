"""What proposals are compared with: the published files, and who owns what by their CODEOWNERS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storesync.cli.context import Context

if TYPE_CHECKING:
    from storesync.approval.ownership import Ownership
    from storesync.source.tree import Tree


@dataclass(frozen=True)
class Base:
    """What is published: its files, and who owns what by its CODEOWNERS."""

    tree: Tree
    ownership: Ownership


def base_of(context: Context, commit: str) -> Base:
    """Return a commit as what is published."""
    return Base(context.repository.tree(commit), ownership(context, commit))


def ownership(context: Context, commit: str) -> Ownership:
    """Return who owns what by the CODEOWNERS of a commit."""
    from storesync.approval.codeowners import PLACES, read_codeowners
    from storesync.approval.ownership import Ownership

    for path in PLACES:
        raw = context.repository.file(commit, path)
        if raw is not None:
            return Ownership(read_codeowners(raw, path))
    return Ownership(read_codeowners(None))
