"""Time zones of a table -> names of the IANA database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from babel.core import get_global

from storesync.diagnostics import printable
from storesync.model.base import known_zones
from storesync.schedule.countries import keep_one_time, zones_of

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
    if zones and keep_one_time(zones, year):
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
