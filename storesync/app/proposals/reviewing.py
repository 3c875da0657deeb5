"""Review plans of two revisions, and of merging a commit: found out without merging."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from storesync.app.context import UNSHALLOW, Context
from storesync.app.proof.proven import proven_base
from storesync.app.review.asked import Head, Question, Reviewed, answer
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.app.proposals.forges import Published
    from storesync.plugins.forge import Proposal


def review(
    context: Context, base: str, head: str | None, question: Question, *, author: str = ""
) -> Reviewed:
    """Return what merging `head` (None: the files on disk) into `base` changes.

    `author` is the login of who proposes it, where that is known. Raises UserError.
    """
    if context.repository.shallow:
        message = "this clone is shallow, so the base may be missing"
        raise UserError(message, hint=UNSHALLOW)
    commit = context.repository.resolve(base)
    name = context.repository.resolve(head) if head else "the files on disk"
    proposed = Head(context.tree(head), _changed_paths(context, commit, head), name, author)
    # Of files on disk nobody can say as surely as of commits which ones differ.
    question = replace(question, narrow=head is not None)
    return answer(context, proven_base(context, commit, question.at), proposed, question)


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
    from storesync.catalog.locate import locate
    from storesync.source.joining import trial

    context, repository = published.context, published.context.repository
    commit = trial(repository, published.tip, repository.resolve(head))
    tree = repository.tree(commit)
    given = Head(tree, _changed_paths(context, published.tip, commit), head, author or "")
    question = Question(at or context.now, comment=comment, narrow=True)
    found = answer(context, published.base, given, question)
    errors, warnings = (tuple(locate(items, tree)) for items in (found.errors, found.warnings))
    return replace(found, errors=errors, warnings=warnings)


def _changed_paths(context: Context, base: str, head: str | None) -> frozenset[str]:
    """Return the paths that differ between a commit and another one, or the files on disk."""
    repository = context.repository
    if head is None:
        return frozenset(repository.changed_since(base))
    changes = repository.changes(base, repository.resolve(head), [])
    return frozenset(change.path for change in changes)
