"""Competing offers of one brand: whose time is cut, and where nobody decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from storesync.catalog.catalog import Campaign, Location
from storesync.diagnostics import Diagnostic
from storesync.model.campaign import CampaignFile
from storesync.resolve.placement import Resolution
from storesync.schedule.collide import Claim, Collision, collide, pairs, priority
from storesync.schedule.quiet import NEVER, Rules
from storesync.schedule.window import Window, subtract
from storesync.schedule.zones import starting

# A location and a channel, by their ids; with a campaign before them: where that may go out.
Place = tuple[str, str]
Slot = tuple[str, str, str]
RunWindow = Callable[[Campaign, Location], Window | None]
# What holds back what starts at a location on a channel: the same object where it is the same.
RulesAt = Callable[[Location, str], Rules | None]
Files = Mapping[str, CampaignFile]


class Ground(NamedTuple):
    """Places where the same campaigns compete in the same windows: what holds at one, holds at all.

    `first` is the first of them.
    """

    first: Place
    locations: frozenset[str]


@dataclass
class Rivalry:
    """Windows taken from losers, with the winner's id, and collisions that nothing decides."""

    cuts: dict[Slot, list[tuple[Window, str]]] = field(default_factory=dict)
    undecided: dict[tuple[str, str], list[tuple[Ground, Collision]]] = field(
        default_factory=lambda: defaultdict(list)
    )


def rivals_of(files: Files, at: datetime) -> dict[str, set[str]]:
    """Return the campaigns of a brand that compete with others wherever they meet, with whom."""
    rivals: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs(files.items(), at):
        rivals[one].add(other)
        rivals[other].add(one)
    return rivals


def rivalry(
    contested: Mapping[str, Resolution],
    rivals: Mapping[str, Collection[str]],
    times: tuple[RunWindow, RulesAt],
    at: datetime,
) -> Rivalry:
    """Return who gives way to whom among rivals. What nobody decided counts until it is over.

    A winner takes no time while it waits for the end of a blackout or of quiet hours itself: what
    is live stays until then, and a place is not left with nothing.
    """
    found = Rivalry()
    files = {name: item.campaign.file for name, item in contested.items()}
    for held, rules, places in _grounds(contested, *times):
        met = _Met(dict(held), files, rules)
        for pair in _ranked(held, rivals, files):
            met.decide(pair, at)
        for name, cuts in met.cuts.items():
            found.cuts.update({(name, *place): cuts for place in places})
        if met.undecided:
            ground = Ground(min(places), frozenset(location for location, _ in places))
            for collision in met.undecided:
                pair = (collision.one, collision.other)
                found.undecided[pair].append((ground, collision))
    return found


def _grounds(
    resolutions: Mapping[str, Resolution], run_window: RunWindow, rules_at: RulesAt
) -> Iterator[tuple[tuple[tuple[str, Window], ...], Rules | None, list[Place]]]:
    """Yield who is there when, and what holds back, with all places where that is so.

    Most locations of a chain are alike in this.
    """
    held: dict[Place, dict[str, Window]] = defaultdict(dict)
    bent: dict[Place, Rules | None] = {}
    for name, resolution in resolutions.items():
        for placement in resolution.placements:
            place = (placement.location.id, placement.channel)
            if name not in held[place]:
                window = run_window(resolution.campaign, placement.location)
                if window is not None:
                    held[place][name] = window
                    bent[place] = rules_at(placement.location, placement.channel)
    grounds: dict[tuple[int, tuple[tuple[str, Window], ...]], list[Place]] = defaultdict(list)
    for place, windows in held.items():
        if len(windows) > 1:
            grounds[id(bent[place]), tuple(windows.items())].append(place)
    yield from ((who, bent[places[0]], places) for (_, who), places in grounds.items())


def _ranked(
    held: Iterable[tuple[str, Window]], rivals: Mapping[str, Collection[str]], files: Files
) -> list[tuple[str, str]]:
    """Return the rivals whose windows overlap, those with the highest priority first."""
    running: list[tuple[str, Window]] = []
    found = []
    for name, window in sorted(held, key=lambda item: item[1].start):
        running = [item for item in running if item[1].end is None or item[1].end > window.start]
        found += [
            (min(name, other), max(name, other)) for other, _ in running if other in rivals[name]
        ]
        running.append((name, window))
    return sorted(found, key=lambda pair: (-max(priority(files[name]) for name in pair), pair))


class _Met:
    """What becomes of campaigns at places that are alike, pair by pair."""

    def __init__(self, held: Mapping[str, Window], files: Files, rules: Rules | None) -> None:
        self._files = files
        self._rules = rules
        self._left: dict[str, tuple[Window, ...]] = {
            name: (window,) for name, window in held.items()
        }
        self.cuts: dict[str, list[tuple[Window, str]]] = defaultdict(list)
        self.undecided: list[Collision] = []

    def decide(self, pair: tuple[str, str], at: datetime) -> None:
        """Take the winner's time from the loser, or note that there is no winner."""
        one, other = (Claim(name, self._files[name], self._left[name]) for name in pair)
        met = collide(one, other, at) if one.windows and other.windows else None
        if met is None:
            return
        if not met.winner:
            self.undecided.append(met)
            return
        winner, loser = (one, other) if met.winner == one.campaign else (other, one)
        taken = [*filter(None, map(self._bent, winner.windows))]
        self.cuts[loser.campaign] += [(window, met.winner) for window in taken]
        self._left[loser.campaign] = tuple(
            left for window in loser.windows for left in subtract(window, taken)
        )

    def _bent(self, window: Window) -> Window | None:
        """Return a window from the moment on at which something may go out in it; None for none."""
        start = self._rules.first_allowed(window.start).until if self._rules else window.start
        return Window(start, window.end) if start < (window.end or NEVER) else None


def collisions(found: Rivalry, campaigns: Mapping[str, Campaign]) -> list[Diagnostic]:
    """Return one error for each pair of offers that nobody decided between, at the later one."""
    diagnostics = []
    starts = {name: (starting(item.file.flight.start), name) for name, item in campaigns.items()}
    for pair, met in sorted(found.undecided.items()):
        other, one = sorted(pair, key=lambda name: starts[name])
        ground, first = min(met, key=lambda item: item[0].first)
        location, channel = ground.first
        count = _count(ground for ground, _ in met)
        since = first.overlap.start.strftime("%Y-%m-%d %H:%MZ")
        until = _until([item.overlap.end for _, item in met])
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


def _count(grounds: Iterable[Ground]) -> int:
    """Return at how many locations something holds that holds on some grounds."""
    first, *more = (ground.locations for ground in grounds)
    return len(first.union(*more)) if more else len(first)


def _until(ends: Collection[datetime | None]) -> str:
    known = [end for end in ends if end is not None]
    return f" to {min(known):%Y-%m-%d %H:%MZ}" if len(known) == len(ends) else ""
