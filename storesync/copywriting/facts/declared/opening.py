"""Opening hours and the times of the flight as facts: clocks with their days, special days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from storesync.copywriting.facts.declared.gather import Day, read_day
from storesync.model.hours import parse_hours

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOUR = 60  # minutes
_DAY = 24 * _HOUR


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in minutes since midnight; `role` is opens, closes, start, end, or empty.

    `days` are those of the week that it holds on, 0 for Monday, empty where that is not known.
    """

    minutes: int
    role: str = ""
    days: frozenset[int] = frozenset()


def moments(shared: Mapping[str, Any]) -> Iterator[Clock]:
    """Yield the times of day at which the flight starts and ends, each with its day of the week."""
    flight: Mapping[str, Any] = shared.get("flight") or {}
    for role in ("start", "end"):
        _, _, clock = str(flight.get(role) or "").partition("T")
        if clock:
            yield Clock(_minutes(clock), role, frozenset(_weekday_of({"date": flight[role]})))


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return (int(hour) * 60 + int(minute[:2])) % (24 * 60)


def _parsed(hours: Any) -> Mapping[str, Any]:
    if not isinstance(hours, Mapping):
        return {}
    return hours if "weekly" in hours else parse_hours(hours)


def hours(hours: Any) -> tuple[tuple[Clock, ...], frozenset[int], tuple[Day, ...]]:
    """Return times, open days of the week (0 is Monday) and special days of opening hours."""
    parsed = _parsed(hours)
    clocks: dict[tuple[int, str], set[int]] = {}
    open_days: set[int] = set()
    days: list[Day] = []
    weeks = [parsed.get("weekly", []), *(season["weekly"] for season in parsed.get("seasonal", []))]
    special = parsed.get("special", [])
    for group in [group for week in weeks for group in week] + special:
        on = {_DAYS.index(day) for day in group.get("days", ())} or _weekday_of(group)
        for start, end in group["ranges"]:
            clocks.setdefault((_minutes(start), "opens"), set()).update(on)
            clocks.setdefault((_minutes(end), "closes"), set()).update(on)
        if group["ranges"]:
            open_days.update(_DAYS.index(day) for day in group.get("days", ()))
    written = [row["date"] for row in special]
    written += [season[end] for season in parsed.get("seasonal", []) for end in ("from", "to")]
    days += [Day(day) for day in map(read_day, written) if day is not None]
    found = tuple(Clock(*clock, frozenset(on)) for clock, on in clocks.items())
    return found, frozenset(open_days), tuple(days)


def _weekday_of(group: Mapping[str, Any]) -> set[int]:
    day = read_day(group.get("date"))
    return {day.weekday()} if day else set()


def always_open(hours: Any) -> bool:
    """Say whether opening hours go around the clock, all week."""
    ranges = [(tuple(group["days"]), group["ranges"]) for group in _parsed(hours).get("weekly", ())]
    whole = [
        days for days, spans in ranges if spans in ([["00:00", "24:00"]], [["00:00", "00:00"]])
    ]
    return sum(map(len, whole)) == len(_DAYS)


def is_open_for(length: Decimal, clocks: Sequence[Clock]) -> bool:
    """Say whether a day is open for so many hours from opening to closing, without a break."""
    for day in range(len(_DAYS)):
        of_day = [one for one in clocks if day in one.days]
        opens = [one.minutes for one in of_day if one.role == "opens"]
        closes = [one.minutes for one in of_day if one.role == "closes"]
        if len(opens) == len(closes) == 1 and (closes[0] - opens[0]) % _DAY == length * _HOUR:
            return True
    return False
