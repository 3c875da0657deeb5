"""How far the clocks of machines may be apart before one of them is called wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

# They differ by seconds; one that is minutes ahead is wrong.
_TOLERANCE = timedelta(minutes=10)


def is_ahead(when: datetime, at: datetime) -> bool:
    """Say whether `when` was written by a clock that is wrong, if it is `at` now."""
    return when > at + _TOLERANCE
