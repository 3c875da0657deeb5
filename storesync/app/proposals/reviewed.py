"""What merging a commit into the published branch would change, found out without merging."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storesync.app.proposals.forges import Published
    from storesync.app.review.asked import Reviewed
    from storesync.plugins.forge import Proposal


def reviewed(published: Published, proposal: Proposal, *, at: datetime | None = None) -> Reviewed:
    """Return the review plan of a merge of a proposal, who is asked, and what is wrong with it.

    `at` is now where nothing else is said. Raises UserError that names the paths where the two
    conflict.
    """
    return reviewed_commit(published, proposal.head, proposal.author, at=at)


def reviewed_commit(
    published: Published,
    head: str,
    author: str | None,
    *,
    comment: bool = False,
    at: datetime | None = None,
) -> Reviewed:
    """Return the same for a commit that somebody (None: nobody knows who) wants to propose."""
    from storesync.app.proposals.reviewing import changed_paths
    from storesync.app.review.asked import Head, Question, answer
    from storesync.catalog.locate import locate
    from storesync.source.joining import trial

    context, repository = published.context, published.context.repository
    commit = trial(repository, published.tip, repository.resolve(head))
    tree = repository.tree(commit)
    given = Head(tree, changed_paths(context, published.tip, commit), head, author or "")
    question = Question(at or context.now, comment=comment, narrow=True)
    found = answer(context, published.base, given, question)
    errors, warnings = (tuple(locate(items, tree)) for items in (found.errors, found.warnings))
    return replace(found, errors=errors, warnings=warnings)
