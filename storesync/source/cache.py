"""What was worked out before, by name: derived, local, and thrown away at the slightest doubt."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from storesync.errors import UserError
from storesync.source.encoding import from_json, to_json
from storesync.source.index import surely_lacks

FOLDER = ".storesync"
_FORMAT = 4


class Cache(Protocol):
    """Keeps JSON objects by name. Losing one costs time and nothing else."""

    def load(self, name: str) -> dict[str, Any] | None:
        """Return what was saved under `name`, None where there is nothing to be trusted."""

    def save(self, name: str, value: Mapping[str, Any]) -> None:
        """Keep `value`, in place of what was there. Never raises for want of space or access."""


class Repository(Protocol):
    """What is needed to know that the cache is local: see `git.Repository`."""

    def tracked(self, path: str) -> bool:
        """Say whether Git tracks a file, or anything in a folder."""


class MemoryCache:
    """A cache that ends with the process: for tests, and where nothing may be written."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def load(self, name: str) -> dict[str, Any] | None:
        """Return a copy of what was saved."""
        text = self._texts.get(name)
        return None if text is None else dict(json.loads(text))

    def save(self, name: str, value: Mapping[str, Any]) -> None:
        """Keep a copy of `value`."""
        self._texts[name] = json.dumps(value)


class DiskCache:
    """One file an entry under `.storesync/cache/`: a line that vouches for it, then plain JSON.

    An entry of another format or tool `version`, one that was cut or changed, and one that is
    not a regular file are as good as absent. Nothing in it is ever executed.
    """

    def __init__(self, root: Path, version: str) -> None:
        self._folder = root / FOLDER / "cache"
        self._version = version

    def load(self, name: str) -> dict[str, Any] | None:
        """Return what was saved under `name`, None where it is absent, damaged or another's."""
        try:
            handle = os.open(self._file(name), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(handle, "rb") as file:
                head, body = file.readline(1_000), file.read()
        except OSError:
            return None
        if head != self._head(name, body):
            return None
        value = from_json(body)
        return value if isinstance(value, dict) else None

    def save(self, name: str, value: Mapping[str, Any]) -> None:
        """Keep `value`: written beside and renamed, so that no reader sees half of it."""
        body = to_json(value)
        with suppress(OSError):  # a full or read-only disk makes us slow, not wrong
            make_folder(self._folder)
            handle, temporary = tempfile.mkstemp(dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(self._head(name, body) + body)
                Path(temporary).replace(self._file(name))
            except OSError:
                Path(temporary).unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / f"{_digest(name.encode())}.json"

    def _head(self, name: str, body: bytes) -> bytes:
        head = {"format": _FORMAT, "tool": self._version, "name": name, "sum": _digest(body)}
        return json.dumps(head).encode() + b"\n"


def open_cache(root: Path, version: str, repository: Callable[[], Repository]) -> Cache:
    """Return the cache of the repository at `root`; one in memory where there is no Git.

    `repository` finds it, or raises UserError; it is asked only where the index leaves it open
    whether Git tracks the cache. Raises UserError where it does: then its content could come with
    a pull request.
    """
    if surely_lacks(root, FOLDER):
        return DiskCache(root, version)
    try:
        found = repository()
    except UserError:
        return MemoryCache()
    if found.tracked(FOLDER):
        raise UserError(
            f"{FOLDER}/ is tracked by Git, and a cache must not come from a commit",
            hint=f"run git rm -r --cached {FOLDER} and commit",
        )
    return DiskCache(root, version)


def make_folder(folder: Path) -> None:
    """Make a folder in `.storesync/`, which Git is told to ignore. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder.parent / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
