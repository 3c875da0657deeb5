"""Opening hours in words, in one line: "Mon–Fri 6:00 AM–8:00 PM, Sat–Sun closed"."""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping
from typing import Any

from babel.units import format_unit
from jinja2 import pass_context
from jinja2.exceptions import FilterArgumentError
from jinja2.runtime import Context

from storesync.render import values
from storesync.render.filters import DAYS, day_name, language, write_time
from storesync.render.locales import parse_locale

# CLDR has no word for this one; a template's own `t.closed` goes first.
_CLOSED = {
    "ar": "مغلق",
    "cs": "zavřeno",
    "da": "lukket",
    "de": "geschlossen",
    "el": "κλειστά",
    "en": "closed",
    "es": "cerrado",
    "fi": "suljettu",
    "fr": "fermé",
    "he": "סגור",
    "hu": "zárva",
    "id": "tutup",
    "it": "chiuso",
    "ja": "定休日",
    "ko": "휴무",
    "nb": "stengt",
    "nl": "gesloten",
    "pl": "nieczynne",
    "pt": "fechado",
    "ro": "închis",
    "ru": "закрыто",
    "sv": "stängt",
    "th": "ปิด",
    "tr": "kapalı",  # noqa: RUF001 - Turkish has this letter
    "uk": "зачинено",
    "vi": "đóng cửa",
    "zh": "休息",
}


# Lines written before, by the hours (as bytes, which is the fastest way to compare them).
_LINES: dict[tuple[bytes, str, str], str] = {}
_CACHED = 2048


@pass_context
def hours(
    context: Context, value: object, locale: str | None = None, closed: str | None = None
) -> str:
    """Write the weekly part of `location.hours`, equal days together, Monday first.

    `closed` is the word for a day without hours; else `t.closed`, else a small table's.
    """
    weekly: Any = values.given(value, "hours")
    if isinstance(weekly, Mapping):
        weekly = weekly.get("weekly")
    tag = language(context, locale)
    if closed is None:
        texts = context.resolve("t")
        word = texts.get("closed") if isinstance(texts, Mapping) and locale is None else None
        closed = word if isinstance(word, str) else _closed(tag)
    try:
        frozen = marshal.dumps(weekly)
    except ValueError:
        raise FilterArgumentError("hours: give it location.hours") from None
    if len(frozen) > 4_000:
        raise FilterArgumentError("hours: there are too many to write on a line")
    key = (frozen, tag, str(closed)[:40])
    if key not in _LINES:
        if len(_LINES) >= _CACHED:
            _LINES.clear()
        _LINES[key] = _line(weekly, tag, key[2])
    return _LINES[key]


def _closed(tag: str) -> str:
    return _CLOSED.get(tag.split("-", maxsplit=1)[0], _CLOSED["en"])


def _line(weekly: object, tag: str, closed: str) -> str:
    week = _week(weekly)
    comma = "、" if tag.startswith(("ja", "zh")) else ", "
    return comma.join(
        f"{_days(first, last, tag)} {_ranges(ranges, tag) or closed}"
        for first, last, ranges in _runs(week)
    )


def _week(weekly: Any) -> list[tuple[tuple[str, str], ...]]:
    week: list[tuple[tuple[str, str], ...]] = [()] * 7
    try:
        for group in weekly:
            ranges = tuple((str(start), str(end)) for start, end in group["ranges"])
            for day in group["days"]:
                week[DAYS.index(day)] = ranges
    except (TypeError, ValueError, LookupError):
        raise FilterArgumentError("hours: give it location.hours") from None
    return week


def _runs(
    week: list[tuple[tuple[str, str], ...]],
) -> Iterator[tuple[int, int, tuple[tuple[str, str], ...]]]:
    first = 0
    for day in range(1, 8):
        if day == 7 or week[day] != week[first]:
            yield first, day - 1, week[first]
            first = day


def _days(first: int, last: int, tag: str) -> str:
    name = day_name(first, "abbreviated", tag)
    return name if first == last else _span(name, day_name(last, "abbreviated", tag), tag)


def _ranges(ranges: tuple[tuple[str, str], ...], tag: str) -> str:
    return " · ".join(_range(start, end, tag) for start, end in ranges)


def _range(start: str, end: str, tag: str) -> str:
    if start == "00:00" and end in {"24:00", "00:00"}:
        return str(format_unit(24, "hour", "short", locale=parse_locale(tag)))
    times = [write_time(clock, "short", tag) for clock in (start, end)]
    return _span(times[0], times[1], tag)


def _span(start: str, end: str, tag: str) -> str:
    # The language's sign for "to" without the spaces that some put around it.
    pattern = str(parse_locale(tag).interval_formats.get(None, "{0}–{1}"))
    return "".join(pattern.split()).replace("{0}", start).replace("{1}", end)
