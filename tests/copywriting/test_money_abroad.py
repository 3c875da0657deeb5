"""A sign of another country beside the right figure is another sum: RM66 is no S$66."""

from __future__ import annotations

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import facts_of

_BEFORE = """
RM Rp Rp. R K Q P SR QR NT$ MX$ HK$ J$ EC$ RD$ TT$ S/ Bs Bs. B/. Dh Dhs KSh Ksh TSh USh CFA FCFA
GH₵ ₫ ₦ ₱ ₪ ₩ ₽ ₴ ₺ ₸ ₾ ₡ ₲ ₭ ₮ ៛ ֏ ؋ ﷼ ৳ ฿ R$ E£ Kč zł kr Php MYR IDR GHS myr Thb inr XY Rs Rs.
"""
_BEHIND = """
RM Rp lei Dh Bs CFA Rs Ft Kč zł kr ₫ ₦ ₱ ₪ ₩ ₽ ₴ ₺ ฿ Fr. Franken pounds rupees ringgit MYR idr
"""
BEFORE, BEHIND = _BEFORE.split(), _BEHIND.split()
# Locale, product, was, now, currency; a price now and one before in words around the figure.
SHOPS = {
    "en-GB": ("clay pot", "GBP", "Clay pots for {}.", "Clay pots, once {}, for 9.00 GBP."),
    "en-SG": ("clay pot", "SGD", "Clay pots are {} each.", "Clay pots, was {}, now S$9.00."),
    "de-DE": ("Tontopf", "EUR", "Der Tontopf kostet {}.", "Tontopf statt {} nur 9,00 EUR."),
    "fr-FR": ("pot en terre", "EUR", "Le pot en terre à {}.", "Pot en terre 9 € au lieu de {}."),
    "es-MX": ("maceta", "MXN", "Una maceta por {}.", "Maceta: antes {}, ahora $9.00."),
    "it-IT": ("vaso blu", "EUR", "Il vaso blu a {}.", "Vaso blu: prima {}, ora 9,00 €."),
    "nl-NL": ("blauwe mok", "EUR", "Blauwe mok nu {}.", "Blauwe mok van {} voor € 9,00."),
    "pt-PT": ("caneca azul", "EUR", "Caneca azul por {}.", "Caneca azul: antes {}, agora 9 €."),
}


def _passed(locale: str, told: list[str]) -> list[str]:
    product, currency, *_ = SHOPS[locale]
    offer = {"product": "p", "discount_percentage": 25, "price": "9.00", "regular_price": "12.00"}
    shared = {"locale": locale, "offer": offer, "product_name": product}
    known = facts_of(shared, {"currency": currency, "location": {}})
    return [text for text in told if not check(text, locale, known)]


@pytest.mark.parametrize("locale", SHOPS)
def test_another_countrys_sign_is_found(locale: str):
    _, currency, now, was = SHOPS[locale]
    mark = "." if locale[:2] == "en" or currency == "MXN" else ","
    told = []
    for sentence, whole in ((now, "9"), (was, "12")):
        for figure in (whole, f"{whole}{mark}00"):
            told += [sentence.format(f"{sign}{figure}") for sign in BEFORE]
            told += [sentence.format(f"{figure} {sign}") for sign in BEHIND]
        told += [sentence.format(f"{sign} {whole}{mark}00") for sign in BEFORE]
    own = {"MXN": "MX$", "GBP": "pounds"}.get(currency, "none")
    assert [one for one in _passed(locale, told) if own not in one] == []


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en-GB", "Clay pots NOW £9.00."),
        ("en-GB", "Clay pots for 9 gbp, once 12 Gbp"),
        ("en-SG", "Clay pots for sgd 9.00, RRP 12.00."),
        ("en-SG", "CLAY POTS NOW 9.00"),
        ("de-DE", "Tontopf: 9 eur, UVP 12,00"),
        ("fr-FR", "Le pot en terre est à 9 eur."),
        ("it-IT", "Per lei 9 euro: il vaso blu."),
        ("nl-NL", "Nu 9 euro voor een blauwe mok."),
        ("es-MX", "Una maceta por MX$9.00."),
        ("pt-PT", "A caneca azul custa 9 EUR."),
    ],
)
def test_the_own_sign_passes(locale: str, text: str):
    assert _passed(locale, [text]) == [text]


def test_pounds_are_no_money_where_they_are_weights():
    offer = {"product": "p", "discount_percentage": 25, "price": "9.00", "regular_price": "12.00"}
    shared = {"locale": "en-US", "offer": offer, "product_name": "clay pot"}
    known = facts_of(shared, {"currency": "USD", "location": {}}, ["holds up to 80 pounds"])
    assert check("Holds up to 80 pounds.", "en-US", known) == []
    assert check("Clay pots for 9 pounds.", "en-US", known)
