"""Whether what a text states is declared: one question for each kind of fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.declared.gather import Percentage, Quantity
from storesync.copywriting.facts.declared.opening import is_open_for
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.counting import (
    counted,
    counts_same,
    same_length,
    says_one,
    unit_of,
)
from storesync.copywriting.facts.founding.founded_days import is_declared_date, is_declared_weekday
from storesync.copywriting.facts.founding.founded_places import is_declared_place, names_a_place
from storesync.copywriting.facts.founding.masks import product_words, words_of_name
from storesync.copywriting.facts.founding.occasions import is_declared_occasion
from storesync.copywriting.facts.founding.offers import sentence_of
from storesync.copywriting.facts.founding.periods import (
    are_packed,
    is_apiece,
    is_of_period,
    per_what,
    period_of,
)
from storesync.copywriting.facts.founding.products import (
    is_declared_product,
    is_for_all,
    is_in_a_pack,
    is_product,
    priced_per,
)
from storesync.copywriting.facts.founding.properties import is_declared_property
from storesync.copywriting.facts.founding.stated import (
    lasts_as_declared,
    named_among,
    same_statement,
    stated_in,
)
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import OF, among
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.reach import alike, dialled, same_address
from storesync.copywriting.facts.language.word_lists import LISTED
from storesync.copywriting.facts.reading.hours import is_open_day
from storesync.copywriting.facts.reading.read import items

_PRICES = {"now": {"now", ""}, "was": {"was", ""}, "off": {"off", ""}, "": {"now", "was", ""}}
_PRICES |= {"result": {"now", "off", ""}}
_WHOLE = 100
_WEEK = frozenset(range(7))
_CLOSES = frozenset({"", ",", ".", "!", "and", "&"})
_NEAR = Decimal("0.005")
_LITTLE = 5  # per cent


def founded(item: Item, facts: Facts) -> bool:
    """Say whether an item derives from what is declared."""
    stated = stated_in(facts.statements, facts.locale)
    same = stated.get(item.kind, ())
    if same and any(same_statement(item, other, facts) for other in same):
        return True
    if any(_is_said_of_another(item, other) for other in same):
        return False
    if is_for_all(item, facts) and not is_product((per_what(item, facts.locale),), facts):
        return False
    question = _QUESTIONS.get(item.kind)
    return question is not None and question(item, facts)


def _is_said_of_another(item: Item, stated: Item) -> bool:
    """Say whether a declared phrase puts what a text speaks of on another day, or another time."""
    if item.kind is Kind.WEEKDAY and (item.extra["date"] or item.extra["open"]):
        return False
    said = stated.about
    same = [any(alike(word, one) for one in item.about) for word in said]
    # Before noon is no opening hour: one word in common will do.
    return bool(said) and (any(same) if item.bound and item.bound == stated.bound else all(same))


def _number(item: Item, facts: Facts) -> bool:
    if item.value is None:
        return False
    open_so_long = item.often and not item.bound and is_open_for(item.value, facts.clocks)
    if open_so_long or _is_in_terms(item, facts) or lasts_as_declared(item, facts):
        return True
    return item.bound not in {"over", "under"} and _is_counted(item, facts)


def _is_counted(item: Item, facts: Facts) -> bool:
    """Say whether something declares the number that a text counts to."""
    if item.role == "one":
        return not _is_one_of_more(item, facts)
    of_product = stated_in(facts.products, facts.locale).get(Kind.NUMBER, ())
    if any(_is_quantity(item, quantity, facts.locale) for quantity in facts.quantities) or any(
        # Ten lessons of a ten-lesson course.
        one.value == item.value and counts_same(item.unit, one.unit)
        for one in of_product
    ):
        return True
    unit = "".join(item.unit[:1])
    if item.value == 1 and unit and says_one(unit, facts.statements, facts.locale):
        return True
    if item.extra == "year" and any(item.value == day.value.year for day in facts.days):
        return True
    priced = item.role in {"now", "was"} and not item.unit
    return priced and any(
        price.value == item.value and price.role in {item.role, ""} for price in facts.prices
    )


def _is_in_terms(item: Item, facts: Facts) -> bool:
    """Say whether a legal text has the number, of the same: four loaves each, at most."""
    stated = stated_in(facts.legal, facts.locale).get(Kind.NUMBER, ())
    if item.unit[:1] and item.unit[0] in lexicon("en").units.values():  # a three-piece suit
        stated = tuple(one for one in stated if one.unit[:1] == item.unit[:1])
    elif not item.unit:
        stated = tuple(one for one in stated if one.bound and one.bound == item.bound)
    return item.role != "one" and any(
        same_statement(item, one, facts) and (item.bound != "least" or one.bound == "least")
        for one in stated
    )


def _is_quantity(item: Item, quantity: Quantity, locale: str) -> bool:
    if quantity.value == item.value and counted(item.unit, quantity, locale):
        return True
    # The working days of a flight are a week, and no seven days.
    declared = "" if quantity.of_flight else unit_of(quantity.unit, locale)
    return same_length(item.value, "".join(item.unit[:1]), quantity.value, declared)


def _of_what(item: Item) -> tuple[str, ...]:
    """Return what a number counts that ends a phrase: a *crew* of four."""
    before = item.extra if isinstance(item.extra, tuple) else ()
    return (before[0],) if before[1:] and before[1] in OF else ()


def _is_one_of_more(item: Item, facts: Facts) -> bool:
    """Say whether a text has one of what a declared phrase has more of: one battery in the box."""
    said, numbers = sentence_of(item, facts.locale), lexicon(facts.locale).numbers
    alone = "".join(said.tokens[said.at + 2 : said.at + 3]) in _CLOSES
    for phrase in facts.statements:
        counted = [one for one in items(phrase, facts.locale) if one.kind is Kind.NUMBER]
        units = [one.unit or _of_what(one) for one in counted if one.value != 1]
        if not any(counts_same(item.unit[:1], unit) for unit in units):
            continue
        if said.at and said.tokens[said.at - 1] in OF:  # a crew of one
            return True
        words = [one for one in words_of_name(phrase, facts.locale) if not one.isdigit()]
        terms = [one for one in words if said.words.speaks(one) and one not in numbers]
        if all(among(word, said.tokens) for word in terms) and (alone or len(terms) > 1):
            return True
    return False


def _date(item: Item, facts: Facts) -> bool:
    """Say whether a date is declared, or is how long a thing takes by a phrase: in two days."""
    declared = is_declared_date(item, facts) or is_declared_occasion(item, facts)
    return declared or lasts_as_declared(item, facts)


def _percent(item: Item, facts: Facts) -> bool:
    known = lexicon(facts.locale).language in LISTED  # elsewhere no word says of what it is
    own = lexicon(facts.locale).has("".join(item.unit[:1]), "own_offer")  # the 20 per cent offer
    if known and not item.role and item.unit and not own and not is_product(item.unit, facts):
        return False
    if item.value is None:
        return False
    return any(_is_percentage(item, item.value, declared) for declared in facts.percentages)


def _is_percentage(item: Item, value: Decimal, declared: Percentage) -> bool:
    """Say whether a percentage is a declared one, in its part."""
    if item.role == "pay":
        return declared.role == "off" and declared.value + value == _WHOLE
    if item.role == "above":  # more than a third off, of 35 %
        return declared.role == "off" and 0 < declared.value - value <= _LITTLE
    if item.role == "bound" or abs(declared.value - value) >= _NEAR:
        return False
    return item.role in {"", declared.role} or (
        not declared.role and item.role in {"share", "more"}
    )


def _money(item: Item, facts: Facts) -> bool:
    roles = _PRICES.get(item.role, set())
    if (
        is_in_a_pack(item, facts)
        or (is_apiece(item, facts.locale) and are_packed(facts.statements, facts.locale))
        or priced_per(item, facts)
    ):
        return False
    period = period_of(item, facts.locale)
    if period and not is_of_period(period, facts.products, facts.locale):
        stated = stated_in(facts.statements, facts.locale).get(Kind.MONEY, ())
        if not any(
            one.value == item.value and period_of(one, facts.locale) == period for one in stated
        ):
            return False
    return any(
        price.value == item.value
        and price.role in roles
        and (not item.unit or not price.currency or price.currency in item.unit)
        for price in facts.prices
    )


def _time(item: Item, facts: Facts) -> bool:
    if not all(isinstance(one, int) for one in item.value):  # 24/7, 23 h/24, 7 days a week
        known = {(f"{len(facts.open_days)} days",), *([("always",)] if facts.always_open else [])}
        return item.value in known
    told = stated_in(facts.statements, facts.locale)
    lasts = [one.value for one in told.get(Kind.NUMBER, ()) if "hour" in one.unit]
    lasts += [one.extra for one in told.get(Kind.TIME, ()) if not (one.role or one.unit)]
    if lasts and item.extra is not None and not (item.role or item.unit):
        return item.extra in lasts  # nueve horas de mar, where a class takes two
    roles = {
        "opens": {"opens", "start", ""},
        "closes": {"closes", "end", ""},
    }.get(item.role, {"opens", "closes", "start", "end", ""})
    if facts.always_open and not item.role:  # at 3 in the morning, too
        return True
    years = {day.value.year for day in facts.days}
    closed = _WEEK - facts.open_days if facts.open_days else frozenset[int]()
    if any(
        clock.minutes in item.value
        and clock.role in roles
        and not (item.often and clock.role in {"start", "end"})  # Sundays until ten
        and is_open_day(item.unit, clock.days, closed, years)
        for clock in facts.clocks
    ):
        return True
    if item.extra is None:
        return False
    lengths = [(one.value, "".join(one.unit[:1])) for one in told.get(Kind.NUMBER, ())]
    lengths += [(one.value, unit_of(one.unit, facts.locale)) for one in facts.quantities]
    hours = Decimal(item.extra)
    lasting = item.extra in lasts or (item.often and is_open_for(hours, facts.clocks))
    return lasting or any(
        (hours == value and unit == "hour") or same_length(hours, "hour", value, unit)
        for value, unit in lengths
    )


def _phone(item: Item, facts: Facts) -> bool:
    return any(item.value in dialled(phone) for phone in facts.phones)


def _url(item: Item, facts: Facts) -> bool:
    return any(same_address(item.value, declared) for declared in facts.addresses)


def _offer(item: Item, facts: Facts) -> bool:
    if item.value[0] != "share":
        return False
    return any(one.role == "off" and one.value == item.value[1] for one in facts.percentages)


def _claim(item: Item, facts: Facts) -> bool:
    """Say whether a superlative is of somebody who is no place, or of a thing that is no product.

    *Grandma's favourite*, *the darkest night*.
    """
    if item.role == "property":
        return is_declared_property(item, facts)
    if isinstance(item.extra, tuple):
        return not any(named_among(word, product_words(facts)) for word in item.extra)
    return bool(item.extra) and not names_a_place(item.extra, facts)


_QUESTIONS: Mapping[Kind, Callable[[Item, Facts], bool]] = {
    Kind.NUMBER: _number,
    Kind.PERCENT: _percent,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.WEEKDAY: is_declared_weekday,
    Kind.TIME: _time,
    Kind.PHONE: _phone,
    Kind.URL: _url,
    Kind.OFFER: _offer,
    Kind.PLACE: is_declared_place,
    Kind.CLAIM: _claim,
    Kind.PRODUCT: is_declared_product,
}
