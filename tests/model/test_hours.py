"""Opening hours as people write them, and as templates see them."""

from __future__ import annotations

from typing import Any

import pytest

from storesync.model.hours import DAYS, parse_hours

WEEK = list(DAYS)


def weekly(*groups: tuple[str, list[list[str]]]) -> list[dict[str, Any]]:
    return [{"days": days.split(), "ranges": ranges} for days, ranges in groups]


@pytest.mark.parametrize(
    ("written", "groups"),
    [
        ({"mon-fri": "06:00-20:00"}, [("mon tue wed thu fri", [["06:00", "20:00"]])]),
        ({"sat-mon": "08:00-24:00"}, [("sat sun mon", [["08:00", "24:00"]])]),
        ({"mon, wed-thu": "closed"}, [("mon wed thu", [])]),
        (
            {"sun": "08:00-12:00, 14:00-18:00"},
            [("sun", [["08:00", "12:00"], ["14:00", "18:00"]])],
        ),
        ({"sat": "14:00-18:00, 08:00-14:00"}, [("sat", [["14:00", "18:00"], ["08:00", "14:00"]])]),
        ({"fri": "20:00-04:00, 10:00-14:00"}, [("fri", [["20:00", "04:00"], ["10:00", "14:00"]])]),
        ({"fri": "20:00-04:00"}, [("fri", [["20:00", "04:00"]])]),
    ],
)
def test_weekly_hours(written: dict[str, str], groups: list[tuple[str, Any]]):
    assert parse_hours(written) == {"weekly": weekly(*groups), "seasonal": [], "special": []}


def test_seasons_and_special_days():
    parsed = parse_hours(
        {
            "2026-12-26": "10:00-16:00",
            "2026-12-25": "closed",
            "2026-06-01..2026-08-31": {"mon-sun": "08:00-22:00"},
        }
    )
    assert [item["date"] for item in parsed["special"]] == ["2026-12-25", "2026-12-26"]
    (season,) = parsed["seasonal"]
    assert (season["from"], season["to"]) == ("2026-06-01", "2026-08-31")
    assert season["weekly"] == weekly((" ".join(WEEK), [["08:00", "22:00"]]))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"monday": "closed"}, "is no day"),
        ({"mon-xyz": "closed"}, "is no day"),
        ({"mon": "8-17"}, "write hours as 06:00-20:00"),
        ({"mon": "08:00-25:00"}, "'08:00-25:00' at mon: write hours as"),
        ({"mon": "24:01-25:00"}, "write hours as"),
        ({"mon": "08:00-17:00;"}, "write hours as"),
        ({"mon": ""}, "write hours as"),
        ({"mon": ["08:00-17:00"]}, "hours are text"),
        ({"mon": {"tue": "closed"}}, "are text such as"),
        ({"fri": "08:00-12:00, 11:00-13:00"}, "08:00-12:00 and 11:00-13:00 at fri overlap"),
        ({"fri": "11:00-13:00, 08:00-12:00"}, "08:00-12:00 and 11:00-13:00 at fri overlap"),
        ({"2026-12-24": "20:00-02:00, 22:00-23:00"}, "20:00-02:00 and 22:00-23:00 at .* overlap"),
        ({"mon-sun": "00:00-00:00, 00:00-00:00"}, "overlap"),
        ({"mon-sun": "closed", "wed": "closed"}, "wed has hours twice"),
        ({"2026-02-30": "closed"}, "'2026-02-30': write a day that is in the calendar"),
        ({"2026-08-31..2026-06-01": {"mon": "closed"}}, "ends before it starts"),
        ({"2026-06-01..2026-08-31": "closed"}, "needs its weekly hours"),
        ({"2026-06-01..2026-08-31": {"2026-07-01": "closed"}}, "is no day"),
        ({"": "closed"}, "is no day"),
    ],
)
def test_hours_that_are_none(written: dict[str, Any], words: str):
    with pytest.raises(ValueError, match=words):
        parse_hours(written)
