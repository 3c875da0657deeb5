"""The forges that settings name, opened: where approvals were given, and by whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from storesync.app.context import Context
from storesync.app.settings import (
    ForgeSection,
    forge_section,
    read_settings,
    section,
    shared_through,
)

if TYPE_CHECKING:
    from storesync.plugins.forge import Forge, Proposal


class Hosts:
    """`approval.inquiry.Hosts`: the forges of settings, each opened once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._open: dict[str, tuple[Forge, str]] = {}

    def host(self, blob: str) -> tuple[Forge, str]:
        """Return the forge and the branch that is published. Raises UserError."""
        if blob not in self._open:
            settings = self._settings(blob)
            branch = forge_section(settings).branch
            self._open[blob] = forge_of(self._context, settings), branch
        return self._open[blob]

    def logins(self, blob: str) -> Mapping[str, str]:
        """Return whose mail addresses in Git are whose."""
        return addresses_of(self._settings(blob))

    def readers(
        self, commit: str, replaced: Mapping[str, str | None], logins: Collection[str]
    ) -> frozenset[str]:
        """Return those of some logins who may only read by the teams of a commit."""
        from storesync.app.review.ownership import OwnerFiles
        from storesync.source.overlay import OverlayTree

        repository = self._context.repository
        tree = OverlayTree(repository.tree(commit), replaced, repository)
        return OwnerFiles(self._context.root, tree).readers(logins)

    def bring(self, blob: str, proposal: Proposal, commits: Collection[str]) -> None:
        """Fetch what was proposed and is not in this clone. Raises UserError."""
        from storesync.source.mirror import bring

        remote = shared_through(self._settings(blob))
        if remote is not None:
            wanted = dict.fromkeys(commits, "") | {proposal.head: proposal.ref}
            bring(self._context.repository, remote, wanted)

    def _settings(self, blob: str) -> Mapping[str, Any]:
        return read_settings(self._context.repository, blob)


def addresses_of(settings: Mapping[str, Any]) -> dict[str, str]:
    """Return login by mail address, both in small letters."""
    return {
        str(address).lower(): str(login).lower()
        for login, addresses in section(settings, "people").items()
        if isinstance(addresses, list)
        for address in addresses
    }


def forge_of(
    context: Context, settings: Mapping[str, Any], instead: ForgeSection | None = None
) -> Forge:
    """Return the forge that settings name, or a section that counts instead of theirs.

    Raises UserError where it cannot be opened.
    """
    from storesync.plugins.forge import ForgeSetting
    from storesync.plugins.registry import open_forge

    named = instead or forge_section(settings)
    given = ForgeSetting(
        root=context.root,
        branch=named.branch,
        remote=named.remote,
        options=named.options,
        addresses=addresses_of(settings),
    )
    return open_forge(named.plugin, given, settings.get("plugins") or [])
