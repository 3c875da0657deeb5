"""Days of a table: text in a stated form -> dates."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import cache

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ][0-9:.]+)?")
_CLOCK = re.compile(r"(.+?)[T ]+([0-9]{1,2}):([0-9]{2})(?::00(?:\.0+)?)?")
_TOKENS = {"YYYY": r"(?P<y>[0-9]{4})", "MM": r"(?P<m>[0-9]{1,2})", "DD": r"(?P<d>[0-9]{1,2})"}


def read_day(text: str, form: str) -> date | None:
    """Return a day written as ISO 8601 or in `form` (such as DD.MM.YYYY), None for anything else.

    A time of day, which spreadsheets add, is left out. Raises ValueError for an unusable form.
    """
    iso = _ISO.fullmatch(text)
    match = None if iso else _pattern(form).fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        return date(int(match["y"]), int(match["m"]), int(match["d"])) if match else None
    except ValueError:
        return None


def read_moment(text: str, form: str) -> date | datetime | None:
    """Return a day as `read_day` does, or a time of a day in hours and minutes, None for others.

    Midnight, which spreadsheets add to a day behind a blank, is no time; behind a T it is one.
    """
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None if ":" in text else read_day(text, form)
    day, hour, minute = read_day(found[1], form), int(found[2]), int(found[3])
    if day is None or hour > 23 or minute > 59:
        return None
    return datetime.combine(day, time(hour, minute)) if hour or minute or "T" in text else day


def check_form(form: str) -> str:
    """Return a form of dates unchanged. Raises ValueError that says what to write."""
    _pattern(form)
    return form


@cache
def _pattern(form: str) -> re.Pattern[str]:
    parts = re.split(r"(YYYY|MM|DD)", form)
    if sorted(parts[1::2]) != ["DD", "MM", "YYYY"]:
        message = "write how days look with DD, MM and YYYY, each once: DD.MM.YYYY, MM/DD/YYYY"
        raise ValueError(message)
    return re.compile("".join(_TOKENS.get(part, re.escape(part)) for part in parts))
