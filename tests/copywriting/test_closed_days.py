"""A day that a text says is closed is held to the hours, and a time behind it makes it none."""

from __future__ import annotations

from typing import Any

import pytest
from roles import declared

from storesync.copywriting.facts.check import check

OFFER: dict[str, Any] = {
    "brand": "Kestrel & Co",
    "location": "Leith",
    "discount_percent": 25,
    "product": "lamp",
    "price_was": "60.00",
    "price_now": "45.00",
    "currency": "EUR",
    "start": "2026-12-04",
    "end": "2026-12-13",
    "opens": "09:00",
    "closes": "18:00",
    "phone": "+44 131 496 0000",
    "url": "https://kestrel.example/leith",
    "legal": "While stocks last.",
}


@pytest.mark.parametrize(
    ("locale", "text", "wrong"),
    [
        ("en-GB", "We close on Sundays.", "Sundays"),
        ("en-GB", "We're shut Sundays.", "Sundays"),
        ("en-GB", "We close on Sundays at six.", ""),
        ("en-GB", "On Sundays we close at 6pm.", ""),
        ("en-GB", "The offer closes Sunday 13 December.", ""),
        ("es-ES", "Cerramos los domingos.", "domingos"),
        ("es-ES", "Cerramos los domingos a las 18:00.", ""),
        ("de-DE", "Sonntag Ruhetag.", "Sonntag"),
        ("de-DE", "Sonntags schließen wir um 18 Uhr.", ""),
        ("it-IT", "Chiudiamo la domenica.", "domenica"),
    ],
)
def test_a_day_said_to_be_closed_is_held_to_the_hours(locale: str, text: str, wrong: str):
    facts = declared({**OFFER, "locale": locale})
    assert " ".join(one.text for one in check(text, locale, facts)) == wrong


def test_a_gift_and_a_service_that_nobody_declared_are_found():
    facts = declared({**OFFER, "locale": "en-GB"})
    for text in ("Lamps come with a gift.", "We deliver your lamp to your door."):
        assert check(text, "en-GB", facts), text
