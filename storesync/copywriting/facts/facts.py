"""Everything that is declared about one campaign at one location, typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Percentage:
    """A percentage; `role` is off, more, or empty where nothing says what it is of."""

    value: Decimal
    role: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """An amount; `role` is now, was, off, or empty; `currency` an ISO 4217 code, or empty."""

    value: Decimal
    currency: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and the word for what is counted, empty where none was declared."""

    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day; `role` is start or end of the flight, or empty."""

    value: date
    role: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in minutes since midnight; `role` is opens, closes, start, end, or empty."""

    minutes: int
    role: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What copy may state. Empty means that nothing of a kind is declared.

    `names` are brand, products, location and its address: they stand in copy as whole phrases.
    `statements` are declared phrases; what they state, copy may state in any notation. `claims`
    and `legal` may be used word for word. `addresses` are web and mail addresses and hosts.
    """

    percentages: tuple[Percentage, ...] = ()
    prices: tuple[Price, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    days: tuple[Day, ...] = ()
    clocks: tuple[Clock, ...] = ()
    open_days: frozenset[int] = frozenset()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    legal: tuple[str, ...] = ()
    locale: str = "en"
    country: str = ""
    always_open: bool = False
