"""Bundles: what differs in the same way is decided on once; what is unlike the rest comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.plan.bundle import bundled, first_of_each
from storesync.plan.change import Action, Change, PlacementKey
from storesync.plan.difference import NOTHING, Difference, Differences, Differing, Pairs
from storesync.plan.piece import Piece
from storesync.plan.review import plan_review
from storesync.schedule.quiet import Rules

AT = datetime(2026, 12, 1, 7, tzinfo=UTC)
START, END = datetime(2026, 12, 10, 7, tzinfo=UTC), datetime(2026, 12, 24, tzinfo=UTC)
SHARED = {"headline": "Hello", "discount_percentage": 20, "locale": "en-GB", "flight": {}}


def piece(
    location: str,
    shared: dict[str, Any] = SHARED,
    *,
    channel: str = "web",
    locale: str = "en-GB",
    template: str = "shared/offer",
    **own: Any,
) -> Piece:
    return Piece(
        PlacementKey("acme", "winter", location, channel, locale, "outbox"),
        START,
        END,
        ("f",),
        "publish",
        0,
        "",
        message=False,
        rules=Rules("UTC", (), ()),
        template=template,
        locales=("en-GB",),
        shared=shared,
        own={"location": {"phone": "1", "hours": None, **own}, "city": "Leith", **own},
        titles={},
    )


def compared(base: list[Piece], head: list[Piece]) -> list[tuple[Change, Difference]]:
    def printed(item: Piece) -> str:
        return repr((item.shared, item.own, item.template))

    plan = plan_review(base, head, (printed, printed), AT)
    differences = Differences(Pairs(plan.changes, base, head))
    return [(change, differences.of(change)) for change in plan.changes]


def test_values_that_differ_are_named_and_counted_in():
    other = SHARED | {"discount_percentage": 25, "headline": "x" * 50, "flight": {"end": "2027"}}
    deeper = other | {"discount_percentage": 70}
    base = [piece("a"), piece("b"), piece("c")]
    head = [piece("a", other), piece("b", dict(other)), piece("c", deeper)]
    (_, one), (_, same), (_, odd) = compared(base, head)
    assert one.values == (Differing("discount_percentage", "20", "25"), Differing("headline"))
    assert one == same
    assert [value.name for value in odd.values] == ["discount_percentage", "headline"]
    assert odd.mark != one.mark


def test_of_a_locations_own_data_only_the_names_count():
    base = [piece("a"), piece("b"), piece("c")]
    head = [piece("a", phone="2"), piece("b", phone="3"), piece("c", hours="all day")]
    (_, one), (_, same), (_, other) = compared(base, head)
    assert one == same == Difference((Differing("phone"),), "|phone", of_location=True)
    assert other.values == (Differing("hours"),)


def test_another_template_is_a_difference():
    [(_, found)] = compared([piece("a")], [piece("a", template="shared/new")])
    assert found.values == (Differing("template", "shared/offer", "shared/new"),)


def test_what_is_new_is_alike_where_its_values_are_and_what_goes_is_alike():
    new = [piece("a"), piece("b", dict(SHARED)), piece("c", SHARED | {"headline": "Hi"})]
    one, same, other = (found for _, found in compared([], new))
    assert one == same != other
    assert {found for _, found in compared(new, [])} == {NOTHING}


def test_one_location_with_another_offer_stands_first():
    deeper = SHARED | {"discount_percentage": 70}
    head = [piece(f"s-{number:02}") for number in range(20)] + [piece("t", deeper)]
    head += [piece("t", deeper, channel="sms")]
    found = compared([], head)
    differences = dict(found)
    bundles = bundled((change for change, _ in found), differences.__getitem__)
    assert [(item.odd, item.locations) for item in bundles] == [
        (True, ["t"]),
        (False, [f"s-{number:02}" for number in range(20)]),
    ]
    assert bundles[0].channels == ["sms", "web"]
    assert [change.key.channel for change in bundles[0].examples] == ["sms", "web"]
    assert not any(item.odd for item in bundled(change for change, _ in found))


def test_a_crowd_that_also_speaks_another_language_is_a_crowd_all_the_same():
    deeper = SHARED | {"discount_percentage": 70}
    head = [piece(f"s-{number:02}") for number in range(20)]
    head += [piece("s-00", locale="de-DE"), piece("q", locale="fr-CA"), piece("t", deeper)]
    found = compared([], head)
    bundles = bundled((change for change, _ in found), dict(found).__getitem__)
    assert [(item.odd, item.locations[-1]) for item in bundles] == [(True, "t"), (False, "s-19")]


def across(campaigns: dict[str, list[Piece]]) -> list[Piece]:
    return [
        item._replace(key=item.key._replace(campaign=name))
        for name, pieces in campaigns.items()
        for item in pieces
    ]


def test_a_locations_own_data_is_one_in_all_campaigns_and_what_these_say_is_not():
    cheap, deeper = SHARED | {"headline": "Hi"}, SHARED | {"discount_percentage": 70}
    base = {name: [piece("a"), piece("b")] for name in ("one", "two", "three")}
    base["two"] = [piece("a", channel="sms"), piece("a"), piece("b")]
    head = {
        "one": [piece("a", phone="2"), piece("b", cheap)],
        "two": [piece("a", channel="sms", phone="2"), piece("a", phone="2"), piece("b", deeper)],
        "three": [piece("a", deeper, phone="2"), piece("b", phone="3")],
    }
    found = dict(compared(across(base), across(head)))
    bundles = bundled(found, found.__getitem__)
    assert sorted((item.campaigns, item.locations) for item in bundles) == [
        (("one",), ["b"]),
        (("one", "three", "two"), ["a", "b"]),
        (("three",), ["a"]),
        (("two",), ["b"]),
    ]
    own = next(item for item in bundles if len(item.campaigns) > 1)
    assert [change.key[1:4] for change in own.examples] == [
        ("two", "a", "sms"),
        ("two", "a", "web"),
    ]


@pytest.mark.parametrize("others", [("flight", ("g",), ("h",)), ("if_late", "skip", "skip")])
def test_campaigns_that_change_their_dates_as_well_stay_apart(others):
    base = across({name: [piece("a")] for name in ("one", "two", "three", "four")})
    head = across({name: [piece("a", phone="2")] for name in ("one", "two", "three", "four")})
    name, *values = others
    head[1:3] = [
        item._replace(**{name: value}) for item, value in zip(head[1:3], values, strict=True)
    ]
    found = dict(compared(base, head))
    bundles = bundled(found, found.__getitem__)
    assert [item.campaigns for item in bundles] == [("four", "one"), ("three",), ("two",)]


def test_what_is_odd_in_its_campaign_stays_apart_from_other_campaigns():
    deeper = SHARED | {"discount_percentage": 70}
    places = [f"s-{number:02}" for number in range(20)]
    base = {name: [piece(item) for item in places] for name in ("one", "two")}
    head = {
        "one": [piece("s-00", phone="2"), *(piece(item, deeper) for item in places[1:])],
        "two": [piece("s-00", phone="2"), *(piece(item) for item in places[1:])],
    }
    found = dict(compared(across(base), across(head)))
    first, *rest = bundled(found, found.__getitem__)
    assert (first.odd, first.campaigns, first.locations) == (True, ("one",), ["s-00"])
    assert [(item.campaigns, len(item.locations)) for item in rest] == [
        (("one",), 19),
        (("two",), 1),
    ]


def test_the_example_is_on_as_many_channels_as_there_are():
    head = [
        piece("a"),
        piece("c"),
        piece("c", channel="sms"),
        piece("b"),
        piece("b", channel="sms"),
    ]
    [bundle] = bundled(change for change, _ in compared([], head))
    assert [change.key[2:4] for change in bundle.examples] == [("b", "sms"), ("b", "web")]


made = st.builds(
    lambda action, campaign, location, channel, reason: Change(
        action,
        PlacementKey("acme", campaign, location, channel, "en", "outbox"),
        START,
        END,
        f"{action}{campaign}{location}{channel}{reason}",
        "",
        reason,
        explained=False,
    ),
    st.sampled_from(Action),
    *(
        st.sampled_from(found)
        for found in (["w", "x"], "abcdefghijklmn", ["web", "sms"], ["r", "s"])
    ),
)


@given(st.lists(made, max_size=60, unique=True), st.randoms())
def test_every_change_is_in_one_bundle_whatever_the_order(changes: list[Change], random):
    bundles = bundled(changes)
    assert sorted(item.fingerprint for one in bundles for item in one.changes) == sorted(
        change.fingerprint for change in changes
    )
    random.shuffle(changes)
    again = bundled(changes)
    assert [(item.odd, item.locations) for item in again] == [
        (item.odd, item.locations) for item in bundles
    ]
    assert [item.odd for item in bundles] == sorted((item.odd for item in bundles), reverse=True)


def test_what_comes_to_a_location_is_one_on_all_its_channels_whatever_each_says():
    by_channel = {name: SHARED | {"headline": f"On {name}"} for name in ("web", "social")}
    options = [by_channel["web"], by_channel["web"] | {"headline": "Another wording"}]
    pieces = [
        piece(f"shop-{number}", shared, channel=channel)
        for number in range(6)
        for channel, shared in (("web", options[number % 2]), ("social", by_channel["social"]))
    ]
    found = dict(compared([], pieces))
    bundles = bundled(found, lambda change: found[change])
    assert [(item.channels, len(item.locations)) for item in bundles] == [
        (["social", "web"], 3),
        (["social", "web"], 3),
    ]
    assert len({item.difference for item in bundles}) == 2


@pytest.mark.parametrize(
    ("odd", "others", "most", "shown"),
    [(90, 3, 40, (37, 3)), (90, 90, 40, (20, 20)), (3, 90, 40, (3, 37)), (2, 2, 40, (2, 2))],
)
def test_odd_ones_leave_room_for_the_rest(odd: int, others: int, most: int, shown):
    place = PlacementKey("acme", "winter", "s-1", "web", "en-GB", "outbox")
    change = Change(Action.UPDATE, place, START, END, "f", "a", "content", explained=False)
    [one] = bundled([change])
    bundles = [replace(one, odd=True)] * odd + [replace(one, odd=False)] * others
    chosen = [item.odd for item in first_of_each(bundles, most)]
    assert chosen == [True] * shown[0] + [False] * shown[1]
