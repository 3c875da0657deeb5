"""The files that decide who may approve, as they were proven last: CODEOWNERS and the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from storesync.approval.codeowners import PLACES, read_codeowners
from storesync.approval.ownership import Ownership
from storesync.source.git import Repository
from storesync.source.plumbing import LINK, SUBMODULE, FileChange
from storesync.source.tree import SETTINGS

_PATHS = (*PLACES, SETTINGS)
# What a link leads to may be anything, so it stands for a file that nobody can read.
_LINKED = ""


def decides(path: str) -> bool:
    """Say whether a file decides about who may approve what comes after it."""
    return path in _PATHS or (path.startswith("brands/") and path.endswith("/brand.yaml"))


@dataclass
class DecidingFiles:
    """Which blobs decide on what comes after a commit; Git is asked where that is not known yet.

    What nobody approved in such a file does not count: `replaced` are the blobs before that.
    """

    repository: Repository
    _commit: str = ""
    _ids: dict[str, str] = field(default_factory=dict)
    _owners: dict[tuple[str, str], Ownership] = field(default_factory=dict)

    def follow(self, base: str, commit: str, changes: Iterable[FileChange]) -> None:
        """Take note of what differs between two commits, so that Git need not be asked again."""
        if self._commit != base:
            return
        touched = [item.path for item in changes if item.path in _PATHS]
        self._commit = "" if touched else commit

    def settings(self, commit: str, replaced: Mapping[str, str | None]) -> str:
        """Return the blob of storesync.yaml, empty where there is none that counts."""
        return self._blob(SETTINGS, commit, replaced) or ""

    def owners(self, commit: str, replaced: Mapping[str, str | None]) -> tuple[str, Ownership]:
        """Return the blob of the CODEOWNERS that counts, and who owns what by it."""
        for path in PLACES:
            blob = self._blob(path, commit, replaced)
            if blob == _LINKED:
                break
            if blob is not None:
                return blob, self._read(path, blob)
        return "", Ownership(read_codeowners(None))

    def _blob(self, path: str, commit: str, replaced: Mapping[str, str | None]) -> str | None:
        if path in replaced:
            return replaced[path]
        if self._commit != commit:
            self._commit = commit
            self._ids = {
                item.path: _LINKED if item.mode in {LINK, SUBMODULE} else item.id
                for item in self.repository.entries(commit, _PATHS)
            }
        return self._ids.get(path)

    def _read(self, path: str, blob: str) -> Ownership:
        known = (path, blob)
        if known not in self._owners:
            [raw] = self.repository.blobs([blob])
            self._owners[known] = Ownership(read_codeowners(raw, path))
        return self._owners[known]
