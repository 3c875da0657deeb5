"""When a campaign runs at one location: its flight, cut to the days the location is open."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from storesync.catalog.catalog import Location
from storesync.model.campaign import Flight
from storesync.schedule.window import Window, earlier
from storesync.schedule.zones import ending, instant, midnight, starting, written

# No zone lies further behind UTC than twelve hours; one more for safety.
_WIDEST_OFFSET = timedelta(hours=13)


class Run(NamedTuple):
    """A window and what bent it away from the flight as written, for people."""

    window: Window
    reason: str


def run_at(
    flight: Flight,
    location: Location,
    after: date | datetime | None = None,
    until: date | datetime | None = None,
) -> Run | None:
    """Return when a flight runs at a location, or None where it never does.

    `after` and `until` are bounds in the location's own time; `closed_until` withdraws what is
    live until that day, `closes_on` ends it for good.
    """
    zone = location.timezone
    window = flight_window(flight, zone)
    start, end, reasons = window.start, window.end, []
    for day, reason in (
        (location.opens_on, "opens on"),
        (location.closed_until, "closed until"),
    ):
        if day is not None and midnight(day, zone) > start:
            start = midnight(day, zone)
            reasons.append(f"{reason} {day}")
    if location.closes_on is not None:
        closing = midnight(location.closes_on, zone)
        if end is None or closing < end:
            end = closing
            reasons.append(f"closes on {location.closes_on}")
    if after is not None:
        start = max(start, instant(ending(after), zone).utc)
        reasons.append(f"own values end {written(after)}")
    if until is not None:
        end = earlier(end, instant(ending(until), zone).utc)
        reasons.append(f"own values until {written(until)}")
    bent = Window(start, end)
    return None if bent.is_empty else Run(bent, "; ".join(reasons))


def flight_window(flight: Flight, zone: str) -> Window:
    """Return a flight's window for a location in `zone`, unless the flight states its own."""
    in_zone = flight.zone or zone
    start = instant(starting(flight.start), in_zone).utc
    if flight.end is None:
        return Window(start, None)
    return Window(start, instant(ending(flight.end), in_zone).utc)


def over_at(flight: Flight) -> datetime | None:
    """Return from when on (UTC) a flight has ended in every time zone, None for never."""
    if flight.end is None:
        return None
    return (ending(flight.end) + _WIDEST_OFFSET).replace(tzinfo=UTC)


def is_over(flight: Flight, at: datetime) -> bool:
    """Say whether a flight has ended in every time zone at a moment (UTC)."""
    over = over_at(flight)
    return over is not None and over <= at


def as_written(flight: Flight, zone: str) -> tuple[str, str, str]:
    """Return a flight's start, end and zone as text: what fingerprints cover."""
    end = flight.end.isoformat() if flight.end is not None else ""
    return (flight.start.isoformat(), end, flight.zone or zone)
