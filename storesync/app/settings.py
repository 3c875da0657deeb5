"""storesync.yaml of a commit, as data: what a run needs before anything else is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from storesync.errors import UserError
from storesync.source.git import Repository
from storesync.source.tree import SETTINGS
from storesync.source.yaml import read

_PLAIN_GIT, _MAIN = "local", "main"


class ForgeSection(NamedTuple):
    """What settings say of their forge under `forge:`, with what holds where they are silent.

    `branch` is the one that is published, `remote` the Git remote it is shared through.
    `proves_all` says whether everything needs a proven approval, the outbox too.
    """

    plugin: str
    branch: str
    remote: str | None
    options: Mapping[str, Any]
    proves_all: bool

    @property
    def is_hosted(self) -> bool:
        """Say whether changes are proposed on a code host, and not by plain Git."""
        return self.plugin != _PLAIN_GIT


def settings_of(
    repository: Repository, commit: str, replaced: Mapping[str, str | None] | None = None
) -> Mapping[str, Any]:
    """Return what storesync.yaml of a commit says, or of the blob that takes its place.

    Raises UserError where it is not there or has an error.
    """
    instead = (replaced or {}).get(SETTINGS)
    if instead:
        return read_settings(repository, instead)
    return _read(repository.file(commit, SETTINGS))


def read_settings(repository: Repository, blob: str) -> Mapping[str, Any]:
    """Return what the storesync.yaml in a blob ("" for none) says; raises as `settings_of`."""
    return _read(repository.blobs([blob])[0] if blob else None)


def _read(raw: bytes | None) -> Mapping[str, Any]:
    if raw is None:
        message = "storesync.yaml is not committed"
        raise UserError(message, hint="commit it: what is committed is what may be published")
    document, found = read(SETTINGS, raw)
    errors = [item for item in found if item.severity == "error"]
    if document is None or errors:
        first = errors[0]
        message = f"{SETTINGS}:{first.line}:{first.column}: {first.message} [{first.rule}]"
        raise UserError(f"{message}; nothing was done", hint=first.hint)
    return dict(document.data)


def section(settings: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a part of the settings; what is not there, or no mapping, says nothing."""
    found = settings.get(name)
    return found if isinstance(found, dict) else {}


def forge_section(settings: Mapping[str, Any]) -> ForgeSection:
    """Return what settings say of their forge."""
    said = section(settings, "forge")
    plugin, remote = str(said.get("plugin", _PLAIN_GIT)), said.get("remote")
    return ForgeSection(
        plugin,
        str(said.get("branch", _MAIN)),
        None if remote is None else str(remote),
        section(said, "options"),
        plugin != _PLAIN_GIT or said.get("prove") == "true",
    )


def shared_through(settings: Mapping[str, Any]) -> str | None:
    """Return the Git remote of the published branch, None where this clone is alone."""
    remote = forge_section(settings).remote or section(settings, "ledger").get("remote")
    return None if remote is None else str(remote)
