"""Dates in words: the clock on the wall of each location, and the same moments in UTC."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from storesync.schedule.zones import local_time

Moment = tuple[datetime, str]  # a moment (UTC), and the zone it is looked at in


def starting(moments: Iterable[Moment], at: datetime) -> str:
    """Return from when something is, or that it is so at once."""
    found = set(moments)
    ahead = {item for item in found if item[0] > at}
    if not ahead:
        return "at once" if found else ""
    text = f"from {_span(ahead, end=False)}"
    return text if ahead == found else f"at once, or {text}"


def ending(moments: Iterable[Moment | None]) -> str:
    """Return until when something is; None among the moments has no end."""
    found = set(moments)
    dated = {item for item in found if item is not None}
    if not dated:
        return "without an end" if found else ""
    text = f"until {_span(dated, end=True)}"
    return text if len(dated) == len(found) else f"{text}, or without an end"


def day_of(moment: datetime, zone: str) -> str:
    """Return the day a moment falls on in a zone, to compare it with others."""
    return str(local_time(moment, zone).date())


def _span(moments: set[Moment], *, end: bool) -> str:
    local = sorted({local_time(moment, zone) for moment, zone in moments})
    words = _range([_clock(item, end=end) for item in (local[0], local[-1])])
    utc = sorted({moment for moment, _ in moments})
    is_utc = {zone for _, zone in moments} <= {"UTC"}
    return words + (" UTC" if is_utc else f" local time ({_utc(utc[0], utc[-1])} UTC)")


def _range(words: list[str]) -> str:
    """Return two wall times as one range; a day that both share is written once."""
    first, last = words
    if first == last:
        return first
    (one, _, _), (other, _, time) = (item.rpartition(", ") for item in words)
    return f"{first}–{time}" if one and one == other else f"{first} – {last}"


def _clock(local: datetime, *, end: bool) -> str:
    """Return a wall time; an end at midnight is the end of the day before."""
    if end and local.time() == local.min.time():
        return f"the end of {day(local - timedelta(days=1))}"
    return f"{day(local)}, {local:%H:%M}"


def day(moment: datetime) -> str:
    """Return a day with its weekday, as people write it."""
    return f"{moment:%a} {moment.day} {moment:%b %Y}"


def _utc(first: datetime, last: datetime) -> str:
    one, other = (item.astimezone(UTC) for item in (first, last))
    if one == other:
        return f"{one.day} {one:%b %H:%M}"
    if one.date() == other.date():
        return f"{one.day} {one:%b %H:%M}–{other:%H:%M}"
    return f"{one.day} {one:%b %H:%M} – {other.day} {other:%b %H:%M}"
