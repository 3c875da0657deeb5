"""Brake, groups, order and fingerprints of plans, on changes made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.plan.change import Action, Change, PlacementKey, change_fingerprint
from storesync.plan.plan import Plan, brake, group, ordered
from storesync.render.artifact import Artifact, canonical_json, fingerprint

AT = datetime(2026, 12, 1, 7, tzinfo=UTC)
FLIGHT = ("2026-12-01T07:00:00", "2026-12-24T21:00:00", "Europe/London")


def change(
    number: int = 0,
    action: Action = Action.UPDATE,
    *,
    brand: str = "acme",
    campaign: str = "winter",
    reason: str = "content changed",
    locale: str = "en-GB",
    explained: bool = False,
) -> Change:
    key = PlacementKey(brand, campaign, f"store-{number:05}", "web", locale, "outbox")
    printed = change_fingerprint(key, action, FLIGHT, "publish", reason)
    return Change(action, key, AT, None, printed, "", reason, explained=explained)


def changes(count: int, **words: Any) -> list[Change]:
    return [change(number, **words) for number in range(count)]


@pytest.mark.parametrize(
    ("sudden", "live", "trips"),
    [
        ({"acme": 29}, {"acme": 100}, False),
        ({"acme": 30}, {"acme": 100}, False),
        ({"acme": 31}, {"acme": 100}, True),
        ({"acme": 9}, {"acme": 9}, False),
        ({"acme": 3}, {"acme": 10}, False),
        ({"acme": 4}, {"acme": 10}, True),
        ({"acme": 10}, {"acme": 10}, True),
        # One brand's tenth is another one's all; small brands count together.
        ({"acme": 10, "other": 0}, {"acme": 10, "other": 990}, True),
        ({"acme": 3, "other": 3}, {"acme": 5, "other": 5}, True),
        ({"acme": 1, "other": 2}, {"acme": 5, "other": 5}, False),
        ({"acme": 10}, {}, False),
    ],
)
def test_the_brake(sudden: dict[str, int], live: dict[str, int], *, trips: bool):
    found = [item for brand, count in sudden.items() for item in changes(count, brand=brand)]
    said = brake(found, live)
    assert bool(said) == trips
    if trips:
        assert "more than 30%" in said


def test_the_brake_names_the_brand_and_the_share():
    said = brake(changes(40), {"acme": 100})
    assert "40 of 100 live deliveries of acme" in said
    assert "40 %" in said


@pytest.mark.parametrize("action", [Action.UPDATE, Action.WITHDRAW])
def test_flights_and_openings_never_trip_the_brake(action: Action):
    assert not brake(changes(100, action=action, explained=True), {"acme": 100})
    assert brake(changes(100, action=action), {"acme": 100})


def test_new_deliveries_never_trip_the_brake():
    assert not brake(changes(1000, action=Action.CREATE), {"acme": 100})


def test_withdrawals_go_first_and_the_new_last():
    found = ordered(
        [change(2, Action.CREATE), change(1, Action.CREATE), change(3), change(4, Action.WITHDRAW)]
    )
    assert [item.action for item in found] == ["withdraw", "update", "create", "create"]
    assert [item.key.location for item in found[2:]] == ["store-00001", "store-00002"]


def test_ten_thousand_read_like_ten():
    crowd = changes(9_997)
    odd = [change(9_998, reason="dates"), change(9_999, reason="content, dates")]
    groups = group([*crowd, *odd])
    assert [(len(item.changes), item.odd) for item in groups] == [
        (1, True),
        (1, True),
        (9_997, False),
    ]
    assert {item.example for item in groups[:2]} == {"store-09998", "store-09999"}


@pytest.mark.parametrize(
    ("crowd", "few", "odd"), [(10, 1, True), (9, 1, False), (50, 5, True), (600, 6, False)]
)
def test_what_is_odd(crowd: int, few: int, *, odd: bool):
    others = [change(10_000 + number, reason="dates") for number in range(few)]
    groups = group([*changes(crowd), *others])
    assert [item.odd for item in groups if item.changes[0].reason == "dates"] == [odd]


def test_campaigns_and_actions_are_no_odd_ones_of_each_other():
    groups = group([*changes(100), change(1, campaign="spring"), change(2, Action.WITHDRAW)])
    assert not any(item.odd for item in groups)


@given(st.permutations(range(8)))
def test_a_plans_fingerprint_knows_no_order_and_no_moment(order: list[int]):
    made = changes(8)
    plan = Plan(at=AT, changes=tuple(made), unchanged=0)
    other = Plan(
        at=AT + timedelta(hours=1),
        changes=tuple(made[index] for index in order),
        unchanged=5,
        warnings=("w",),
    )
    assert plan.fingerprint == other.fingerprint
    assert replace(plan, changes=tuple(made[:-1])).fingerprint != plan.fingerprint


KEY = PlacementKey("acme", "winter", "leith", "web", "en-GB", "outbox")
SAME: tuple[Any, ...] = (KEY, Action.CREATE, FLIGHT, "publish", "a1")


@pytest.mark.parametrize(
    ("index", "other"),
    [
        *((0, KEY._replace(**{name: "other"})) for name in KEY._fields),
        (1, Action.UPDATE),
        (2, (FLIGHT[0], "2026-12-31T21:00:00", FLIGHT[2])),
        (2, (FLIGHT[0], FLIGHT[1], "Europe/Paris")),
        (3, "skip"),
        (4, "b2"),
    ],
)
def test_what_a_change_does_is_in_its_fingerprint(index: int, other: Any):
    given = [*SAME]
    given[index] = other
    assert change_fingerprint(*given) != change_fingerprint(*SAME)


def test_what_is_for_people_alone_is_not():
    one, other = change(reason="content changed"), change(reason="content changed")
    assert one.fingerprint == replace(other, starts=AT + timedelta(days=1)).fingerprint


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def reordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in reversed(value)}
    return [reordered(item) for item in value] if isinstance(value, list) else value


@given(JSON)
def test_a_fingerprint_knows_no_order_of_keys(value: Any):
    assert fingerprint(value) == fingerprint(reordered(value))
    assert b": " not in canonical_json({"a": 1, "b": [1, 2]})


def test_an_artifacts_fingerprint_covers_parts_and_language():
    artifact = Artifact("email", "en-GB", {"subject": "a", "html": "b"})
    same = Artifact("email", "en-GB", {"html": "b", "subject": "a"})
    assert artifact.fingerprint == same.fingerprint
    for other in (
        Artifact("web", "en-GB", artifact.parts),
        Artifact("email", "fr-CA", artifact.parts),
        Artifact("email", "en-GB", {"subject": "b", "html": "a"}),
        Artifact("email", "en-GB", {"subject": "a"}),
    ):
        assert other.fingerprint != artifact.fingerprint


def test_what_is_no_json_has_no_fingerprint():
    with pytest.raises(TypeError, match="not a canonical value"):
        fingerprint({"at": AT})


def test_a_summary_counts_every_action():
    plan = Plan(at=None, changes=(change(), change(1, Action.CREATE)), unchanged=7)
    assert plan.summary == {"create": 1, "update": 1, "withdraw": 0, "unchanged": 7}
    assert Plan(at=None, changes=(), unchanged=0).groups() == []
