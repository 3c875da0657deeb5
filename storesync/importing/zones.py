"""Time zones of a table -> names of the IANA database, and where on earth a country's zones are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from babel.core import get_global

from storesync.diagnostics import printable
from storesync.model.base import known_zones

# "GMT-06:00 America/Chicago", "(UTC+01:00) Europe/Paris": the offset is only what it is today.
_OFFSET = re.compile(r"^\(?\s*(?:GMT|UTC)?\s*[-+±]?\s*[0-9:]*\s*\)?\s+(?=\S)", re.IGNORECASE)
# Names that are common and that the database has never had.
_WRONG = {
    "asia/beijing": "Asia/Shanghai", "asia/peking": "Asia/Shanghai",
    "asia/new_delhi": "Asia/Kolkata", "asia/delhi": "Asia/Kolkata", "asia/mumbai": "Asia/Kolkata",
    "asia/bombay": "Asia/Kolkata", "asia/abu_dhabi": "Asia/Dubai",
    "asia/islamabad": "Asia/Karachi", "asia/hanoi": "Asia/Bangkok",
    "america/washington": "America/New_York", "america/boston": "America/New_York",
    "america/miami": "America/New_York", "america/dallas": "America/Chicago",
    "america/houston": "America/Chicago", "america/san_francisco": "America/Los_Angeles",
    "america/seattle": "America/Los_Angeles", "america/calgary": "America/Edmonton",
    "america/ottawa": "America/Toronto", "america/rio_de_janeiro": "America/Sao_Paulo",
    "europe/geneva": "Europe/Zurich", "europe/munich": "Europe/Berlin",
    "europe/frankfurt": "Europe/Berlin", "europe/milan": "Europe/Rome",
    "europe/barcelona": "Europe/Madrid", "europe/edinburgh": "Europe/London",
    "australia/gold_coast": "Australia/Brisbane",
}  # fmt: skip
# Abbreviations say which zone only within a country; as names of the database they are fixed
# offsets without summer time, which is never what a shop keeps.
_NORTH_AMERICA = {
    "eastern": "America/New_York", "est": "America/New_York", "edt": "America/New_York",
    "et": "America/New_York", "est5edt": "America/New_York", "central": "America/Chicago",
    "cst": "America/Chicago", "cdt": "America/Chicago", "ct": "America/Chicago",
    "cst6cdt": "America/Chicago", "mountain": "America/Denver", "mst": "America/Denver",
    "mdt": "America/Denver", "mt": "America/Denver", "mst7mdt": "America/Denver",
    "pacific": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "pt": "America/Los_Angeles", "pst8pdt": "America/Los_Angeles", "alaska": "America/Anchorage",
    "akst": "America/Anchorage", "hawaii": "Pacific/Honolulu", "hst": "Pacific/Honolulu",
    "atlantic": "America/Halifax", "ast": "America/Halifax",
}  # fmt: skip
_LEAST_PREFIX = 12
_ISO6709 = re.compile(r"([+-])(\d{2})(\d{2})(?:\d{2})?([+-])(\d{3})(\d{2})(?:\d{2})?")


@lru_cache(maxsize=4096)
def find_zone(text: str, country: str, year: int) -> tuple[str, str]:
    """Return a zone's name and why it is not the one that was written; ("", why) for none.

    Without a usable name a country decides all of which keeps one time in `year`.
    """
    name = text if text in known_zones() else _OFFSET.sub("", text).strip()
    if not name:
        return _only_zone(country, year, "no time zone")
    if name in known_zones() and "/" in name and not name.startswith(("Etc/", "SystemV/")):
        return name, ""
    folded = name.replace(" ", "_").casefold()
    shown = f'"{printable(name, limit=60)}"'
    if country in {"US", "CA", ""} and folded.removesuffix("_time") in _NORTH_AMERICA:
        found = _NORTH_AMERICA[folded.removesuffix("_time")]
        return found, f"{shown} was taken as {found}"
    found = (
        _WRONG.get(folded) or _folded_zones().get(folded) or _windows(name) or _by_prefix(folded)
    )
    if found:
        return found, f"there is no time zone {shown}: taken as {found}"
    if folded in {"utc", "gmt", "z"} and not country:
        return "Etc/UTC", ""
    return _only_zone(country, year, f"{shown} is not the name of a place's time zone")


def _only_zone(country: str, year: int, why: str) -> tuple[str, str]:
    zones = zones_of(country)
    if zones and len({_offsets(zone, year) for zone in zones}) == 1:
        return zones[0], f"{why}: all of {country} keeps the time of {zones[0]}"
    if zones:
        why = f"{why}, and {country} has {len(zones)}: write one such as {zones[0]}"
    return "", why


@cache
def _folded_zones() -> Mapping[str, str]:
    return {zone.casefold(): zone for zone in known_zones() if "/" in zone and zone[:4] != "Etc/"}


def _windows(name: str) -> str:
    zones: Mapping[str, str] = get_global("windows_zone_mapping")
    found = zones.get(name, "")
    return "" if found.startswith("Etc/") else found


def _by_prefix(folded: str) -> str:
    """Return the zone whose name was cut off: "America/Argentina/Bu"."""
    if len(folded) < _LEAST_PREFIX or "/" not in folded:
        return ""
    found = [zone for known, zone in _folded_zones().items() if known.startswith(folded)]
    return found[0] if len(found) == 1 else ""


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


@cache
def _offsets(zone: str, year: int) -> tuple[timedelta | None, ...]:
    info = ZoneInfo(zone)
    return tuple(info.utcoffset(datetime(year, month, 15)) for month in (1, 7))  # noqa: DTZ001 - local
