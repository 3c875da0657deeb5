"""What a finding tells people: what is not declared, and what of its kind is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.founded_days import dated_day
from storesync.copywriting.facts.founding.limits import WAIVED
from storesync.copywriting.facts.founding.lines import ADDED
from storesync.copywriting.facts.founding.periods import is_of_period, period_of
from storesync.copywriting.facts.founding.products import is_for_all, priced_per
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.reading.read import items
from storesync.diagnostics import printable

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MOST = 3
_PERIODS = frozenset({"day", "week"})
_ROLES = {"now": "the price now", "was": "the earlier price", "off": "what is saved"}
_A = {
    "hour": "an hour",
    "day": "a day",
    "week": "a week",
    "month": "a month",
    "year": "a year",
}
_BY_ROLE = {
    ADDED: " is added to the offer, and nothing declared says so: add it to the facts",
    "closed": " is a day of the offer, and nothing declared says that it is closed",
    "code": " is not the code of the offer",
}
_OCCASION = " is no occasion of the offer, and does not go with its days: add it to the facts"
_OTHERWISE = {**_ROLES, "was": "the earlier one"}
_WHAT = {
    Kind.NUMBER: "number",
    Kind.PERCENT: "percentage",
    Kind.MONEY: "price",
    Kind.DATE: "date",
    Kind.WEEKDAY: "day",
    Kind.TIME: "time",
    Kind.PHONE: "phone number",
    Kind.URL: "address",
    Kind.PLACE: "place",
    Kind.PRODUCT: "product",
    Kind.OFFER: "offer",
}


def message(item: Item, facts: Facts, known: Sequence[str]) -> str:
    """Return a sentence for people about an unfounded item; `known` is what of its kind is."""
    said = f'"{_shown(item.text)}"'
    if item.plain and item.plain.lower().split() != item.text.lower().split():
        said += f' (reads "{_shown(item.plain)}")'
    reason = _beyond(item) or _wrong_by_itself(item, facts) or _for_more(item, facts)
    reason = reason or _other_role(item, facts)
    return f"{said}{reason or _not_declared(item, facts, known)}"


def _shown(text: str) -> str:
    return printable(" ".join(text.split()), limit=80)


def _beyond(item: Item) -> str:
    """Return which declared limit a text says there is none of, or nothing."""
    return f": “{_shown(item.value[1])}” sets a limit" if item.role == WAIVED else ""


def _wrong_by_itself(item: Item, facts: Facts) -> str:
    """Return what is wrong whatever is declared of the kind, or nothing."""
    if item.kind is Kind.LEAK:
        return " reads like the prompt of a model, not like copy"
    if item.kind is Kind.CLAIM:
        return " is a claim that nobody declared: add it to the claims with its proof"
    if item.role in _BY_ROLE:
        return _BY_ROLE[item.role]
    if item.kind is Kind.DATE and item.role == "relative":
        return _OCCASION if item.extra else " is no date that holds on every day: write the date"
    day = dated_day(item, facts) if item.kind is Kind.WEEKDAY else None
    if day is None:
        return ""
    return f": {_day(day)} is a {_DAYS[day.weekday()]}, not a {_DAYS[item.value]}"


def _not_declared(item: Item, facts: Facts, known: Sequence[str]) -> str:
    lengths = _lengths(facts)
    if item.kind is Kind.NUMBER and not _PERIODS.intersection(item.unit):
        known = [one for one in known if one not in lengths]
    if not known:
        return f" is no declared fact: no {_WHAT[item.kind]} is declared"
    shown = ", ".join(known[:_MOST]) + (" and others" if len(known) > _MOST else "")
    if item.role == "bound" or _is_bounded(item, known):
        return f" is not as declared: {shown}, no more and no less"
    one = len(known) == 1 and known[0] not in lengths
    return f" is no declared fact: {shown} {'is' if one else 'are'}"


def _is_bounded(item: Item, known: Sequence[str]) -> bool:
    """Say whether a number is declared, and the text says over or under it."""
    if item.kind is not Kind.NUMBER or item.bound not in {"over", "under"}:
        return False
    return any(map(re.compile(rf"\b{re.escape(item.plain)}\b").search, known))


def _for_more(item: Item, facts: Facts) -> str:
    """Return what a declared amount is for where a text says more, or nothing."""
    amounts = {one.value for one in facts.percentages} | {one.value for one in facts.prices}
    known = (item.value[-1] if item.kind is Kind.OFFER else item.value) in amounts
    if not known or not is_for_all(item, facts):
        return ""
    return f" is for {', '.join(facts.products)} alone: name that, or declare what else it is for"


def _other_role(item: Item, facts: Facts) -> str:
    """Return what a price is that a text takes for another, or nothing if it is no declared one."""
    if item.kind is not Kind.MONEY or item.role == "bound":
        return ""
    period = period_of(item, facts.locale)
    if period and not is_of_period(period, facts.products, facts.locale):
        return f" is not declared as the price of {_A[period]}: write that below facts"
    per = priced_per(item, facts)
    if per:
        return f" is not declared as the price per {per}: write that below facts"
    for price in facts.prices:
        same = price.value == item.value and (not item.unit or price.currency in item.unit)
        if same and price.role in _ROLES:
            amount = f"{price.value} {price.currency}".strip()
            if item.role in _ROLES and item.role != price.role:
                return f": {amount} is {_ROLES[price.role]}, not {_OTHERWISE[item.role]}"
            if price.role == "was":
                return f": {amount} is the earlier price, and the price now is not beside it"
    return ""


def declared(kind: Kind, facts: Facts) -> list[str]:
    """Return what is declared of a kind, for people."""
    listed = _DECLARED.get(kind)
    found = listed(facts) if listed else ()
    return list(dict.fromkeys(printable(text, limit=60) for text in found))


def _percentages(facts: Facts) -> list[str]:
    return [f"{number(one.value)}% {one.role}".strip() for one in facts.percentages]


def _prices(facts: Facts) -> list[str]:
    return [f"{one.role} {one.value} {one.currency}".strip() for one in facts.prices]


def _numbers(facts: Facts) -> list[str]:
    counted = [
        f"{number(one.value)} {one.unit}".strip() for one in facts.quantities if not one.of_flight
    ]
    return [*counted, *_lengths(facts), *_stating(Kind.NUMBER, facts)]


def _lengths(facts: Facts) -> list[str]:
    """Return how long the flight is: 10 days, 1 week."""
    return [
        f"{number(one.value)} {one.unit}{'' if one.value == 1 else 's'}"
        for one in facts.quantities
        if one.of_flight
    ]


def _stating(kind: Kind, facts: Facts) -> list[str]:
    """Return the declared phrases that state something of a kind."""
    return [
        f"“{text}”"
        for text in facts.statements
        if any(item.kind is kind for item in items(text, facts.locale))
    ]


def _offers(facts: Facts) -> list[str]:
    return [*_stating(Kind.OFFER, facts), *_percentages(facts)]


def _dates(facts: Facts) -> list[str]:
    return [f"{one.role} {_day(one.value)}".strip() for one in facts.days]


def _weekdays(facts: Facts) -> list[str]:
    return [f"{_DAYS[one.value.weekday()]} {_day(one.value)}" for one in facts.days]


def _clocks(facts: Facts) -> list[str]:
    return [f"{one.role} {one.minutes // 60:02}:{one.minutes % 60:02}" for one in facts.clocks]


_DECLARED: Mapping[Kind, Callable[[Facts], Iterable[str]]] = {
    Kind.PERCENT: _percentages,
    Kind.OFFER: _offers,
    Kind.MONEY: _prices,
    Kind.NUMBER: _numbers,
    Kind.DATE: _dates,
    Kind.WEEKDAY: _weekdays,
    Kind.TIME: _clocks,
    Kind.PHONE: lambda facts: facts.phones,
    Kind.URL: lambda facts: facts.addresses,
    Kind.PLACE: lambda facts: facts.names,
    Kind.PRODUCT: lambda facts: facts.products,
    Kind.CLAIM: lambda facts: facts.claims,
}


def number(value: Decimal) -> str:
    """Return a number without needless zeros."""
    return f"{value.normalize():f}" if value == value.to_integral() else f"{value:.2f}"


def _day(value: date) -> str:
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
