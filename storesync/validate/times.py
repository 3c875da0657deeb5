"""Times that cannot be meant: ends before starts, local times that never or twice exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from storesync.catalog.catalog import Brand, Campaign, Location
from storesync.diagnostics import Diagnostic, Severity
from storesync.resolve.layers import At
from storesync.resolve.select import selected
from storesync.schedule.countries import keeps_time_of, zones_of
from storesync.schedule.flight import flight_window
from storesync.schedule.zones import (
    Kind,
    ending,
    instant,
    local_time,
    misleading,
    starting,
    written,
)

_PLACE = frozenset({"timezone", "address"})


def check_campaign_times(brand: Brand, campaign: Campaign) -> Iterator[Diagnostic]:
    """Yield what is wrong with a campaign's flight, its answers' deadline and its overrides."""
    file = campaign.file
    if file.flight.end is not None and ending(file.flight.end) <= starting(file.flight.start):
        ends, starts = written(file.flight.end), written(file.flight.start)
        when = "when" if ends == starts else "before"
        message = f"the flight ends ({ends}) {when} it starts ({starts})"
        yield Diagnostic("flight-ends-first", message, campaign.path, ("flight", "end"))
        return
    zones = {file.flight.zone} if file.flight.zone else _zones(brand, campaign)
    for end, value in (("start", file.flight.start), ("end", file.flight.end)):
        if isinstance(value, datetime):  # of a date the whole day is meant, whatever clocks do
            yield from _odd_times(campaign.path, ("flight", end), value, zones)
    yield from _nowhen(campaign, zones)
    if file.flight.zone:
        yield from check_zone(file.flight.zone, campaign.path, ("flight", "zone"))
    if file.answer_by is not None and ending(file.answer_by) > starting(file.flight.start):
        message = f"locations may answer until {written(file.answer_by)}, after the flight starts"
        hint = "let answer_by end before the start, so that answers count"
        yield Diagnostic(
            "answer-after-start",
            message,
            campaign.path,
            ("answer_by",),
            hint=hint,
            severity=Severity.WARNING,
        )
    yield from _overrides(campaign)


def _nowhen(campaign: Campaign, zones: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield a flight that clocks leave no moment of: its start moves beyond its end."""
    flight = campaign.file.flight
    found = sorted(zone for zone in zones if flight_window(flight, zone).is_empty)
    if found:
        message = (
            f"no moment is left of the flight in {found[0]}{_others(found)}: the clocks change"
        )
        hint = "let it end later"
        yield Diagnostic("flight-ends-first", message, campaign.path, ("flight", "end"), hint=hint)


def _overrides(campaign: Campaign) -> Iterator[Diagnostic]:
    flight = campaign.file.flight
    for _, override in sorted(campaign.overrides.items()):
        until = override.file.until
        if until is not None and ending(until) <= starting(flight.start):
            message = f"own values end ({written(until)}) before the campaign starts"
            yield Diagnostic("flight-ends-first", message, override.path, ("until",))


def _zones(brand: Brand, campaign: Campaign) -> set[str]:
    return {location.timezone for location in selected(brand, campaign)}


def _odd_times(path: str, at: At, wall: datetime, zones: Iterable[str]) -> Iterator[Diagnostic]:
    for kind, rule, what in (
        (Kind.GAP, "time-in-gap", "does not exist"),
        (Kind.OVERLAP, "time-twice", "exists twice"),
    ):
        found = sorted(zone for zone in zones if instant(wall, zone).kind is kind)
        if not found:
            continue
        moment = instant(wall, found[0]).utc
        shown = local_time(moment, found[0])
        taken = f"taken as {shown:%Y-%m-%d %H:%M}" if kind is Kind.GAP else "the first is taken"
        message = (
            f"{wall:%Y-%m-%d %H:%M} {what} in {found[0]}{_others(found)}: the clocks change;"
            f" {taken} ({moment:%Y-%m-%dT%H:%MZ})"
        )
        hint = "choose another time if that is not meant"
        yield Diagnostic(rule, message, path, at, hint=hint, severity=Severity.WARNING)


def _others(found: list[str]) -> str:
    return f" and {len(found) - 1} more zones" if len(found) > 1 else ""


def check_location_times(location: Location, year: int) -> Iterator[Diagnostic]:
    """Yield opening states that contradict each other, and zones that mislead in `year`."""
    dates = (location.opens_on, location.closed_until, location.closes_on)
    if any(dates):
        yield from _openings(location)
    if "timezone" in location.own:
        yield from check_zone(location.timezone, location.path, ("timezone",))
    if location.own.keys() & _PLACE:
        yield from check_country(location.own, location.data, location.path, year)


def check_country(
    own: Mapping[str, Any], data: Mapping[str, Any], path: str, year: int
) -> Iterator[Diagnostic]:
    """Yield a warning where a file gives a place a zone that keeps no time of its country.

    `own` is what the file at `path` says itself, `data` that with what it inherits.
    """
    zone, country = data.get("timezone", ""), data.get("address", {}).get("country", "")
    at: At = ("timezone",) if "timezone" in own else ("address", "country")
    if at[0] == "address" and "country" not in own.get("address", {}):
        return
    if not zone or misleading(zone) or keeps_time_of(zone, country, year):
        return
    message = f"{zone} keeps another time than any place in {country}"
    known = zones_of(country)
    more = " and others" if len(known) > 3 else ""
    hint = f"{country} has {', '.join(known[:3])}{more}; correct the zone, or the country"
    severity = Severity.WARNING
    yield Diagnostic("timezone-country", message, path, at, hint=hint, severity=severity)


def check_zone(zone: str, path: str, at: At) -> Iterator[Diagnostic]:
    """Yield a warning where a zone's name means something else than most people think."""
    meant = misleading(zone)
    if meant:
        message = f'"{zone}" is a legacy or fixed-offset zone'
        yield Diagnostic(
            "misleading-zone", message, path, at, hint=f"write {meant}", severity=Severity.WARNING
        )


def _openings(location: Location) -> Iterator[Diagnostic]:
    order: list[tuple[str, date]] = [
        (name, day)
        for name, day in (
            ("opens_on", location.opens_on),
            ("closed_until", location.closed_until),
            ("closes_on", location.closes_on),
        )
        # What a folder says of all its locations need not fit each of them.
        if day is not None and name in location.own
    ]
    for (first, day), (second, later) in pairwise(order):
        if later <= day:
            message = f"{second} ({later}) is not after {first} ({day})"
            yield Diagnostic("opening-order", message, location.path, (second,))
