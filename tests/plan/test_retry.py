"""What failed is tried again: ever later, never given up; another change is tried at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.plan.change import Action, Change, PlacementKey
from storesync.plan.held import Held
from storesync.plan.live import Live
from storesync.plan.piece import change_to
from storesync.plan.plan import Plan
from storesync.plan.retry import WAITS, WITHDRAWAL_WAITS, is_put_off, next_try, put_off
from tests.plan.test_due import piece

AT = datetime(2026, 12, 10, 12, tzinfo=UTC)
KEY = PlacementKey("acme", "winter", "leith", "web", "en-GB", "outbox")
CHANGE = Change(Action.UPDATE, KEY, AT, None, "new", "a", "content changed", explained=False)
FAILED = Live(
    out=True,
    final=False,
    missed=False,
    refused=False,
    artifact="old",
    fingerprint="old",
    starts=AT,
    ends=None,
    settled_at=AT,
    failures=1,
    tried="new",
)
MINUTE = timedelta(minutes=1)


def later(
    minutes: float, change: Change = CHANGE, record: Live = FAILED, held: Held | None = None
) -> Plan:
    at = AT + minutes * MINUTE
    return put_off(Plan(at, (change,), 3), {KEY: record}, {}, lambda _key, _at: held, at).plan


@pytest.mark.parametrize(
    ("failures", "minutes"), [(1, 5), (2, 15), (3, 45), (4, 120), (5, 360), (6, 360), (999, 360)]
)
def test_each_failure_makes_the_wait_longer(failures, minutes):
    record = FAILED._replace(failures=failures)
    [told] = later(minutes - 1, record=record).waiting
    assert told.reason.startswith("failed once" if failures == 1 else f"failed {failures} times")
    assert later(minutes, record=record).changes == (CHANGE,)


def test_what_waits_is_told_and_counts_as_unchanged_where_it_is_out():
    plan = later(4)
    assert (plan.changes, plan.unchanged, plan.waiting[0].stays) == ((), 4, True)
    assert "tried again from 2026-12-10 12:05Z on" in plan.waiting[0].reason
    create = replace(CHANGE, action=Action.CREATE)
    assert later(4, create, FAILED._replace(out=False)).unchanged == 3


@pytest.mark.parametrize("record", [FAILED._replace(failures=0), FAILED._replace(tried="other")])
def test_what_did_not_fail_last_is_due(record):
    assert later(0, record=record).changes == (CHANGE,)


def test_another_plan_in_which_nothing_waits():
    retries = put_off(Plan(AT, (CHANGE,), 3), {KEY: FAILED}, {}, lambda _key, _at: None, AT)
    assert retries.at_once(retries.plan) == Plan(AT, (CHANGE,), 3)


def test_what_a_wrong_clock_says_failed_next_year_is_tried_now():
    assert later(-4).waiting, "clocks differ by minutes"
    assert later(-60 * 24 * 365).changes == (CHANGE,)


def test_what_takes_nobody_s_place_is_what_is_not_tried():
    rival = piece()._replace(key=KEY)
    made = change_to(rival, Action.CREATE, "a", "")
    record = FAILED._replace(out=False, tried=made.fingerprint)
    year = 60 * 24 * 365
    for minutes, waits in [(4, True), (5, False), (-4, True), (-year, False)]:
        assert is_put_off(rival, "a", record, AT + minutes * MINUTE) is waits
        assert bool(later(minutes, made, record).waiting) is waits
    assert not is_put_off(rival, "b", record, AT)


def test_what_should_be_gone_waits_less():
    again = next_try(99, AT, Action.WITHDRAW, piece(ends=AT - 99 * MINUTE))
    assert again == AT + WITHDRAWAL_WAITS[-1] < AT + WAITS[-1]


@pytest.mark.parametrize(
    ("held", "is_due"),
    [
        (Held("wrong picture", recalled=True, since=AT + MINUTE), True),
        (Held("wrong picture", recalled=True, since=AT - MINUTE), False),
        (Held("until noon", since=AT + MINUTE), False),
        (None, False),
    ],
)
def test_what_is_recalled_since_it_failed_comes_down_at_once(held, is_due):
    change = replace(CHANGE, action=Action.WITHDRAW)
    plan = later(2, change, held=held)
    assert (plan.changes == (change,), len(plan.waiting)) == (is_due, not is_due)


@given(
    failures=st.integers(1, 40),
    left=st.integers(1, 3_000_000),
    action=st.sampled_from(Action),
)
def test_there_is_a_next_try_before_the_end(failures, left, action):
    ends = AT + timedelta(seconds=left)
    again = next_try(failures, AT, action, piece(ends=ends))
    assert again > AT
    assert again < ends or action is Action.WITHDRAW
    assert again <= AT + WAITS[-1]


@given(failures=st.integers(1, 40), grace=st.integers(1, 20_160))
def test_what_may_not_come_late_is_tried_again_before_it_does(failures, grace):
    late = piece(starts=AT, ends=None, if_late="skip", grace_minutes=grace)
    assert AT < next_try(failures, AT, Action.CREATE, late) < AT + grace * MINUTE
    assert next_try(failures, AT, Action.UPDATE, late) == next_try(
        failures, AT, Action.UPDATE, None
    )


def test_what_is_late_already_is_not_tried_by_each_run():
    late = piece(starts=AT - 99 * MINUTE, if_late="skip", grace_minutes=1)
    assert next_try(1, AT, Action.CREATE, late) == AT + WAITS[0]
