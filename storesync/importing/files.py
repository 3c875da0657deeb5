"""A location file's data and its text: nested values, and how they are compared and written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from storesync.importing.existing import Stored
from storesync.importing.fields import At
from storesync.importing.hours_cell import write_hours
from storesync.importing.words import clean
from storesync.model.hours import parse_hours
from storesync.model.location import LocationFile
from storesync.source import edit, emit
from storesync.source.scalar import Plain

ORDER = tuple(LocationFile.model_fields)
_DAYS = ("opens_on", "closed_until", "closes_on")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def nested(values: Mapping[At, Any]) -> dict[str, Any]:
    """Return values by place as the data of a file."""
    data: dict[str, Any] = {}
    for at, value in values.items():
        holder = data
        for part in at[:-1]:
            holder = holder.setdefault(part, {})
        holder[at[-1]] = value
    return data


def value_at(data: Mapping[str, Any], at: At) -> Any:
    """Return what stands at a place, None for nothing."""
    value: Any = data
    for part in at:
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return value


def with_values(data: Mapping[str, Any], values: Mapping[At, Any]) -> dict[str, Any]:
    """Return a copy of `data` with other values at some places."""
    changed = dict(data)
    for at, value in values.items():
        holder = changed
        for part in at[:-1]:
            inner = holder.get(part)
            holder[part] = dict(inner) if isinstance(inner, Mapping) else {}
            holder = holder[part]
        holder[at[-1]] = value
    return changed


def says(data: Mapping[str, Any], at: At, cell: str) -> bool:
    """Say whether a file's data has at a place what a cell says, word for word."""
    current = value_at(data, at)
    return current is not None and clean(as_cell(current)) == clean(cell)


def same(current: object, value: Any, raw: str = "") -> bool:
    """Say whether a file says already what a cell says; `raw` is the cell's own words."""
    if current is None:
        return not value
    if raw and clean(as_cell(current)) == clean(raw):  # as `says`
        return True
    if isinstance(value, Plain):
        return _number(current) == _number(value)
    if isinstance(value, dict):
        return bool(_hours(current) == _hours(value))
    if isinstance(value, list):
        return isinstance(current, list) and bool(current == value)
    return str(current) == str(value)


def as_cell(value: Any) -> str:
    """Return a file's value as the text of one cell."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    if isinstance(value, Mapping):
        return write_hours(value)
    return str(value)


def new_text(data: Mapping[str, Any], path: str, *, modeline: bool) -> str:
    """Return the text of a new file; a modeline names its schema to editors."""
    comment = emit.modeline(path, "location") if modeline else ""
    return emit.dump(_writable(data), order=ORDER, comment=comment)


def changed_text(stored: Stored, values: Mapping[At, Any]) -> str:
    """Return the text of a file with other values; what a person wrote stays as it stands.

    A file that stands as this tool writes it is written whole, which is fifty times faster and
    gives the same. Raises UserError where the file has no place for a value.
    """
    text = stored.raw.decode()
    first = text.partition("\n")[0]
    comment = first[2:] if first.startswith(f"# {emit.MODELINE}") else ""
    if emit.dump(_writable(stored.own), order=ORDER, comment=comment) == text:
        own = with_values(stored.own, values)
        return emit.dump(_writable(own), order=ORDER, comment=comment)
    for at, value in _grouped(stored.own, values).items():
        text = edit.set_value(text, at, _writable_value(at[0], value))
    return text


def _grouped(own: Mapping[str, Any], values: Mapping[At, Any]) -> dict[At, Any]:
    """Return values with those of one missing parent put together, so that it is one entry."""
    grouped: dict[At, Any] = {}
    for at, value in values.items():
        if len(at) > 1 and not isinstance(own.get(at[0]), Mapping):
            grouped.setdefault(at[:1], {})[at[1]] = value
        else:
            grouped[at] = value
    return grouped


def _writable(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data for `emit`: days as dates, which stand without quotes."""
    return {key: _writable_value(key, value) for key, value in data.items()}


def _writable_value(key: str, value: Any) -> Any:
    if key in _DAYS and isinstance(value, str) and _DAY.fullmatch(value):
        return _date(value)
    if key == "hours" and isinstance(value, Mapping):
        return {_date(day) if _DAY.fullmatch(day) else day: each for day, each in value.items()}
    return value


def _date(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _number(text: Any) -> Decimal | None:
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return None


def _hours(hours: Any) -> Any:
    try:
        return parse_hours(hours)
    except (ValueError, TypeError, AttributeError):
        return None
