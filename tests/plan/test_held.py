"""What holds and recalls leave of a plan, and that they touch nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.plan.change import Action, PlacementKey
from storesync.plan.due import Desired, plan_due
from storesync.plan.held import Held
from storesync.plan.live import Live
from storesync.plan.piece import Piece
from storesync.plan.plan import Plan
from storesync.schedule.quiet import Rules

AT = datetime(2026, 12, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FREE = Rules("UTC", (), ())
HOLD, RECALL = Held("until noon: why"), Held("recalled: why", recalled=True)


def key(location: str = "leith", channel: str = "web") -> PlacementKey:
    return PlacementKey("acme", "winter", location, channel, "en-GB", "outbox")


def piece(place: PlacementKey, words: str = "a", **changes: Any) -> Piece:
    """Return a piece that runs from an hour ago to an hour from now."""
    values = {
        "starts": AT - HOUR,
        "ends": AT + HOUR,
        "flight": ("2026-12-10T11:00", "2026-12-10T13:00", "UTC"),
        "if_late": "publish",
        "grace_minutes": 30,
    } | changes
    return Piece(
        key=place,
        reason="",
        message=place.channel == "sms",
        rules=FREE,
        template="shared/offer",
        locales=("en-GB",),
        shared={"words": words},
        own={},
        titles={},
        **values,
    )


def record(place: PlacementKey, words: str = "a", **changes: Any) -> Live:
    values = {"out": True, "missed": False, "refused": False, "settled_at": AT - HOUR} | changes
    return Live(
        final=place.channel == "sms",
        artifact=words,
        fingerprint="f",
        starts=AT - HOUR,
        ends=AT + HOUR,
        **values,
    )


def due(
    pieces: list[Piece],
    live: Mapping[PlacementKey, Live],
    holding: Mapping[PlacementKey, Held] | None = None,
    **parts: Any,
) -> Plan:
    found = holding or {}
    desired = Desired(
        pieces=pieces,
        skipped=[],
        frozen=parts.pop("frozen", lambda _: ""),
        renamed=parts.pop("renamed", {}),
        campaigns={("acme", "winter"): ""},
        holding=lambda place, _: found.get(place),
        **parts,
    )
    return plan_due(desired, live, lambda item: item.shared["words"], AT, AT - 2 * HOUR)


def said(plan: Plan) -> list[tuple[str, str, bool]]:
    return [(change.action.value, change.reason, change.explained) for change in plan.changes]


def held(plan: Plan) -> list[tuple[str, str, bool]]:
    return [(item.location, item.reason, item.stays) for item in plan.held]


LEITH = key()
STATES = {
    "nothing sent": ([piece(LEITH)], {}),
    "out": ([piece(LEITH)], {LEITH: record(LEITH)}),
    "out with other words": ([piece(LEITH, "b")], {LEITH: record(LEITH)}),
    "over": ([piece(LEITH, ends=AT)], {LEITH: record(LEITH)}),
    "gone": ([], {LEITH: record(LEITH)}),
    "ahead": ([piece(LEITH, starts=AT + HOUR)], {}),
    "too late": ([piece(LEITH, if_late="skip")], {}),
    "passed": ([piece(LEITH, ends=AT)], {}),
    "in doubt": ([piece(LEITH)], {LEITH: record(LEITH, "", out=False, doubtful=True)}),
    "taken down": ([piece(LEITH)], {LEITH: record(LEITH, "", out=False, withdrawn=True)}),
}


@pytest.mark.parametrize(
    ("state", "changes", "kept"),
    [
        ("nothing sent", [], [False]),
        ("out", [], []),
        ("out with other words", [], [True]),
        ("over", ["withdraw"], []),
        ("gone", ["withdraw"], []),
        ("ahead", [], []),
        ("too late", [], [False]),
        ("passed", [], []),
        ("in doubt", [], [False]),
        ("taken down", [], [False]),
    ],
)
def test_a_hold_lets_nothing_out(state, changes, kept):
    pieces, live = STATES[state]
    plan = due(pieces, live, {LEITH: HOLD})
    assert [change.action.value for change in plan.changes] == changes
    assert held(plan) == [("leith", HOLD.reason, stays) for stays in kept]
    assert plan.missed == ()
    assert plan.unchanged == (state in {"out", "out with other words"})


@pytest.mark.parametrize(
    ("state", "down"),
    [(state, live != {} and state != "taken down") for state, (_, live) in STATES.items()],
)
def test_a_recall_takes_down_what_may_be_out(state, down):
    pieces, live = STATES[state]
    plan = due(pieces, live, {LEITH: RECALL})
    assert said(plan) == ([("withdraw", RECALL.reason, True)] if down else [])
    assert (plan.unchanged, plan.brake, plan.missed) == (0, "", ())


def test_a_recall_needs_no_sound_file_but_a_sound_ledger():
    live = {LEITH: record(LEITH)}
    for pieces in ([piece(LEITH)], []):
        broken = due(pieces, live, {LEITH: RECALL}, frozen=lambda _: "an error")
        assert said(broken) == [("withdraw", RECALL.reason, True)]
        assert broken.frozen == ()
        stuck = due(
            pieces, live, {LEITH: RECALL}, frozen=lambda _: "damaged", bound=lambda _: "damaged"
        )
        assert said(stuck) == []
        assert [item.reason for item in stuck.frozen] == ["damaged"]


def test_a_recall_of_all_is_no_reason_for_the_brake():
    places = [key(f"shop-{number}") for number in range(20)]
    live = {place: record(place) for place in places}
    plan = due([piece(place) for place in places], live, dict.fromkeys(places, RECALL))
    assert (len(plan.changes), plan.brake) == (20, "")


def test_a_message_cannot_be_taken_back():
    text = key(channel="sms")
    plan = due([piece(text)], {text: record(text)}, {text: RECALL})
    assert said(plan) == []
    assert plan.warnings == ("acme/winter: sms was sent already and cannot be taken back",)
    assert held(due([piece(text)], {}, {text: RECALL})) == [("leith", RECALL.reason, False)]


def test_what_moves_to_a_held_id_stays_where_it_is():
    old, renamed = key("old"), {("acme", "location/old"): "leith"}
    live = {old: record(old)}
    assert len(due([piece(LEITH)], live, renamed=renamed).changes) == 2
    plan = due([piece(LEITH)], live, {LEITH: HOLD, old: HOLD}, renamed=renamed)
    assert (said(plan), plan.unchanged) == ([], 1)
    gone = due([piece(LEITH)], live, {LEITH: RECALL, old: RECALL}, renamed=renamed)
    assert [change.key for change in gone.changes] == [old]


@pytest.mark.parametrize("was_held", [True, False])
def test_what_a_hold_let_pass_was_not_missed(was_held):
    plan = due([piece(LEITH, ends=AT)], {}, was_held=lambda _place, _moment: was_held)
    assert len(plan.missed) == (not was_held)


places = st.builds(key, st.sampled_from("abcd"), st.sampled_from(["web", "sms"]))
words = st.sampled_from("xy")
hours = st.sampled_from([AT - HOUR, AT, AT + HOUR, None])
known = st.builds(
    lambda words, out, doubtful: {"words": words, "out": out, "doubtful": doubtful},
    words,
    st.booleans(),
    st.booleans(),
)


@given(
    st.dictionaries(places, st.tuples(words, hours)),
    st.dictionaries(places, known),
    st.dictionaries(places, st.sampled_from([HOLD, RECALL])),
)
def test_holds_touch_what_they_name_and_nothing_else(wanted, ledger, holding):
    pieces = [piece(place, text, ends=ends) for place, (text, ends) in wanted.items()]
    live = {place: record(place, **state) for place, state in ledger.items()}
    free, plan = due(pieces, live), due(pieces, live, holding)
    by_key = {change.key: change for change in plan.changes}
    assert len(by_key) == len(plan.changes)
    untouched = [change for change in free.changes if change.key not in holding]
    assert [change for change in plan.changes if change.key not in holding] == untouched
    for place, hold in holding.items():
        change = by_key.get(place)
        assert change is None or change.action is Action.WITHDRAW
        state = live.get(place)
        if hold.recalled and state and not state.final and (state.out or state.doubtful):
            assert change
    assert {change.key for change in plan.missed} <= {change.key for change in free.missed}
