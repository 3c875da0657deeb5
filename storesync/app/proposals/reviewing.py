"""Review plans of two revisions, and of merging a commit: found out without merging."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from storesync.app.context import UNSHALLOW, Context
from storesync.app.proof.proven import proven_base
from storesync.app.review.asked import Head, Question, Reviewed, answer
from storesync.app.review.outgoing import outgoing
from storesync.approval.decide import more_for, strangers_among
from storesync.errors import UserError
from storesync.plugins.registry import LOCAL

if TYPE_CHECKING:
    from storesync.app.proposals.forges import Published
    from storesync.app.review.published import Base
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
    published = proven_base(context, commit, question.at)
    if head is None:
        from storesync.source.on_disk import changed_since

        paths = frozenset(changed_since(context.repository, commit))
        given = Head(context.tree(None), paths, name, author)
    else:
        given = _merged(context, published, (commit, context.repository.resolve(head)))
        given = replace(given, name=name, author=author)
    # Of files on disk nobody can say as surely as of commits which ones differ.
    question = replace(question, narrow=head is not None)
    found = answer(context, published, given, question)
    return with_strangers(found, _strangers(context, published, commit, head) if head else ())


def reviewed(published: Published, proposal: Proposal, *, at: datetime | None = None) -> Reviewed:
    """Return the review plan of a merge of a proposal, who is asked, and what is wrong with it.

    `at` is now where nothing else is said. Raises UserError that names the paths where the two
    conflict.
    """
    found = reviewed_commit(published, proposal.head, proposal.author, at=at)
    return with_strangers(found, strangers_among(proposal.hands))


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
    given = _merged(context, published.base, (published.tip, commit))
    given = replace(given, name=head, author=author or "")
    question = Question(at or context.now, comment=comment, narrow=True)
    found = answer(context, published.base, given, question)
    both = (found.errors, found.warnings)
    errors, warnings = (tuple(locate(items, given.tree)) for items in both)
    return replace(found, errors=errors, warnings=warnings)


def with_strangers(found: Reviewed, strangers: Collection[str]) -> Reviewed:
    """Return a plan that says what it takes more because of those whom nobody knows."""
    from storesync.report.approvals import as_data

    if not strangers or not any(item.who for item in found.asked):
        return found
    plan = replace(found.plan, warnings=(*found.plan.warnings, more_for(strangers)))
    view = found.view
    if view is not None:
        view = replace(view, plan=plan, approvals=as_data(found.asked, len(strangers)))
    return replace(found, plan=plan, view=view, strangers=frozenset(strangers))


def _strangers(context: Context, base: Base, commit: str, head: str) -> frozenset[str]:
    """Return whom commits name and nobody knows, by the settings of the base.

    A code host knows people by addresses that no file has, so of its commits nothing is said here.
    """
    from storesync.app.review.ownership import OwnerFiles
    from storesync.model.settings import SettingsFile
    from storesync.source.landed import addresses_between
    from storesync.source.tree import SETTINGS

    owners = OwnerFiles(context.root, base.tree)
    settings = owners.models.get(SETTINGS)
    if not isinstance(settings, SettingsFile) or settings.forge.plugin != LOCAL:
        return frozenset()
    known = owners.teams.addresses()
    named = addresses_between(context.repository, commit, context.repository.resolve(head))
    return strangers_among(known.get(name, name) for name in named)


def _merged(context: Context, base: Base, commits: tuple[str, str]) -> Head:
    """Return what goes out by a merge, given before and after it, as proof sees it afterwards."""
    repository = context.repository
    changes = repository.changes(*commits, [])
    paths = frozenset(item.path for item in changes)
    found = outgoing(repository, base.standing, commits[1], changes, paths)
    return Head(found.tree, paths, "", "", *found[1:])
