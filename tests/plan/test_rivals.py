"""Who gives way to whom, held against the simple way: every pair at every place, one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from storesync.catalog.catalog import Campaign, Location
from storesync.model.campaign import CampaignFile
from storesync.model.window import Blackout, QuietHours
from storesync.plan.rivals import Rivalry, collisions, rivalry, rivals_of
from storesync.resolve.placement import Placement, Resolution
from storesync.schedule.collide import Claim, Collision, collide, pairs, priority
from storesync.schedule.flight import run_at
from storesync.schedule.quiet import Rules
from storesync.schedule.window import Window, subtract

AT = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
ZONES = {"a": "America/Chicago", "b": "America/Chicago", "c": "Asia/Tokyo", "d": "Asia/Tokyo"}
PRODUCTS: tuple[Any, ...] = (None, "tea", "coffee", ["tea", "cake"])


def location(name: str) -> Location:
    """Make a location; `d` opens in the middle of everything."""
    opens = AT.date() + timedelta(days=3) if name == "d" else None
    place = ("x", f"brands/x/locations/{name}.yaml", "")
    return Location(name, *place, {}, {}, ZONES[name], "US", "", ("en-US",), "USD", opens)


LOCATIONS = {name: location(name) for name in ZONES}


@st.composite
def brands(draw: st.DrawFn) -> dict[str, Resolution]:
    """Make campaigns that start within some weeks, each at some places."""
    found = {}
    for number in range(draw(st.integers(0, 7))):
        name = f"c{number}"
        start = AT.date() + timedelta(days=draw(st.integers(-25, 15)))
        length = draw(st.none() | st.integers(0, 20))
        flight = {"start": str(start)}
        if length is not None:
            flight["end"] = str(start + timedelta(days=length))
        offer: dict[str, Any] = {"discount_percentage": "5"}
        if product := draw(st.sampled_from(PRODUCTS)):
            offer["product"] = product
        fields: dict[str, Any] = {
            "name": "x",
            "template": "shared/t",
            "flight": flight,
            "channels": ["web"],
            "stacks_with": draw(st.lists(st.sampled_from(["c0", "c1", "c2"]), max_size=1)),
        }
        if draw(st.integers(0, 7)):
            fields["offer"] = offer
        if rank := draw(st.integers(0, 3)):
            fields["priority"] = str(rank)
        path = f"brands/x/campaigns/{name}/campaign.yaml"
        campaign = Campaign(name, "x", path, CampaignFile.model_validate(fields), {})
        places = draw(st.sets(st.tuples(st.sampled_from("abcd"), st.sampled_from(["web", "sms"]))))
        found[name] = Resolution(campaign, [_placement(name, *place) for place in sorted(places)])
    return found


def _placement(name: str, place: str, channel: str) -> Placement:
    said = ("en-US", ("en-US",), "shared/t")
    return Placement("x", name, LOCATIONS[place], channel, *said, shared={}, own={})


def run_window(campaign: Campaign, place: Location) -> Window | None:
    """Return a campaign's whole window at a location."""
    run = run_at(campaign.file.flight, place, None, None)
    return run.window if run else None


def rules(start: int, length: int, *, is_message: bool) -> Rules:
    """Return what holds back at some places: a blackout, and for messages the nights."""
    first = AT.date() + timedelta(days=start)
    span = {"start": str(first), "end": str(first + timedelta(days=length)), "reason": "x"}
    nights = [QuietHours.model_validate({"start": "21:00", "end": "09:00"})] if is_message else []
    return Rules("America/Chicago", [Blackout.model_validate(span)], nights)


blackouts = st.tuples(st.integers(-25, 20), st.integers(0, 15))


def rules_at_places(
    draw: Mapping[str, tuple[int, int]],
) -> Callable[[Location, str], Rules | None]:
    """Return what holds back by zone and channel: one object for all places that are alike."""
    known = {
        (zone, channel): rules(*span, is_message=channel == "sms")
        for zone, span in draw.items()
        for channel in ("web", "sms")
    }
    return lambda place, channel: known.get((place.timezone, channel))


Undecided = dict[tuple[str, str], dict[tuple[str, str], Collision]]
Cuts = dict[tuple[str, str, str], list[tuple[Window, str]]]


def simply(
    resolutions: Mapping[str, Resolution], rules_at: Callable[[Location, str], Rules | None]
) -> tuple[Cuts, Undecided]:
    """Compare every pair at every place, the highest priority first."""
    files = {name: item.campaign.file for name, item in resolutions.items()}
    cuts: Cuts = {}
    undecided: Undecided = defaultdict(dict)
    competing = pairs(files.items(), AT)
    for pair in sorted(competing, key=lambda pair: -max(priority(files[name]) for name in pair)):
        for place in _places(resolutions[pair[0]]) & _places(resolutions[pair[1]]):
            claims = []
            for name in pair:
                window = run_window(resolutions[name].campaign, LOCATIONS[place[0]])
                taken = [cut for cut, _ in cuts.get((name, *place), ())]
                left = tuple(subtract(window, taken)) if window else ()
                claims.append(Claim(name, files[name], left))
            met = collide(claims[0], claims[1], AT)
            if met is None:
                continue
            if not met.winner:
                undecided[pair][place] = met
                continue
            winner, loser = claims if met.winner == pair[0] else claims[::-1]
            holding = rules_at(LOCATIONS[place[0]], place[1])
            starts = [
                holding.first_allowed(window.start).until if holding else window.start
                for window in winner.windows
            ]
            taken_now = [
                (Window(start, window.end), met.winner)
                for start, window in zip(starts, winner.windows, strict=True)
                if not Window(start, window.end).is_empty
            ]
            cuts.setdefault((loser.campaign, *place), []).extend(taken_now)
    return cuts, undecided


def _places(resolution: Resolution) -> set[tuple[str, str]]:
    return {(item.location.id, item.channel) for item in resolution.placements}


def decided(resolutions: Mapping[str, Resolution], rules_at: Any = lambda *_: None) -> Rivalry:
    """Return who gives way, worked out from those alone that have rivals."""
    rivals = rivals_of({name: item.campaign.file for name, item in resolutions.items()}, AT)
    contested = {name: resolutions[name] for name in sorted(rivals)}
    return rivalry(contested, rivals, (run_window, rules_at), AT)


@given(brands(), st.dictionaries(st.sampled_from(sorted(set(ZONES.values()))), blackouts))
def test_the_same_as_every_pair_at_every_place(resolutions, held_back):
    rules_at = rules_at_places(held_back)
    found = decided(resolutions, rules_at)
    cuts, undecided = simply(resolutions, rules_at)
    assert {slot: taken for slot, taken in found.cuts.items() if taken} == {
        slot: taken for slot, taken in cuts.items() if taken
    }
    assert found.undecided.keys() == undecided.keys()
    for pair, met in found.undecided.items():
        told = undecided[pair]
        assert min(ground.first for ground, _ in met) == min(told)
        assert frozenset().union(*(ground.locations for ground, _ in met)) == {
            place for place, _ in told
        }
        for ground, collision in met:
            assert told[ground.first] == collision
        assert {item.overlap for _, item in met} == {item.overlap for item in told.values()}
    _says_where_and_how_often(found, resolutions, undecided)


def _says_where_and_how_often(
    found: Rivalry, resolutions: Mapping[str, Resolution], undecided: Undecided
) -> None:
    """Hold what is told of each collision against where the two meet."""
    campaigns = {name: item.campaign for name, item in resolutions.items()}
    told = collisions(found, campaigns)
    assert len(told) == len(undecided)
    for diagnostic, (_, places) in zip(told, sorted(undecided.items()), strict=True):
        first = min(places)
        count = len({place for place, _ in places})
        ends = [met.overlap.end for met in places.values()]
        until = None if None in ends else min(end for end in ends if end)
        assert f" at {count} location" in diagnostic.message
        assert f"(such as {first[0]} on {first[1]})" in diagnostic.message
        assert f" from {places[first].overlap.start:%Y-%m-%d %H:%MZ}" in diagnostic.message
        assert diagnostic.message.endswith(f" to {until:%Y-%m-%d %H:%MZ}" if until else "Z")


def test_many_at_one_place_and_time_are_not_looked_at_again_for_each_place():
    """The work goes with campaigns that meet, not with the places where they do."""
    names = [f"{number:04}" for number in range(40)]
    path = "brands/x/campaigns/c/campaign.yaml"
    fields = {
        "name": "x",
        "template": "shared/t",
        "flight": {"start": "2026-11-01", "end": "2026-12-31"},
        "channels": ["web"],
        "offer": {"product": "tea"},
    }
    file = CampaignFile.model_validate(fields)
    places = [LOCATIONS["a"]._replace(id=f"s{number:03}") for number in range(200)]
    resolutions = {
        name: Resolution(
            Campaign(name, "x", path, file, {}),
            [_placement(name, "a", "web")._replace(location=place) for place in places],
        )
        for name in names
    }
    found = decided(resolutions)
    assert len(found.undecided) == 40 * 39 / 2
    assert {len(met) for met in found.undecided.values()} == {1}
    assert {len(ground.locations) for met in found.undecided.values() for ground, _ in met} == {200}
