"""Whether what a text states is declared: one question for each kind of fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from storesync.copywriting.facts.counting import counted, counts_same, unit_of
from storesync.copywriting.facts.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.masks import plain
from storesync.copywriting.facts.offers import same_offer
from storesync.copywriting.facts.reach import alike, dialled, same_address
from storesync.copywriting.facts.read import items
from storesync.copywriting.facts.regions import countries, regions
from storesync.copywriting.facts.terms import keeps_terms

_ANY_ROLE = ""
_PRICES = {"now": {"now", ""}, "was": {"was", ""}, "off": {"off", ""}, "": {"now", "was", ""}}
_WHOLE = 100
_NEAR = Decimal("0.005")


def founded(item: Item, facts: Facts) -> bool:
    """Say whether an item derives from what is declared."""
    stated = _stated(facts.statements, facts.locale)
    same = stated.get(item.kind, ())
    if same and any(_same(item, other, facts) for other in same):
        return True
    question = _QUESTIONS.get(item.kind)
    return question is not None and question(item, facts)


@lru_cache(maxsize=256)
def _stated(statements: tuple[str, ...], locale: str) -> Mapping[Kind, tuple[Item, ...]]:
    found: dict[Kind, tuple[Item, ...]] = {}
    for statement in statements:
        for item in items(statement, locale):
            found[item.kind] = (*found.get(item.kind, ()), item)
    return found


def _same(item: Item, stated: Item, facts: Facts) -> bool:
    """Say whether a text states what a declared phrase states, in whatever notation."""
    if item.kind in {Kind.CLAIM, Kind.LEAK, Kind.URL} or item.value != stated.value:
        return False
    if item.kind is Kind.OFFER:
        return same_offer(item, stated, facts.locale, _product_words(facts))
    if item.kind is Kind.NUMBER:
        return counts_same(item.unit, stated.unit)
    if item.kind in {Kind.MONEY, Kind.PERCENT}:
        return _same_amount(item, stated, facts)
    if item.kind is Kind.WEEKDAY and item.extra["closed"] != stated.extra["closed"]:
        return False
    return not (item.role and stated.role) or item.role == stated.role  # from is not until


def _same_amount(item: Item, stated: Item, facts: Facts) -> bool:
    if item.role == stated.role == "share":
        return counts_same(item.unit, stated.unit)
    if item.role not in _roles_of(stated) or (item.kind is Kind.MONEY and item.unit != stated.unit):
        return False
    return keeps_terms(item, stated, facts.locale, _product_words(facts))


def _roles_of(stated: Item) -> set[str]:
    """Return in which roles a text may tell an amount of a declared phrase."""
    if stated.kind is Kind.PERCENT:
        return {stated.role, ""}
    return {stated.role} if stated.role else {"", "now"}  # £4 for a tea is no saving of £4


def _number(item: Item, facts: Facts) -> bool:
    if item.value is None:
        return False
    for quantity in facts.quantities:
        if quantity.value == item.value and counted(item.unit, quantity, facts.locale):
            return True
    if item.extra == "year" and any(item.value == day.value.year for day in facts.days):
        return True
    priced = item.role in {"now", "was"} and not item.unit
    return priced and any(
        price.value == item.value and price.role in {item.role, ""} for price in facts.prices
    )


def _percent(item: Item, facts: Facts) -> bool:
    if item.value is None or (not item.role and item.unit and not _is_product(item.unit, facts)):
        return False
    for declared in facts.percentages:
        if item.role == "pay" and declared.role == "off" and declared.value + item.value == _WHOLE:
            return True
        same = abs(declared.value - item.value) < _NEAR
        if same and item.role in {"", declared.role} and item.role != "bound":
            return True
        if same and not declared.role and item.role in {"share", "more"}:
            return True
    return False


def _money(item: Item, facts: Facts) -> bool:
    roles = _PRICES.get(item.role, set())
    return any(
        price.value == item.value
        and price.role in roles
        and (not item.unit or not price.currency or price.currency in item.unit)
        for price in facts.prices
    )


def _date(item: Item, facts: Facts) -> bool:
    if item.role == "relative" or not isinstance(item.value, tuple) or len(item.value) != 3:
        return False
    year, month, day = item.value
    if day is None:
        return any(month == at.month and year in {None, at.year} for at in _flight_days(facts))
    if item.role == "within":
        return _within_flight(item.value, facts)
    return any(
        declared.value.day == day
        and month in {None, declared.value.month}
        and year in {None, declared.value.year}
        and (not item.role or declared.role in {item.role, ""} or _single_day(facts))
        for declared in facts.days
    )


def _within_flight(when: tuple[int | None, int | None, int], facts: Facts) -> bool:
    """Say whether a day of a list lies in the flight, its year taken from there if not said."""
    year, month, day = when
    flight = {one.role: one.value for one in facts.days if one.role}
    if len(flight) != 2 or month is None:
        return False
    for guess in {year} if year else {flight["start"].year, flight["end"].year}:
        try:
            if flight["start"] <= date(guess, month, day) <= flight["end"]:
                return True
        except ValueError:
            return False
    return False


def _single_day(facts: Facts) -> bool:
    return len({day.value for day in facts.days if day.role}) == 1


def _flight_days(facts: Facts) -> list[date]:
    """Return a day of each month that is declared or lies in the flight."""
    days = [day.value for day in facts.days]
    flight = {day.role: day.value for day in facts.days if day.role}
    if "start" in flight and "end" in flight:
        at = flight["start"]
        while at < flight["end"] and len(days) < 400:
            days.append(at)
            at += timedelta(days=7)
    return days


def dated_day(item: Item, facts: Facts) -> date | None:
    """Return the day that a weekday stands beside, its year taken from the flight if not said."""
    when = item.extra["date"]
    if when is None:
        return None
    year, month, day = when
    for declared in facts.days:
        if (
            declared.value.day == day
            and month in {None, declared.value.month}
            and year in {None, declared.value.year}
        ):
            return declared.value
    try:
        return date(year or facts.days[0].value.year, month or facts.days[0].value.month, day)
    except (ValueError, IndexError):
        return None


def _weekday(item: Item, facts: Facts) -> bool:
    if item.extra["date"] is not None:
        day = dated_day(item, facts)
        return day is not None and day.weekday() == item.value
    hours = item.extra["hours"] and (item.extra["range"] or not item.role)
    if (hours or item.extra["plural"]) and not facts.is_located:
        return False  # of opening hours: each location is asked
    if (hours or item.extra["plural"]) and facts.open_days:
        return (item.value in facts.open_days) is not bool(item.extra["closed"])
    role = item.extra["range"] or item.role
    roles = {role, ""} if role else {"start", "end", ""}
    if any(day.value.weekday() == item.value and day.role in roles for day in facts.days):
        return True
    return not role and item.value in _short_flight(facts)


def _short_flight(facts: Facts) -> set[int]:
    """Return the days of the week in a flight of less than a week: each is one day."""
    flight = {day.role: day.value for day in facts.days if day.role}
    if len(flight) != 2:
        return set()
    length = (flight["end"] - flight["start"]).days
    if length >= 7:
        return set()
    return {(flight["start"] + timedelta(days=step)).weekday() for step in range(length + 1)}


def _time(item: Item, facts: Facts) -> bool:
    if item.value == ("always",):
        return facts.always_open
    roles = {
        "opens": {"opens", "start", ""},
        "closes": {"closes", "end", ""},
    }.get(item.role, {"opens", "closes", "start", "end", ""})
    if any(clock.minutes in item.value and clock.role in roles for clock in facts.clocks):
        return True
    if item.extra is None:
        return False
    stated = _stated(facts.statements, facts.locale).get(Kind.NUMBER, ())
    hours = any(other.value == item.extra and "hour" in other.unit for other in stated)
    return hours or any(
        quantity.value == item.extra and unit_of(quantity.unit, facts.locale) == "hour"
        for quantity in facts.quantities
    )


def _phone(item: Item, facts: Facts) -> bool:
    return any(item.value in dialled(phone) for phone in facts.phones)


def _url(item: Item, facts: Facts) -> bool:
    return any(same_address(item.value, declared) for declared in facts.addresses)


def _offer(item: Item, facts: Facts) -> bool:
    if item.value[0] != "share":
        return False
    return any(one.role == "off" and one.value == item.value[1] for one in facts.percentages)


def _place(item: Item, facts: Facts) -> bool:
    said = f" {' '.join(item.value)} "
    names = (*facts.names, *countries(facts.country, facts.locale))
    return _names(said, names, facts.locale) or _names(
        said, regions(facts.country, facts.region), facts.locale
    )


def _names(said: str, names: tuple[str, ...], locale: str) -> bool:
    return any(said in f" {' '.join(_words(name, locale))} " for name in names)


def _words(name: str, locale: str) -> list[str]:
    return plain(name, locale).replace("-", " ").replace("'", " ").replace(",", " ").split()


def _product_words(facts: Facts) -> tuple[str, ...]:
    return tuple(word for name in facts.products for word in _words(name, facts.locale))


def _product(item: Item, facts: Facts) -> bool:
    return not facts.products or _is_product(item.value, facts)


def _is_product(words: tuple[str, ...], facts: Facts) -> bool:
    known = _product_words(facts)
    return any(
        len(other) > 2 and len(word) > 2 and alike(word, other) for word in words for other in known
    )


_QUESTIONS: Mapping[Kind, Callable[[Item, Facts], bool]] = {
    Kind.NUMBER: _number,
    Kind.PERCENT: _percent,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.WEEKDAY: _weekday,
    Kind.TIME: _time,
    Kind.PHONE: _phone,
    Kind.URL: _url,
    Kind.OFFER: _offer,
    Kind.PLACE: _place,
    Kind.PRODUCT: _product,
}
