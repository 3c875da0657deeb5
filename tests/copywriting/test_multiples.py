"""Several of what is sold cost as many times its price, and a part of a pack its part."""

from __future__ import annotations

from typing import Any

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts, facts_of


def shop(locale: str, currency: str, product: str, prices: str, **more: Any) -> Facts:
    """Return what a shop declares; prices are those now and without the offer."""
    now, was = prices.split()
    shared = {
        "locale": locale,
        "product_name": product,
        "offer": {"product": "one", "price": now, "regular_price": was},
        "legal": {"terms": more.get("terms", "")},
    }
    return facts_of(shared, {"currency": currency}, more.get("statements", ()))


SHOPS = {
    "rolls": shop("en-GB", "GBP", "cinnamon roll", "3.00 4.00"),
    "bulbs": shop("en-US", "USD", "tulip bulb kit", "12.00 15.00"),
    "limited": shop("en-GB", "GBP", "winter coat", "60.00 80.00", terms="Two coats per customer."),
    "one": shop("en-GB", "GBP", "winter coat", "60.00 80.00", terms="One per customer."),
    "course": shop("en-IE", "EUR", "six-class pottery course", "150.00 180.00"),
    "suits": shop("en-GB", "GBP", "two-piece suit clean", "9.00 18.00"),
    "kerze": shop("de-DE", "EUR", "Duftkerze", "9.50 12.00"),
    "torte": shop("de-AT", "EUR", "Mohntorte", "20.00 25.00", terms="Eine Torte pro Person."),
    "savon": shop("fr-FR", "EUR", "savon à la lavande", "4.50 6.00"),
    "carnet": shop("fr-FR", "EUR", "carnet de dix entrées", "80.00 100.00"),
    "camisa": shop("es-ES", "EUR", "camisa de lino", "30.00 45.00"),
    "helado": shop(
        "es-MX", "MXN", "copa mediana", "60.00 60.00", statements=["2x1 en copas medianas"]
    ),
    "candles": shop(
        "en-US", "USD", "beeswax candle", "10.00 10.00", statements=["3 for 2 on beeswax candles"]
    ),
}
RIGHT = [
    ("rolls", "Three cinnamon rolls for £9 instead of £12."),
    ("rolls", "Feeding the office? Ten cinnamon rolls come to £30 rather than £40."),
    ("rolls", "£6 buys two cinnamon rolls."),
    ("rolls", "Take two cinnamon rolls and save £2."),
    ("rolls", "Four rolls, £12. Was £16."),
    ("rolls", "A dozen cinnamon rolls for £36, usually £48."),
    ("rolls", "Three cinnamon rolls at £3 each is £9."),
    ("rolls", "Half a dozen cinnamon rolls for £18, usually £24."),
    ("rolls", "Half-a-dozen cinnamon rolls, £18."),
    ("kerze", "Ein halbes Dutzend Duftkerzen für 57 €."),
    ("savon", "Une demi-douzaine de savons pour 27 €."),
    ("bulbs", "Two tulip bulb kits for $24 (was $30)."),
    ("bulbs", "Get 5 kits for $60, down from $75. That's $15 saved."),
    ("limited", "Two winter coats for £120 instead of £160."),
    ("course", "Six pottery classes for €150, normally €180. That's €25 a class."),
    ("course", "Six classes, €150."),
    ("suits", "Three two-piece suits cleaned for £27."),
    ("kerze", "Zwei Duftkerzen für 19 € statt 24 €."),
    ("kerze", "Drei Kerzen kosten jetzt 28,50 Euro."),
    ("kerze", "Wer vier Duftkerzen nimmt, spart zehn Euro."),
    ("savon", "Trois savons à la lavande pour 13,50 € au lieu de 18 €."),
    ("savon", "Deux savons à 9 €, et vous économisez 3 €."),
    ("carnet", "Dix entrées pour 80 €, soit 8 € l’entrée."),
    ("camisa", "Dos camisas de lino por 60 € en vez de 90 €."),
    ("camisa", "Tres camisas por 90 euros: ahorras 45 euros."),
    ("helado", "Dos copas medianas por 60 pesos."),
    ("helado", "Cuatro copas medianas por 120 pesos."),
    ("candles", "Three beeswax candles for $20 instead of $30."),
    ("rolls", "Cinnamon rolls: 4 for £12."),
    ("rolls", "Two cinnamon rolls are £6, three are £9."),
    ("camisa", "Dos camisas de lino, 60 €; tres, 90 €."),
    ("limited", "Two winter coats would normally be £160. Now they’re £120."),
    ("kerze", "19 Euro für zwei Duftkerzen, fünf Euro gespart."),
    ("savon", "Pour deux savons, comptez 9 €."),
]
WRONG = [
    ("rolls", "Half a dozen cinnamon rolls for £36."),
    ("rolls", "Half-a-dozen cinnamon rolls, £17."),
    ("kerze", "Ein halbes Dutzend Duftkerzen für 114 €."),
    ("rolls", "Three cinnamon rolls for £8 instead of £12."),
    ("rolls", "Three cinnamon rolls for £9 instead of £11."),
    ("rolls", "Three cinnamon rolls for £12 instead of £9."),
    ("rolls", "Two cinnamon rolls for £6 instead of £4."),
    ("rolls", "Two cinnamon rolls for £6, and you save £1."),
    ("rolls", "Two cinnamon rolls for £3."),
    ("rolls", "Four cinnamon rolls for £9."),
    ("rolls", "Three almond rolls for £9."),
    ("rolls", "Three coffees for £9."),
    ("rolls", "Three cinnamon rolls for €9."),
    ("rolls", "Three cinnamon rolls for £12."),
    ("rolls", "Three of us came for £9."),
    ("rolls", "Three cinnamon rolls for £9 each."),
    ("rolls", "Three cinnamon rolls and a coffee for £9."),
    ("limited", "Three winter coats for £180 instead of £240."),
    ("one", "Two winter coats for £120."),
    ("course", "Seven pottery classes for €150."),
    ("course", "Six pottery classes for €150. That's €20 a class."),
    ("course", "Six pottery lessons for €120."),
    ("course", "Two pottery classes for €300."),
    ("course", "Six pottery classes for €900."),
    ("rolls", "Two rolls cost £6. Was £4."),
    ("rolls", "Two roll holders for £6."),
    ("suits", "Three two-piece suits cleaned for £9."),
    ("suits", "Two three-piece suits cleaned for £18."),
    ("kerze", "Zwei Duftkerzen für 18 € statt 24 €."),
    ("kerze", "Drei Teelichter für 28,50 €."),
    ("torte", "Zwei Mohntorten für 40 €."),
    ("savon", "Trois savons à la lavande pour 13 € au lieu de 18 €."),
    ("savon", "Trois crèmes à la lavande pour 13,50 €."),
    ("carnet", "Dix entrées pour 80 €, soit 9 € l’entrée."),
    ("camisa", "Dos camisas de lino por 90 € en vez de 60 €."),
    ("camisa", "Dos pantalones de lino por 60 €."),
    ("helado", "Tres copas medianas por 60 pesos."),
    ("helado", "Dos copas grandes por 60 pesos."),
    ("candles", "Four beeswax candles for $20."),
    ("rolls", "Cinnamon rolls: 4 for £13."),
    ("rolls", "Lattes: 4 for £12. Cinnamon rolls, too."),
    ("rolls", "Two cinnamon rolls for £6 and a coffee for £3."),
    ("rolls", "Two cinnamon rolls a day for £6."),
    ("rolls", "We sold 300 cinnamon rolls for £900."),
    ("rolls", "Three boxes of cinnamon rolls for £9."),
    ("rolls", "At least two cinnamon rolls for £6."),
    ("course", "Pottery classes at €150 a class."),
    ("savon", "Deux savons et une crème pour 9 €."),
    ("camisa", "Tres camisetas por 90 €."),
]


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_as_many_times_the_price_passes(name: str, text: str):
    assert check(text, SHOPS[name].locale, SHOPS[name]) == []


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_another_product_is_found(name: str, text: str):
    assert check(text, SHOPS[name].locale, SHOPS[name])
