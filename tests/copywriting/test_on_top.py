"""A discount that comes on top of another is no declared one, unless a phrase says so."""

from __future__ import annotations

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts, facts_of

OFFER = {"product": "p", "discount_percentage": 20, "price": "8.00", "regular_price": "10.00"}


def facts(locale: str, *statements: str) -> Facts:
    shared = {"locale": locale, "offer": OFFER, "product_name": "tote"}
    return facts_of(shared, {"currency": "EUR"}, statements)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("An extra 20% off.", "en"),
        ("20% off totes, on top of our sale.", "en"),
        ("20% off already reduced totes.", "en"),
        ("Take 20% off the sale price.", "en"),
        ("A further fifth off.", "en"),
        ("Noch einmal 20 % Rabatt.", "de"),
        ("20 % auf alle schon reduzierten Taschen.", "de"),
        ("Obendrauf 20 % Rabatt.", "de"),
        ("20 % de remise en plus.", "fr"),
        ("20 % de remise supplémentaire.", "fr"),
        ("Una rebaja adicional del 20 %.", "es"),
        ("20 % sobre los bolsos ya rebajados.", "es"),
    ],
)
def test_on_top_of_another_is_refused(text: str, locale: str):
    assert "20" in " ".join(one.message for one in check(text, locale, facts(locale)))


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("20% off totes.", "en"),
        ("Ice cream with a cherry on top, and 20% off totes.", "en"),
        ("Hier gibt es noch 20 % Rabatt.", "de"),
        ("En plus, il fait beau : 20 % de remise.", "fr"),
        ("Además, un 20 % de descuento.", "es"),
    ],
)
def test_by_itself_it_passes(text: str, locale: str):
    assert check(text, locale, facts(locale)) == []


def test_a_phrase_may_declare_it():
    extra = facts("en", "an extra 5% off for students")
    assert check("Students get an extra 5% off.", "en", extra) == []
    assert check("Students get 5% off.", "en", extra) == []
    assert check("An extra 5% off.", "en", extra) != []
