"""Records of deliveries as a cache keeps them: what many have in common stands there once.

25,000 of them are usual, and reading their hashes alone takes a while.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storesync.ledger.delivery import DeliveryRecord, State, from_row, to_row
from storesync.plan.change import PlacementKey

# What tells deliveries of one run apart, besides the location.
_OWN = ("fingerprint", "artifact", "key", "remote_id", "live", "live_artifact")
_NONE: dict[str, Any] = dict.fromkeys(_OWN, "")


def to_rows(state: State) -> dict[str, Any]:
    """Return records as plain data, in their order."""
    common: dict[tuple[PlacementKey, DeliveryRecord], int] = {}
    rows = []
    for place, record in state.items():
        shared = (place._replace(location=""), record._replace(**_NONE))
        own = [getattr(record, name) for name in _OWN]
        if own[-2:] == own[:2]:  # what is out is what was tried last, as it mostly is
            del own[-2:]
        rows.append([common.setdefault(shared, len(common)), place.location, *own])
    return {"common": [[list(place), to_row(record)] for place, record in common], "rows": rows}


def from_rows(data: Mapping[str, Any]) -> State:
    """Return the records that `to_rows` made this of."""
    common = [_parts(place, from_row(row)) for place, row in data["common"]]
    to_place, to_record = PlacementKey._make, DeliveryRecord._make
    state: State = {}
    for index, location, fingerprint, artifact, key, remote_id, *live in data["rows"]:
        top, end, action, times, detail, failures = common[index]
        seen = live or (fingerprint, artifact)
        state[to_place((*top, location, *end))] = to_record(
            (*action, fingerprint, artifact, key, *times, remote_id, detail, *seen, failures)
        )
    return state


def _parts(place: list[str], record: DeliveryRecord) -> tuple[Any, ...]:
    """Return what stands before, between and behind the values of `_OWN` and the location."""
    return (place[:2], place[3:], record[:2], record[5:11], record.detail, record.failures)
