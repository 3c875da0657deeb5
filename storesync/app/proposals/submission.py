"""What is to be proposed: which changed files, on which branch; checked before anything is done."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from storesync.app.context import Context
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.source.tree import SETTINGS

if TYPE_CHECKING:
    from storesync.app.proposals.forges import Published
    from storesync.app.review.asked import Reviewed
    from storesync.diagnostics import Diagnostic
    from storesync.plugins.forge import Proposal

# What people and our own commands write; whatever else was changed is none of our business.
_PATHS = ("brands", "templates", "schemas", ".github/CODEOWNERS", SETTINGS)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be proposed: changed files, on which branch, behind which commit.

    `written` are bytes of files that nobody has on disk yet, by path; they are among `paths`.
    """

    paths: list[str]
    branch: str
    behind: str
    title: str
    before: str | None  # the branch that was checked out
    known: Proposal | None
    exists: bool = True
    written: Mapping[str, bytes] = field(default_factory=dict)


def draft_of(
    context: Context, published: Published, login: str, campaign: str | None, message: str
) -> Draft:
    """Return what `submit` proposes. Raises UserError where nothing is changed."""
    from storesync.app.find import campaign_folder
    from storesync.source import branch as own

    head = context.head()
    paths: tuple[str, ...] = _PATHS
    if campaign is not None:
        every = [*context.work_tree.paths(), *context.repository.tree(head).paths()]
        paths = (campaign_folder(every, campaign),)
    changed = [path for path in own.changed(context.repository, paths) if not path.endswith("/")]
    draft = _placed(context, published, login, changed, paths)
    if campaign is not None and not changed:
        draft = _with_revision(context, published, draft, paths[0])
    if not draft.paths and context.repository.is_ancestor(draft.behind, published.tip):
        what = paths[0] if campaign is not None else "brands/, templates/ and the settings"
        raise UserError(f"nothing is changed in {what}", hint=f"compared with {published.branch}")
    title = message.partition("\n")[0] or (draft.known.title if draft.known else draft.title)
    return replace(draft, title=title)


def _with_revision(context: Context, published: Published, draft: Draft, folder: str) -> Draft:
    """Return a draft that raises the campaign's revision where it holds what nobody approved.

    Raises UserError on a branch that proposes something else: that is not to get another title.
    """
    from storesync.app.proposals.decided import proposed_paths
    from storesync.app.proposals.revise import revised

    if not context.repository.is_ancestor(draft.behind, published.tip):
        if not any(
            path.startswith(f"{folder}/") for path in proposed_paths(published, draft.behind)
        ):
            hint = (
                f"{printable(draft.branch)} proposes something else: git switch {published.branch}"
            )
            raise UserError(f"nothing is changed in {folder}", hint=f"{hint}, then submit again")
        return draft
    written = revised(context, published, folder)
    return replace(draft, paths=[*written], written=written)


def _placed(
    context: Context, published: Published, login: str, changed: list[str], paths: tuple[str, ...]
) -> Draft:
    """Choose the branch: the one I am on, one I proposed under this name before, or a new one."""
    from storesync.plugins.forge import ProposalQuery, ProposalState
    from storesync.source import branch as own
    from storesync.source.mirror import branches

    head, here = context.head(), own.current(context.repository)
    subject = _subject(changed, paths)
    if here is not None and here != published.branch:
        own.check_name(context.repository, here)
        known = published.forge.proposals(ProposalQuery(branch=here, home=published.home))
        if not known or known[0].state is not ProposalState.MERGED:
            return Draft(changed, here, head, subject, here, known[0] if known else None)
    ours = branches(context.repository, None)
    theirs = branches(context.repository, published.remote)
    name, number = f"{_slug(login)}/{subject}", 1
    while True:
        branch = name if number == 1 else f"{name}-{number}"
        if branch not in ours and branch not in theirs:
            return Draft(changed, branch, head, subject, here, None, exists=False)
        number += 1
        last = theirs.get(branch) or ours[branch]
        if context.repository.is_ancestor(last, published.tip):
            continue  # merged: the forge, which may be slow, is asked of no such branch
        known = published.forge.proposals(ProposalQuery(branch=branch, home=published.home))
        is_mine = bool(known) and known[0].author == login
        if is_mine and known[0].state is ProposalState.OPEN and branch in ours:
            return Draft(changed, branch, ours[branch], subject, here, known[0])


def _subject(changed: list[str], paths: tuple[str, ...]) -> str:
    """Return the campaign that all changes are about, else `changes`."""
    from storesync.catalog.layout import campaign_at

    about = {campaign_at(path) for path in (changed if len(paths) > 1 else [f"{paths[0]}/x"])}
    only = about.pop() if len(about) == 1 else None
    return only[1] if only else "changes"


def _slug(login: str) -> str:
    name = login.lower().partition("@")[0]
    plain = "".join(char if char.isascii() and char.isalnum() else "-" for char in name)
    return plain[:40].strip("-") or "me"


def checked(
    context: Context, published: Published, draft: Draft, *, whole: bool
) -> tuple[Reviewed, list[Diagnostic]]:
    """Return the plan of what would be proposed, and what is wrong with it; nothing is done yet."""
    from storesync.app.proposals.reviewing import reviewed_commit
    from storesync.app.review.ownership import owner_problems

    commit = draft.behind
    if draft.paths:
        # No ref names it, and Git removes it in time.
        commit = context.repository.write_commit(
            _changed_files(context, draft), "Trial", parent=commit, when=context.now
        )
    author = draft.known.author if draft.known else published.forge.login()
    seen = reviewed_commit(published, commit, author, comment=True)
    if draft.paths and seen.view is not None:
        seen = replace(seen, view=replace(seen.view, head=draft.branch))
    found = [*seen.errors]
    if whole:
        found += [item for item in owner_problems(context) if item.severity == "error"]
    return seen, sorted(dict.fromkeys(found), key=lambda item: item.sort_key)


def _changed_files(context: Context, draft: Draft) -> dict[str, bytes | None]:
    """Return the bytes of a draft's files, None for those that are gone. Raises UserError."""
    from storesync.source.tree import ROOTS

    files: dict[str, bytes | None] = {}
    for path in draft.paths:
        plain = unicodedata.normalize("NFC", path)
        is_read = plain.startswith(ROOTS) or plain == SETTINGS
        name = plain if is_read else path
        files[name] = _read(context, plain) if is_read else _beside(context.root / path)
        if files[name] is None and os.path.lexists(context.root / path):
            message = f"{printable(path)} is a link or no plain file"
            raise UserError(message, hint="links are never followed; put a file there")
    return {**files, **draft.written}


def _read(context: Context, path: str) -> bytes | None:
    try:
        return context.work_tree.read(path)
    except KeyError:
        return None


def _beside(path: Path) -> bytes | None:
    """Return the bytes of a file that no tree holds, such as CODEOWNERS; a link is none."""
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def commit(context: Context, draft: Draft, message: str) -> str:
    """Commit on the draft's branch and stay there; where that fails all is as before."""
    from storesync.app.files import write_whole
    from storesync.source import branch as own

    repository = context.repository
    if not draft.exists:
        own.begin(repository, draft.branch)
    elif draft.before != draft.branch:
        own.go_on(repository, draft.branch)
    if not draft.paths:
        return draft.behind
    try:
        for path, raw in draft.written.items():
            write_whole(context.root / path, raw)
        return own.commit(repository, draft.paths, message or draft.title)
    except BaseException:
        for path in draft.written:
            write_whole(context.root / path, repository.tree(draft.behind).read(path))
        if not draft.exists:
            own.go_back(repository, draft.before, draft.branch)
        elif draft.before is not None and draft.before != draft.branch:
            own.go_on(repository, draft.before)
        raise
