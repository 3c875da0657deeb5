"""Whether an occasion is the offer's: a holiday near its days, a season that it lasts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.founding.masks import words_of_name
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.word_lists import known_locale

_BEFORE, _BEFORE_CHRISTMAS, _OF_TRADE, _AFTER = 30, 60, 3, 3  # days
_WEEKEND, _LONGEST_WEEKEND, _MOST_OF_A_SEASON = {5, 6}, 5, 60  # days of the week, days
_NTH = re.compile(r"(\d\d)\.([a-z]{3})(-?\d)([+-]\d+)?")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEK, _MONTHS, _HALF_A_YEAR, _LONGEST = 7, 12, 6, 400
_FIRST_MONTH = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_SOUTHERN = frozenset({"AR", "AU", "BO", "BR", "CL", "NZ", "PE", "PY", "UY", "ZA"})


def is_declared_occasion(item: Item, facts: Facts) -> bool:
    """Say whether a declared text names an occasion, or the days of the offer agree with it."""
    if item.role != "relative" or not item.extra:
        return False
    return _is_named(item, facts) or any(_is_of_the_days(one, facts) for one in _rules(item, facts))


def _rules(item: Item, facts: Facts) -> list[str]:
    """Return when an occasion is where the shop is: GB,IE=e-21 is for two countries alone."""
    if item.extra[0] == "in":  # a season
        return [" ".join(item.extra)]
    here = _territory(facts)
    told = [one.rpartition("=") for one in item.extra]
    own = [rule for countries, _, rule in told if here in countries.split(",")]
    return own or [rule for countries, _, rule in told if not countries]


def _territory(facts: Facts) -> str:
    return facts.country or known_locale(facts.locale).territory or ""


def _is_named(item: Item, facts: Facts) -> bool:
    said = " ".join(word for word in item.value if word not in {"'", "-"})
    declared = (*facts.names, *facts.products, *facts.statements, *facts.legal, *facts.claims)
    return any(f" {said} " in f" {' '.join(words_of_name(one, facts.locale))} " for one in declared)


def _is_of_the_days(rule: str, facts: Facts) -> bool:
    flight = {day.role: day.value for day in facts.days if day.role}
    if len(flight) != 2:
        return False
    first, last = flight["start"], flight["end"]
    days = [first + timedelta(days=at) for at in range(min((last - first).days + 1, _LONGEST))]
    if rule == "weekend":
        short = len(days) <= _LONGEST_WEEKEND
        return short and {day.weekday() for day in days} >= _WEEKEND
    within, _, season = rule.rpartition(" ")
    if season in _FIRST_MONTH:
        inside = [day for day in days if _is_in(day, season, facts)]
        return len(inside) == len(days) if within else len(inside) >= _MOST_OF_A_SEASON
    return rule != "season" and any(
        first - timedelta(days=_AFTER) <= day <= last + timedelta(days=_ahead(rule))
        for year in range(first.year - 1, last.year + 2)
        for day in _day(rule, year)
    )


def _ahead(rule: str) -> int:
    """Return how many days before a holiday an offer for it may end."""
    if rule.endswith("!"):
        return _OF_TRADE
    return _BEFORE_CHRISTMAS if rule == "12-25" else _BEFORE


def _is_in(day: date, season: str, facts: Facts) -> bool:
    """Say whether a day lies in a season, which people let begin and end with months or later."""
    months = _HALF_A_YEAR * (_territory(facts) in _SOUTHERN)
    begins = _FIRST_MONTH[season] + months
    return (day.month - begins) % _MONTHS <= 3  # to the equinox of its last month


def _day(rule: str, year: int) -> Iterator[date]:
    """Yield the day of a holiday in a year, if it has it: 12-25, 05.sun2, 11.thu4+1, e-47."""
    plain = rule.rstrip("!")
    if plain.startswith("e"):
        yield easter(year) + timedelta(days=int(plain[1:]))
        return
    told = _NTH.fullmatch(plain)
    if told:
        yield _nth(year, int(told[1]), _DAYS.index(told[2]), int(told[3])) + timedelta(
            days=int(told[4] or 0)
        )
        return
    month, _, day = plain.partition("-")
    try:
        yield date(year, int(month), int(day))
    except ValueError:
        return


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the nth such day of the week of a month; of -1, the last one."""
    if nth < 0:
        following = date(year + month // _MONTHS, month % _MONTHS + 1, 1) - timedelta(days=1)
        return following - timedelta(days=(following.weekday() - weekday) % _WEEK)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % _WEEK + _WEEK * (nth - 1))


def easter(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar, by Gauss and Butcher."""
    century, rest = divmod(year, 100)
    golden = year % 19
    shift = (century + 8) // 25
    epact = (19 * golden + century - century // 4 - (century - shift + 1) // 3 + 15) % 30
    days = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * days) // 451
    month, day = divmod(epact + days - 7 * late + 114, 31)
    return date(year, month, day + 1)
