"""What became of each placement: the ledger's lines, folded into one record a placement."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from storesync.diagnostics import Diagnostic
from storesync.ledger.entry import Kind, unstamped
from storesync.ledger.segment import Broken, Line, unknown_type
from storesync.plan.change import Action, PlacementKey
from storesync.plugins.protocols import DeliveryState
from storesync.render.artifact import fingerprint as hash_of

# Looking up is a third of the price of calling the enumeration, and 25,000 deliveries are usual.
_STATES = {item.value: item for item in DeliveryState}
_ACTIONS = {item.value: item for item in Action}
_KINDS = frozenset(item.value for item in Kind)
_OUT_THERE = frozenset({DeliveryState.LIVE, DeliveryState.HANDED_OFF})
_DAMAGE = (KeyError, TypeError, ValueError)


class DeliveryRecord(NamedTuple):
    """The latest delivery of one placement, and what of it customers see now.

    `state` is `in_doubt` from the intent to a receipt that settles it; until `lease` the run
    `run` may still be sending. `fingerprint` and `artifact` are those of the latest attempt,
    `live` and `live_artifact` those of what was last proven to be out there, empty for nothing:
    they differ where an update was refused and the delivery before it still stands. `sequence`
    counts the placement's settled deliveries, `failures` those of the same change that failed or
    were refused since anything else happened. `starts`, `ends`, `lease` and `at` are UTC.
    """

    state: DeliveryState
    action: Action
    fingerprint: str
    artifact: str
    key: str
    sequence: int
    starts: datetime | None
    ends: datetime | None
    at: datetime
    run: str
    lease: datetime | None
    remote_id: str
    detail: str
    live: str
    live_artifact: str
    failures: int = 0


_TIMES = [DeliveryRecord._fields.index(name) for name in ("starts", "ends", "at", "lease")]
State = dict[PlacementKey, DeliveryRecord]


def delivery_key(
    repository_id: str, key: PlacementKey, sequence: int, action: Action, change_fingerprint: str
) -> str:
    """Return the idempotency key of a delivery: the same intent always has the same one.

    `sequence` is `DeliveryRecord.sequence` (0 where there is none), so that going back to an
    earlier price is a new delivery.
    """
    brand, campaign, location, channel, locale, destination = key
    place = [repository_id, brand, campaign, location, channel, destination, locale]
    return hash_of([*place, sequence, action.value, change_fingerprint])


def fold(lines: Iterable[Line]) -> tuple[State, list[Diagnostic]]:
    """Return the record of each placement after `lines`, and what of them makes no sense.

    At the first line that does not fit the ones before it, folding stops.
    """
    state: State = {}
    placements: dict[str, PlacementKey] = {}  # by idempotency key
    for line in lines:
        try:
            _STEPS[line.fields["type"]](line.fields, state, placements)
        except Broken as error:
            return state, [error.at(line.path, line.number)]
        except _DAMAGE:
            return state, [unknown_type(line.fields.get("type"), _KINDS).at(line.path, line.number)]
    return state, []


def to_row(record: DeliveryRecord) -> list[Any]:
    """Return a record as a cache keeps it, times as text."""
    row: list[Any] = [*record]
    for index in _TIMES:
        row[index] = row[index] and row[index].isoformat()
    return row


def from_row(row: list[Any]) -> DeliveryRecord:
    """Return the record that `to_row` made a row of."""
    parts = [_STATES[row[0]], _ACTIONS[row[1]], *row[2:]]
    for index in _TIMES:
        parts[index] = parts[index] and datetime.fromisoformat(parts[index])
    return DeliveryRecord._make(parts)


def _intend(fields: dict[str, Any], state: State, placements: dict[str, PlacementKey]) -> None:
    place = PlacementKey(*fields["placement"])
    old = state.get(place)
    if old and old.state is DeliveryState.IN_DOUBT and old.key != fields["key"]:
        raise Broken("a new delivery begins while the one before it is still in doubt")
    state[place] = DeliveryRecord(
        state=DeliveryState.IN_DOUBT,
        action=_ACTIONS[fields["action"]],
        fingerprint=fields["fingerprint"],
        artifact=fields["artifact"],
        key=fields["key"],
        sequence=old.sequence if old else 0,
        starts=unstamped(fields["starts"]),
        ends=unstamped(fields["ends"]),
        at=datetime.fromisoformat(fields["at"]),
        run=fields["run"],
        lease=datetime.fromisoformat(fields["lease"]),
        remote_id=old.remote_id if old else "",
        detail="",
        live=old.live if old else "",
        live_artifact=old.live_artifact if old else "",
        failures=old.failures if old and old.fingerprint == fields["fingerprint"] else 0,
    )
    placements[fields["key"]] = place


def _answer(fields: dict[str, Any], state: State, placements: dict[str, PlacementKey]) -> None:
    place = placements.get(fields["key"])
    if place is None:
        raise Broken("a receipt stands here for a delivery that was never begun")
    old = state[place]
    if old.key != fields["key"]:
        raise Broken("a receipt stands here for a delivery that another one has replaced")
    new = _STATES[fields["state"]]
    settles = old.state is DeliveryState.IN_DOUBT and new is not DeliveryState.IN_DOUBT
    live, live_artifact = old.live, old.live_artifact
    if new in _OUT_THERE and old.action is not Action.WITHDRAW:
        live, live_artifact = old.fingerprint, old.artifact
    elif new is DeliveryState.WITHDRAWN:
        live, live_artifact = "", ""
    state[place] = old._replace(
        state=new,
        sequence=old.sequence + settles,
        at=datetime.fromisoformat(fields["at"]),
        remote_id=fields.get("remote_id") or old.remote_id,
        detail=fields["detail"],
        live=live,
        live_artifact=live_artifact,
        failures=_failures(old, new, settles=settles, by_channel=fields["type"] == Kind.RECEIPT),
    )


def _failures(old: DeliveryRecord, new: DeliveryState, *, settles: bool, by_channel: bool) -> int:
    """Return how often a change failed in a row; what a person settled begins anew."""
    if new is DeliveryState.IN_DOUBT:
        return old.failures
    failed = by_channel and new in {DeliveryState.FAILED, DeliveryState.REFUSED}
    return old.failures + settles if failed else 0


def _pass_over(fields: dict[str, Any], state: State, _: dict[str, PlacementKey]) -> None:
    place = PlacementKey(*fields["placement"])
    old = state.get(place, _NOTHING)
    if old.state is DeliveryState.IN_DOUBT:
        raise Broken("a delivery is passed over while it is in doubt")
    state[place] = old._replace(
        state=_STATES[fields["type"]],
        fingerprint=fields["fingerprint"],
        at=datetime.fromisoformat(fields["at"]),
        detail=fields["detail"],
    )


def _remark(_fields: dict[str, Any], _state: State, _: dict[str, PlacementKey]) -> None:
    """Do nothing: the line is for people."""


_NOTHING = DeliveryRecord(
    state=DeliveryState.PLANNED,
    action=Action.CREATE,
    fingerprint="",
    artifact="",
    key="",
    sequence=0,
    starts=None,
    ends=None,
    at=datetime.min.replace(tzinfo=UTC),
    run="",
    lease=None,
    remote_id="",
    detail="",
    live="",
    live_artifact="",
)
_Step = Callable[[dict[str, Any], State, dict[str, PlacementKey]], None]
_STEPS: dict[str, _Step] = {
    Kind.INTENT: _intend,
    Kind.RECEIPT: _answer,
    Kind.SETTLED: _answer,
    Kind.MISSED: _pass_over,
    Kind.SKIPPED: _pass_over,
    Kind.NOTE: _remark,
}
