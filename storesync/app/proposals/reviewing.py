"""The review plan of two revisions, against what is proven of the first one."""

from __future__ import annotations

from dataclasses import replace

from storesync.app.context import UNSHALLOW, Context
from storesync.app.proof.proven import proven_base
from storesync.app.review.asked import Head, Question, Reviewed, answer
from storesync.errors import UserError


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
    proposed = Head(context.tree(head), changed_paths(context, commit, head), name, author)
    # Of files on disk nobody can say as surely as of commits which ones differ.
    question = replace(question, narrow=head is not None)
    return answer(context, proven_base(context, commit, question.at), proposed, question)


def changed_paths(context: Context, base: str, head: str | None) -> frozenset[str]:
    """Return the paths that differ between a commit and another one, or the files on disk."""
    repository = context.repository
    if head is None:
        return frozenset(repository.changed_since(base))
    changes = repository.changes(base, repository.resolve(head), [])
    return frozenset(change.path for change in changes)
