"""In which order tests run: the fast part first, then the slow one, its longest ones first."""

from __future__ import annotations

# Where single tests take many seconds: last of all, one worker would be at them alone.
LONGEST = (
    "tests/story/",
    "tests/workflows/test_act.py",
    "tests/docs/test_console.py",
    "tests/publish/test_kill.py",
    "tests/search/test_session.py",
)


def place_of(name: str, *, is_slow: bool) -> tuple[bool, bool]:
    """Return what to sort a test by."""
    return is_slow, is_slow and not name.startswith(LONGEST)
