"""Filters that write values as a location's customers do: money, dates, times, phone numbers.

Each takes the language from the context, or as `locale=`; each is a pure function of its
arguments behind a cache, since thousands of locations share few languages and values. Checks are
behind the cache too: what they refuse is in none. Locale data is Babel's (CLDR).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Literal, get_args

from babel.dates import format_date, format_time, get_day_names, match_skeleton
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_precision
from jinja2 import pass_context
from jinja2.exceptions import FilterArgumentError
from jinja2.runtime import Context

from storesync.diagnostics import did_you_mean
from storesync.render import values
from storesync.render.locales import parse_locale

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Names for what Babel calls styles and, after them, skeletons (CLDR "availableFormats").
_STYLES = ("short", "medium", "long", "full")
_SKELETONS = {
    "day_month": "MMMMd",
    "short_day_month": "MMMd",
    "weekday_day_month": "MMMMEEEEd",
    "month": "LLLL",
    "month_year": "yMMMM",
}
_DATE_STYLES = (*_STYLES, *_SKELETONS)
DayStyle = Literal["wide", "abbreviated", "short", "narrow"]
_DAY_STYLES = get_args(DayStyle)
_CACHED = 4096
_LONGEST = 40
_PLAIN = frozenset({int, float, Decimal})


def remembered(function: Callable[..., str]) -> Callable[..., str]:
    """Put a cache before a function; what cannot be a key is left to the function to refuse."""
    cached = lru_cache(maxsize=_CACHED, typed=True)(function)

    def remember(*args: object) -> str:
        try:
            return cached(*args)
        except TypeError:
            return function(*args)

    return remember


def _plain(value: object, what: str) -> Any:
    """Return a value as it may be written: plain, and short. Raises FilterArgumentError."""
    kind = type(value)
    if kind in _PLAIN or (kind is str and len(str(value)) <= _LONGEST):
        return value
    if isinstance(values.given(value, what), str) and len(str(value)) <= _LONGEST:
        return str(value)
    raise FilterArgumentError(f"{what} cannot read {values.shown(value)}")


def language(context: Context, locale: object) -> str:
    """Return the language to write in: the one given, or the context's."""
    return _tag(context.resolve_or_missing("locale") if locale is None else locale)


def _tag(tag: object) -> str:
    if not isinstance(tag, str) or len(tag) > 20:
        raise FilterArgumentError(f"{values.shown(tag)} is not a language tag such as fr-CA")
    return tag


@pass_context
def money(
    context: Context, value: object, currency: str | None = None, locale: str | None = None
) -> str:
    """Write an amount in a currency (ISO 4217 code), the location's own where none is given."""
    code = context.resolve("currency") if currency is None else currency
    return write_money(
        value, code, context.resolve_or_missing("locale") if locale is None else locale
    )


@remembered
def write_money(value: object, currency: object, locale: object) -> str:
    """Write an amount in a currency and a language."""
    code = values.given(currency, "money")
    if not isinstance(code, str) or not (len(code) == 3 and code.isascii() and code.isupper()):
        raise FilterArgumentError(f"money: {values.shown(code)} is not a currency code such as EUR")
    plain = _plain(value, "money")
    # Half a cent goes up, as at a till; Babel alone would round it to the even neighbour.
    places = Decimal(1).scaleb(-get_currency_precision(code))
    amount = values.number(plain, "money").quantize(places, rounding=ROUND_HALF_UP)
    return str(format_currency(amount, code, locale=parse_locale(_tag(locale))))


@pass_context
def number(context: Context, value: object, locale: str | None = None) -> str:
    """Write a number with the language's separators and up to three decimals."""
    return write_number(value, context.resolve_or_missing("locale") if locale is None else locale)


@remembered
def write_number(value: object, locale: object) -> str:
    """Write a number in a language."""
    plain = values.number(_plain(value, "number"), "number")
    return str(format_decimal(plain, locale=parse_locale(_tag(locale))))


@pass_context
def percent(context: Context, value: object, locale: str | None = None) -> str:
    """Write 20 as "20%", or as the language does."""
    return write_percent(value, context.resolve_or_missing("locale") if locale is None else locale)


@remembered
def write_percent(value: object, locale: object) -> str:
    """Write 20 as a language writes 20%."""
    plain = values.number(_plain(value, "percent"), "percent").normalize() / 100
    return str(format_percent(plain, locale=parse_locale(_tag(locale)), decimal_quantization=False))


@pass_context
def date_(context: Context, value: object, style: str = "medium", locale: str | None = None) -> str:
    """Write a date: short, medium, long, full, or by its parts such as day_month."""
    return write_date(
        value, style, context.resolve_or_missing("locale") if locale is None else locale
    )


@remembered
def write_date(value: object, style: str, locale: object) -> str:
    """Write a date in a language, in one of the styles."""
    _check_style(style, "date", _DATE_STYLES)
    day, tag = values.day(_plain(value, "date"), "date"), _tag(locale)
    pattern = style if style in _STYLES else _pattern(_SKELETONS[style], tag)
    return str(format_date(day, pattern, parse_locale(tag)))


@lru_cache(maxsize=512)
def _pattern(skeleton: str, locale: str) -> str:
    """Return a language's pattern for some parts of a date, its names as long as asked for.

    Where a language has no pattern of that very length, the nearest one's names are widened
    (UTS #35, "Matching Skeletons").
    """
    if skeleton == "LLLL":  # a month by itself is a pattern of its own
        return skeleton
    known = parse_locale(locale).datetime_skeletons
    nearest = skeleton if skeleton in known else match_skeleton(skeleton, known)
    pattern = str(known[nearest or "yMMMd"].pattern)
    if "MMMM" in skeleton:
        pattern = re.sub(r"(?<!M)MMM(?!M)", "MMMM", pattern)
    return re.sub(r"(?<!E)E{1,3}(?!E)", "EEEE", pattern) if "EEEE" in skeleton else pattern


def _check_style(style: object, what: str, known: tuple[str, ...]) -> None:
    if not isinstance(style, str) or style not in known:
        hint = did_you_mean(str(style)[:40], known) or f"use one of {', '.join(known)}"
        raise FilterArgumentError(f"{what}: there is no style {values.shown(style)}; {hint}")


@pass_context
def time_(context: Context, value: object, style: str = "short", locale: str | None = None) -> str:
    """Write a time of day: short or medium (with seconds)."""
    return write_time(
        value, style, context.resolve_or_missing("locale") if locale is None else locale
    )


@remembered
def write_time(value: object, style: str, locale: object) -> str:
    """Write a time of day in a language."""
    _check_style(style, "time", _STYLES[:2])
    clock = values.clock(_plain(value, "time"), "time")
    return str(format_time(clock, style, locale=parse_locale(_tag(locale))))


@pass_context
def datetime_(
    context: Context, value: object, style: str = "medium", locale: str | None = None
) -> str:
    """Write a local time: the date short, medium, long or full, the time without its zone."""
    return _moment(value, style, context.resolve_or_missing("locale") if locale is None else locale)


@remembered
def _moment(value: object, style: str, locale: object) -> str:
    _check_style(style, "datetime", _STYLES)
    plain, tag = _plain(value, "datetime"), _tag(locale)
    pattern = str(parse_locale(tag).datetime_formats[style]).replace("'", "")
    written = pattern.replace("{1}", write_date(plain, style, tag))
    return written.replace("{0}", write_time(plain, "short", tag))


@pass_context
def weekday(
    context: Context, value: object, style: DayStyle = "wide", locale: str | None = None
) -> str:
    """Write the day of the week of a date, or of a day's key such as mon; wide or abbreviated."""
    return _weekday(
        value, style, context.resolve_or_missing("locale") if locale is None else locale
    )


@remembered
def _weekday(value: object, style: DayStyle, locale: object) -> str:
    _check_style(style, "weekday", _DAY_STYLES)
    plain = _plain(value, "weekday")
    index = DAYS.index(plain) if plain in DAYS else values.day(plain, "weekday").weekday()
    return day_name(index, style, _tag(locale))


@lru_cache(maxsize=512)
def day_name(index: int, style: DayStyle, locale: str) -> str:
    """Write the name of a day, 0 for Monday, as it stands by itself."""
    names = get_day_names(style, "stand-alone", parse_locale(locale))
    return str(names[index])
