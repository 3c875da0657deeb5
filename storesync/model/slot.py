"""Slots of copy files, `{{ discount_percentage }}`: which there are, and how a text holds them.

What fills them is written by `storesync.render.slots`; here is only what their names mean. Render
workers read this module, so it needs nothing but Python.
"""

import enum
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Form(enum.StrEnum):
    """How a slot's value is written."""

    TEXT = "text"
    PERCENT = "percent"
    MONEY = "money"
    NUMBER = "number"
    PHONE = "phone"
    DAY = "day"
    WEEKDAY = "weekday"
    TIME = "time"


class SlotKind(NamedTuple):
    """What a slot is: where its value stands in what a template sees, and how it is written."""

    form: Form
    at: tuple[str, ...]
    what: str


class Slot(NamedTuple):
    """One slot in a text; `text[start:end]` is the whole of it, braces included."""

    name: str
    start: int
    end: int


SLOTS: Mapping[str, SlotKind] = MappingProxyType(
    {
        "discount_percentage": SlotKind(
            Form.PERCENT, ("discount_percentage",), "The offer's discount, with its sign: 20%"
        ),
        "discount_amount": SlotKind(
            Form.MONEY, ("discount_amount",), "The amount off, in the location's currency: £3.50"
        ),
        "price": SlotKind(Form.MONEY, ("price",), "The offer's price: £4.50"),
        "regular_price": SlotKind(
            Form.MONEY, ("regular_price",), "The price without the offer: £6.00"
        ),
        "code": SlotKind(Form.TEXT, ("code",), "The coupon code, as it is written"),
        "product_name": SlotKind(
            Form.TEXT, ("product_name",), "The offer's product(s), as customers know them"
        ),
        "brand_name": SlotKind(Form.TEXT, ("brand_name",), "The brand"),
        "location_name": SlotKind(Form.TEXT, ("location_name",), "The location"),
        "city": SlotKind(Form.TEXT, ("city",), "The location's city"),
        "phone": SlotKind(
            Form.PHONE, ("location", "phone"), "The location's phone, as it is dialled there"
        ),
        "flight_start": SlotKind(
            Form.DAY, ("flight", "start"), "The first day, with its month: 1 December"
        ),
        "flight_start_weekday": SlotKind(
            Form.WEEKDAY, ("flight", "start"), "The same with its weekday: Tuesday, 1 December"
        ),
        "flight_start_time": SlotKind(
            Form.TIME, ("flight", "start"), "The time on the first day: 07:00"
        ),
        "flight_end": SlotKind(
            Form.DAY, ("flight", "end"), "The last day, with its month: 24 December"
        ),
        "flight_end_weekday": SlotKind(
            Form.WEEKDAY, ("flight", "end"), "The same with its weekday: Thursday, 24 December"
        ),
        "flight_end_time": SlotKind(
            Form.TIME, ("flight", "end"), "The time on the last day: 21:00"
        ),
    }
)
# What the shared context says of copy, under names that no template can ask for: how the template's
# own variables are written in slots, and which texts hold slots, each with its file and bounds.
FORMS = " forms"
COPY = " copy"
_SLOT = re.compile(r"\{\{ *([a-z][a-z0-9_]{0,63}) *\}\}")
_BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{\{|\}\}|\{%|%\}|\{#|#\}", re.DOTALL)


def slots_in(text: str) -> list[Slot]:
    """Return the slots of a text, in order, whether there is one of that name or not."""
    return [Slot(match[1], match.start(), match.end()) for match in _SLOT.finditer(text)]


def strange_in(text: str) -> str:
    """Return the first thing of a text that looks like a template and is no slot, "" for none."""
    found = _BRACES.search(_SLOT.sub("", text))
    return found[0] if found else ""
