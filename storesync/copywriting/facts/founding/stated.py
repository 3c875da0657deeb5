"""Whether a text states what a declared phrase states, in whatever notation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.counting import counts_same, same_length
from storesync.copywriting.facts.founding.gifts import same_gift
from storesync.copywriting.facts.founding.masks import product_words
from storesync.copywriting.facts.founding.offers import same_offer
from storesync.copywriting.facts.founding.periods import period_of
from storesync.copywriting.facts.founding.terms import keeps_terms
from storesync.copywriting.facts.founding.waivers import is_waived
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import OF, words_of
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.reach import alike
from storesync.copywriting.facts.reading.hours import weekdays_of
from storesync.copywriting.facts.reading.read import items
from storesync.copywriting.facts.reading.surroundings import PERIODS

_LASTING = (Kind.NUMBER, Kind.DATE)
_IN_DAYS = 3  # words: in two days


_TWO = range(2)


@lru_cache(maxsize=256)
def stated_in(statements: tuple[str, ...], locale: str) -> Mapping[Kind, tuple[Item, ...]]:
    """Return what declared phrases of a language state, by kind."""
    found: dict[Kind, tuple[Item, ...]] = {}
    for statement in (part for whole in statements for part in _parts(whole, locale)):
        for item in _of_one_day(items(statement, locale)):
            found[item.kind] = (*found.get(item.kind, ()), item)
    return found


def _parts(statement: str, locale: str) -> tuple[str, ...]:
    """Return a phrase, and each half of one that says an offer twice: 2 for 1: buy one, get one."""
    halves = tuple(filter(None, map(str.strip, statement.split(":"))))
    made = [
        {item.value for item in items(half, locale) if item.kind is Kind.OFFER} for half in halves
    ]
    twice = len(halves) == len(_TWO) and made[0] == made[1] and len(made[0]) == 1
    return (statement, *halves) if twice else (statement,)


def _of_one_day(stated: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return what a phrase states; its only date, if nothing begins or ends, is of a single day."""
    dates = [item for item in stated if item.kind is Kind.DATE]
    if len(dates) != 1 or dates[0].role:
        return stated
    return tuple(replace(item, role="on") if item is dates[0] else item for item in stated)


def same_statement(item: Item, stated: Item, facts: Facts) -> bool:
    """Say whether a text states what a declared phrase states, in whatever notation."""
    if item.kind in {Kind.CLAIM, Kind.LEAK, Kind.URL} or not _same_value(item, stated, facts):
        return False
    if item.kind is Kind.PRODUCT:  # 10 % off cake with tea founds no 10 % and no 30 % off cake
        return item.role == stated.role and same_statement(item.extra[0], stated.extra[0], facts)
    if item.kind is Kind.OFFER:
        product = product_words(facts)
        same = same_offer(item, stated, facts.locale, product)
        same = same or same_gift(item, stated, facts.locale, product)
        return same and not is_waived(item, stated, facts.locale, product)
    if item.kind is Kind.NUMBER:
        # Under ages 8 and up a bare 8 is none.
        bare = not item.unit and not stated.unit and stated.bound != item.bound
        same = counts_same(item.unit, stated.unit) and not bare
        same = same or _same_bound(item, stated, facts.locale)
        same = same or _is_as_often(item, stated)
        same = same or item.extra == stated.extra == "year" or item.value != stated.value
        return same and _is_within(item.bound, stated.bound)
    if item.kind in {Kind.MONEY, Kind.PERCENT}:
        return _same_amount(item, stated, facts)
    other = item.kind is Kind.WEEKDAY and _is_another_day(item, stated)
    begins = item.role == "start" and item.extra != "range" and stated.role == "on"
    among = item.role in {"", "within"} or begins
    held = among or not stated.role or item.role == stated.role  # from is not until
    return held and not other and {item.bound, stated.bound} != {"over", "under"}


def _is_another_day(item: Item, stated: Item) -> bool:
    """Say whether a day is told as another than a phrase has: closed, the last one, with a date.

    Saturdays in a phrase make no Saturday of the 14th.
    """
    date, declared = item.extra["date"], stated.extra["date"]
    dated = date is not None and (declared is None or date[1:] != declared[1:])
    return dated or any(
        item.extra.get(which) != stated.extra.get(which) for which in ("closed", "nth")
    )


def _same_bound(item: Item, stated: Item, locale: str) -> bool:
    """Say whether the words before two numbers make one of them: kids under 12? A crew of four."""
    if "one" in {item.role, stated.role}:
        return False
    before, declared = item.extra, stated.extra
    if not (isinstance(before, tuple) and isinstance(declared, tuple) and before and declared):
        return False
    if not item.unit and alike(before[-1], declared[-1]) and words_of(locale).speaks(before[-1]):
        return True  # minus 5 degrees; it is minus five in here
    if item.unit and not (before[-1] in OF and not stated.unit):
        return False
    return len(before) == len(declared) > 1 and all(map(alike, before, declared))


def _same_value(item: Item, stated: Item, facts: Facts) -> bool:
    if item.kind is Kind.TIME:  # eight may be two times, in a text and in a phrase
        # Until seven may be when the shop closes, whatever else ends at seven.
        near = not (item.role and stated.about) or any(
            alike(word, one) for word in stated.about for one in item.about
        )
        at_once = not set(item.value).isdisjoint(stated.value)
        return near and at_once and _may_be_one_day(item, stated, facts)
    if item.kind is Kind.PRODUCT:
        return all(named_among(word, stated.value) for word in item.value)
    return bool(item.value == stated.value) or _is_as_long(item, stated)


def lasts_as_declared(item: Item, facts: Facts) -> bool:
    """Say whether a declared phrase has the same length of time, in whatever unit: a day, 24 hours.

    *In two days* is read as a day from now, and may be how long a thing takes.
    """
    value, unit = _length(item, facts.locale)
    if value is None or item.bound not in {"", "most"}:
        return False
    stated = stated_in(facts.statements, facts.locale)
    others = (_length(one, facts.locale) for kind in _LASTING for one in stated.get(kind, ()))
    return any(
        (value, unit) == other or same_length(value, unit, *other) for other in others if other[1]
    )


def _is_as_often(item: Item, stated: Item) -> bool:
    """Say whether a text counts what a phrase has so many times: two trims a month, trims twice."""
    counts = {item.role, stated.role}.isdisjoint({"one", "code"})
    if stated.unit[:1] != ("time",) or not counts or not isinstance(stated.extra, tuple):
        return False
    named = any(alike(unit, word) for unit in item.unit[:2] for word in stated.extra)
    return named and PERIODS.intersection(item.unit[1:]) == PERIODS.intersection(stated.unit)


def _length(item: Item, locale: str) -> tuple[Decimal | None, str]:
    """Return how long something lasts, and in which unit; nothing where it is no length."""
    if item.kind is Kind.NUMBER and item.role != "one" and item.bound in {"", "most"}:
        often = PERIODS.intersection(item.unit[1:])
        return item.value, "" if often else "".join(item.unit[:1])
    if item.role != "relative" or len(item.value) != _IN_DAYS or not item.value[1].isdigit():
        return None, ""
    return Decimal(item.value[1]), lexicon(locale).units.get(item.value[2], "")


def _is_within(bound: str, declared: str) -> bool:
    """Say whether a bound is that of a phrase, or within it: six at most are no six at least."""
    if bound == declared or not bound:
        return True
    return (bound == "least" and declared in {"", "over"}) or (
        bound == "most" and declared in {"", "under"}
    )


def _is_as_long(item: Item, stated: Item) -> bool:
    """Say whether two lengths of time are one in different units."""
    one, other = "".join(item.unit[:1]), "".join(stated.unit[:1])
    is_number = item.kind is Kind.NUMBER is stated.kind
    return is_number and same_length(item.value, one, stated.value, other)


def _may_be_one_day(item: Item, stated: Item, facts: Facts) -> bool:
    """Say whether two times are not said of different days: Friday at three, Sunday until three."""
    years = {day.value.year for day in facts.days}
    said, declared = (
        {at for group in one.unit for day in group.split() for at in weekdays_of(day, years)}
        for one in (item, stated)
    )
    return not (said and declared) or bool(said & declared)


def _same_amount(item: Item, stated: Item, facts: Facts) -> bool:
    if item.role == stated.role == "share":
        return counts_same(item.unit, stated.unit)
    if item.kind is Kind.MONEY and not _same_price(item, stated, facts.locale):
        return False
    if item.bound and stated.bound:  # free from £30 is free over £30, and not under
        if (item.bound == "under") != (stated.bound == "under"):
            return False
    elif stated.bound == "least" or item.role not in _roles_of(stated):  # from £35 is not £35
        return False
    return keeps_terms(item, stated, facts.locale, product_words(facts))


def _same_price(item: Item, stated: Item, locale: str) -> bool:
    """Say whether two prices are in one currency, and not for different times: $15 a day."""
    periods = {period_of(one, locale) for one in (item, stated)} - {""}
    same = item.unit == stated.unit or not set(item.unit).isdisjoint(stated.unit)  # $ and dollars
    return same and len(periods) < 2


def _roles_of(stated: Item) -> set[str]:
    """Return in which roles a text may tell an amount of a declared phrase."""
    if stated.kind is Kind.PERCENT:  # an extra 10 % off is 10 % off
        return {stated.role, "", *(["off"] if stated.role == "bound" else [])}
    return {"", "now"} if stated.role in {"", "now"} else {stated.role}  # £4 a tea saves no £4


def named_among(word: str, others: Sequence[str]) -> bool:
    """Say whether a word, if it is no short one, is a form of one of others."""
    return len(word) > 2 and any(len(other) > 2 and alike(word, other) for other in others)
