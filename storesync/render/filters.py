"""Filters that write values as a location's customers do: money, dates, times, phone numbers.

Each takes the language from the context, or as `locale=`; each is a pure function of its
arguments behind a cache, since thousands of locations share few languages and values. Locale
data is Babel's (CLDR).
"""

from __future__ import annotations

import re
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


def _key(value: object, what: str) -> Any:
    """Return a value as a cache can hold it: plain, and short. Raises FilterArgumentError."""
    kind = type(value)
    if kind in _PLAIN or (kind is str and len(str(value)) <= _LONGEST):
        return value
    if isinstance(values.given(value, what), str) and len(str(value)) <= _LONGEST:
        return str(value)
    raise FilterArgumentError(f"{what} cannot read {values.shown(value)}")


def language(context: Context, locale: object) -> str:
    """Return the language to write in: the one given, or the context's."""
    tag = context.resolve("locale") if locale is None else locale
    if not isinstance(tag, str) or len(tag) > 20:
        raise FilterArgumentError(f"{values.shown(tag)} is not a language tag such as fr-CA")
    return tag


@pass_context
def money(
    context: Context, value: object, currency: str | None = None, locale: str | None = None
) -> str:
    """Write an amount in a currency (ISO 4217 code), the location's own where none is given."""
    code = values.given(context.resolve("currency") if currency is None else currency, "money")
    if not isinstance(code, str) or not (len(code) == 3 and code.isascii() and code.isupper()):
        raise FilterArgumentError(f"money: {values.shown(code)} is not a currency code such as EUR")
    return _money(_key(value, "money"), code, language(context, locale))


@lru_cache(maxsize=_CACHED, typed=True)
def _money(value: object, currency: str, locale: str) -> str:
    # Half a cent goes up, as at a till; Babel alone would round it to the even neighbour.
    places = Decimal(1).scaleb(-get_currency_precision(currency))
    amount = values.number(value, "money").quantize(places, rounding=ROUND_HALF_UP)
    return str(format_currency(amount, currency, locale=parse_locale(locale)))


@pass_context
def number(context: Context, value: object, locale: str | None = None) -> str:
    """Write a number with the language's separators and up to three decimals."""
    return _number(_key(value, "number"), language(context, locale))


@lru_cache(maxsize=_CACHED, typed=True)
def _number(value: object, locale: str) -> str:
    return str(format_decimal(values.number(value, "number"), locale=parse_locale(locale)))


@pass_context
def percent(context: Context, value: object, locale: str | None = None) -> str:
    """Write 20 as "20%", or as the language does."""
    return _percent(_key(value, "percent"), language(context, locale))


@lru_cache(maxsize=_CACHED, typed=True)
def _percent(value: object, locale: str) -> str:
    plain = values.number(value, "percent").normalize() / 100
    return str(format_percent(plain, locale=parse_locale(locale), decimal_quantization=False))


@pass_context
def date_(context: Context, value: object, style: str = "medium", locale: str | None = None) -> str:
    """Write a date: short, medium, long, full, or by its parts such as day_month."""
    _check_style(style, "date", _DATE_STYLES)
    return _date(_key(value, "date"), style, language(context, locale))


@lru_cache(maxsize=_CACHED, typed=True)
def _date(value: object, style: str, locale: str) -> str:
    day = values.day(value, "date")
    if style in _STYLES:
        return str(format_date(day, style, parse_locale(locale)))
    return str(format_date(day, _pattern(_SKELETONS[style], locale), parse_locale(locale)))


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
    _check_style(style, "time", _STYLES[:2])
    return write_time(_key(value, "time"), style, language(context, locale))


@lru_cache(maxsize=_CACHED, typed=True)
def write_time(value: object, style: str, locale: str) -> str:
    """Write a time of day in a language."""
    return str(format_time(values.clock(value, "time"), style, locale=parse_locale(locale)))


@pass_context
def datetime_(
    context: Context, value: object, style: str = "medium", locale: str | None = None
) -> str:
    """Write a local time: the date short, medium, long or full, the time without its zone."""
    _check_style(style, "datetime", _STYLES)
    return _moment(_key(value, "datetime"), style, language(context, locale))


@lru_cache(maxsize=_CACHED, typed=True)
def _moment(value: object, style: str, locale: str) -> str:
    pattern = str(parse_locale(locale).datetime_formats[style]).replace("'", "")
    written = pattern.replace("{1}", _date(value, style, locale))
    return written.replace("{0}", write_time(value, "short", locale))


@pass_context
def weekday(
    context: Context, value: object, style: DayStyle = "wide", locale: str | None = None
) -> str:
    """Write the day of the week of a date, or of a day's key such as mon; wide or abbreviated."""
    _check_style(style, "weekday", _DAY_STYLES)
    return _weekday(_key(value, "weekday"), style, language(context, locale))


@lru_cache(maxsize=_CACHED, typed=True)
def _weekday(value: object, style: DayStyle, locale: str) -> str:
    index = DAYS.index(value) if value in DAYS else values.day(value, "weekday").weekday()
    return day_name(index, style, locale)


@lru_cache(maxsize=512)
def day_name(index: int, style: DayStyle, locale: str) -> str:
    """Write the name of a day, 0 for Monday, as it stands by itself."""
    names = get_day_names(style, "stand-alone", parse_locale(locale))
    return str(names[index])
