"""Lines of a campaign -> what its customers were told that things cost, where, and when.

A price was told from the receipt that says it was live to the next one, its withdrawal or the end
of its flight: a mail that was sent stays true until then. Lines of versions that wrote no price
say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from storesync.ledger.entry import Kind
from storesync.ledger.segment import Line
from storesync.plan.price import Told
from storesync.plugins.protocols import DeliveryState

_OUT_THERE = frozenset({DeliveryState.LIVE.value, DeliveryState.HANDED_OFF.value})
_DAMAGE = (KeyError, TypeError, ValueError, ArithmeticError)


def told(lines: Iterable[Line]) -> list[Told]:
    """Return the prices that a campaign's lines, in their order, say were told."""
    found: list[Told] = []
    intents: dict[str, dict[str, Any]] = {}
    current: dict[tuple[str, ...], Told] = {}
    for line in lines:
        fields = line.fields
        kind = fields.get("type")
        if kind == Kind.INTENT:
            intents[fields["key"]] = fields
        elif kind in {Kind.RECEIPT, Kind.SETTLED} and fields.get("key") in intents:
            _follow(intents[fields["key"]], fields, current, found)
    return [*found, *current.values()]


def _follow(
    intent: dict[str, Any],
    answer: dict[str, Any],
    current: dict[tuple[str, ...], Told],
    found: list[Told],
) -> None:
    """Close the price told so far at a placement, and open the one of a delivery that arrived."""
    place = tuple(intent["placement"])
    at = datetime.fromisoformat(answer["at"])
    withdrawn = answer["state"] == DeliveryState.WITHDRAWN.value
    arrived = answer["state"] in _OUT_THERE and intent["action"] != "withdraw"
    if (withdrawn or arrived) and place in current:
        old = current.pop(place)
        ends = at if old.ends is None else min(at, old.ends)
        if ends > old.starts:
            found.append(old._replace(ends=ends))
    if not arrived:
        return
    try:
        amount, currency, product = intent["price"]
        starts = datetime.fromisoformat(intent["starts"]) if intent["starts"] else at
        until = datetime.fromisoformat(intent["ends"]) if intent["ends"] else None
        price = Told(place[1], place[2], product, currency, Decimal(amount), max(starts, at), until)
    except _DAMAGE:
        return
    if price.ends is None or price.ends > price.starts:
        current[place] = price
