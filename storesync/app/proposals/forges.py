"""The published branch as its forge has it, and the forge that its own settings name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from storesync.app.context import UNSHALLOW, Context
from storesync.app.settings import forge_section
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.source.tree import SETTINGS

if TYPE_CHECKING:
    from storesync.app.review.ownership import OwnerFiles
    from storesync.app.review.published import Base
    from storesync.approval.roles import Teams
    from storesync.plugins.forge import Forge, Proposal
    from storesync.source.tree import Tree


@dataclass
class Published:
    """The branch that is published, at the commit `tip`: what counts for who may approve.

    `made` is what `decided.makers` found by commit: it hangs on nothing else.
    """

    context: Context
    branch: str
    remote: str | None
    tip: str
    made: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def forge(self) -> Forge:
        """Return the forge that the branch's own settings name. Raises UserError."""
        from storesync.app.proof.hosts import forge_of

        settings = _settings(self.base.tree)
        here = forge_section(settings)._replace(branch=self.branch, remote=self.remote)
        return forge_of(self.context, settings, here)

    @cached_property
    def fork(self) -> str | None:
        """Return the Git remote of the fork that branches are pushed to, None where to no fork.

        That is Git's own setting of a person, `remote.pushDefault`.
        """
        from storesync.source.remote import pushed_to

        if self.remote is None or not self.forge.capabilities.takes_forks:
            return None
        found = pushed_to(self.context.repository, self.remote)
        return None if found == self.remote else found

    @property
    def home(self) -> str:
        """Return the address of that fork, empty for none."""
        from storesync.source.remote import address

        return address(self.context.repository, self.fork) if self.fork else ""

    @cached_property
    def owner_files(self) -> OwnerFiles:
        """Return the branch's own files that name people."""
        from storesync.app.review.ownership import OwnerFiles

        return OwnerFiles(self.context.root, self.base.tree)

    @property
    def teams(self) -> Teams:
        """Return who has which role by the branch's own files."""
        return self.owner_files.teams

    def readers(self, logins: Collection[str]) -> frozenset[str]:
        """Return those of some logins who may only read, where the forge itself knows no rights."""
        if self.forge.capabilities.proves_identity:
            return frozenset()
        return self.owner_files.readers(logins)

    def is_mine_to_read(self) -> bool:
        """Say whether I am a viewer and nothing else."""
        from storesync.approval.roles import Role, roles_of

        roles = {grant.role for grant in roles_of(self.forge.login(), "", self.teams)}
        return roles == {Role.VIEWER}

    @cached_property
    def base(self) -> Base:
        """Return what is proven of the branch: what proposals are compared with."""
        from storesync.app.proof.proven import proven_base

        return proven_base(self.context, self.tip, self.context.now)

    def bring(self, proposals: Sequence[Proposal]) -> list[Proposal]:
        """Fetch heads that are not here, as those of forks; return the proposals that are here."""
        from storesync.source.mirror import bring, lacking

        wanted = {item.head: item.ref for item in proposals}
        repository = self.context.repository
        if self.remote is None:
            left = lacking(repository, wanted)
        else:
            left = bring(repository, self.remote, wanted)
        return [item for item in proposals if item.head not in left]


def open_published(context: Context) -> Published:
    """Return the published branch, fetched first where it is shared through a remote.

    Which one it is stands in the settings on disk; all else is read from the branch itself, so
    that nobody's own branch decides who may approve it. Raises UserError.
    """
    from storesync.source.mirror import branches, refresh

    named = forge_section(_settings(context.work_tree))
    branch, remote = named.branch, named.remote
    repository = context.repository
    if repository.shallow:
        raise UserError("this clone is shallow: older commits are missing", hint=UNSHALLOW)
    if remote is not None:
        refresh(repository, remote)
    tip = branches(repository, remote).get(branch)
    if tip is None:
        where = f"at {printable(remote)}" if remote else "here"
        message = f"there is no branch {printable(branch)} {where}, which storesync.yaml publishes"
        raise UserError(message, hint="push it, or name another one: forge: {branch: …}")
    return Published(context, branch, remote, tip)


def newest_published(context: Context) -> str:
    """Return the published branch's newest commit, fetched where it is shared; "" if not known.

    Whoever stops something at once may stand on another branch, in a clone that is behind.
    """
    with suppress(UserError):
        return open_published(context).tip
    return ""


def _settings(tree: Tree) -> Mapping[str, Any]:
    """Return the settings of a tree, found right by their model."""
    from storesync.catalog.check import check
    from storesync.diagnostics import has_errors
    from storesync.model.settings import SettingsFile
    from storesync.source.yaml import read

    try:
        document, found = read(SETTINGS, tree.read(SETTINGS))
    except KeyError:
        message = "the published branch has no storesync.yaml"
        raise UserError(message, hint="commit it there first") from None
    if document is not None:
        found = [*found, *check(document, SettingsFile)[1]]
    if document is None or has_errors(found):
        first = next(item for item in found if item.severity == "error")
        place = f"{SETTINGS}:{first.line}" if first.line else SETTINGS
        raise UserError(f"{place}: {first.message}; nothing was done", hint=first.hint)
    return dict(document.data)
