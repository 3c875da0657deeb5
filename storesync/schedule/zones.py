"""Local times to instants, by RFC 5545 at gaps and overlaps. All comparisons happen in UTC.

The zone data is the pinned `tzdata` package alone: importing this module takes the system's
database out of `zoneinfo`'s search path, so that two machines agree.
"""

from __future__ import annotations

import enum
import zoneinfo
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

zoneinfo.reset_tzpath(to=())

# Names that mean something else than most people think (zoneinfo accepts them).
_MISLEADING: Mapping[str, str] = {
    "EST": "America/New_York",
    "MST": "America/Phoenix or America/Denver",
    "HST": "Pacific/Honolulu",
    "EST5EDT": "America/New_York",
    "CST6CDT": "America/Chicago",
    "MST7MDT": "America/Denver",
    "PST8PDT": "America/Los_Angeles",
    "CET": "Europe/Paris",
    "MET": "Europe/Paris",
    "EET": "Europe/Athens",
    "WET": "Europe/Lisbon",
    "GB": "Europe/London",
    "NZ": "Pacific/Auckland",
    "PRC": "Asia/Shanghai",
    "ROC": "Asia/Taipei",
    "ROK": "Asia/Seoul",
}


class Kind(enum.StrEnum):
    """Whether a local time exists once, not at all, or twice."""

    OK = "ok"
    GAP = "gap"
    OVERLAP = "overlap"


class Instant(NamedTuple):
    """A moment in UTC and how its local time came to it."""

    utc: datetime
    kind: Kind


@lru_cache(maxsize=65_536)
def instant(local: datetime, zone: str) -> Instant:
    """Return the moment of a local time (naive) in an IANA zone.

    RFC 5545 section 3.3.5: a time in a gap is read with the offset before the gap, so it moves
    later; of a time that exists twice the first is meant.
    """
    info = zoneinfo.ZoneInfo(zone)
    first = local.replace(tzinfo=info, fold=0)
    offsets = first.utcoffset(), local.replace(tzinfo=info, fold=1).utcoffset()
    if offsets[0] == offsets[1] or offsets[0] is None or offsets[1] is None:
        return Instant(first.astimezone(UTC), Kind.OK)
    kind = Kind.GAP if offsets[0] < offsets[1] else Kind.OVERLAP
    return Instant(first.astimezone(UTC), kind)


def midnight(day: date, zone: str) -> datetime:
    """Return the first moment of a day in a zone, in UTC."""
    return instant(datetime.combine(day, time()), zone).utc


def local_time(moment: datetime, zone: str) -> datetime:
    """Return the wall-clock time (naive) of a moment in a zone."""
    return moment.astimezone(zoneinfo.ZoneInfo(zone)).replace(tzinfo=None)


def written(value: date | datetime) -> str:
    """Return a date or a local time as people write it in files."""
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)


def starting(value: date | datetime) -> datetime:
    """Return the local time that a start means: a date is its first moment."""
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def ending(value: date | datetime) -> datetime:
    """Return the local time that an end means: a date includes that whole day."""
    if isinstance(value, datetime):
        return value
    return datetime.combine(value + timedelta(days=1), time())


def misleading(zone: str) -> str:
    """Return what is probably meant by a legacy name or a fixed offset, or an empty string."""
    if zone in _MISLEADING:
        return _MISLEADING[zone]
    if zone.startswith("Etc/GMT") and zone[7:] not in {"", "0", "+0", "-0"}:
        return "a city: the sign of Etc/GMT names is inverted"
    if zone.startswith(("US/", "Canada/", "Brazil/", "Chile/", "Mexico/")):
        return "the city's name, such as America/New_York"
    return ""
