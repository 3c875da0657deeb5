"""storesync.yaml of a commit, as data: what a run needs before anything else is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storesync.errors import UserError
from storesync.source.git import Repository
from storesync.source.tree import SETTINGS
from storesync.source.yaml import read


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
