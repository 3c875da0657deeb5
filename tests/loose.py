"""A repository that looks as if it held thousands of loose objects."""

from __future__ import annotations

import hashlib
from itertools import count, islice
from pathlib import Path

from storesync.source.git import Repository


def seem_to_hold_thousands(repository: Repository) -> None:
    """Write some loose objects: Git guesses by those in one of 256 folders how many there are."""
    texts = (f"{number}" for number in count())
    guessed_by = (text for text in texts if _id(text.encode()).startswith("17"))
    for text in islice(guessed_by, 30):
        repository.git("hash-object", "-w", "--stdin", data=text.encode())


def packs(repository: Repository) -> list[Path]:
    """Return the packs of a repository."""
    return list((repository.common_dir / "objects/pack").glob("*.pack"))


def _id(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
