"""What `status` says of deliveries that fail."""

from __future__ import annotations

from typing import Any

import pytest

from storesync.ledger.delivery import DeliveryRecord
from storesync.plan.change import Action
from storesync.plugins.protocols import DeliveryState
from storesync.publish.states import Next, failing, next_of
from tests.plan.test_due import AT, HOUR, key, piece


def record(**changes: Any) -> DeliveryRecord:
    made = DeliveryRecord(
        state=DeliveryState.FAILED,
        action=Action.CREATE,
        fingerprint="f",
        artifact="a",
        key="k",
        sequence=1,
        starts=AT - HOUR,
        ends=AT + HOUR,
        at=AT,
        run="r",
        lease=None,
        remote_id="",
        detail="",
        live="",
        live_artifact="",
        failures=1,
    )
    return made._replace(**changes)


REFUSED = DeliveryState.REFUSED


@pytest.mark.parametrize(
    ("found", "runs", "told"),
    [
        (record(), True, True),
        (record(), False, False),  # its flight is over
        (record(state=REFUSED), True, False),  # until its content changes
        (record(action=Action.UPDATE, live="f", state=REFUSED), True, False),
        (record(action=Action.WITHDRAW, live="f", state=REFUSED), False, True),
        (record(action=Action.WITHDRAW, live="f"), False, True),
        (record(state=DeliveryState.MISSED), True, False),
    ],
)
def test_only_what_is_tried_again_is_told(found, runs, told):
    words = failing([piece()] if runs else [], {key(): found}, AT)
    assert words.startswith("1 failed once, tried again from 2026-12-10 12:05Z") == told
    assert bool(words) == told


def test_what_was_sent_starts_no_more_in_a_later_stretch():
    """A message that gives way to a rival for a while, say."""
    later = piece()._replace(message=True, starts=AT + HOUR, ends=AT + 2 * HOUR)
    assert next_of([later], {}, AT) == Next(AT + HOUR, "starts", 1)
    assert next_of([later], {key(): record(live="f")}, AT) is None
