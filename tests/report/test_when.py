"""Dates in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storesync.report.when import ending, starting

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
CHICAGO, LONDON = "America/Chicago", "Europe/London"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


STARTS = [
    ([(utc(2026, 12, 1, 13), CHICAGO)], "from Tue 1 Dec 2026, 07:00 local time (1 Dec 13:00 UTC)"),
    (
        [(utc(2026, 12, 1, 13), CHICAGO), (utc(2026, 12, 1, 7), LONDON)],
        "from Tue 1 Dec 2026, 07:00 local time (1 Dec 07:00–13:00 UTC)",
    ),
    (
        [(utc(2026, 12, 1, 7), LONDON), (utc(2026, 12, 2, 8), LONDON)],
        (
            "from Tue 1 Dec 2026, 07:00 – Wed 2 Dec 2026, 08:00 local time"
            " (1 Dec 07:00 – 2 Dec 08:00 UTC)"
        ),
    ),
    (
        [(utc(2026, 12, 1, 7), LONDON), (utc(2026, 12, 1, 15), CHICAGO)],
        "from Tue 1 Dec 2026, 07:00–09:00 local time (1 Dec 07:00–15:00 UTC)",
    ),
    ([(utc(2026, 11, 1), LONDON)], "at once"),
    (
        [(utc(2026, 11, 1), LONDON), (utc(2026, 12, 1, 7), "UTC")],
        "at once, or from Tue 1 Dec 2026, 07:00 UTC",
    ),
    ([], ""),
]
ENDS = [
    (
        [(utc(2027, 1, 1, 6), CHICAGO)],
        "until the end of Thu 31 Dec 2026 local time (1 Jan 06:00 UTC)",
    ),
    ([(utc(2026, 12, 24, 21), "UTC")], "until Thu 24 Dec 2026, 21:00 UTC"),
    (
        [(utc(2026, 12, 24, 21), "UTC"), (utc(2026, 12, 25), "UTC")],
        "until Thu 24 Dec 2026, 21:00 – the end of Thu 24 Dec 2026 UTC",
    ),
    ([None], "without an end"),
    ([None, (utc(2026, 12, 24, 21), "UTC")], "until Thu 24 Dec 2026, 21:00 UTC, or without an end"),
    ([], ""),
]


@pytest.mark.parametrize(("moments", "words"), STARTS)
def test_starts(moments, words: str):
    assert starting(moments, AT) == words


@pytest.mark.parametrize(("moments", "words"), ENDS)
def test_ends(moments, words: str):
    assert ending(moments) == words
