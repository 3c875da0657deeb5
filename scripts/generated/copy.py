"""docs/copy.md: the slots that copy may hold, with what three languages write for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from storesync.model.slot import FORMS, SLOTS, Form
from storesync.render.slots import fill

_CONTEXT: Mapping[str, Any] = {
    "discount_percentage": 20,
    "discount_amount": "1.50",
    "price": "6.00",
    "regular_price": "7.50",
    "code": "PIE20",
    "product_name": "Apple Pie",
    "brand_name": "Corner Bakery",
    "location_name": "Fifth & Oak",
    "city": "Austin",
    "currency": "USD",
    "location": {"phone": "+15125550199", "address": {"country": "US"}},
    "flight": {"start": "2026-12-01T07:00", "end": "2026-12-24T21:00"},
    "points": 1200,
    "deposit": "2.00",
    "last_order": "2026-12-20",
    "tax": "8.25",
    FORMS: {
        "points": Form.NUMBER,
        "deposit": Form.MONEY,
        "last_order": Form.DAY,
        "tax": Form.PERCENT,
    },
}
_OWN = {
    "points": "a variable of type `integer` or `number`, by its name",
    "tax": "the same with `unit: percent`",
    "deposit": "a variable of type `money`",
    "last_order": "a variable of type `date`",
}
_LOCALES = ("en-US", "de-DE", "fr-CA")


def slots() -> str:
    """Return a row for each slot, as three languages write it."""
    return "\n".join(["", *_rows(), ""])


def _rows() -> Iterator[str]:
    yield "| slot | what | en-US | de-DE | fr-CA |"
    yield "|---|---|---|---|---|"
    for name, kind in SLOTS.items():
        yield _row(name, kind.what.partition(":")[0])
    for name, what in _OWN.items():
        yield _row(name, what)


def _row(name: str, what: str) -> str:
    written = [fill(f"{{{{ {name} }}}}", _CONTEXT, locale) for locale in _LOCALES]
    shown = [text.replace("\u202f", " ").replace("\xa0", " ") for text in written]
    if len(set(shown)) == 1:
        shown[1:] = ["the same", "the same"]
    cells = [f"`{{{{ {name} }}}}`", what, *shown]
    return f"| {' | '.join(cells)} |"


PARTS = {"slots": slots}
