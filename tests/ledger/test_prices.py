"""Prices as the ledger's lines tell them."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from decimal import Decimal

from storesync.ledger.prices import told
from storesync.ledger.segment import Line
from storesync.plan.change import Action, Price
from storesync.plugins.protocols import DeliveryState


def lines(*fields, hours=()):
    found = []
    for number, item in enumerate(fields):
        later = timedelta(hours=hours[number] if hours else 0)
        at = f"{(_at(item) + later).isoformat()}"
        found.append(Line("x", number + 1, str(number), {**item, "at": at}))
    return found


def _at(item):
    return datetime.fromisoformat(item["at"])


def priced(sample, amount, **parts):
    change = sample.change(price=amount, **parts)
    return dataclasses.replace(change, price=Price(amount, "USD", "flat-white"))


def test_a_price_is_told_from_its_receipt_to_the_next_one_or_its_end(sample):
    first = priced(sample, "3.00")
    second = priced(sample, "3.50", action=Action.UPDATE)
    found = told(
        lines(
            sample.intent(first),
            sample.receipt(first),
            sample.intent(second, 1),
            sample.receipt(second, 1),
            hours=(0, 0, 48, 48),
        )
    )
    assert [(item.amount, item.starts - sample.at, item.ends - sample.at) for item in found] == [
        (Decimal("3.00"), timedelta(0), timedelta(hours=48)),
        (Decimal("3.50"), timedelta(hours=48), timedelta(days=23, microseconds=5)),
    ]
    assert {(item.campaign, item.location, item.product, item.currency) for item in found} == {
        ("winter", "austin", "flat-white", "USD")
    }


def test_what_was_taken_down_ends_then(sample):
    first, gone = priced(sample, "3.00"), sample.change(action=Action.WITHDRAW)
    withdrawn = sample.receipt(gone, 1, state=DeliveryState.WITHDRAWN)
    [item] = told(
        lines(
            sample.intent(first),
            sample.receipt(first),
            sample.intent(gone, 1),
            withdrawn,
            hours=(0, 1, 5, 5),
        )
    )
    assert (item.starts - sample.at, item.ends - sample.at) == (
        timedelta(hours=1),
        timedelta(hours=5),
    )


def test_what_never_arrived_or_names_no_price_was_not_told(sample):
    first = priced(sample, "3.00")
    refused = sample.receipt(first, state=DeliveryState.REFUSED)
    assert told(lines(sample.intent(first), refused)) == []
    assert told(lines(sample.intent(first))) == []
    plain = sample.change()
    assert "price" not in sample.intent(plain)
    assert told(lines(sample.intent(plain), sample.receipt(plain))) == []
    assert sample.intent(first)["price"] == ["3.00", "USD", "flat-white"]
