"""Data of location files between runs: read once, remembered by the id of the bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storesync.source.cache import Cache

_NAME = "documents"
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
