"""Records of deliveries in a cache."""

import json

from storesync.ledger import entry
from storesync.ledger.rows import from_rows, to_rows
from storesync.plugins.protocols import DeliveryState as S
from tests.ledger.test_delivery import folded


def kept(state):
    return from_rows(json.loads(json.dumps(to_rows(state))))


def test_records_survive_the_cache_in_their_order(sample):
    first, other = sample.change("b"), sample.change("a", price="4")
    state = folded(
        *(sample.intent(first), sample.receipt(first)),
        *(sample.intent(other), sample.receipt(other, state=S.FAILED)),
        entry.missed(sample.place("c"), "f", reason="x", at=sample.at),
    )
    assert len(state) == 3
    assert list(kept(state).items()) == list(state.items())


def test_what_is_out_survives_where_something_else_was_tried_since(sample):
    update = sample.change(price="4")
    state = folded(
        *(sample.intent(), sample.receipt()),
        *(sample.intent(update, 1), sample.receipt(update, 1, state=S.REFUSED)),
    )
    [record] = kept(state).values()
    assert record == state[update.key]
    assert record.live not in {"", record.fingerprint}


def test_what_deliveries_have_in_common_is_kept_once(sample):
    lines = []
    for location in "abc":
        change = sample.change(location)
        lines += [sample.intent(change), sample.receipt(change)]
    assert len(to_rows(folded(*lines))["common"]) == 1
