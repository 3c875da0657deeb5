"""Local times to moments: own vectors, shared ones, and properties over all zones."""

from __future__ import annotations

import json
import zoneinfo
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.model.base import known_zones
from storesync.schedule.zones import (
    Kind,
    ending,
    instant,
    local_time,
    midnight,
    misleading,
    starting,
    written,
)

SHARED = Path(__file__).parents[2] / ".." / "shared" / "cases" / "local-times.json"
NIGHT = datetime.fromisoformat
ZONES = st.sampled_from(sorted(known_zones()))
LOCALS = st.datetimes(datetime(1990, 1, 1), datetime(2040, 12, 31)).map(  # noqa: DTZ001 - local
    lambda value: value.replace(second=0, microsecond=0)
)


@pytest.mark.parametrize(
    ("local", "zone", "kind", "utc"),
    [
        ("2026-07-01T09:00", "Europe/Berlin", Kind.OK, "2026-07-01T07:00Z"),
        ("2026-03-29T01:59", "Europe/Berlin", Kind.OK, "2026-03-29T00:59Z"),
        ("2026-03-29T02:00", "Europe/Berlin", Kind.GAP, "2026-03-29T01:00Z"),
        ("2026-03-29T02:59", "Europe/Berlin", Kind.GAP, "2026-03-29T01:59Z"),
        ("2026-03-29T03:00", "Europe/Berlin", Kind.OK, "2026-03-29T01:00Z"),
        ("2026-10-25T01:59", "Europe/Berlin", Kind.OK, "2026-10-24T23:59Z"),
        ("2026-10-25T02:00", "Europe/Berlin", Kind.OVERLAP, "2026-10-25T00:00Z"),
        ("2026-10-25T02:59", "Europe/Berlin", Kind.OVERLAP, "2026-10-25T00:59Z"),
        ("2026-10-25T03:00", "Europe/Berlin", Kind.OK, "2026-10-25T02:00Z"),
        ("2026-09-06T00:00", "America/Santiago", Kind.GAP, "2026-09-06T04:00Z"),
        ("2026-10-25T00:30", "Atlantic/Azores", Kind.OVERLAP, "2026-10-25T00:30Z"),
        ("2026-07-01T09:00", "Asia/Kolkata", Kind.OK, "2026-07-01T03:30Z"),
        ("2026-07-01T09:00", "Etc/GMT+6", Kind.OK, "2026-07-01T15:00Z"),
        ("2026-11-01T01:30", "EST", Kind.OK, "2026-11-01T06:30Z"),
    ],
)
def test_instants(local: str, zone: str, kind: Kind, utc: str):
    assert instant(NIGHT(local), zone) == (datetime.fromisoformat(utc), kind)


def shared_vectors() -> list[dict[str, str]]:
    return json.loads(SHARED.read_text("utf-8"))["vectors"] if SHARED.exists() else []


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/cases/local-times.json is not here")
def test_shared_vectors():
    for vector in shared_vectors():
        found = instant(NIGHT(vector["local"]), vector["zone"])
        wanted = datetime.fromisoformat(vector["utc_rfc5545"]), Kind(vector["kind"])
        assert found == wanted, vector["why"]
        if vector["shown_local_after"]:
            assert local_time(found.utc, vector["zone"]) == NIGHT(vector["shown_local_after"])


@given(LOCALS, ZONES)
def test_a_local_time_that_exists_comes_back(local: datetime, zone: str):
    moment, kind = instant(local, zone)
    shown = local_time(moment, zone)
    if kind is Kind.GAP:
        assert shown > local
    else:
        assert shown == local
    assert moment.tzinfo is UTC


@given(LOCALS, ZONES)
def test_the_first_of_two_is_meant(local: datetime, zone: str):
    moment, kind = instant(local, zone)
    info = zoneinfo.ZoneInfo(zone)
    other = local.replace(tzinfo=info, fold=1).astimezone(UTC)
    assert (other > moment) == (kind is Kind.OVERLAP)
    assert (other < moment) == (kind is Kind.GAP)


def test_zone_data_is_the_pinned_package_alone():
    assert zoneinfo.TZPATH == ()


def test_dates_and_times():
    day, time = date(2026, 12, 1), NIGHT("2026-12-01T07:00")
    assert (starting(day), starting(time)) == (NIGHT("2026-12-01"), time)
    assert (ending(day), ending(time)) == (NIGHT("2026-12-02"), time)
    assert (written(day), written(time)) == ("2026-12-01", "2026-12-01T07:00")


@pytest.mark.parametrize(
    ("day", "zone", "utc"),
    [
        ("2026-12-01", "Pacific/Kiritimati", "2026-11-30T10:00Z"),
        ("2026-12-01", "Pacific/Pago_Pago", "2026-12-01T11:00Z"),
        ("2026-09-06", "America/Santiago", "2026-09-06T04:00Z"),  # a day that begins at 01:00
    ],
)
def test_midnight(day: str, zone: str, utc: str):
    assert midnight(date.fromisoformat(day), zone) == datetime.fromisoformat(utc)


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), ZONES)
def test_a_day_begins_at_its_midnight(day: date, zone: str):
    first = midnight(day, zone)
    before = local_time(first - timedelta(minutes=1), zone).date()
    assert before <= day
    assert local_time(first, zone).date() >= day


@pytest.mark.parametrize(
    ("zone", "meant"),
    [
        ("EST", "America/New_York"),
        ("CET", "Europe/Paris"),
        ("US/Eastern", "the city's name"),
        ("Etc/GMT-3", "the sign"),
        ("Etc/GMT+0", ""),
        ("Etc/GMT", ""),
        ("UTC", ""),
        ("Europe/Paris", ""),
    ],
)
def test_misleading_names(zone: str, meant: str):
    assert meant in misleading(zone)
    assert bool(meant) == bool(misleading(zone))
