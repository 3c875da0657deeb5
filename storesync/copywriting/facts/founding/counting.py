"""Whether two numbers count the same thing: hours and hour, sizes and size."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from storesync.copywriting.facts.declared.gather import Quantity
from storesync.copywriting.facts.founding.masks import plain
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.reach import alike
from storesync.copywriting.facts.reading.surroundings import PERIODS

PER = frozenset({"per", "pro", "par", "por"})
_SETTLED = frozenset({"is", "are", "was", "were", "can", "will", "have", "has"})

_LENGTHS = {
    "minute": ("minute", 1),
    "hour": ("minute", 60),
    "day": ("minute", 1440),
    "week": ("minute", 10080),
    "month": ("month", 1),
    "year": ("month", 12),
}


def same_length(value: Decimal | None, unit: str, other: Decimal | None, declared: str) -> bool:
    """Say whether two lengths of time in different units are one: an hour, sixty minutes."""
    if value is None or other is None or not {unit, declared} <= _LENGTHS.keys():
        return False
    (family, size), (of, times) = _LENGTHS[unit], _LENGTHS[declared]
    return unit != declared and family == of and value * size == other * times


def says_one(unit: str, phrases: Iterable[str], locale: str) -> bool:
    """Say whether a phrase has one of a unit that it does not count: classes of *an hour*.

    Three classes *a week* are how often.
    """
    words = lexicon(locale)
    ones = {"a", "an", *words.listed("plain")}
    small = {"", "of", "lasts", *words.listed("function"), *words.listed("links")}
    for phrase in phrases:
        said = ["", *plain(phrase, locale).split()]
        for before, one, word in zip(said, said[1:], said[2:], strict=False):
            if one in ones and before in small and words.units.get(word) == unit:
                return True
    return False


def counts_same(units: tuple[str, ...], declared: tuple[str, ...]) -> bool:
    """Say whether two numbers count the same; three times a day is not three times a week."""
    if not units or not declared:
        return not units and not declared
    often, often_declared = PERIODS.intersection(units), PERIODS.intersection(declared)
    if often and often_declared and often != often_declared:
        return False
    if units[0] == "time" and often:  # twice a year, of two concerts a year
        return often == often_declared and declared[0] not in PERIODS
    if units[0] in PER:  # two per household, of two dogs per household
        return any(units[:2] == beside for beside in pairwise(declared))
    # Two free apples are two apples.
    named = [one for one in declared if one and one not in PERIODS]
    # Of five loaves a week none are weeks.
    things = [unit for unit in units[:2] if unit == units[0] or unit not in PERIODS]
    return any(alike(unit, declared[0]) for unit in things) or (
        bool(named) and alike(units[0], named[-1])
    )


def counted(units: tuple[str, ...], quantity: Quantity, locale: str) -> bool:
    """Say whether the words behind a number name what a declared quantity counts.

    Where no unit is declared, the variable's name and description tell. They are in one language;
    in copy of another any noun will do that is no measure, as are hours and people.
    """
    if quantity.unit:
        return counts_same(units, (unit_of(quantity.unit, locale),))
    named = [unit_of(word, locale) for word in quantity.named]
    if not units or any(alike(unit, name) for unit in units for name in named):
        return True
    words = lexicon(locale)
    if units[0] in words.units.values():
        return False
    if words.language != "en":
        return True
    idle = {*words.listed("function"), *words.listed("links")}
    return units[0] in _SETTLED or all(unit in idle for unit in units)


def unit_of(unit: str, locale: str) -> str:
    """Return a unit in one form for all languages: Stunden is hour."""
    low = plain(unit, locale)
    return lexicon(locale).units.get(low) or lexicon("en").units.get(low) or low
