"""The time zones of each country and where on earth they are, from the `tzdata` package."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache, lru_cache
from importlib import resources

from storesync.schedule.zones import instant

_ISO6709 = re.compile(r"([+-])(\d{2})(\d{2})(?:\d{2})?([+-])(\d{3})(\d{2})(?:\d{2})?")


@cache
def _zone_table() -> Mapping[str, tuple[tuple[str, float, float], ...]]:
    """Return country -> (zone, latitude, longitude), from `zone.tab` of the `tzdata` package."""
    text = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    table: dict[str, list[tuple[str, float, float]]] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        country, place, zone = line.split("\t")[:3]
        table.setdefault(country, []).append((zone, *_degrees(place)))
    return {country: tuple(rows) for country, rows in table.items()}


def _degrees(place: str) -> tuple[float, float]:
    match = _ISO6709.fullmatch(place)
    if match is None:
        raise ValueError(f"zone.tab of tzdata: {place}")
    north, lat, lat_minutes, east, lon, lon_minutes = match.groups()
    latitude = float(f"{north}1") * (int(lat) + int(lat_minutes) / 60)
    return latitude, float(f"{east}1") * (int(lon) + int(lon_minutes) / 60)


def zones_of(country: str) -> tuple[str, ...]:
    """Return the zones of a country, the main one first; none for an unknown country."""
    return tuple(zone for zone, _, _ in _zone_table().get(country, ()))


def cities_of(country: str) -> tuple[tuple[float, float], ...]:
    """Return latitude and longitude, in degrees, of the cities a country's zones are named for."""
    return tuple((latitude, longitude) for _, latitude, longitude in _zone_table().get(country, ()))


@lru_cache(maxsize=4096)
def keeps_time_of(zone: str, country: str, year: int) -> bool:
    """Say whether a zone's clock agrees, in winter and summer, with one of the country's zones."""
    zones = zones_of(country)
    return not zones or zone in zones or _offsets(zone, year) in {_offsets(z, year) for z in zones}


def keep_one_time(zones: tuple[str, ...], year: int) -> bool:
    """Say whether the clocks of all these zones agree, in winter and summer."""
    return len({_offsets(zone, year) for zone in zones}) == 1


@cache
def _offsets(zone: str, year: int) -> tuple[timedelta, ...]:
    noons = [datetime(year, month, 15, 12) for month in (1, 7)]  # noqa: DTZ001 - local
    return tuple(noon - instant(noon, zone).utc.replace(tzinfo=None) for noon in noons)
