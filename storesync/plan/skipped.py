"""A placement that a plan leaves as it is, and why."""

from __future__ import annotations

from typing import NamedTuple


class Skipped(NamedTuple):
    """A placement that does not go out now, and why. An empty channel means all of them.

    `stays` says that something of it is out and is left as it is.
    """

    brand: str
    campaign: str
    location: str
    channel: str
    reason: str
    stays: bool = False
