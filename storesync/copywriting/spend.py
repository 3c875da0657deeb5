"""What drafting may cost: prices, caps, and whether one more request fits under them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from storesync.errors import UserError
from storesync.plugins.copywriter import Usage

_MILLION = Decimal(1_000_000)
_STEP = Decimal("0.000001")


class CapReached(UserError):  # noqa: N818 - a result that needs telling, like LostRace
    """One more request could pass a cap, so it was not made."""


class NoRoomYet(CapReached):
    """The same while others of the run are held at their most, and will come to less."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens, and what they cost in the currency of the settings."""

    tokens: int = 0
    money: Decimal = Decimal(0)

    def plus(self, other: Spent) -> Spent:
        """Return both together."""
        return Spent(self.tokens + other.tokens, self.money + other.money)

    def minus(self, other: Spent) -> Spent:
        """Return this without the other."""
        return Spent(self.tokens - other.tokens, self.money - other.money)


NOTHING = Spent()


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost that are read, and that are written."""

    input: Decimal
    output: Decimal

    def of(self, usage: Usage) -> Decimal:
        """Return what a usage costs, to a millionth, rounded up."""
        cost = (usage.input * self.input + usage.output * self.output) / _MILLION
        return cost.quantize(_STEP, rounding=ROUND_UP)


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that a run and a month (UTC) may cost; None is no cap."""

    tokens_per_run: int | None = None
    tokens_per_month: int | None = None
    money_per_run: Decimal | None = None
    money_per_month: Decimal | None = None

    @property
    def of_money(self) -> bool:
        """Say whether money is capped, so that a price has to be known."""
        return self.money_per_run is not None or self.money_per_month is not None

    def check(self, more: Spent, run: Spent, month: Spent) -> None:
        """Raise CapReached where `more` on top of what was spent would pass a cap.

        What was spent holds reservations of requests that are under way, at their most.
        """
        after: Mapping[str, tuple[int | Decimal, int | Decimal | None]] = {
            "tokens_per_run": (run.tokens + more.tokens, self.tokens_per_run),
            "tokens_per_month": (month.tokens + more.tokens, self.tokens_per_month),
            "money_per_run": (run.money + more.money, self.money_per_run),
            "money_per_month": (month.money + more.money, self.money_per_month),
        }
        for name, (total, cap) in after.items():
            if cap is not None and total > cap:
                raise CapReached(
                    f"the next request could bring {name} to {total:,}, over its cap of {cap:,}",
                    hint=f"raise it under copywriter: {{caps: {{{name}: …}}}} in storesync.yaml"
                    + (", or wait for next month" if "month" in name else ""),
                )


def priced(usage: Usage, price: Price | None) -> Spent:
    """Return what a usage comes to; without a price it costs no money."""
    return Spent(usage.total, price.of(usage) if price else Decimal(0))
