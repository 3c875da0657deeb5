"""Blackouts and quiet hours: where they hold, and the first moment after them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from casefile import base
from hypothesis import assume, given
from hypothesis import strategies as st

from storesync.catalog.load import load
from storesync.model.window import Blackout, QuietHours
from storesync.schedule.quiet import NEVER, Rules, leave_no_moment, rules_for
from storesync.schedule.zones import ending, instant, local_time, starting
from storesync.source.tree import MemoryTree

DAY_MINUTES = 24 * 60


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def quiet(start: str, end: str, *days: str) -> QuietHours:
    return QuietHours(start=start, end=end, days=list(days))


def blackout(start: str, end: str) -> Blackout:
    return Blackout.model_validate({"start": start, "end": end, "reason": "Because"})


NIGHT = quiet("21:00", "08:00")


@pytest.mark.parametrize(
    ("zone", "hours", "moment", "until"),
    [
        ("Europe/London", NIGHT, "2026-12-01T20:59", "2026-12-01T20:59"),
        ("Europe/London", NIGHT, "2026-12-01T21:00", "2026-12-02T08:00"),
        ("Europe/London", NIGHT, "2026-12-01T23:59", "2026-12-02T08:00"),
        ("Europe/London", NIGHT, "2026-12-01T00:00", "2026-12-01T08:00"),
        ("Europe/London", NIGHT, "2026-12-01T07:59:59", "2026-12-01T08:00"),
        ("Europe/London", NIGHT, "2026-12-01T08:00", "2026-12-01T08:00"),
        ("Europe/London", quiet("12:00", "14:00"), "2026-12-01T13:00", "2026-12-01T14:00"),
        ("Europe/London", quiet("20:00", "24:00"), "2026-12-01T20:00", "2026-12-02T00:00"),
        ("Europe/London", quiet("24:00", "06:00"), "2026-12-01T05:00", "2026-12-01T06:00"),
        # Germany's clocks go forward from 02:00 to 03:00, and back from 03:00 to 02:00.
        ("Europe/Berlin", NIGHT, "2026-03-28T22:00", "2026-03-29T06:00"),
        ("Europe/Berlin", NIGHT, "2026-10-24T22:00", "2026-10-25T07:00"),
        ("Europe/Berlin", quiet("22:00", "02:30"), "2026-03-28T23:00", "2026-03-29T01:30"),
        ("Europe/Berlin", quiet("22:00", "02:30"), "2026-10-24T23:00", "2026-10-25T00:30"),
        # At the second 02:15 of that night the hours hold again, until the second 02:30.
        ("Europe/Berlin", quiet("22:00", "02:30"), "2026-10-25T01:15", "2026-10-25T01:30"),
    ],
)
def test_quiet_hours(zone: str, hours: QuietHours, moment: str, until: str):
    wait = Rules(zone, (), (hours,)).first_allowed(utc(moment))
    assert wait.until == utc(until)
    assert wait.reason == ("" if moment == until else f"quiet hours {hours.start}-{hours.end}")


# Texas: no sales texts before noon on Sundays. 2026-11-29 is a Sunday, and Texas UTC-6.
SUNDAYS = quiet("00:00", "12:00", "sun")


@pytest.mark.parametrize(
    ("hours", "moment", "until"),
    [
        (SUNDAYS, "2026-11-29T05:59", "2026-11-29T05:59"),
        (SUNDAYS, "2026-11-29T06:00", "2026-11-29T18:00"),
        (SUNDAYS, "2026-11-29T17:59", "2026-11-29T18:00"),
        (SUNDAYS, "2026-11-29T18:00", "2026-11-29T18:00"),
        (SUNDAYS, "2026-11-30T16:00", "2026-11-30T16:00"),
        # Over midnight they belong to the day on which they begin.
        (quiet("21:00", "08:00", "fri"), "2026-11-28T13:00", "2026-11-28T14:00"),
        (quiet("21:00", "08:00", "fri"), "2026-11-27T13:00", "2026-11-27T13:00"),
        (quiet("21:00", "08:00", "sat"), "2026-11-28T13:00", "2026-11-28T13:00"),
        (quiet("21:00", "08:00", "sun"), "2026-11-30T13:00", "2026-11-30T14:00"),
        (quiet("24:00", "08:00", "sat"), "2026-11-29T13:00", "2026-11-29T14:00"),
        # Days in a row, over the end of the week too; whole days.
        (quiet("00:00", "24:00", "sun"), "2026-11-29T18:00", "2026-11-30T06:00"),
        (quiet("08:00", "08:00", "sun"), "2026-11-30T13:00", "2026-11-30T14:00"),
        (quiet("00:00", "24:00", "sat-mon"), "2026-11-28T18:00", "2026-12-01T06:00"),
        (quiet("00:00", "24:00", "sat", "sun"), "2026-11-28T18:00", "2026-11-30T06:00"),
        (quiet("00:00", "24:00", "mon-fri", "sun"), "2026-11-22T18:00", "2026-11-28T06:00"),
    ],
)
def test_quiet_hours_of_some_days(hours: QuietHours, moment: str, until: str):
    wait = Rules("America/Chicago", (), (hours,)).first_allowed(utc(moment))
    assert wait.until == utc(until)
    said = f"quiet hours {','.join(hours.days)} {hours.start}-{hours.end}"
    assert wait.reason == ("" if moment == until else said)


def test_a_blackout_ends_in_the_night():
    rules = Rules("Europe/London", (blackout("2026-12-24T13:00", "2026-12-26"),), (NIGHT,))
    wait = rules.first_allowed(utc("2026-12-24T20:00"))
    assert wait.until == utc("2026-12-27T08:00")
    assert wait.reason == "blackout: Because; quiet hours 21:00-08:00"
    assert rules.first_allowed(utc("2026-12-24T12:59")).until == utc("2026-12-24T12:59")


@pytest.mark.parametrize(
    "hours",
    [
        [quiet("08:00", "08:00")],
        [quiet("00:00", "24:00")],
        [quiet("00:00", "12:00"), quiet("12:00", "00:00")],
    ],
)
def test_a_wait_without_end(hours: list[QuietHours]):
    assert Rules("Asia/Tokyo", (), hours).first_allowed(utc("2026-12-01T00:00")).until == NEVER


@pytest.mark.parametrize(
    ("hours", "full"),
    [
        ([], False),
        ([quiet("08:00", "08:00")], True),
        ([quiet("00:00", "24:00")], True),
        ([quiet("00:00", "23:59")], False),
        ([quiet("00:00", "24:00", "mon-sat")], False),
        ([quiet("00:00", "24:00", "mon-sat"), quiet("24:00", "24:00", "sat")], True),
        ([quiet("00:00", "24:00", "wed-tue")], True),
        ([quiet("21:00", "08:00"), quiet("08:00", "21:00")], True),
        ([quiet("21:00", "08:00"), quiet("08:00", "20:59")], False),
        ([quiet("21:00", "08:00"), quiet("08:00", "21:00", "mon-sat")], False),
        ([quiet("21:00", "08:00", "sun"), quiet("08:00", "21:00"), quiet("20:00", "09:00")], True),
        # The night from Sunday to Monday belongs to Sunday.
        ([quiet("08:00", "24:00"), quiet("21:00", "08:00", "mon-sat")], False),
        ([quiet("08:00", "24:00"), quiet("21:00", "08:00", "sun-sat")], True),
    ],
)
def test_hours_that_leave_no_moment(hours: list[QuietHours], *, full: bool):
    assert leave_no_moment(hours) is full
    start = utc("2026-12-01T00:00")
    assert (Rules("Asia/Tokyo", (), hours).first_allowed(start).until == NEVER) is full


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001 - made UTC
    lambda value: value.replace(tzinfo=UTC)
)
CLOCKS = st.integers(0, DAY_MINUTES).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
ZONES = st.sampled_from(
    ["Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Asia/Kolkata"]
)


@st.composite
def blackouts(draw: st.DrawFn) -> Blackout:
    start = draw(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)))  # noqa: DTZ001 - local
    end = start + timedelta(minutes=draw(st.integers(1, 10_000)))
    return blackout(f"{start:%Y-%m-%dT%H:%M}", f"{end:%Y-%m-%dT%H:%M}")


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
QUIET = st.builds(
    lambda start, end, days: quiet(start, end, *days),
    CLOCKS,
    CLOCKS,
    st.lists(st.sampled_from(DAYS), unique=True, max_size=6),
)


def is_quiet(hours: QuietHours, local: datetime) -> bool:
    now = f"{local:%H:%M}"
    begun_today = not hours.days or DAYS[local.weekday()] in hours.days
    begun_yesterday = not hours.days or DAYS[local.weekday() - 1] in hours.days
    if hours.start < hours.end:
        return begun_today and hours.start <= now < hours.end
    return (begun_today and now >= hours.start) or (begun_yesterday and now < hours.end)


@given(
    ZONES,
    MOMENTS,
    st.lists(blackouts(), max_size=3),
    st.lists(QUIET, max_size=2),
)
def test_what_is_allowed_is_neither_black_nor_quiet_nor_earlier(
    zone: str, moment: datetime, black: list[Blackout], hours: list[QuietHours]
):
    rules = Rules(zone, black, hours)
    wait = rules.first_allowed(moment)
    assert wait.until >= moment
    assert (wait.until == moment) == (not wait.reason)
    assume(wait.until != NEVER)
    assert rules.first_allowed(wait.until) == (wait.until, "")
    local = local_time(wait.until, zone)
    assert not any(is_quiet(item, local) for item in hours)
    for item in black:
        start, end = instant(starting(item.start), zone), instant(ending(item.end), zone)
        assert not start.utc <= wait.until < end.utc


@given(ZONES, MOMENTS, QUIET)
def test_nothing_allowed_is_passed_over(zone: str, moment: datetime, hours: QuietHours):
    wait = Rules(zone, (), (hours,)).first_allowed(moment)
    assert is_quiet(hours, local_time(moment, zone)) == (wait.until != moment)
    if wait.until not in {moment, NEVER}:
        assert is_quiet(hours, local_time(wait.until - timedelta(minutes=1), zone))


SCOPES: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"countries": ["GB"]}, True),
    ({"countries": ["CA", "GB"]}, True),
    ({"countries": ["CA"]}, False),
    ({"regions": ["Scotland"]}, True),
    ({"regions": ["England"]}, False),
    ({"channels": ["sms"]}, True),
    ({"channels": ["web"]}, False),
    ({"countries": ["GB"], "regions": ["Scotland"], "channels": ["sms"]}, True),
    ({"countries": ["CA"], "regions": ["Scotland"], "channels": ["sms"]}, False),
]


@pytest.mark.parametrize(("scope", "holds"), SCOPES)
@pytest.mark.parametrize("path", ["storesync.yaml", "brands/acme/brand.yaml"])
def test_where_windows_hold(scope: dict[str, Any], path: str, *, holds: bool):
    words = "".join(f", {key}: [{', '.join(names)}]" for key, names in scope.items())
    files = dict(base())
    files[path] += (
        f"blackouts: [{{start: 2026-12-25, end: 2026-12-26, reason: Holidays{words}}}]\n"
        f'quiet_hours: [{{start: "21:00", end: "08:00"{words}}}]\n'
    )
    files["brands/acme/locations/gb/leith.yaml"] = (
        "name: Leith\naddress: {city: Edinburgh, region: Scotland}\n"
    )
    catalog = load(MemoryTree(files))
    brand = catalog.brands["acme"]
    rules = rules_for(catalog, brand, brand.locations["leith"], "sms", message=True)
    assert (len(rules.blackouts), len(rules.quiet_hours)) == (holds, holds)
    assert (
        rules_for(catalog, brand, brand.locations["leith"], "sms", message=False).quiet_hours == ()
    )
