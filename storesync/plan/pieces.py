"""A brand's placements, dated: flights, opening states, rivals, blackouts and quiet hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from storesync.catalog.catalog import Brand, Campaign, Catalog, Location
from storesync.diagnostics import Diagnostic
from storesync.model.campaign import Flight
from storesync.model.channel import KINDS
from storesync.model.settings import ChannelSetting
from storesync.plan.bent import cut_of
from storesync.plan.change import PlacementKey
from storesync.plan.kept_up import Taken
from storesync.plan.piece import Cut, Piece
from storesync.plan.rivals import Rivalry, collisions, rivalry, rivals_of
from storesync.resolve.placement import Placement, Resolution, resolve, resolving
from storesync.schedule.flight import Run, as_written, flight_window, run_at
from storesync.schedule.quiet import NEVER, Rules, Wait, rules_for
from storesync.schedule.window import Window, earlier, intersect, subtract
from storesync.schedule.zones import instant, local_time, midnight, starting


@dataclass
class Dated:
    """What one campaign puts where and when, who is left out and why, and what is wrong.

    `waits` are the times at which nothing of a placement goes out though its flight runs: what is
    out then stays. `taken` are those that a rival has.
    """

    campaign: Campaign
    selected: int = 0
    pieces: list[Piece] = field(default_factory=list)
    waits: list[tuple[PlacementKey, Window]] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    skipped: list[tuple[str, str, str]] = field(default_factory=list)  # location, channel, reason
    diagnostics: list[Diagnostic] = field(default_factory=list)


def date_pieces(
    catalog: Catalog, brand: Brand, at: datetime, dated: dict[str, Dated]
) -> Iterator[Piece]:
    """Yield each piece of a brand as it is dated; `dated` is filled on the way, by campaign id."""
    rivals = rivals_of({name: item.file for name, item in brand.campaigns.items()}, at)
    contested = {name: resolve(catalog, brand.campaigns[name]) for name in sorted(rivals)}
    clock = _Clock(catalog, brand)
    found = rivalry(contested, rivals, (clock.whole_window, clock.rules_if_any), at)
    for name, campaign in sorted(brand.campaigns.items()):
        item = contested.get(name) or Resolution(campaign)
        # What has no rivals is dated as it is resolved: rendering can begin with the first.
        placements = item.placements if name in contested else resolving(catalog, item)
        dated[name] = Dated(campaign, diagnostics=item.diagnostics)
        yield from _date(clock, placements, found, dated[name])
        skipped = [(skip.location, "", skip.reason) for skip in item.skipped]
        dated[name].skipped[:0] = skipped
        dated[name].selected = item.selected
    for diagnostic in collisions(found, brand.campaigns):
        name = diagnostic.path.split("/")[3]
        dated[name].diagnostics.append(diagnostic)


def _date(
    clock: _Clock, placements: Iterable[Placement], rivals: Rivalry, dated: Dated
) -> Iterator[Piece]:
    campaign = dated.campaign
    for placement in placements:
        run = clock.run(campaign, placement)
        if run is None:
            if placement.after is None:
                reason = clock.closed_reason(campaign, placement.location)
                dated.skipped.append((placement.location.id, placement.channel, reason))
            continue
        taken = rivals.cuts.get((placement.campaign, placement.location.id, placement.channel), ())
        zone = placement.location.timezone
        cuts = tuple(cut_of(winner, window, zone) for window, winner in taken)
        pieces = _pieces(clock, campaign, placement, run, cuts, dated)
        dated.pieces += pieces
        yield from pieces


def _pieces(
    clock: _Clock,
    campaign: Campaign,
    placement: Placement,
    run: Run,
    cuts: tuple[Cut, ...],
    dated: Dated,
) -> list[Piece]:
    reasons = [run.reason] if run.reason else []
    bounds = _bounds(placement, cuts)
    met = [(cut, shared) for cut in cuts if (shared := intersect(run.window, cut.window))]
    taken = sorted({cut.words for cut, _ in met})
    reasons += taken
    dated.taken += (Taken(_key(clock, placement), cut.winner, window) for cut, window in met)
    pieces, never = [], ""
    rules = clock.rules(placement.location, placement.channel)
    for window in subtract(run.window, [cut.window for cut in cuts]):
        wait = clock.wait(rules, window.start)
        reason = "; ".join([*reasons, wait.reason] if wait.reason else reasons)
        dates = Window(wait.until, window.end)
        piece = _piece(clock, campaign, placement, dates, (reason, bounds))
        if wait.reason:
            waits = Window(window.start, earlier(wait.until, window.end))
            dated.waits.append((piece.key, waits))
        if wait.until >= (window.end or NEVER):
            never = wait.reason
            continue
        pieces.append(piece._replace(cuts=cuts) if cuts else piece)
    if not pieces:
        why = taken[-1] if taken else never
        dated.skipped.append((placement.location.id, placement.channel, why))
    return pieces


def _bounds(placement: Placement, cuts: tuple[Cut, ...]) -> tuple[str, ...]:
    """Return what bounds a placement besides its flight, for fingerprints."""
    location = placement.location
    days = (
        ("opens", location.opens_on),
        ("closed", location.closed_until),
        ("closes", location.closes_on),
        ("after", placement.after),
        ("until", placement.until),
    )
    found = [f"{name} {day.isoformat()}" for name, day in days if day is not None]
    found += [f"{cut.winner} {cut.window.start:%Y-%m-%dT%H:%MZ}" for cut in cuts]
    return tuple(found)


def _piece(
    clock: _Clock,
    campaign: Campaign,
    placement: Placement,
    window: Window,
    said: tuple[str, tuple[str, ...]],
) -> Piece:
    location, file = placement.location, campaign.file
    channel = KINDS.get(placement.channel)
    return Piece(
        key=_key(clock, placement),
        starts=window.start,
        ends=window.end,
        flight=(*clock.written(file.flight, location.timezone), *said[1]),
        if_late=file.if_late.value,
        grace_minutes=file.grace_minutes,
        reason=said[0],
        message=channel is not None and channel.is_message,
        rules=clock.rules(location, placement.channel),
        template=placement.template,
        locales=placement.locales,
        shared=clock.with_flight(placement, file.flight),
        own=placement.own,
        titles=clock.titles(campaign, location),
    )


def _key(clock: _Clock, placement: Placement) -> PlacementKey:
    return PlacementKey(
        placement.brand,
        placement.campaign,
        placement.location.id,
        placement.channel,
        placement.locale,
        clock.destination(placement.channel),
    )


def place_of_channel(plugin: str, options: Mapping[str, str]) -> str:
    """Return the destination of a channel that names none: its plug-in, and what that is told.

    Another folder or branch is another destination: what is in the old one has to come down.
    """
    return f"{plugin}?{urlencode(sorted(options.items()))}" if options else plugin


def _destination(setting: ChannelSetting) -> str:
    return setting.destination or place_of_channel(setting.plugin, setting.options)


class _Clock:
    """Times of one brand, each computed once: most locations share zone, rules and openings."""

    def __init__(self, catalog: Catalog, brand: Brand) -> None:
        self.catalog = catalog
        self.brand = brand
        self._runs: dict[tuple[Any, ...], Run | None] = {}
        self._rules: dict[tuple[str, str, str, str], Rules] = {}
        self._waits: dict[tuple[int, datetime], Wait] = {}
        # With the context that each was made of: while that is kept, its id is its own.
        self._shared: dict[tuple[int, str, str], tuple[Mapping[str, Any], dict[str, Any]]] = {}
        self._written: dict[tuple[int, str], tuple[str, str, str]] = {}
        self._destinations: dict[str, str] = {}

    def run(self, campaign: Campaign, placement: Placement) -> Run | None:
        """Return when a placement runs, before rivals and waits."""
        return self._run(campaign, placement.location, placement.after, placement.until)

    def whole_window(self, campaign: Campaign, location: Location) -> Window | None:
        """Return a campaign's whole window at a location."""
        run = self._run(campaign, location, None, None)
        return run.window if run else None

    def _run(self, campaign: Campaign, location: Location, after: Any, until: Any) -> Run | None:
        openings = (location.opens_on, location.closed_until, location.closes_on)
        key = (campaign.id, location.timezone, *openings, after, until)
        if key not in self._runs:
            self._runs[key] = run_at(campaign.file.flight, location, after, until)
        return self._runs[key]

    def closed_reason(self, campaign: Campaign, location: Location) -> str:
        """Return why a location has no part of a flight at all."""
        window = flight_window(campaign.file.flight, location.timezone)
        for day, what in (
            (location.closed_until, "closed until"),
            (location.opens_on, "opens on"),
        ):
            if day is not None and window.end and midnight(day, location.timezone) >= window.end:
                return f"{what} {day}"
        if location.closes_on is not None:
            return f"closes on {location.closes_on}"
        return f"the flight of {campaign.id} never runs here"

    def rules(self, location: Location, channel: str) -> Rules:
        """Return the blackouts and quiet hours at a location on a channel."""
        key = (location.country, location.region, location.timezone, channel)
        if key not in self._rules:
            kind = KINDS.get(channel)
            message = kind is not None and kind.is_message
            self._rules[key] = rules_for(
                self.catalog, self.brand, location, channel, message=message
            )
        return self._rules[key]

    def rules_if_any(self, location: Location, channel: str) -> Rules | None:
        """Return the same where there are any, None where nothing holds anything back."""
        rules = self.rules(location, channel)
        return rules if rules.blackouts or rules.quiet_hours else None

    def wait(self, rules: Rules, moment: datetime) -> Wait:
        """Return the first moment from one on at which something may go out."""
        key = (id(rules), moment)
        if key not in self._waits:
            self._waits[key] = rules.first_allowed(moment)
        return self._waits[key]

    def destination(self, channel: str) -> str:
        """Return the account, list or page that the settings name for a channel."""
        if channel not in self._destinations:
            settings = self.catalog.settings
            setting = settings.channels.get(channel) if settings else None
            self._destinations[channel] = "outbox" if setting is None else _destination(setting)
        return self._destinations[channel]

    def written(self, flight: Flight, zone: str) -> tuple[str, str, str]:
        """Return a flight as written, with its zone."""
        key = (id(flight), zone)
        if key not in self._written:
            self._written[key] = as_written(flight, zone)
        return self._written[key]

    def titles(self, campaign: Campaign, location: Location) -> Mapping[str, str]:
        """Return names for people."""
        return {
            "brand": self.brand.file.name if self.brand.file else self.brand.id,
            "campaign": campaign.file.name,
            "location": location.data["name"],
            "folder": location.folder,
        }

    def with_flight(self, placement: Placement, flight: Flight) -> Mapping[str, Any]:
        """Return the shared context with the flight in the location's own time."""
        zone = placement.location.timezone if flight.zone else ""
        key = (id(placement.shared), zone, str(placement.until))
        if key not in self._shared:
            end = placement.until or flight.end
            shown = {
                "start": _shown(flight.start, flight.zone, zone),
                "end": _shown(end, None if placement.until else flight.zone, zone),
            }
            self._shared[key] = (placement.shared, {**placement.shared, "flight": shown})
        return self._shared[key][1]


def _shown(value: Any, stated: str | None, zone: str) -> str | None:
    """Return a flight's time as templates see it: local, a date where a date was written."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        return str(value.isoformat())
    local = local_time(instant(starting(value), stated).utc, zone) if stated else value
    return local.strftime("%Y-%m-%dT%H:%M")
