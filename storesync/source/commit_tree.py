"""The files of one commit, read from Git's objects; nothing is checked out."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from storesync.source.plumbing import LINK, SUBMODULE, TreeEntry
from storesync.source.tree import ROOTS, SETTINGS

_NO_FILES = frozenset({LINK, SUBMODULE})


class Objects(Protocol):
    """What of a repository is needed: see `git.Repository`."""

    def entries(self, commit: str, paths: Sequence[str]) -> list[TreeEntry]:
        """Return every file, link and submodule of a commit that is one of `paths` or below."""

    def blobs(self, ids: Sequence[str]) -> list[bytes]:
        """Return the bytes of many blobs, in the order asked for."""


class CommitTree:
    """A `Tree` of one commit: one process lists it, one more reads any number of files.

    Links and submodules are never followed, and neither they nor names that are not UTF-8, or
    that fall together with another one in NFC, are in `paths`: they are in `refused`.
    """

    def __init__(self, objects: Objects, commit: str) -> None:
        self.commit = commit
        self._objects = objects
        self._read: dict[str, bytes] = {}  # by blob id

    @property
    def refused(self) -> list[str]:
        """Paths that are there but are not readable files, sorted, safe to encode."""
        return self._listing[1]

    def paths(self) -> list[str]:
        """Return the paths under `ROOTS` and the settings file, sorted."""
        return list(self._listing[0])

    def content_ids(self) -> Mapping[str, str]:
        """Return path -> blob id."""
        return self._listing[0]

    def read(self, path: str) -> bytes:
        """Return a file's bytes. Raises KeyError where there is no such regular file.

        Who reads one file of a folder reads its neighbours next, so all of them come along: a
        template's parts one by one would cost a process each.
        """
        wanted = self._listing[0][path]
        if wanted not in self._read:
            folder = path.rpartition("/")[0] + "/"
            self._fetch(
                item
                for name, item in self._listing[0].items()
                if name.startswith(folder) and "/" not in name[len(folder) :]
            )
            self._fetch([wanted])
        return self._read[wanted]

    def read_many(self, paths: Iterable[str]) -> list[bytes]:
        """Return the bytes of many files, in the order asked for. Raises KeyError."""
        wanted = [self._listing[0][path] for path in paths]
        self._fetch(wanted)
        return [self._read[item] for item in wanted]

    def _fetch(self, ids: Iterable[str]) -> None:
        missing = [item for item in dict.fromkeys(ids) if item not in self._read]
        self._read.update(zip(missing, self._objects.blobs(missing), strict=True))

    @functools.cached_property
    def _listing(self) -> tuple[dict[str, str], list[str]]:
        folders = [root.rstrip("/") for root in ROOTS]
        found: dict[str, str] = {}
        refused = []
        for path, mode, item in self._objects.entries(self.commit, [*folders, SETTINGS]):
            plain = path if path.isascii() else unicodedata.normalize("NFC", path)
            if mode in _NO_FILES or plain in found or not is_utf8(plain):
                refused.append(encodable(plain))
            elif plain.startswith(ROOTS) or plain == SETTINGS:
                found[plain] = item
        return dict(sorted(found.items())), sorted(refused)


def is_utf8(name: str) -> bool:
    """Say whether a name from the file system or from Git was UTF-8."""
    if name.isascii():
        return True
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def encodable(name: str) -> str:
    r"""Return a name with bytes that are not UTF-8 written as \xNN."""
    return name.encode(errors="surrogateescape").decode(errors="backslashreplace")
