"""From what templates see to facts of each kind: amounts, days, hours, addresses, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from storesync.model.template import Variable, VariableType

_OFF = ("discount", "off", "reduction", "rebate", "saving")
_MORE = ("bonus", "extra", "more")
_WAS = ("regular", "was", "old", "before", "prior", "list")
_NAMED = re.compile(r"[^\W\d_]{3,}")
_CENT = Decimal("0.01")
_WEEK_ENDS = frozenset({4, 5})  # from a Monday to a Friday or Saturday it is weeks, too
_OPENINGS = ("opens_on", "closed_until", "closes_on")


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
    """A number and the word for what is counted, empty where none was declared.

    `named` are the words of the variable's name and description; `of_flight` says that it is no
    variable but how long the flight is.
    """

    value: Decimal
    unit: str = ""
    named: tuple[str, ...] = ()
    of_flight: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day; `role` is start or end of the flight, or empty."""

    value: date
    role: str = ""


def text(value: Any) -> str:
    """Return a value that is text, else nothing."""
    return value if isinstance(value, str) else ""


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _says(name: str, words: Iterable[str]) -> bool:
    return any(word in name for word in words)


def percentages(values: Mapping[str, Any], kinds: Mapping[str, Variable]) -> Iterator[Percentage]:
    """Yield the percentages among values, with the role that their names say."""
    for name, value in values.items():
        unit = (kinds[name].unit or "") if name in kinds else ""
        if name in kinds and kinds[name].type is VariableType.STRING:
            continue  # a text founds nothing, whatever it is called
        amount = _decimal(value)
        if amount is None or not ("percent" in name or "percent" in unit or unit == "%"):
            continue
        role = "off" if _says(name, _OFF) else "more" if _says(name, _MORE) else ""
        yield Percentage(amount, role)


def prices(
    values: Mapping[str, Any], kinds: Mapping[str, Variable], currency: str
) -> Iterator[Price]:
    """Yield the amounts of money among values, in one currency where one is given."""
    known = {"price": "now", "regular_price": "was", "discount_amount": "off"}
    for name, value in values.items():
        if name in kinds and kinds[name].type is not VariableType.MONEY:
            continue
        if name not in kinds and name not in known:
            continue
        role = known.get(name) or (
            "off" if _says(name, _OFF) else "was" if _says(name, _WAS) else ""
        )
        amounts = value if isinstance(value, Mapping) else {currency: value}
        for code, inner in amounts.items():
            amount = _decimal(inner)
            if amount is not None and currency in {"", code}:
                yield Price(amount, str(code), role)


def derived_percentages(
    percentages: Sequence[Percentage], prices: Sequence[Price]
) -> Iterator[Percentage]:
    """Add what follows: half off where 4.00 became 2.00."""
    yield from percentages
    for was in prices:
        for now in prices:
            same = was.role == "was" and now.role == "now" and was.currency == now.currency
            if same and 0 < now.value < was.value:
                yield Percentage(100 * (was.value - now.value) / was.value, "off")


def derived_prices(percentages: Sequence[Percentage], prices: Sequence[Price]) -> Iterator[Price]:
    """Add what follows: what is saved, and a price after the discount where none is declared."""
    yield from prices
    now = [price for price in prices if price.role == "now"]
    for was in (price for price in prices if price.role == "was"):
        same = [price for price in now if price.currency == was.currency]
        for price in same:
            yield Price(was.value - price.value, was.currency, "off")
        for percentage in percentages if not same else ():
            if percentage.role == "off":
                saved = (was.value * percentage.value / 100).quantize(_CENT)
                yield Price(was.value - saved, was.currency, "now")
                yield Price(saved, was.currency, "off")


def quantities(
    values: Mapping[str, Any], kinds: Mapping[str, Variable], days: Sequence[Day]
) -> Iterator[Quantity]:
    """Yield the numbers that variables declare, and how long the flight is."""
    numeric = {VariableType.INTEGER, VariableType.NUMBER}
    for name, variable in kinds.items():
        amount = _decimal(values.get(name)) if variable.type in numeric else None
        percent = "percent" in name or "percent" in (variable.unit or "") or variable.unit == "%"
        if amount is not None and not percent:
            named = _NAMED.findall(f"{name} {variable.description or ''}".lower())
            yield Quantity(amount, (variable.unit or "").lower(), tuple(named))
    flight = {day.role: day.value for day in days if day.role}
    if "start" in flight and "end" in flight:
        length = (flight["end"] - flight["start"]).days + 1
        yield Quantity(Decimal(length), "day", of_flight=True)
        working = flight["start"].weekday() == 0 and flight["end"].weekday() in _WEEK_ENDS
        if length % 7 == 0 or working:
            yield Quantity(Decimal(-(-length // 7)), "week", of_flight=True)


def read_day(value: Any) -> date | None:
    """Return the day that a value begins with, or None."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def days(
    shared: Mapping[str, Any],
    location: Mapping[str, Any],
    values: Mapping[str, Any],
    kinds: Mapping[str, Variable],
) -> Iterator[Day]:
    """Yield the days of the flight, of variables, and those a location opens or closes on."""
    flight: Mapping[str, Any] = shared.get("flight") or {}
    for role in ("start", "end"):
        day = read_day(flight.get(role))
        if day is not None:
            if role == "end" and str(flight[role]).endswith("T00:00"):  # ends as the day begins
                day -= timedelta(days=1)
            yield Day(day, role)
    dates = [values.get(name) for name in kinds if kinds[name].type is VariableType.DATE]
    for value in (*dates, *(location.get(name) for name in _OPENINGS)):
        day = read_day(value)
        if day is not None:
            yield Day(day)


def addresses(
    shared: Mapping[str, Any],
    location: Mapping[str, Any],
    values: Mapping[str, Any],
    kinds: Mapping[str, Variable],
) -> Iterator[str]:
    """Yield web and mail addresses."""
    urls = [values.get(name) for name in kinds if kinds[name].type is VariableType.URL]
    brand: Mapping[str, Any] = shared.get("brand") or {}
    given = (brand.get("website"), location.get("website"), location.get("email"), *urls)
    yield from (value for value in given if isinstance(value, str) and value)


def products(shared: Mapping[str, Any], offer: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the products of the offer."""
    if offer.get("product"):
        yield from filter(None, str(shared.get("product_name") or "").split(", "))


def brands(shared: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of the brand."""
    brand: Mapping[str, Any] = shared.get("brand") or {}
    given = (text(brand.get("name")), text(shared.get("brand_name")))
    yield from dict.fromkeys(filter(None, given))


def names(
    shared: Mapping[str, Any],
    own: Mapping[str, Any],
    location: Mapping[str, Any],
    offer: Mapping[str, Any],
) -> Iterator[str]:
    """Yield the names that copy may say as whole phrases."""
    brand: Mapping[str, Any] = shared.get("brand") or {}
    address: Mapping[str, Any] = location.get("address") or {}
    place = [
        text(address.get(name)) for name in ("street", "street2", "city", "region", "postcode")
    ]
    given = [
        *(text(brand.get("name")), text(shared.get("brand_name"))),
        *(text(shared.get("campaign_name")), text(own.get("location_name"))),
        *(text(location.get("name")), text(own.get("city")), *place),
        *(text(offer.get("code")), *products(shared, offer)),
    ]
    given += map(text, (own.get("location_names") or {}).values())
    given += [f"{given[0]} {name}" for name in dict.fromkeys(given[3:6]) if given[0] and name]
    city, region, postcode = place[2:]
    if city and postcode:
        given += [f"{postcode} {city}", f"{city} {postcode}", f"{city}, {postcode}"]
    if region and postcode:
        given += [
            f"{region} {postcode}",
            f"{city}, {region} {postcode}",
            f"{city} {region} {postcode}",
        ]
    yield from dict.fromkeys(name for name in given if name)


def legal(shared: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[str]:
    """Yield the legal texts."""
    for context in (shared, own):
        legal = context.get("legal")
        if isinstance(legal, Mapping):
            yield from (text for text in legal.values() if isinstance(text, str))
