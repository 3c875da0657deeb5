"""Workers that have nothing to do, kept for whoever renders from the same files next.

One command opens several chains with the same templates: both sides of a review, what is proven
and what is not, each round of `publish --every`. Starting a worker takes a tenth of a second of
processor time, most of it to load the template engine.
"""

from __future__ import annotations

import atexit
from collections.abc import Mapping

from storesync.render.link import Link

_MOST = 2


class Idle:
    """A few workers by what they render from, the latest last. They end with this process."""

    def __init__(self) -> None:
        self._kept: list[tuple[Mapping[str, str], Link]] = []

    def take(self, sources: Mapping[str, str]) -> Link | None:
        """Return a worker that renders from just these files, None where there is none."""
        found = next((item for item in reversed(self._kept) if item[0] == sources), None)
        if found is None:
            return None
        self._kept.remove(found)
        if found[1].runs():
            return found[1]
        found[1].close()
        return self.take(sources)

    def keep(self, sources: Mapping[str, str], link: Link) -> None:
        """Keep a worker that owes nobody an answer, in place of the one kept longest."""
        self._kept.append((sources, link))
        while len(self._kept) > _MOST:
            self._kept.pop(0)[1].close()

    def close(self) -> None:
        """End all of them."""
        while self._kept:
            self._kept.pop()[1].close()


IDLE = Idle()
atexit.register(IDLE.close)
