"""What the forge's reviews and Git's merges say of a proposal that landed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storesync.approval.landing import Evidence
from storesync.errors import UserError
from storesync.plugins.forge import Proposal, Review, ReviewState
from storesync.source.git import Repository
from storesync.source.joining import merged_tree


def named_commits(proposal: Proposal, reviews: Iterable[Review]) -> set[str]:
    """Return the commits that count: the proposal's last one, and those that were approved."""
    approved = [item for item in reviews if item.state == ReviewState.APPROVED]
    return {proposal.head, *(item.commit for item in approved if item.commit)}


def gather(
    repository: Repository, base: str, proposal: Proposal, reviews: Sequence[Review]
) -> Evidence:
    """Return the evidence of a landing on `base`, by commits that are in this clone."""
    expected = _merged(repository, base, proposal.head)
    others = named_commits(proposal, reviews) - {proposal.head}
    same = {
        item
        for item in others
        if expected is not None and _merged(repository, base, item) == expected
    }
    return Evidence(tuple(reviews), expected, frozenset(same))


def _merged(repository: Repository, base: str, head: str) -> str | None:
    try:
        return merged_tree(repository, base, head)
    except UserError:  # a conflict; or a head that is not in this clone
        return None
