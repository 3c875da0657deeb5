"""Opening hours in one cell, both ways: "mon-fri: 06:00-20:00; sat-sun: closed"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from storesync.model.hours import parse_hours

_SEASON = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}\.\.[0-9]{4}-[0-9]{2}-[0-9]{2})\s*:\s*\{([^{}]*)\}"
)
_ENTRY = re.compile(r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2}|[a-zA-Z][a-zA-Z, -]*?)\s*:\s*(.+?)\s*")
_RANGE = re.compile(
    r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?\s*([ap])?\.?m?\.?\s*(?:-|–|to|bis)\s*"
    r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?\s*([ap])?\.?m?\.?",
    re.IGNORECASE,
)
_CLOSED = frozenset({"closed", "-", "geschlossen", "fermé", "cerrado"})


def write_hours(hours: Mapping[str, Any]) -> str:
    """Return a location's hours as the text of one cell, the week first; see `read_hours`."""
    parts = []
    for key, value in sorted(hours.items(), key=lambda entry: not entry[0][:1].isalpha()):
        if isinstance(value, Mapping):
            inner = "; ".join(f"{day}: {each}" for day, each in value.items())
            parts.append(f"{key}: {{{inner}}}")
        else:
            parts.append(f"{key}: {value}")
    return "; ".join(parts)


def read_hours(text: str) -> dict[str, Any] | None:
    """Return hours as a location file has them, None for text that does not say them clearly."""
    hours: dict[str, Any] = {}
    for match in _SEASON.finditer(text):
        season = _entries(match[2])
        if season is None:
            return None
        hours[match[1]] = season
    rest = _entries(_SEASON.sub("", text))
    if rest is None:
        return None
    hours = {**rest, **hours}
    return hours if hours and _are_sound(hours) else None


def read_day_hours(text: str) -> str | None:
    """Return a day's hours such as 06:00-20:00 or closed, from "6am-8 pm" too; None if unclear."""
    if text.casefold() in _CLOSED:
        return "closed"
    ranges = []
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            return None
        start, end = _clock(match[1], match[2], match[3]), _clock(match[4], match[5], match[6])
        if start is None or end is None:
            return None
        ranges.append(f"{start}-{end}")
    return ", ".join(ranges) if _are_sound({"mon": ", ".join(ranges)}) else None


def _are_sound(hours: Mapping[str, Any]) -> bool:
    try:
        parse_hours(hours)
    except ValueError:
        return False
    return True


def _entries(text: str) -> dict[str, str] | None:
    entries: dict[str, str] = {}
    for part in text.split(";"):
        if not part.strip():
            continue
        match = _ENTRY.fullmatch(part)
        value = read_day_hours(match[2]) if match else None
        if match is None or value is None:
            return None
        entries[match[1].casefold()] = value
    return entries


def _clock(hour: str, minute: str | None, half: str | None) -> str | None:
    number = int(hour)
    if half:
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half.casefold() == "p" else 0)
    text = f"{number:02d}:{minute or '00'}"
    return text if text <= "24:00" and (minute or "00") < "60" else None
