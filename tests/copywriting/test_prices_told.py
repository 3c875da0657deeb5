"""The ordinary ways to tell a price: in words, its currency told once, by verb, order or arrow."""

from __future__ import annotations

from typing import Any

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.facts import Facts, facts_of


def shop(locale: str, currency: str, product: str, prices: str, off: int, legal: str = "") -> Facts:
    """Return what a shop declares; prices are those now and without the offer."""
    now, was = prices.split()
    offer = {"product": "p", "discount_percentage": off, "price": now, "regular_price": was}
    shared: dict[str, Any] = {
        "locale": locale,
        "product_name": product,
        "offer": offer,
        "legal": {"terms": legal},
    }
    hours = {"mon-sun": "08:00-20:00"}
    return facts_of(shared, {"currency": currency, "location": {"hours": hours}})


SHOPS = {
    "loaf": shop("en-GB", "GBP", "rye loaf", "2.70 3.60", 25),
    "wash": shop("en-US", "USD", "car wash", "11.00 22.00", 50, "One wash per vehicle."),
    "bowl": shop("en-US", "USD", "rice bowl", "10.00 12.50", 20, "Limit three per customer."),
    "rug": shop("en-AU", "AUD", "wool rug", "208.00 320.00", 35),
    "bed": shop("en-US", "USD", "oak bed", "900.00 1200.00", 25),
    "cut": shop("en-AU", "AUD", "cut and colour", "120.00 150.00", 20),
    "shades": shop("en-GB", "GBP", "sunglasses", "57.00 95.00", 40),
    "brush": shop("en-IE", "EUR", "paint brush", "4.20 6.00", 30, "Limit four per household."),
    "kranz": shop("de-DE", "EUR", "Adventskranz", "12.50 25.00", 50),
    "bett": shop("de-CH", "CHF", "Matratze", "900.00 1200.00", 25),
    "tarte": shop("fr-FR", "EUR", "tarte aux pommes", "12.50 18.00", 30),
    "pneus": shop("fr-CA", "CAD", "pose de pneus", "80.00 100.00", 20),
    "botas": shop("es-ES", "EUR", "botas de piel", "54.00 90.00", 40),
    "menu": shop("es-ES", "EUR", "menú de noche", "12.50 20.00", 37),
    "lavado": shop(
        "es-MX", "MXN", "lavado de auto", "120.00 160.00", 25, "Un lavado por vehículo."
    ),
    "pizza": shop("it-IT", "EUR", "pizza", "9.00 12.00", 25),
    "bolo": shop("pt-BR", "BRL", "bolo de milho", "30.00 40.00", 25),
}
RIGHT = [
    ("loaf", "A rye loaf is two pounds seventy, down from three pounds sixty."),
    ("loaf", "Two pounds seventy instead of three pounds sixty for a rye loaf."),
    ("loaf", "Rye loaf: two pounds and seventy pence. It was three pounds and sixty pence."),
    ("loaf", "Pay £2.70 instead of three sixty."),
    ("loaf", "90p stays in your pocket with every rye loaf."),
    ("loaf", "Rye loaf, £3.60 → £2.70."),
    ("bowl", "A rice bowl is ten dollars instead of twelve fifty until we close."),
    ("bowl", "A rice bowl is ten dollars, not twelve-fifty."),
    ("bowl", "Three rice bowls for $30: that's $10 apiece, down from $12.50."),
    ("bowl", "Take two rice bowls for $20 and save $5."),
    ("wash", "We've dropped the car wash from twenty-two dollars to eleven."),
    ("wash", "From $22 to 11: the car wash, and you keep the other eleven."),
    ("wash", "Car washes that were $22 are $11."),
    ("wash", "Bring two cars and pay $22 for the two washes instead of $44."),
    ("rug", "Two hundred and eight dollars instead of three hundred and twenty for a wool rug."),
    ("rug", "More than a third off every wool rug."),
    ("rug", "Over a third off wool rugs."),
    ("rug", "Wool rugs are $208, $112 less than the usual $320."),
    ("rug", "With $112 off it comes to $208."),
    ("bed", "An oak bed for nine hundred dollars instead of twelve hundred."),
    ("bed", "The oak bed was twelve hundred dollars and is nine hundred."),
    ("bed", "You keep $300 when you buy an oak bed for $900."),
    ("bed", "An oak bed at 75% of the usual $1,200."),
    ("cut", "Cut & colour A$120 (was A$150)."),
    ("cut", "We've dropped our cut and colour from $150 to $120 to say hello."),
    ("cut", "That's $30 back in your pocket: cut and colour, $120."),
    ("cut", "Get a cut and colour for $120 and keep the $30 for yourself."),
    ("shades", "Sunglasses at fifty-seven pounds a pair instead of ninety-five."),
    ("shades", "Fifty-seven quid, thirty-eight less than the usual ninety-five: sunglasses."),
    ("brush", "Four paint brushes for €16.80, and save €7.20."),
    ("brush", "Paint brushes: four euro twenty, not six."),
    ("brush", "A paint brush for four euro twenty cents."),
    ("kranz", "Der Adventskranz kostet zwölf Euro fünfzig statt fünfundzwanzig."),
    ("kranz", "Zwölf Euro fünfzig für den Adventskranz, sonst 25 Euro."),
    ("kranz", "Ein Adventskranz für 12,50 statt 25 Euro."),
    ("bett", "Die Matratze für 900 statt bisher 1200 Franken."),
    ("bett", "Die Matratze kostet neunhundert Franken, vorher waren es zwölfhundert."),
    ("bett", "Neunhundert statt zwölfhundert Franken für die Matratze."),
    ("bett", "Die Matratze: von 1200 auf 900 Franken gesenkt."),
    ("bett", "Die Matratze kostet 900 Franken. So bleiben Ihnen 300 Franken."),
    ("tarte", "La tarte aux pommes à douze euros cinquante au lieu de dix-huit."),
    ("tarte", "Douze euros cinquante la tarte aux pommes, soit 5,50 € d’économie."),
    ("tarte", "La tarte aux pommes : 18 € → 12,50 €."),
    ("pneus", "Pose de pneus à 80 $, prix courant 100 $."),
    ("pneus", "La pose de pneus à 80 $ plutôt que 100 $."),
    ("pneus", "La pose de pneus passe de cent dollars à quatre-vingts."),
    ("pneus", "Quatre-vingts au lieu de cent dollars pour la pose de pneus."),
    ("botas", "Botas de piel por cincuenta y cuatro en vez de noventa euros."),
    ("botas", "Las botas de piel pasan de noventa euros a cincuenta y cuatro."),
    ("botas", "Las botas de piel que costaban 90 € ahora cuestan 54 €."),
    ("botas", "Botas de piel a 54 € el par."),
    ("menu", "El menú de noche cuesta doce con cincuenta euros."),
    ("menu", "Menú de noche por doce euros con cincuenta en lugar de veinte."),
    ("lavado", "Trae dos autos y paga $240 por los dos lavados en vez de $320."),
    ("pizza", "La pizza costa nove euro invece di dodici."),
    ("pizza", "Nove invece di dodici euro per la pizza."),
    ("pizza", "La pizza passa da dodici euro a nove."),
    ("bolo", "O bolo de milho por trinta em vez de quarenta reais."),
    ("bolo", "O bolo de milho caiu de quarenta reais para trinta."),
    ("bolo", "Bolo de milho: R$ 40 → R$ 30."),
]
WRONG = [
    ("loaf", "A rye loaf is two pounds sixty, down from three pounds sixty."),
    ("loaf", "A rye loaf is three pounds sixty, down from two pounds seventy."),
    ("loaf", "Pay £2.70 instead of three seventy."),
    ("loaf", "80p stays in your pocket with every rye loaf."),
    ("loaf", "Rye loaf, £2.70 → £3.60."),
    ("loaf", "Two pounds seventy rye loaves."),
    ("bowl", "A rice bowl is ten dollars instead of twelve forty."),
    ("bowl", "A rice bowl is ten dollars, not fifteen."),
    ("bowl", "Three rice bowls for $28: that's $10 apiece, down from $12.50."),
    ("bowl", "Three rice bowls for $30: that's $10 apiece, down from $15."),
    ("bowl", "Four rice bowls for $40: that's $10 apiece."),
    ("bowl", "Take two rice bowls for $20 and save $4."),
    ("bowl", "Take two rice bowls for $25 and save $5."),
    ("wash", "We've dropped the car wash from twenty-two dollars to ten."),
    ("wash", "We've dropped the car wash from eleven dollars to twenty-two."),
    ("wash", "From $22 to $11: the car wash, and you keep the other twelve."),
    ("wash", "Car washes that were $11 are $22."),
    ("wash", "Bring two cars and pay $20 for the two washes instead of $44."),
    ("wash", "Bring three cars and pay $22 for the two washes."),
    ("wash", "Two washes for $21."),
    ("rug", "Two hundred and eight dollars instead of three hundred and thirty for a wool rug."),
    ("rug", "Three hundred and twenty dollars instead of two hundred and eight for a wool rug."),
    ("rug", "More than 40% off every wool rug."),
    ("rug", "More than half off wool rugs."),
    ("rug", "More than a quarter off wool rugs."),
    ("rug", "A further third off wool rugs."),
    ("rug", "Wool rugs are $208, $208 less than the usual $320."),
    ("rug", "Wool rugs are $208, $112 less than the usual $208."),
    ("rug", "With $208 off it comes to $112."),
    ("bed", "An oak bed for nine hundred dollars instead of thirteen hundred."),
    ("bed", "The oak bed was nine hundred dollars and is twelve hundred."),
    ("bed", "You keep $900 when you buy an oak bed."),
    ("bed", "An oak bed at 75% of the usual $900."),
    ("bed", "An oak bed at 25% of the usual $1,200."),
    ("cut", "Cut & colour A$150 (was A$120)."),
    ("cut", "We've dropped our cut and colour from $120 to $150 to say hello."),
    ("cut", "That's $120 back in your pocket: cut and colour."),
    ("cut", "Get a cut and colour for $120 and keep the $20 for yourself."),
    ("shades", "Sunglasses at forty-seven pounds a pair."),
    ("shades", "Fifty-seven quid, thirty-nine less than the usual ninety-five: sunglasses."),
    ("loaf", "Rye loaves at £2.70 a pair."),
    ("brush", "Four paint brushes for €16.20, and save €7.20."),
    ("brush", "Five paint brushes for €21.00, and save €9."),
    ("brush", "Paint brushes: four euro thirty, not six."),
    ("kranz", "Der Adventskranz kostet zwölf Euro sechzig statt fünfundzwanzig."),
    ("kranz", "Ein Adventskranz für 25 statt 12,50 Euro."),
    ("kranz", "Zwölf Euro fünfzig, und fünfzig Gäste."),
    ("bett", "Die Matratze für 1200 statt bisher 900 Franken."),
    ("bett", "Die Matratze kostet neunhundert Franken, vorher waren es dreizehnhundert."),
    ("bett", "Achthundert statt zwölfhundert Franken für die Matratze."),
    ("tarte", "La tarte aux pommes à douze euros vingt au lieu de dix-huit."),
    ("tarte", "La tarte aux pommes : 12,50 € → 18 €."),
    ("tarte", "Douze euros cinquante la tarte aux pommes, soit 6 € d’économie."),
    ("pneus", "Pose de pneus à 100 $, prix courant 80 $."),
    ("pneus", "La pose de pneus à 100 $ plutôt que 80 $."),
    ("pneus", "La pose de pneus passe de quatre-vingts dollars à cent."),
    ("botas", "Botas de piel por noventa en vez de cincuenta y cuatro euros."),
    ("botas", "Las botas de piel que costaban 54 € ahora cuestan 90 €."),
    ("botas", "Dos pares de botas de piel por 54 €."),
    ("menu", "El menú de noche cuesta doce con sesenta euros."),
    ("menu", "Menú de noche por doce euros con cuarenta en lugar de veinte."),
    ("lavado", "Trae dos autos y paga $200 por los dos lavados en vez de $320."),
    ("pizza", "Otto invece di dodici euro per la pizza."),
    ("pizza", "La pizza passa da nove euro a dodici."),
    ("bolo", "O bolo de milho por quarenta em vez de trinta reais."),
    ("bolo", "Bolo de milho: R$ 30 → R$ 40."),
]


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_a_declared_price_passes_however_it_is_told(name: str, text: str):
    assert check(text, SHOPS[name].locale, SHOPS[name]) == []


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_another_price_told_so_is_found(name: str, text: str):
    assert check(text, SHOPS[name].locale, SHOPS[name])
