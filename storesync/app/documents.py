"""What was read of files, between runs: read once, remembered by the id of the bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storesync.source.part import is_location
from storesync.source.tree import content_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from storesync.source.cache import Cache
    from storesync.source.document import Document

_NAME = "documents"
_READ = "read"
# `catalog.layout.Kind`, without importing it: the caches are opened before anything large is.
_KINDS = frozenset({"location", "defaults"})


class Documents:
    """A `DocumentCache` over the repository's cache. Only what a run used is kept."""

    def __init__(self, store: Cache) -> None:
        self._store = store
        self._known: dict[str, Any] = store.load(_NAME) or {}
        self._used: dict[str, Any] = {}

    def unread(self, ids: Mapping[str, str]) -> list[str]:
        """Return the files of YAML that are not known, in order; `ids` maps paths to contents."""
        known = self._known
        return [path for path, id_ in ids.items() if path.endswith(".yaml") and id_ not in known]

    def keeps(self, kind: str) -> bool:
        """Say whether files of a kind are kept: locations and what they inherit."""
        return kind in _KINDS

    def get(self, content: str) -> dict[str, Any] | None:
        """Return the data of a sound file, or None."""
        data: dict[str, Any] | None = self._known.get(content)
        if data is not None:
            self._used[content] = data
        return data

    def put(self, content: str, data: dict[str, Any]) -> None:
        """Keep the data of a sound file."""
        self._used[content] = data

    def save(self) -> None:
        """Write what this run used, if that is something else than what was known."""
        if self._used.keys() != self._known.keys():
            self._store.save(_NAME, self._used)


class ReadBefore:
    """An `Ahead` of what an earlier run read: of all files but locations, which change the most.

    For runs of a few files: with all else known, PyYAML is not even imported.
    """

    is_reading = False  # no other process is at work

    def __init__(self, store: Cache) -> None:
        self._store = store
        self._known: dict[str, Any] = store.load(_READ) or {}
        self._used: dict[str, Any] = {}
        self._raws: dict[str, bytes] = {}

    def start(self, paths: Sequence[str], raws: Sequence[bytes]) -> None:
        """Take the bytes of files that may be asked for."""
        self._raws = dict(zip(paths, raws, strict=True))

    def get(self, path: str) -> Document | None:
        """Return the document of a file, None of a location and where anything is wrong."""
        if is_location(path):
            return None
        from storesync.source.document import restored
        from storesync.source.yaml import read

        raw = self._raws[path]
        content = content_id(raw)
        known = self._known.get(content)
        if known is None:
            document, found = read(path, raw)
            if document is None or found:
                return None
            known = [document.data, document.plains]
        self._used[content] = known
        return restored(path, *known)

    def close(self) -> None:
        """Keep what this run used for the next one, if that is something else than was known."""
        if self._used.keys() != self._known.keys():
            self._store.save(_READ, self._used)
