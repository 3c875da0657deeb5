"""What texts state, remembered between runs in the repository's cache: reading them takes time."""

from __future__ import annotations

from collections import UserDict

from storesync.render.versions import versions
from storesync.source.cache import Cache
from storesync.validate.memory import Rows

_NAME = "stated"


class StoredMemory(UserDict[str, Rows]):
    """`validate.memory.Memory` that lasts; what a whole run does not use is forgotten.

    With `few` files looked at, what others state is kept.
    """

    def __init__(self, store: Cache | None = None, *, few: bool = False) -> None:
        super().__init__()
        self._store = store
        self._few = few
        found = (store.load(_NAME) if store else None) or {}
        self._known: dict[str, Rows] = found["rows"] if found.get("tool") == versions() else {}

    @property
    def is_filled(self) -> bool:
        """Say whether anything is known from earlier runs."""
        return bool(self._known)

    def __contains__(self, key: object) -> bool:
        """Say whether it is known, from this run or an earlier one."""
        return key in self.data or key in self._known

    def __missing__(self, key: str) -> Rows:
        """Return what is known from earlier runs; with this it is used, and kept."""
        self.data[key] = self._known[key]
        return self.data[key]

    def save(self) -> None:
        """Write what was used, if that is something else than what was known."""
        rows = {**self._known, **self.data} if self._few else self.data
        if self._store is not None and rows.keys() != self._known.keys():
            self._store.save(_NAME, {"tool": versions(), "rows": rows})
