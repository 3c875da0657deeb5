"""Files that were read within one run: two trees of a merge have nearly all of them in common."""

from __future__ import annotations

from typing import Any

from storesync.catalog.load import DocumentCache


class Shelf:
    """A `DocumentCache` of all kinds of files, in memory; what it lacks may lie in `below`."""

    def __init__(self) -> None:
        self.below: DocumentCache | None = None
        self._known: dict[str, Any] = {}

    def keeps(self, _kind: str) -> bool:
        """Say that every file is kept."""
        return True

    def get(self, content: str) -> Any:
        """Return the data or the model of a sound file, or None."""
        if content not in self._known and self.below is not None:
            return self.below.get(content)
        return self._known.get(content)

    def put(self, content: str, data: Any) -> None:
        """Keep the data or the model of a sound file."""
        self._known[content] = data
