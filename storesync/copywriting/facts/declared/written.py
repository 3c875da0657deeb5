"""Declared facts as a language writes them (CLDR), for languages without lists of their own.

There, no words say what role a date or a price has; what CLDR writes for a declared fact is let
through as a whole, and all else is read digit by digit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_currency, format_percent

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.language.word_lists import has_list, known_locale

_STYLES = ("short", "medium", "long", "full")
_SKELETONS = ("MMMMd", "MMMd", "MMMMEEEEd", "yMMMMd")


def written(facts: Facts, locale: str) -> Iterator[str]:
    """Yield declared days, times, percentages and prices as a language writes them."""
    if has_list(locale):
        return
    for day in facts.days:
        yield from _days(day.value, locale)
    for clock in facts.clocks:
        yield _time(clock.minutes, locale)
    for one in facts.percentages:
        yield _percent(one.value, locale)
    for price in facts.prices:
        if price.currency:
            yield from _money(price.value, price.currency, locale)


@lru_cache(maxsize=2048)
def _days(day: date, locale: str) -> tuple[str, ...]:
    known = known_locale(locale)
    whole = [format_date(day, style, known) for style in _STYLES]
    parts = [
        format_skeleton(skeleton, day, locale=known)
        for skeleton in _SKELETONS
        if skeleton in known.datetime_skeletons
    ]
    return tuple(whole + parts)


@lru_cache(maxsize=2048)
def _time(minutes: int, locale: str) -> str:
    return str(format_time(time(*divmod(minutes, 60)), "short", locale=known_locale(locale)))


@lru_cache(maxsize=2048)
def _percent(value: Decimal, locale: str) -> str:
    known = known_locale(locale)
    return str(format_percent(value / 100, locale=known, decimal_quantization=False))


@lru_cache(maxsize=2048)
def _money(value: Decimal, currency: str, locale: str) -> tuple[str, ...]:
    known = known_locale(locale)
    return (
        format_currency(value, currency, locale=known),
        format_currency(value, currency, locale=known, currency_digits=False),
    )
