"""What the ledger last says of a placement, in the planner's terms."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Live(NamedTuple):
    """What the ledger last says of a placement.

    `out` is False once it was `withdrawn`, having been out, or missed; `final` says that it cannot
    be taken back: a message. `missed` and `refused` tell why nothing is out; `artifact` is what
    customers see, or what the channel refused. `doubtful` says that a change of it was begun and
    never confirmed, so that what customers see may be half of it. `failures` counts how often the
    change with the fingerprint `tried` failed in a row, the last time at `settled_at`.
    """

    out: bool
    final: bool
    missed: bool
    refused: bool
    artifact: str
    fingerprint: str
    starts: datetime | None
    ends: datetime | None
    settled_at: datetime | None = None
    doubtful: bool = False
    withdrawn: bool = False
    failures: int = 0
    tried: str = ""
