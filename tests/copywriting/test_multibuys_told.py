"""A multibuy may be told from either side and on any of its days, and a limit may not be waived."""

from __future__ import annotations

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts, facts_of

# A language: what the campaign is about, and the declared phrase of two for one.
OFFERS = {
    "en": ("paperback", "2 for 1 on paperbacks Tuesday to Thursday"),
    "de": ("Waffel", "2 für 1 auf Waffeln von Dienstag bis Donnerstag"),
    "fr": ("crêpe", "2 pour 1 sur les crêpes du mardi au jeudi"),
    "es": ("tarrina mediana", "2x1 en tarrinas medianas de martes a jueves"),
}
SAME = [
    ("en", "Take two paperbacks, pay for one, on Tuesday, Wednesday or Thursday."),
    ("en", "Pay for one paperback and take two, Tuesday to Thursday."),
    ("en", "Two for the price of one: paperbacks on Wednesdays."),
    ("en", "Wednesday? Two for one on paperbacks."),
    ("de", "Zwei Waffeln nehmen, eine zahlen: von Dienstag bis Donnerstag."),
    ("de", "Zahlen Sie eine Waffel, nehmen Sie zwei: Dienstag, Mittwoch und Donnerstag."),
    ("de", "Mittwochs gibt es zwei Waffeln zum Preis von einer."),
    ("de", "Am Donnerstag: 2 für 1 auf Waffeln."),
    ("fr", "Prenez deux crêpes, payez-en une : le mardi, le mercredi et le jeudi."),
    ("fr", "Deux crêpes pour le prix d'une, du mardi au jeudi."),
    ("fr", "Le mercredi, payez une crêpe et repartez avec deux."),
    ("es", "Martes, miércoles y jueves pagas una y te llevas dos: tarrina mediana."),
    ("es", "Lleva dos tarrinas medianas y paga una, de martes a jueves."),
    ("es", "¿Quedamos el miércoles? Con el dos por uno, tu tarrina mediana viene acompañada."),
    ("es", "Los jueves, dos tarrinas medianas por el precio de una."),
    ("es", "De martes a jueves: dos tarrinas medianas por 4,50 €."),
    ("en", "Tuesday to Thursday: two paperbacks for €4.50."),
]
OTHER = [
    ("es", "De martes a jueves: tres tarrinas medianas por 4,50 €."),
    ("es", "De martes a jueves: dos tarrinas medianas por 5,40 €."),
    ("es", "De martes a jueves: dos horchatas por 4,50 €."),
    ("en", "Friday and Saturday: two paperbacks for €4.50."),
    ("en", "Take three paperbacks, pay for one, on Tuesday, Wednesday or Thursday."),
    ("en", "Pay for two paperbacks and take three, Tuesday to Thursday."),
    ("en", "Two for one on paperbacks every Friday."),
    ("en", "Take two paperbacks, pay for one, Monday to Thursday."),
    ("de", "Drei Waffeln nehmen, eine zahlen: von Dienstag bis Donnerstag."),
    ("de", "Freitags gibt es zwei Waffeln zum Preis von einer."),
    ("fr", "Prenez trois crêpes, payez-en une : le mardi, le mercredi et le jeudi."),
    ("fr", "Le samedi, deux crêpes pour le prix d'une."),
    ("es", "Martes, miércoles y jueves pagas una y te llevas tres: tarrina mediana."),
    ("es", "Viernes, sábado y domingo pagas una y te llevas dos: tarrina mediana."),
    ("es", "Con el dos por uno, tu tarrina mediana viene acompañada todos los días."),
]


def findings(locale: str, text: str) -> list[str]:
    product, phrase = OFFERS[locale]
    shared = {
        "locale": locale,
        "offer": {"product": "p", "price": "4.50"},
        "product_name": product,
        "flight": {"start": "2027-06-08", "end": "2027-07-01"},
    }
    known = facts_of(shared, {"currency": "EUR"}, [phrase])
    return [one.text for one in check(text, locale, known)]


@pytest.mark.parametrize(("locale", "text"), SAME)
def test_the_same_offer_on_its_days_passes(locale: str, text: str):
    assert findings(locale, text) == []


@pytest.mark.parametrize(("locale", "text"), OTHER)
def test_another_sum_or_another_day_is_found(locale: str, text: str):
    assert findings(locale, text)


@pytest.mark.parametrize(
    ("locale", "text", "right"),
    [
        ("en", "Walk-in baths are £25, and every fifth bath is free.", True),
        ("en", "Walk-in baths are £25, and every fourth bath is free.", False),
        ("en", "All baths are £25, and every fifth bath is free.", False),
    ],
)
def test_every_fifth_is_not_all(locale: str, text: str, right: bool):
    shared = {"locale": locale, "product_name": "full groom"}
    known = facts_of(shared, {"currency": "GBP"}, ["walk-in baths £25", "every fifth bath free"])
    assert (check(text, locale, known) == []) is right


def test_a_phrase_that_says_its_offer_twice_says_it_either_way():
    facts = Facts(
        statements=("two for one on dressed crab: buy one, get one free",),
        products=("dressed crab",),
        locale="en-GB",
    )
    for text in ("Two for one on dressed crab.", "Buy one dressed crab, get one free."):
        assert check(text, "en-GB", facts) == []
    assert check("Three for one on dressed crab.", "en-GB", facts)
