"""Asking about objects: one git process that stays, instead of one for each question."""

from __future__ import annotations

import functools
import os
import threading
import weakref
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import Popen
from typing import IO, NamedTuple

from storesync.errors import UserError
from storesync.source import plumbing
from storesync.source.answers import is_id
from storesync.source.command import start
from storesync.source.plumbing import TreeEntry

# So much fits into any pipe: git never waits for us to read while we wait for it to. For more a
# process of its own is quick enough.
MOST = 64
_BYTES = 8_192


class Object(NamedTuple):
    """What git said of an object: kind (empty: it is missing), full id, its bytes if asked for."""

    kind: str = ""
    id: str = ""
    data: bytes = b""

    def entries(self, above: str = "") -> list[TreeEntry] | None:
        """Return what lies directly in a folder; None where it is none, or an odd one.

        `above` comes before each name.
        """
        return plumbing.tree(self.data, self.id, above) if self.kind == "tree" else None


class Objects:
    """A process that answers about the objects of one clone, for as long as this is kept.

    It is a shortcut that nothing hangs on: whoever gets None from it asks a git of its own. It
    reads its questions from a pipe of ours, so that it ends with us, however we end.
    """

    def __init__(self, common_dir: Path) -> None:
        self._common_dir = common_dir
        self._lock = threading.Lock()
        self._process: Popen[bytes] | None = None
        self._owner = os.getpid()
        self._is_able = True

    def ask(self, questions: Sequence[str]) -> list[Object] | None:
        """Return the answer to each question, `info NAME` or `contents NAME`.

        A name is the full id of an object, or one and behind a colon the path to what lies below.
        Returns None where that does not work here: with git before 2.36, in a forked process, for
        many questions at once, for other names; and where an id is missing, which may have come
        since.
        """
        names = [line.partition(" ")[2].partition(":")[0] for line in questions]
        sent = "".join(f"{line}\n" for line in questions).encode(errors="surrogateescape")
        is_plain = all(map(is_id, names)) and sent.count(b"\n") == len(names) and b"\0" not in sent
        is_small = len(names) <= MOST and len(sent) <= _BYTES
        if not (self._is_able and is_plain and is_small) or self._owner != os.getpid():
            return None
        with self._lock:
            try:
                found = self._exchange(sent, [line.startswith("contents ") for line in questions])
            except (OSError, ValueError, UserError):
                self._end()
                self._is_able = False
                return None
            except BaseException:
                self._end()  # in the middle of an answer
                raise
            lines = zip(found, questions, strict=True)
            if any(not item.kind and ":" not in line for item, line in lines):
                self._end()  # the next one looks for packs anew
                return None
        return found

    def _exchange(self, sent: bytes, with_bytes: Sequence[bool]) -> list[Object]:
        if self._process is None:
            self._process = start(self._common_dir, "cat-file", "--batch-command")
            self._finalizer = weakref.finalize(self, _end, self._process)
        target, source = self._process.stdin, self._process.stdout
        if target is None or source is None:
            raise ValueError(self._process)
        target.write(sent)
        target.flush()
        return [_answer(source, with_bytes=wanted) for wanted in with_bytes]

    def _end(self) -> None:
        if self._process is not None:
            self._finalizer()
            self._process = None


def _answer(output: IO[bytes], *, with_bytes: bool) -> Object:
    """Read one answer. Raises ValueError where the process ends before it is complete."""
    head = output.readline()
    if head.endswith(b" missing\n"):
        return Object()
    item, kind, size = head.decode().split(" ")
    if not with_bytes:
        return Object(kind, item)
    data = output.read(int(size))
    if len(data) < int(size) or output.read(1) != b"\n":
        raise ValueError(head)
    return Object(kind, item, data)


def _end(process: Popen[bytes]) -> None:
    """End the process, which only ever reads, and give everything back."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe is not None:
                pipe.close()


def listed(objects: Objects, top: str, paths: Sequence[str]) -> list[TreeEntry] | None:
    """Return every file, link and submodule of a commit or folder that is one of `paths` or below.

    No paths means all. They come in the order of their bytes, as `ls-tree -r` has them. Returns
    None where `objects` cannot tell: a process of its own is quicker through hundreds of folders.
    """
    if not is_id(top) or any("" in path.split("/") for path in paths):
        return None
    found: list[TreeEntry] = []
    left = [("", f"{top}:")]
    while left:
        answers = objects.ask([f"contents {item}" for _, item in left])
        if answers is None:
            return None
        wanted: list[TreeEntry] = []
        for (folder, _), answer in zip(left, answers, strict=True):
            entries = answer.entries(folder)
            if entries is None:
                return None
            is_inside = not paths or any(folder.startswith(f"{path}/") for path in paths)
            wanted += entries if is_inside else [it for it in entries if _is_among(it, paths)]
        left = [(f"{item.path}/", item.id) for item in wanted if item.mode == plumbing.FOLDER]
        found += [item for item in wanted if item.mode != plumbing.FOLDER]
    return sorted(found, key=lambda item: item.path.encode(errors="surrogateescape"))


def _is_among(entry: TreeEntry, paths: Sequence[str]) -> bool:
    """Say whether an entry is one of `paths` or below, or a folder above one."""
    is_folder = entry.mode == plumbing.FOLDER
    return any(
        f"{entry.path}/".startswith(f"{path}/") or (is_folder and path.startswith(f"{entry.path}/"))
        for path in paths
    )


@functools.lru_cache(maxsize=2)
def objects_of(common_dir: Path) -> Objects:
    """Return who answers for one `.git`, all that read it in this process."""
    return Objects(common_dir)
