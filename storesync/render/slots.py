"""Filling the slots of copy: `Save {{ discount_percentage }}` and a location's facts to words.

Pure, and the same wherever it is done: in a render worker before a template sees the text, and
outside of it, where drafts and facts are checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2.exceptions import FilterArgumentError

from storesync.model.slot import COPY, FORMS, SLOTS, Form, Slot, slots_in
from storesync.render import filters, phones
from storesync.render.locales import parse_locale

__all__ = ["Slot", "SlotError", "fill", "fill_copy", "slots_in"]


class SlotError(ValueError):
    """A slot cannot be filled, or its text does not fit once it is.

    `name` is the slot's, or the variable's where `path` is that of the copy file.
    """

    def __init__(self, name: str, message: str, path: str = "", rule: str = "missing-slot") -> None:
        super().__init__(message)
        self.name = name
        self.message = message
        self.path = path
        self.rule = rule


def fill(text: str, context: Mapping[str, Any], locale: str) -> str:
    """Return a text with its slots filled from a context (shared and own), in a language.

    What is filled in is plain text and never looked at again. Raises SlotError for a slot that
    there is none of, or whose value is missing.
    """
    parts: list[str] = []
    at = 0
    for slot in slots_in(text):
        parts += (text[at : slot.start], written(slot.name, context, locale))
        at = slot.end
    parts.append(text[at:])
    return "".join(parts)


def written(name: str, context: Mapping[str, Any], locale: str) -> str:
    """Return what stands for a slot at a location. Raises SlotError."""
    kind = SLOTS.get(name)
    form = kind.form if kind else context.get(FORMS, {}).get(name)
    if form is None:
        raise SlotError(name, f"there is no slot {{{{ {name} }}}}", rule="unknown-slot")
    value: Any = context
    for part in kind.at if kind else (name,):
        value = value.get(part) if isinstance(value, Mapping) else None
    if value is None or value == "":
        raise SlotError(name, f"{{{{ {name} }}}} has no value")
    try:
        return _WRITERS[form](value, context, locale)
    except FilterArgumentError as error:
        raise SlotError(name, f"{{{{ {name} }}}} cannot be written: {error}") from None


def fill_copy(context: dict[str, Any]) -> None:
    """Fill all texts of a whole context that hold slots, in place; raises SlotError.

    Those of an artifact that shows several languages are filled, each in its own.
    """
    _fill_texts(context, context)
    others = context.get("locales")
    if others and any(COPY in other for other in others):
        context["locales"] = [dict(other) for other in others]
        for other in context["locales"]:
            _fill_texts(other, {**context, **other})


def _fill_texts(target: dict[str, Any], context: Mapping[str, Any]) -> None:
    for name, (path, shortest, longest) in target.get(COPY, {}).items():
        try:
            text = fill(target[name], context, context["locale"])
        except SlotError as error:
            raise SlotError(name, f"{name}: {error.message}", path, error.rule) from None
        if len(text) > longest or len(text) < shortest:
            bound = f"most {longest} fit" if len(text) > longest else f"least {shortest} are needed"
            message = f"{name}: too {'long' if len(text) > longest else 'short'} with its slots"
            raise SlotError(name, f"{message} filled: at {bound}", path, "out-of-bounds")
        target[name] = text


def _money(value: Any, context: Mapping[str, Any], locale: str) -> str:
    return filters.write_money(value, context.get("currency"), locale)


def _phone(value: Any, context: Mapping[str, Any], locale: str) -> str:
    address = context["location"].get("address") or {}
    country = address.get("country") or parse_locale(locale).territory
    return phones.write_phone(value, country or "")


def _time(value: Any, _context: Mapping[str, Any], locale: str) -> str:
    if "T" not in value:
        raise FilterArgumentError("the flight is written without a time there")
    return filters.write_time(value, "short", locale)


_WRITERS: Mapping[str, Callable[[Any, Mapping[str, Any], str], str]] = {
    Form.TEXT: lambda value, _context, _locale: str(value),
    Form.PERCENT: lambda value, _context, locale: filters.write_percent(value, locale),
    Form.MONEY: _money,
    Form.NUMBER: lambda value, _context, locale: filters.write_number(value, locale),
    Form.PHONE: _phone,
    Form.DAY: lambda value, _context, locale: filters.write_date(value, "day_month", locale),
    Form.WEEKDAY: lambda value, _c, locale: filters.write_date(value, "weekday_day_month", locale),
    Form.TIME: _time,
}
