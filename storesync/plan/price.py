"""What a template sees -> the price that customers are told, and what it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from storesync.plan.change import Price

_CENT = Decimal("0.01")
_WHOLE = Decimal(100)


class Claim(NamedTuple):
    """A "was/now" claim. `field` is the one of the offer that makes it; `now` may be unknown.

    `percentage` is set where `was` is only reckoned from it, to the cent. Of several claims of one
    offer the one that makes most of the reduction counts.
    """

    was: Decimal
    now: Decimal | None
    field: str
    percentage: Decimal | None = None

    def exceeds(self, prior: Decimal) -> bool:
        """Say whether the claim makes more of the reduction than a prior price allows."""
        if self.percentage is None or self.now is None:
            return self.was > prior
        return _less(prior, self.percentage) < self.now


class Told(NamedTuple):
    """A price that was, is or will be told at a location. `ends` is None for no end (UTC)."""

    campaign: str
    location: str
    product: str
    currency: str
    amount: Decimal
    starts: datetime
    ends: datetime | None


def price_of(shared: Mapping[str, Any], own: Mapping[str, Any]) -> Price | None:
    """Return the price that a placement offers, None for none that can be told."""
    now = now_of(shared)
    if now is None:
        return None
    return Price(f"{now:f}", str(own.get("currency") or ""), str(shared.get("product") or ""))


def now_of(shared: Mapping[str, Any]) -> Decimal | None:
    """Return the price of an offer: `price`, or `regular_price` less what comes off."""
    price = _amount(shared.get("price"))
    if price is not None:
        return price
    regular, percentage = _amount(shared.get("regular_price")), _percentage(shared)
    amount = _amount(shared.get("discount_amount"))
    if regular is None:
        return None
    if percentage is not None:
        return _less(regular, percentage)
    return max(regular - amount, Decimal(0)) if amount is not None else None


def claim_of(shared: Mapping[str, Any]) -> Claim | None:
    """Return what an offer says that its price was before, None where it does not say.

    A percentage or an amount off beside a price says it too: 20 % off, now 4.00, was 5.00.
    """
    now, regular = now_of(shared), _amount(shared.get("regular_price"))
    said = [Claim(regular, now, "regular_price")] if regular is not None else []
    price, percentage = _amount(shared.get("price")), _percentage(shared)
    if price is not None and percentage is not None and 0 < percentage < _WHOLE:
        was = (price * _WHOLE / (_WHOLE - percentage)).quantize(_CENT, ROUND_HALF_UP)
        said.append(Claim(was, price, "discount_percentage", percentage))
    amount = _amount(shared.get("discount_amount"))
    if price is not None and amount:
        said.append(Claim(price + amount, price, "discount_amount"))
    most: Claim | None = None
    for claim in said:
        if most is None or claim.exceeds(most.was):
            most = claim
    if most is None or (most.now is not None and most.was <= most.now):
        return None
    return most


def _less(amount: Decimal, percentage: Decimal) -> Decimal:
    return (amount * (_WHOLE - percentage) / _WHOLE).quantize(_CENT, ROUND_HALF_UP)


def _amount(value: Any) -> Decimal | None:
    """Return an amount as templates see it: text. A template may call something else `price`."""
    if not isinstance(value, str):
        return None
    try:
        amount = Decimal(value)
    except ArithmeticError:
        return None
    return amount if amount.is_finite() and amount >= 0 else None


def _percentage(shared: Mapping[str, Any]) -> Decimal | None:
    value = shared.get("discount_percentage")
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else None
