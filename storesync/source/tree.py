"""The read port: files of one revision, from disk or from memory (from Git: `source.git`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Protocol

# What people's files lie under; nothing else of a repository is ever read.
ROOTS = ("brands/", "templates/")
SETTINGS = "storesync.yaml"


class Tree(Protocol):
    """Read-only files of one revision. Paths are relative, with `/`, NFC as stored."""

    def paths(self) -> list[str]:
        """Return the paths under `ROOTS` and the settings file, sorted."""

    def read(self, path: str) -> bytes:
        """Return a file's bytes. Raises KeyError where there is no such regular file."""

    def read_many(self, paths: Iterable[str]) -> list[bytes]:
        """Return the bytes of many files, in the order asked for."""

    def content_ids(self) -> Mapping[str, str]:
        """Return path -> an id of its bytes (same id, same bytes), for everything in `paths`."""


class MemoryTree:
    """Files held in a dict: for tests, and for trying out a change before it is written."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = {
            path: text.encode() if isinstance(text, str) else text for path, text in files.items()
        }

    def paths(self) -> list[str]:
        """Return the paths under `ROOTS` and the settings file, sorted."""
        return sorted(path for path in self._files if path.startswith(ROOTS) or path == SETTINGS)

    def read(self, path: str) -> bytes:
        """Return a file's bytes."""
        return self._files[path]

    def read_many(self, paths: Iterable[str]) -> list[bytes]:
        """Return the bytes of many files, in the order asked for."""
        return [self._files[path] for path in paths]

    def content_ids(self) -> Mapping[str, str]:
        """Return path -> hash of the bytes."""
        return {path: content_id(self._files[path]) for path in self.paths()}


def content_id(data: bytes) -> str:
    """Return an id of some bytes: 16 bytes of BLAKE2b in hex."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
