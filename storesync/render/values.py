"""Reading the plain values of a context: numbers, dates and times as templates get them."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

from jinja2.exceptions import FilterArgumentError
from jinja2.runtime import Undefined

from storesync.diagnostics import printable

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?\Z")
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?\Z")
LARGEST = 10**15


def shown(value: object) -> str:
    """Return a short, safe form of a value for a message."""
    return f'"{printable(str(value)[:60], limit=40)}"'


def given(value: object, what: str) -> object:
    """Return `value`, or say that it is missing or empty."""
    if isinstance(value, Undefined):
        str(value)  # a strict undefined value says by itself what is missing
    if value is None or value == "":
        raise FilterArgumentError(f"{what}: the value is empty; test it with {{% if %}} first")
    return value


def number(value: object, what: str) -> Decimal:
    """Read a number of at most 15 digits before and after the point, exactly.

    Raises FilterArgumentError, which the engine reports with the template's line.
    """
    value = given(value, what)
    if isinstance(value, str) and _NUMBER.match(value):
        return Decimal(value)
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if exact.is_finite() and abs(exact) <= LARGEST:
            return exact if exact.adjusted() > -20 else Decimal(0)
    raise FilterArgumentError(f"{what}: {shown(value)} is not a number of up to 15 digits")


def day(value: object, what: str) -> date:
    """Read a date (`2026-12-01`) or the date of a local time. Raises FilterArgumentError."""
    value = given(value, what)
    if isinstance(value, str) and (_DAY.match(value) or _MOMENT.match(value)):
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            pass
    raise FilterArgumentError(f"{what}: {shown(value)} is not a date such as 2026-12-01")


def clock(value: object, what: str) -> time:
    """Read a time of day (`07:00`, or the one of a local time). Raises FilterArgumentError."""
    value = given(value, what)
    if isinstance(value, str) and (_CLOCK.match(value) or _MOMENT.match(value)):
        text = value[11:] if len(value) > 8 else value
        try:
            return time(0) if text == "24:00" else time.fromisoformat(text)
        except ValueError:
            pass
    raise FilterArgumentError(f"{what}: {shown(value)} is not a time such as 07:00")
