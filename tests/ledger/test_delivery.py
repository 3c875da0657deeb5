from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.ledger import entry
from storesync.ledger.delivery import DeliveryRecord, delivery_key, fold
from storesync.ledger.segment import Line
from storesync.plan.change import Action, PlacementKey
from storesync.plugins.protocols import DeliveryState

S = DeliveryState


def lines(*fields):
    return [Line("ledger/b/c/r.jsonl", n, f"h{n}", item) for n, item in enumerate(fields, start=1)]


def folded(*fields):
    state, problems = fold(lines(*fields))
    assert problems == []
    return state


def trouble(*fields):
    _, [problem] = fold(lines(*fields))
    assert problem.line == len(fields)
    return problem


def test_an_intent_alone_is_in_doubt_until_its_lease_and_after(sample):
    change = sample.change()
    [(place, record)] = folded(sample.intent(change)).items()
    assert place == change.key
    assert record == DeliveryRecord(
        state=S.IN_DOUBT,
        action=Action.CREATE,
        fingerprint=change.fingerprint,
        artifact=change.artifact,
        key=sample.key(change),
        sequence=0,
        starts=change.starts,
        ends=change.ends,
        at=sample.at,
        run=sample.run,
        lease=sample.at + timedelta(minutes=10),
        remote_id="",
        detail="",
        live="",
        live_artifact="",
    )


def test_a_receipt_settles_it(sample):
    change = sample.change()
    record = folded(sample.intent(change), sample.receipt(change, remote_id="p/1"))[change.key]
    assert (record.state, record.sequence, record.remote_id) == (S.LIVE, 1, "p/1")
    assert (record.live, record.live_artifact) == (change.fingerprint, change.artifact)


def test_what_was_live_stays_known_when_an_update_is_refused(sample):
    first, update = sample.change(), sample.change(price="2.50", action=Action.UPDATE)
    record = folded(
        sample.intent(first),
        sample.receipt(first, remote_id="p/1"),
        sample.intent(update, 1),
        sample.receipt(update, 1, state=S.REFUSED, detail="too long"),
    )[first.key]
    assert (record.state, record.fingerprint) == (S.REFUSED, update.fingerprint)
    assert (record.live, record.remote_id) == (first.fingerprint, "p/1")
    assert (record.sequence, record.detail) == (2, "too long")


def test_a_withdrawal_leaves_nothing_live(sample):
    first, last = sample.change(), sample.change(action=Action.WITHDRAW)
    begun = [sample.intent(first), sample.receipt(first), sample.intent(last, 1)]
    assert folded(*begun)[first.key].live == first.fingerprint
    failed = folded(*begun, sample.receipt(last, 1, state=S.FAILED))[first.key]
    assert (failed.state, failed.live) == (S.FAILED, first.fingerprint)
    gone = folded(*begun, sample.receipt(last, 1, state=S.WITHDRAWN))[first.key]
    assert (gone.state, gone.live, gone.live_artifact) == (S.WITHDRAWN, "", "")
    assert gone.starts is None


def test_back_to_an_earlier_price_is_a_new_delivery(sample):
    cheap, dear = sample.change(price="2"), sample.change(price="3", action=Action.UPDATE)
    again = sample.change(price="2", action=Action.UPDATE)
    record = folded(
        *(sample.intent(cheap), sample.receipt(cheap)),
        *(sample.intent(dear, 1), sample.receipt(dear, 1)),
        *(sample.intent(again, 2), sample.receipt(again, 2)),
    )[cheap.key]
    assert record.sequence == 3
    assert sample.key(cheap, 0) != sample.key(cheap, 2)


def test_a_handed_off_delivery_is_settled_once(sample):
    record = folded(
        sample.intent(),
        sample.receipt(state=S.HANDED_OFF, remote_id="p/1"),
        sample.receipt(state=S.LIVE),
    )[sample.place()]
    assert (record.state, record.sequence, record.remote_id) == (S.LIVE, 1, "p/1")


def test_doubt_is_not_settled_by_doubt_but_by_a_person(sample):
    begun = [sample.intent(), sample.receipt(state=S.IN_DOUBT, detail="timeout")]
    record = folded(*begun)[sample.place()]
    assert (record.state, record.sequence, record.live) == (S.IN_DOUBT, 0, "")
    decided = entry.settled(record.key, S.LIVE, who="ada", reason="seen", at=sample.at)
    record = folded(*begun, decided)[sample.place()]
    assert (record.state, record.sequence, record.detail) == (S.LIVE, 1, "seen")


def test_another_run_takes_over_with_the_same_key(sample):
    record = folded(sample.intent(), sample.intent(run="other", lease=1200))[sample.place()]
    assert (record.run, record.lease) == ("other", sample.at + timedelta(minutes=20))
    assert (record.state, record.sequence) == (S.IN_DOUBT, 0)


@pytest.mark.parametrize("kind", ["missed", "skipped"])
def test_what_was_passed_over_is_no_delivery(sample, kind):
    line = getattr(entry, kind)(sample.place(), "f", reason="closed", at=sample.at)
    record = folded(line)[sample.place()]
    assert (record.state, record.fingerprint, record.detail) == (S(kind), "f", "closed")
    assert (record.sequence, record.key, record.live) == (0, "", "")
    change = sample.change()
    record = folded(sample.intent(change), sample.receipt(change), line)[sample.place()]
    assert (record.state, record.sequence, record.live) == (S(kind), 1, change.fingerprint)


def test_notes_change_nothing(sample):
    before = [sample.intent(), sample.receipt()]
    remark = entry.note("seen in the shop", who="ada", at=sample.at)
    assert folded(*before, remark) == folded(*before)


def test_what_makes_no_sense_stops_the_campaign(sample):
    update = sample.change(price="2", action=Action.UPDATE)
    passed = entry.missed(sample.place(), "f", reason="late", at=sample.at)
    begun = sample.intent()
    assert "still in doubt" in trouble(begun, sample.intent(update)).message
    assert "never begun" in trouble(sample.receipt()).message
    assert "in doubt" in trouble(begun, passed).message
    replaced = [begun, sample.receipt(), sample.intent(update, 1), sample.receipt()]
    assert "has replaced" in trouble(*replaced).message


@pytest.mark.parametrize(
    "change",
    [
        {"placement": ["too", "short"]},
        {"placement": None},
        {"action": "explode"},
        {"starts": "soon"},
        {"lease": None},
        {"at": 3},
        {"key": ["a list"]},
        {"key": ...},
        {"type": ["note"]},
        {"type": ...},
    ],
)
def test_a_part_that_is_not_what_it_should_be(sample, change):
    fields = {name: value for name, value in {**sample.intent(), **change}.items() if value != ...}
    problem = trouble(fields)
    assert problem.rule == "ledger-damaged"
    assert "lacks a part" in problem.message


@pytest.mark.parametrize("kind", ["hold", "resume", "recall", "heartbeat", "x\x1b"])
def test_a_type_of_a_later_storesync_is_not_passed_over(sample, kind):
    problem = trouble({"type": kind, "at": entry.stamp(sample.at)})
    assert problem.rule == "ledger-newer"
    assert "\x1b" not in problem.message


PARTS = st.sampled_from(["a", "b", "ab", ""])


@given(st.tuples(*[PARTS] * 7, st.integers(0, 9), st.sampled_from(Action), PARTS), st.data())
def test_every_part_of_a_delivery_is_in_its_key(parts, data):
    def key(repository, *rest):
        *place, sequence, action, fingerprint = rest
        return delivery_key(repository, PlacementKey(*place), sequence, action, fingerprint)

    at = data.draw(st.integers(0, len(parts) - 1))
    other = {7: 10, 8: next(item for item in Action if item is not parts[8])}.get(at, "other")
    changed = (*parts[:at], other, *parts[at + 1 :])
    assert key(*parts) == key(*parts)
    assert key(*parts) != key(*changed)


def test_failures_of_one_change_in_a_row_are_counted(sample):
    first, other = sample.change(), sample.change(price="4")

    def tried(change, number, state):
        return [sample.intent(change, number), sample.receipt(change, number, state=state)]

    lines = [*tried(first, 0, S.FAILED), *tried(first, 1, S.REFUSED)]
    assert folded(*lines)[first.key].failures == 2
    begun = [*lines, sample.intent(first, 2)]
    assert folded(*begun)[first.key].failures == 2  # in doubt: nobody knows yet
    assert folded(*lines, *tried(first, 2, S.LIVE))[first.key].failures == 0
    assert folded(*lines, *tried(other, 2, S.FAILED))[first.key].failures == 1
