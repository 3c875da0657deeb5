"""When a flight runs at a location: its zone, its opening states, bounds of own values."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.catalog.catalog import Location
from storesync.model.campaign import Flight
from storesync.schedule.flight import as_written, flight_window, is_over, run_at
from storesync.schedule.window import Window

DAY = "2026-12-01"
RUN = ("2026-12-01T07:00", "2026-12-24T21:00")
DAYS = ("opens_on", "closed_until", "closes_on")


def location(zone: str = "Europe/London", **days: str) -> Location:
    return Location(
        id="leith",
        brand="acme",
        path="",
        folder="",
        data={},
        own={},
        timezone=zone,
        country="GB",
        region="",
        locales=("en-GB",),
        currency="GBP",
        **{name: date.fromisoformat(day) for name, day in days.items()},
    )


def flight(start: str, end: str | None = None, zone: str | None = None) -> Flight:
    given = {"start": start, "end": end, "zone": zone}
    return Flight.model_validate({key: value for key, value in given.items() if value})


def window(start: str, end: str | None) -> Window:
    return Window(utc(start), utc(end) if end else None)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "written", "start", "end"),
    [
        ("Europe/London", RUN, RUN[0], RUN[1]),
        ("Europe/Berlin", RUN, "2026-12-01T06:00", "2026-12-24T20:00"),
        ("America/Chicago", (DAY, DAY), "2026-12-01T06:00", "2026-12-02T06:00"),
        ("America/Chicago", (DAY, None), "2026-12-01T06:00", None),
        ("America/Chicago", (DAY, DAY, "Asia/Tokyo"), "2026-11-30T15:00", "2026-12-01T15:00"),
        ("Europe/Berlin", ("2026-03-29", "2026-03-29"), "2026-03-28T23:00", "2026-03-29T22:00"),
        ("Europe/Berlin", ("2026-10-25", "2026-10-25"), "2026-10-24T22:00", "2026-10-25T23:00"),
    ],
)
def test_flights(zone: str, written: tuple[str, ...], start: str, end: str | None):
    found = flight_window(flight(*written), zone)
    assert found == window(start, end)
    run = run_at(flight(*written), location(zone))
    assert run == (found, "")


WINTER = flight(*RUN)


@pytest.mark.parametrize(
    ("days", "start", "end", "reason"),
    [
        ({"opens_on": "2026-11-01"}, *RUN, ""),
        ({"opens_on": "2026-12-01"}, *RUN, ""),
        ({"opens_on": "2026-12-02"}, "2026-12-02T00:00", RUN[1], "opens on 2026-12-02"),
        ({"closed_until": "2026-12-10"}, "2026-12-10T00:00", RUN[1], "closed until 2026-12-10"),
        ({"closed_until": "2026-12-01"}, *RUN, ""),
        ({"closes_on": "2026-12-20"}, RUN[0], "2026-12-20T00:00", "closes on 2026-12-20"),
        ({"closes_on": "2026-12-25"}, *RUN, ""),
        (
            {"opens_on": "2026-12-02", "closed_until": "2026-12-04", "closes_on": "2026-12-05"},
            "2026-12-04T00:00",
            "2026-12-05T00:00",
            "opens on 2026-12-02; closed until 2026-12-04; closes on 2026-12-05",
        ),
    ],
)
def test_opening_states(days: dict[str, str], start: str, end: str, reason: str):
    assert run_at(WINTER, location(**days)) == (window(start, end), reason)


@pytest.mark.parametrize(
    "days",
    [
        {"opens_on": "2026-12-25"},
        {"closed_until": "2027-01-01"},
        {"closes_on": "2026-12-01"},
        {"opens_on": "2026-12-10", "closes_on": "2026-12-10"},
    ],
)
def test_closed_all_the_time(days: dict[str, str]):
    assert run_at(WINTER, location(**days)) is None


def test_own_values_split_a_flight():
    until = datetime.fromisoformat("2026-12-08T12:00")
    with_own = run_at(WINTER, location(), until=until)
    without = run_at(WINTER, location(), after=until)
    assert with_own == (window(RUN[0], "2026-12-08T12:00"), "own values until 2026-12-08T12:00")
    assert without == (window("2026-12-08T12:00", RUN[1]), "own values end 2026-12-08T12:00")
    day = run_at(WINTER, location("America/Chicago"), until=date(2026, 12, 8))
    assert day is not None
    assert day.window.end == utc("2026-12-09T06:00")


def test_own_values_that_end_late_leave_nothing_after():
    assert run_at(WINTER, location(), after=date(2026, 12, 24)) is None
    run = run_at(WINTER, location(), until=date(2027, 1, 1))
    assert run is not None
    assert run.window == window(*RUN)


@given(
    st.dates(date(2026, 11, 1), date(2027, 1, 31)),
    st.dictionaries(st.sampled_from(DAYS), st.dates(date(2026, 11, 1), date(2027, 1, 31))),
    st.sampled_from(["Europe/London", "America/Santiago", "Pacific/Kiritimati"]),
)
def test_own_values_and_what_comes_after_fill_the_whole_run(
    until: date, days: dict[str, date], zone: str
):
    place = location(zone, **{name: str(day) for name, day in days.items()})
    whole = run_at(WINTER, place)
    parts = [
        run
        for run in (run_at(WINTER, place, until=until), run_at(WINTER, place, after=until))
        if run
    ]
    assert bool(parts) == (whole is not None)
    if whole:
        assert parts[0].window.start == whole.window.start
        assert parts[-1].window.end == whole.window.end
        assert len(parts) == 1 or parts[0].window.end == parts[1].window.start


@pytest.mark.parametrize(
    ("end", "at", "over"),
    [
        ("2026-12-24T21:00", "2026-12-25T09:59", False),
        ("2026-12-24T21:00", "2026-12-25T10:00", True),
        ("2026-12-24", "2026-12-25T12:59", False),
        ("2026-12-24", "2026-12-25T13:00", True),
        (None, "2999-01-01T00:00", False),
    ],
)
def test_over_everywhere(end: str | None, at: str, *, over: bool):
    assert is_over(flight("2026-12-01", end), utc(at)) == over


@given(st.sampled_from(["Pacific/Kiritimati", "Pacific/Pago_Pago", "Etc/GMT+12"]))
def test_what_is_over_runs_nowhere(zone: str):
    brief = flight("2026-12-01", "2026-12-24")
    end = flight_window(brief, zone).end
    assert end is not None
    assert not is_over(brief, end - timedelta(minutes=1))


def test_a_flight_as_written():
    assert as_written(flight("2026-12-01"), "Europe/London") == ("2026-12-01", "", "Europe/London")
    given = flight("2026-12-01T07:00", "2026-12-24", "Asia/Tokyo")
    assert as_written(given, "Europe/London") == ("2026-12-01T07:00:00", "2026-12-24", "Asia/Tokyo")
