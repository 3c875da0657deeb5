"""A channel that answers nonsense, too little, or breaks off: nothing is lost, and it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from storesync.errors import UserError
from storesync.plan.change import Action, PlacementKey
from storesync.plugins.protocols import (
    Batch,
    Capabilities,
    Delivery,
    DeliveryClass,
    DeliveryState,
    Receipt,
)
from storesync.publish import answered

LIVE, DOUBT, FAILED = DeliveryState.LIVE, DeliveryState.IN_DOUBT, DeliveryState.FAILED


def delivery(key: str, action: Action = Action.CREATE) -> Delivery:
    return Delivery(key, action, PlacementKey("b", "c", key, "web", "en", "d"), "f", None)


class Stranger:
    """A channel whose code is given; its second answer is the one to look at."""

    capabilities = Capabilities(DeliveryClass.BLIND, can_update=True, can_withdraw=True)

    def __init__(self, second: Callable[[Delivery], Any]) -> None:
        self._second = second

    def deliver(self, batch: Batch) -> Iterator[Any]:
        first, *rest = batch.deliveries
        yield Receipt(first.key, LIVE)
        for item in rest:
            yield from self._second(item)

    def look_up(self, delivery: Delivery) -> Any:
        return next(iter(self._second(delivery)))

    def finish(self, at: datetime) -> None:
        raise NotImplementedError  # no test comes so far


def breaks(error: BaseException) -> Callable[[Delivery], Any]:
    def answer(_: Delivery) -> Any:
        raise error

    return answer


def says(*states: Any, remote_id: Any = "") -> Callable[[Delivery], Any]:
    return lambda item: [Receipt(item.key, state, remote_id) for state in states]


@pytest.mark.parametrize(
    ("second", "state", "detail"),
    [
        (says(LIVE), LIVE, ""),
        (says(FAILED), FAILED, ""),
        (says(LIVE, FAILED), LIVE, ""),
        (lambda item: [Receipt("nobody's", LIVE), Receipt(item.key, LIVE)], LIVE, ""),
        (says(), DOUBT, "gave no answer"),
        (lambda _: [None], DOUBT, "gave no answer"),
        (says("weird"), DOUBT, "says weird of what it was to create"),
        (says(DeliveryState.WITHDRAWN), DOUBT, "says withdrawn"),
        (says(DeliveryState.PLANNED), DOUBT, "says planned"),
        (says(DeliveryState.HANDED_OFF), DOUBT, "has none"),
        (lambda item: [Receipt(item.key, LIVE, detail=cast("Any", None))], LIVE, ""),
        (says(LIVE, remote_id=7), DOUBT, "an id that is none"),
        (says(LIVE, remote_id="x" * 100_000), DOUBT, "an id that is none"),
        (says(LIVE, remote_id="\ud800"), DOUBT, "an id that is none"),
        (breaks(ValueError("boom")), DOUBT, "broke off: ValueError: boom (test_answered.py, line"),
        (breaks(SystemExit(0)), DOUBT, "broke off: SystemExit"),
    ],
)
def test_every_delivery_has_one_answer(second, state, detail):
    batch = Batch("run", datetime(2026, 11, 22, tzinfo=UTC), [delivery("a"), delivery("b")])
    first, found = answered.deliver(Stranger(second), batch)
    assert (first.key, first.state) == ("a", LIVE)
    assert (found.key, found.state) == ("b", state)
    assert detail in found.detail


def test_what_surroundings_and_people_end_goes_on_ending():
    batch = Batch("run", datetime(2026, 11, 22, tzinfo=UTC), [delivery("a"), delivery("b")])
    for error in (UserError("no space"), KeyboardInterrupt()):
        with pytest.raises(type(error)):
            list(answered.deliver(Stranger(breaks(error)), batch))


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (says(LIVE), LIVE),
        (says("weird"), DOUBT),
        (says(LIVE, remote_id=7), DOUBT),
        (lambda _: ["yes"], DOUBT),
        (lambda _: [Receipt("nobody's", LIVE)], DOUBT),
        (breaks(OSError("reset")), DOUBT),
    ],
)
def test_what_cannot_be_asked_about_stays_in_doubt(answer, state):
    found = answered.look_up(Stranger(answer), delivery("a"))
    assert (found.key, found.state) == ("a", state)
    assert answered.look_up(Stranger(lambda _: [None]), delivery("a")) is None
