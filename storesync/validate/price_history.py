"""Which prices were or will be told at a location before a moment: from the ledger and the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from storesync.plan.pieces import Dated
from storesync.plan.price import Told, price_of

# Asked for a brand, the first moment of interest (UTC), and campaigns of which nothing matters from
# another moment on, what the ledger says was told; None where there is no ledger to be seen.
Ledgered = Callable[[str, datetime, Mapping[str, datetime]], Iterable[Told] | None]


_DAY = timedelta(days=1)


class Span(NamedTuple):
    """The time before a reduction in which its prior price is looked for (UTC)."""

    starts: datetime
    ends: datetime


class PriceHistory:
    """Prices by location, product and currency. `seen` says that the ledger was there to be read.

    What is planned counts from `at` on, also what should be out by then and of which the ledger
    knows nothing; before that it counts only where no ledger can say what really went out.
    """

    def __init__(
        self, dated: Mapping[str, Dated], ledgered: Iterable[Told] | None, at: datetime
    ) -> None:
        self.seen = ledgered is not None
        self._told: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
        known: set[tuple[str, str]] = set()
        for item in ledgered or ():
            known.add((item.campaign, item.location))
            self._add(item)
        for item in _planned(dated):
            if not self.seen or item.starts >= at:
                self._add(item)
            elif (item.ends is None or item.ends > at) and (
                (item.campaign, item.location) not in known
            ):
                self._add(item._replace(starts=at))

    def _add(self, item: Told) -> None:
        self._told[item.location, item.product, item.currency].append(item)

    def before(self, place: tuple[str, str, str], span: Span, own: Collection[str]) -> list[Told]:
        """Return what was told in a span at a (location, product, currency), cheapest first.

        `own` is the campaign that claims, under all its ids. What it told without a break until
        the span ends is the reduction itself, under way before its start was moved; what it told
        and ended before is a price like any other.
        """
        found = [
            item
            for item in self._told.get(place, ())
            if item.starts < span.ends and (item.ends is None or item.ends > span.starts)
        ]
        reached = span.ends
        for item in sorted(found, key=lambda item: item.starts, reverse=True):
            if item.campaign in own and (item.ends is None or item.ends >= reached):
                reached = item.starts
                found.remove(item)
        return sorted(found, key=lambda item: (item.amount, item.starts, item.campaign))


def covers(told: Iterable[Told], span: Span) -> bool:
    """Say whether some price was told all through a span.

    Less than a day without one is no gap: where a campaign follows another, the next run of
    `publish` brings it, minutes or hours later.
    """
    reached = span.starts
    for item in sorted(told, key=lambda item: item.starts):
        if item.starts - reached >= _DAY:
            return False
        if item.ends is None:
            return True
        reached = max(reached, item.ends)
    return span.ends - reached < _DAY


def _planned(dated: Mapping[str, Dated]) -> Iterator[Told]:
    """Yield the prices of all pieces; what many locations share is looked at once."""
    priced: dict[int, tuple[str, Decimal] | None] = {}
    for name, campaign in dated.items():
        for piece in campaign.pieces:
            key = id(piece.shared)
            if key not in priced:
                price = price_of(piece.shared, piece.own)
                priced[key] = price and (price.product, Decimal(price.amount))
            found = priced[key]
            if found is not None:
                product, amount = found
                place, currency = piece.key.location, str(piece.own.get("currency") or "")
                yield Told(name, place, product, currency, amount, piece.starts, piece.ends)
