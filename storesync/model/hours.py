"""Opening hours: weekly, seasonal by dates, and special days, as one small mapping."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from storesync.model.base import read_clock, read_day

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOSED = "closed"
_DAY_KEY = re.compile(r"[a-z]{3}(-[a-z]{3})?(, ?[a-z]{3}(-[a-z]{3})?)*\Z")


def check_hours(hours: dict[str, Any]) -> dict[str, Any]:
    """Return `hours` unchanged, or raise ValueError that says what to write instead."""
    parse_hours(hours)
    return hours


def parse_hours(hours: Mapping[str, Any]) -> dict[str, Any]:
    """Return hours as plain data for templates and rules.

    `{"weekly": [{"days": ["mon", …], "ranges": [["06:00", "20:00"]]}], "seasonal": [{"from",
    "to", "weekly"}], "special": [{"date", "ranges"}]}`; closed is an empty list of ranges. A
    range that ends at or before its start runs past midnight. Raises ValueError.
    """
    try:
        return _parse(tuple(hours.items()))
    except TypeError:  # with seasons, which are mappings in it
        pass
    frozen = tuple(
        (key, tuple(value.items()) if isinstance(value, Mapping) else value)
        for key, value in hours.items()
    )
    try:
        return _parse(frozen)
    except TypeError:
        message = "hours are text such as 06:00-20:00 or closed"
        raise ValueError(message) from None


@lru_cache(maxsize=4096)
def _parse(items: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    weekly: list[tuple[str, Any]] = []
    seasonal: list[dict[str, Any]] = []
    special: list[dict[str, Any]] = []
    for key, value in items:
        if ".." in key:
            first, last = _season(key)
            if not isinstance(value, tuple):
                message = f"the season {key} needs its weekly hours: {{mon-sun: 08:00-22:00}}"
                raise ValueError(message)
            seasonal.append({"from": first, "to": last, "weekly": _weekly(value)})
        elif key[:1].isdigit():
            special.append({"date": _day(key).isoformat(), "ranges": _ranges(key, value)})
        else:
            weekly.append((key, value))
    special.sort(key=lambda item: str(item["date"]))
    return {"weekly": _weekly(tuple(weekly)), "seasonal": seasonal, "special": special}


def _season(key: str) -> tuple[str, str]:
    first, _, last = key.partition("..")
    start, end = _day(first), _day(last)
    if end < start:
        message = f"the season {key} ends before it starts"
        raise ValueError(message)
    return start.isoformat(), end.isoformat()


def _day(key: str) -> date:
    try:
        return read_day(key)
    except ValueError as error:
        message = f"{key[:40]!r}: {error}"
        raise ValueError(message) from None


def _weekly(items: tuple[tuple[str, Any], ...]) -> list[dict[str, Any]]:
    seen: set[str] = set()
    groups = []
    for key, value in items:
        days = list(_days(key))
        twice = seen.intersection(days)
        if twice:
            message = f"{min(twice, key=DAYS.index)} has hours twice"
            raise ValueError(message)
        seen.update(days)
        groups.append({"days": days, "ranges": _ranges(key, value)})
    return groups


def _days(key: str) -> Iterator[str]:
    if not _DAY_KEY.match(key):
        message = (
            f"{key[:40]!r} is no day: write mon, mon-fri, 2026-12-25 or 2026-06-01..2026-08-31"
        )
        raise ValueError(message)
    for part in key.replace(" ", "").split(","):
        yield from days_of(part)


def days_of(span: str) -> tuple[str, ...]:
    """Return the days of `sun`, `mon-fri` or, over the end of the week, `sat-mon`.

    Raises ValueError that says what to write.
    """
    first, *rest = span.split("-", 1)
    last = rest[0] if rest else first
    for day in (first, last):
        if day not in DAYS:
            message = f"{day[:40]!r} is no day: write one of {', '.join(DAYS)}"
            raise ValueError(message)
    start, end = DAYS.index(first), DAYS.index(last)
    return DAYS[start : end + 1] if start <= end else DAYS[start:] + DAYS[: end + 1]


def _ranges(key: str, value: object) -> list[list[str]]:
    if not isinstance(value, str):
        message = f"hours of {key} are text such as 06:00-20:00 or closed"
        raise ValueError(message)  # noqa: TRY004 - pydantic turns ValueError into a located message
    if value == CLOSED:
        return []
    ranges = []
    for part in value.replace(" ", "").split(","):
        start, _, end = part.partition("-")
        try:
            ranges.append([read_clock(start), read_clock(end)])
        except ValueError:
            message = f"{part[:40]!r} at {key}: write hours as 06:00-20:00 or closed"
            raise ValueError(message) from None
    _check_apart(key, ranges)
    return ranges


def _check_apart(key: str, ranges: list[list[str]]) -> None:
    """Raise ValueError where one day's ranges overlap; one may begin when another ends."""
    for (start, end), (later, last) in pairwise(sorted(ranges)):
        if end <= start or later < end:
            message = f"{start}-{end} and {later}-{last} at {key} overlap: write one range for both"
            raise ValueError(message)
