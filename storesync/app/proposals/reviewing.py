"""The review plan of two revisions, against what is proven of the first one."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import datetime

from storesync.app.context import UNSHALLOW, Context
from storesync.app.proof.proven import proven_base
from storesync.app.review.asked import Head, Question, Reviewed, answer
from storesync.errors import UserError


def review(
    context: Context,
    base: str,
    head: str | None,
    at: datetime,
    *,
    approved: AbstractSet[str] = frozenset(),
    comment: bool = False,
) -> Reviewed:
    """Return what merging `head` (None: the files on disk) into `base` changes from `at` on.

    `approved` are the fingerprints of changes that were approved before. With `comment` also what
    a comment shows of it. Raises UserError.
    """
    if context.repository.shallow:
        message = "this clone is shallow, so the base may be missing"
        raise UserError(message, hint=UNSHALLOW)
    commit = context.repository.resolve(base)
    name = context.repository.resolve(head) if head else "the files on disk"
    proposed = Head(context.tree(head), changed_paths(context, commit, head), name)
    # Of files on disk nobody can say as surely as of commits which ones differ.
    question = Question(at, approved, comment=comment, narrow=head is not None)
    return answer(context, proven_base(context, commit, at), proposed, question)


def changed_paths(context: Context, base: str, head: str | None) -> frozenset[str]:
    """Return the paths that differ between a commit and another one, or the files on disk."""
    repository = context.repository
    if head is None:
        return frozenset(repository.changed_since(base))
    changes = repository.changes(base, repository.resolve(head), [])
    return frozenset(change.path for change in changes)
