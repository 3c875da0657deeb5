"""What a run does with each state that the ledger can tell of a placement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.model.window import Blackout
from storesync.plan.change import PlacementKey
from storesync.plan.due import Desired, plan_due
from storesync.plan.live import Live
from storesync.plan.piece import Piece
from storesync.plan.plan import Plan
from storesync.plan.review import plan_review
from storesync.plan.skipped import Skipped
from storesync.schedule.quiet import Rules

AT = datetime(2026, 12, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FREE = Rules("UTC", (), ())
BLACK = Blackout.model_validate({"start": "2026-12-10", "end": "2026-12-10", "reason": "Rest"})


def key(number: int = 0, channel: str = "web") -> PlacementKey:
    return PlacementKey("acme", "winter", f"store-{number:03}", channel, "en-GB", "outbox")


def piece(number: int = 0, words: str = "a", **changes: Any) -> Piece:
    """Return a piece that runs from an hour ago to an hour from now."""
    made = Piece(
        key=key(number),
        starts=AT - HOUR,
        ends=AT + HOUR,
        flight=("2026-12-10T11:00", "2026-12-10T13:00", "UTC"),
        if_late="publish",
        grace_minutes=30,
        reason="",
        message=False,
        rules=FREE,
        template="shared/offer",
        locales=("en-GB",),
        shared={"words": words},
        own={},
        titles={},
    )
    return made._replace(**changes)


def record(words: str = "a", **changes: Any) -> Live:
    made = Live(
        out=True,
        final=False,
        missed=False,
        refused=False,
        artifact=words,
        fingerprint="f",
        starts=AT - HOUR,
        ends=AT + HOUR,
        settled_at=AT - HOUR,
    )
    return made._replace(**changes)


def due(
    pieces: list[Piece],
    live: Mapping[PlacementKey, Live] | None = None,
    *,
    at: datetime = AT,
    since: datetime | None = None,
    frozen: str = "",
    skipped: tuple[Skipped, ...] = (),
) -> Plan:
    desired = Desired(
        pieces=pieces,
        skipped=list(skipped),
        frozen=lambda _: frozen,
        renamed={},
        campaigns={("acme", "winter"): ""},
    )
    return plan_due(desired, live or {}, lambda item: item.shared["words"], at, since)


def said(plan: Plan) -> list[tuple[str, str, bool]]:
    return [(change.action.value, change.reason, change.explained) for change in plan.changes]


def test_what_should_be_out_and_is_not_is_created():
    plan = due([piece()])
    assert said(plan) == [("create", "flight started", True)]
    assert plan.changes[0].artifact == "a"


def test_what_is_out_as_it_should_be_stays():
    plan = due([piece()], {key(): record()})
    assert (said(plan), plan.unchanged) == ([], 1)


def test_other_words_are_an_update_nobody_scheduled():
    assert said(due([piece(words="b")], {key(): record()})) == [
        ("update", "content changed", False)
    ]


def test_the_next_stretch_is_an_update_that_was_scheduled():
    stretches = [
        piece(ends=AT - HOUR / 2, words="a"),
        piece(starts=AT - HOUR / 2, words="b", reason="own values end 2026-12-10"),
    ]
    plan = due(stretches, {key(): record()})
    assert said(plan) == [("update", "next stretch of the flight: own values end 2026-12-10", True)]


def test_what_no_stretch_begins_with_is_sudden():
    """Such as other words of a page whose start was moved, or whose stretch began unnoticed."""
    out = {key(): record(settled_at=AT - 2 * HOUR)}
    [moved] = due([piece(words="b")], out).changes
    assert (moved.reason, moved.explained) == ("content changed", False)
    stretches = [piece(starts=AT - 3 * HOUR, ends=AT - HOUR), piece(words="b")]
    for since, explained in ((AT - 2 * HOUR, True), (AT, True), (AT - HOUR / 2, False)):
        assert due(stretches, out, since=since).changes[0].explained == explained


def test_an_update_waits_for_the_end_of_a_blackout_and_a_withdrawal_does_not():
    black = Rules("UTC", (BLACK,), ())
    plan = due([piece(words="b", rules=black)], {key(): record()})
    assert (said(plan), plan.unchanged) == ([], 1)
    assert plan.skipped[0].reason == "the update waits until 2026-12-11 00:00Z: blackout: Rest"
    over = piece(ends=AT - HOUR / 2, rules=black)
    assert said(due([over], {key(): record()})) == [
        ("withdraw", "flight ended 2026-12-10 11:30Z", True)
    ]


@pytest.mark.parametrize(
    ("skips", "reason", "explained"),
    [
        ([], "no longer selected or gone", False),
        ([("store-000", "web", "closed until 2027-01-01")], "closed until 2027-01-01", True),
        (
            [("store-000", "web", "rush has priority from 2026-12-01")],
            "rush has priority from 2026-12-01",
            True,
        ),
        ([("store-000", "", "opted out: No")], "opted out: No", False),
        ([("store-001", "web", "closed until 2027-01-01")], "no longer selected or gone", False),
        ([("store-000", "sms", "closed until 2027-01-01")], "no longer selected or gone", False),
    ],
)
def test_what_nobody_asks_for_any_more_is_withdrawn(
    skips: list[tuple[str, str, str]], reason: str, *, explained: bool
):
    skipped = tuple(Skipped("acme", "winter", *item) for item in skips)
    assert said(due([], {key(): record()}, skipped=skipped)) == [("withdraw", reason, explained)]


def test_what_is_over_by_the_ledger_too_is_withdrawn_as_planned():
    plan = due([], {key(): record(ends=AT)})
    assert said(plan) == [("withdraw", "flight ended 2026-12-10 12:00Z", True)]


@pytest.mark.parametrize("pieces", [[], [piece(words="b")], [piece(ends=AT - HOUR / 2)]])
def test_of_what_is_frozen_nothing_is_concluded(pieces: list[Piece]):
    plan = due(pieces, {key(): record()}, frozen="error in a.yaml [yaml-syntax]")
    assert (said(plan), plan.unchanged, plan.missed) == ([], 1, ())
    assert plan.frozen[0].reason == "error in a.yaml [yaml-syntax]"
    assert (plan.frozen[0].stays, plan.kept, plan.skipped) == (True, 1, ())


def test_nothing_new_goes_out_frozen():
    plan = due([piece()], frozen="error")
    assert (plan.changes, plan.unchanged, plan.kept) == ((), 0, 0)
    assert [item.reason for item in plan.frozen] == ["error"]


@pytest.mark.parametrize("pieces", [[], [piece(words="b")], [piece(ends=AT - HOUR / 2)]])
def test_a_message_is_final(pieces: list[Piece]):
    plan = due(pieces, {key(): record(final=True)})
    assert (said(plan), plan.unchanged, plan.missed) == ([], 1, ())


def test_a_message_that_would_read_otherwise_now_is_told_once():
    sent = {key(number): record(final=True) for number in range(3)}
    plan = due([piece(number, words="b") for number in range(3)], sent)
    assert len(plan.warnings) == 1
    assert "was sent already" in plan.warnings[0]


def test_what_failed_has_passed_the_brake_and_other_words_have_not():
    pieces = [piece(number, words="b", starts=AT - 30 * HOUR) for number in range(12)]
    first = due(pieces, {key(number): record() for number in range(12)})
    assert first.brake
    tried = {
        change.key: record(settled_at=AT, failures=1, tried=change.fingerprint)
        for change in first.changes
    }
    again = due(pieces, tried)
    assert (again.changes, again.brake) == (first.changes, "")
    assert due([piece(number, words="c") for number in range(12)], tried).brake
    long_ago = {at: item._replace(settled_at=AT - 25 * HOUR) for at, item in tried.items()}
    assert due(pieces, long_ago).brake


def test_messages_do_not_dilute_the_brake():
    live = {key(number): record() for number in range(10)}
    live |= {key(number, "sms"): record(final=True) for number in range(1_000)}
    assert due([], live).brake
    assert not due([piece(number) for number in range(10)], live).brake


@pytest.mark.parametrize(("minutes", "missed"), [(0, False), (30, False), (31, True)])
def test_late_is_after_the_grace_time(minutes: int, *, missed: bool):
    late = piece(starts=AT - timedelta(minutes=minutes), if_late="skip")
    plan = due([late])
    assert (bool(plan.missed), bool(plan.changes)) == (missed, not missed)
    assert not due([late._replace(if_late="publish")]).missed


@pytest.mark.parametrize(
    ("hours", "told"), [(0.6, "36 minutes"), (2.9, "2 hours"), (47, "47 hours"), (218, "9 days")]
)
def test_how_late_is_told_in_large_units(hours: float, told: str):
    late = piece(starts=AT - hours * HOUR, if_late="skip")
    assert due([late]).missed[0].reason == f"{told} late, if_late: skip"


def test_what_was_missed_is_not_started_again_until_its_next_stretch():
    missed = record(out=False, missed=True, settled_at=AT - HOUR / 2)
    late = piece(if_late="skip", grace_minutes=90)
    plan = due([late], {key(): missed})
    assert (said(plan), plan.skipped[0].reason) == ([], "missed its start")
    by_another = missed._replace(settled_at=AT + HOUR / 10)  # clocks differ by minutes
    assert said(due([late], {key(): by_another})) == []
    ahead = missed._replace(settled_at=AT + HOUR)  # by a clock that was wrong: it is due now
    assert said(due([late], {key(): ahead})) == [("create", "flight started", True)]
    again = late._replace(starts=AT - HOUR / 4, reason="closed until 2026-12-10")
    assert said(due([again], {key(): missed})) == [("create", "closed until 2026-12-10", True)]


def test_what_was_missed_starts_once_it_may_come_late():
    """Such as a flight that nobody ran in time for, and that was given another end."""
    missed = record(out=False, missed=True, settled_at=AT - HOUR / 2)
    assert said(due([piece()], {key(): missed})) == [("create", "flight started", True)]


def test_what_was_out_in_time_comes_back_however_late():
    """Such as a page whose location closed for a while, or whose flight was over and goes on."""
    late = piece(if_late="skip")
    down = record(out=False, withdrawn=True, settled_at=AT - HOUR / 2)
    assert said(due([late], {key(): down})) == [("create", "flight started", True)]
    stretch = late._replace(starts=AT - HOUR / 2 - HOUR / 4, reason="closed until 2026-12-10")
    before = down._replace(settled_at=late.starts + HOUR / 20)  # in another stretch of the flight
    assert said(due([stretch], {key(): before})) == [
        ("create", "back: closed until 2026-12-10", True)
    ]
    earlier = down._replace(starts=AT - 9 * HOUR, settled_at=AT - 8 * HOUR)  # in another flight
    never_arrived = down._replace(withdrawn=False)
    for known in (earlier, never_arrived):
        assert due([late], {key(): known}).missed[0].reason == "60 minutes late, if_late: skip"


def test_what_the_channel_refused_is_tried_again_with_other_words_alone():
    refused = record(out=False, refused=True)
    plan = due([piece()], {key(): refused})
    assert (said(plan), plan.skipped[0].reason[:7]) == ([], "refused")
    assert said(due([piece(words="b")], {key(): refused})) == [("create", "flight started", True)]


def test_what_was_withdrawn_is_restored_while_it_is_in_flight():
    assert said(due([piece()], {key(): record(out=False)})) == [("create", "flight started", True)]


@pytest.mark.parametrize(
    ("since", "ends", "missed"),
    [
        (AT - HOUR, AT - HOUR / 2, True),
        (AT - HOUR, AT, True),
        (AT - HOUR / 2, AT - HOUR, False),
        (None, AT - HOUR / 2, False),
    ],
)
def test_a_window_between_two_runs_is_missed(
    since: datetime | None, ends: datetime, *, missed: bool
):
    passed = piece(starts=AT - 2 * HOUR, ends=ends)
    assert bool(due([passed], since=since).missed) == missed


def test_what_was_out_in_time_is_not_missed():
    passed = piece(ends=AT - HOUR / 2)
    assert not due([passed], {key(): record(out=False, withdrawn=True)}, since=AT - HOUR).missed


def test_what_failed_until_its_window_passed_is_missed():
    """Such as a shop's mail server that was down all day."""
    passed = piece(ends=AT - HOUR / 2)
    failed = record(out=False, failures=3)
    plan = due([passed], {key(): failed}, since=AT - HOUR)
    assert [change.reason for change in plan.missed] == [
        "it did not arrive before 2026-12-10 11:30Z"
    ]
    for told in ({"missed": True}, {"refused": True}, {"doubtful": True}):
        assert not due([passed], {key(): failed._replace(**told)}, since=AT - HOUR).missed
    assert not due([passed], {key(): failed}, since=AT - HOUR / 4).missed


def test_a_longer_flight_publishes_nothing_that_is_out():
    longer = piece(ends=AT + 99 * HOUR, flight=("2026-12-10T11:00", "2026-12-14", "UTC"))
    plan = due([longer], {key(): record()})
    assert (said(plan), plan.unchanged) == ([], 1)


def test_a_longer_flight_is_a_new_fingerprint_though_no_word_changed():
    longer = piece(flight=("2026-12-10T11:00", "2026-12-14", "UTC"))
    assert due([piece()]).fingerprint != due([longer]).fingerprint


def test_at_is_in_no_fingerprint():
    one, other = due([piece()]), due([piece()], at=AT + HOUR / 2)
    assert one.fingerprint == other.fingerprint


def words(item: Piece) -> str:
    return str(item.shared["words"])


@st.composite
def timelines(draw: st.DrawFn) -> list[Piece]:
    """Return pieces of some locations; those of one location follow each other."""
    pieces = []
    for number in range(draw(st.integers(0, 4))):
        start = draw(st.integers(-50, 50))
        for _ in range(draw(st.integers(1, 3))):
            end = start + draw(st.integers(1, 30))
            is_last = draw(st.booleans())
            pieces.append(
                piece(
                    number,
                    draw(st.sampled_from("abc")),
                    starts=AT + start * HOUR,
                    ends=None if is_last else AT + end * HOUR,
                )
            )
            if is_last:
                break
            start = end + draw(st.integers(0, 5))
    return pieces


@given(timelines())
def test_a_tree_differs_from_itself_in_nothing(pieces: list[Piece]):
    plan = plan_review(pieces, list(reversed(pieces)), (words, words), AT)
    assert plan.changes == ()


@given(timelines(), timelines())
def test_a_review_counts_each_stretch_ahead_once(base: list[Piece], head: list[Piece]):
    plan = plan_review(base, head, (words, words), AT)
    back = plan_review(head, base, (words, words), AT)
    assert plan.unchanged == back.unchanged
    counts, other = plan.summary, back.summary
    assert (counts["create"], counts["withdraw"]) == (other["withdraw"], other["create"])
    ahead = [item for item in head if item.ends is None or item.ends > AT]
    assert counts["create"] + counts["update"] + counts["unchanged"] == len(ahead)


@given(timelines(), st.lists(st.integers(-60, 120), min_size=1, max_size=8))
def test_runs_at_any_moments_leave_what_should_be_out(pieces: list[Piece], hours: list[int]):
    live: dict[PlacementKey, Live] = {}
    for hour in sorted(hours):
        at = AT + hour * HOUR
        for change in due(pieces, live, at=at).changes:
            is_out = change.action.value != "withdraw"
            live[change.key] = record(change.artifact, out=is_out, settled_at=at)
        out = {key: item.artifact for key, item in live.items() if item.out}
        assert out == {item.key: words(item) for item in pieces if item.runs_at(at)}
        assert not due(pieces, live, at=at).changes


def test_half_a_change_is_put_right_though_the_old_page_is_asked_for():
    plan = due([piece()], {key(): record(doubtful=True)})
    assert said(plan) == [("update", "put out anew: a change of it was cut off", True)]
    assert plan.changes[0].artifact == "a"
    assert said(due([piece(words="b")], {key(): record(doubtful=True)})) == [
        ("update", "content changed", False)
    ]


def test_a_refused_update_is_offered_again_when_it_is_another_one():
    first = due([piece(words="b")], {key(): record()}).changes[0]
    refused = record(refused=True, tried=first.fingerprint, failures=1)
    plan = due([piece(words="b")], {key(): refused})
    assert (plan.changes, plan.unchanged) == ((), 1)
    assert plan.skipped[0].reason == "refused by the channel, and the content has not changed"
    assert len(due([piece(words="c")], {key(): refused}).changes) == 1
