"""What git said of objects, which never change: it is asked once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from subprocess import CompletedProcess

Answer = CompletedProcess[bytes]

_SMALL = 65_536  # bytes
_MOST = 512
_HEX = frozenset("0123456789abcdef")


class Answers:
    """Small answers of one repository, a few hundred of them; `commits` are ids seen to be some."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Answer] = {}
        self.commits: set[str] = set()

    def get(self, key: Hashable, ids: Sequence[str], ask: Callable[[], Answer]) -> Answer:
        """Return the answer to a question about objects, asking if need be.

        It is kept where `ids`, all that the question names, are full ids, and nothing is missing:
        what is not here may still come, and a name may come to mean another commit.
        """
        known = self._known.get(key)
        if known is not None:
            return known
        answer = ask()
        is_final = answer.returncode in {0, 1} and b" missing\n" not in answer.stdout
        if ids and is_final and len(answer.stdout) <= _SMALL and all(map(is_id, ids)):
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[key] = answer
        return answer


@functools.lru_cache(maxsize=2)
def answers_of(common_dir: Path) -> Answers:
    """Return what is known of the objects below one `.git`, by all that read it in this process."""
    del common_dir
    return Answers()


def is_id(text: str) -> bool:
    """Say whether this is the full id of an object (SHA-1 or SHA-256)."""
    return len(text) in {40, 64} and set(text) <= _HEX
