"""Competing offers of one brand: whose time is cut, and where nobody decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storesync.catalog.catalog import Campaign, Location
from storesync.diagnostics import Diagnostic
from storesync.resolve.placement import Resolution
from storesync.schedule.collide import Claim, Collision, collide, pairs, priority
from storesync.schedule.window import Window, earlier, subtract
from storesync.schedule.zones import starting

# A campaign at a location on a channel, by their ids.
Slot = tuple[str, str, str]
RunWindow = Callable[[Campaign, Location], Window | None]


@dataclass
class Rivalry:
    """Windows taken from losers, with the winner's id, and collisions that nothing decides."""

    cuts: dict[Slot, list[tuple[Window, str]]] = field(default_factory=lambda: defaultdict(list))
    undecided: dict[tuple[str, str], list[tuple[str, str, Collision]]] = field(
        default_factory=lambda: defaultdict(list)
    )


def rivalry(resolutions: Mapping[str, Resolution], run_window: RunWindow, at: datetime) -> Rivalry:
    """Return who gives way to whom in one brand. What nobody decided counts until it is over."""
    found = Rivalry()
    competing = pairs(((name, item.campaign.file) for name, item in resolutions.items()), at)
    if not competing:
        return found
    slots = {name: _slots(resolutions[name], run_window) for pair in competing for name in pair}
    ranked = sorted(
        competing, key=lambda pair: -max(priority(resolutions[name].campaign.file) for name in pair)
    )
    for one, other in ranked:
        for place in slots[one].keys() & slots[other].keys():
            _meet(found, resolutions, (one, other), place, slots, at)
    return found


def _slots(
    resolution: Resolution, run_window: RunWindow
) -> dict[tuple[str, str], tuple[Window, ...]]:
    slots: dict[tuple[str, str], tuple[Window, ...]] = {}
    for placement in resolution.placements:
        place = (placement.location.id, placement.channel)
        if place not in slots:
            window = run_window(resolution.campaign, placement.location)
            slots[place] = (window,) if window else ()
    return slots


def _meet(
    found: Rivalry,
    resolutions: Mapping[str, Resolution],
    pair: tuple[str, str],
    place: tuple[str, str],
    slots: Mapping[str, dict[tuple[str, str], tuple[Window, ...]]],
    at: datetime,
) -> None:
    claims = [
        Claim(name, resolutions[name].campaign.file, _left(found, name, place, slots[name][place]))
        for name in pair
    ]
    met = collide(claims[0], claims[1], at)
    if met is None:
        return
    if not met.winner:
        found.undecided[pair].append((*place, met))
        return
    loser = pair[0] if met.winner == pair[1] else pair[1]
    winning = claims[0] if met.winner == pair[0] else claims[1]
    found.cuts[loser, *place] += [(window, met.winner) for window in winning.windows]


def _left(
    found: Rivalry, name: str, place: tuple[str, str], windows: Iterable[Window]
) -> tuple[Window, ...]:
    cuts = [window for window, _ in found.cuts.get((name, *place), ())]
    return tuple(left for window in windows for left in subtract(window, cuts))


def collisions(found: Rivalry, campaigns: Mapping[str, Campaign]) -> list[Diagnostic]:
    """Return one error for each pair of offers that nobody decided between, at the later one."""
    diagnostics = []
    for pair, places in sorted(found.undecided.items()):
        other, one = sorted(pair, key=lambda name: (_start(campaigns[name]), name))
        location, channel, first = min(places, key=lambda item: item[:2])
        count = len({place for place, _, _ in places})
        since = first.overlap.start.strftime("%Y-%m-%d %H:%MZ")
        until = _until(places)
        message = (
            f'the offer collides with "{other}" at {count} location{"s" if count > 1 else ""}'
            f" (such as {location} on {channel}) from {since}{until}"
        )
        hint = f"give one a higher priority, or say stacks_with: [{other}] if both may run"
        campaign = campaigns[one]
        diagnostics.append(
            Diagnostic("offer-collision", message, campaign.path, ("offer",), hint=hint)
        )
    return diagnostics


def _start(campaign: Campaign) -> str:
    return starting(campaign.file.flight.start).isoformat()


def _until(places: list[tuple[str, str, Collision]]) -> str:
    end = places[0][2].overlap.end
    for _, _, met in places:
        end = None if end is None or met.overlap.end is None else earlier(end, met.overlap.end)
    return f" to {end:%Y-%m-%d %H:%MZ}" if end else ""
