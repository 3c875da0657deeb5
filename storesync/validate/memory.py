"""What texts state, remembered: worked out once, by a hash of all that it hangs on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, MutableMapping
from typing import Any

from storesync.render.frames import dumps

Rows = list[list[Any]]
# Rows of plain values by a hash; what is in it was worked out before, by this run or another.
Memory = MutableMapping[str, Rows]


def remembered(
    memory: Memory, hangs_on: Iterable[Any], work: Callable[[], Iterable[Iterable[Any]]]
) -> Rows:
    """Return the rows that `work` gives. `hangs_on` begins with the version of how it does it."""
    key = digest(hangs_on)
    rows = memory.get(key)
    if rows is None:
        rows = memory[key] = [list(row) for row in work()]
    return rows


def digest(parts: Iterable[Any]) -> str:
    """Return a hash of plain values."""
    return hashlib.blake2b(dumps(list(parts)), digest_size=16).hexdigest()
