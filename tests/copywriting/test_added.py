"""What copy adds to the product and its offer has to be declared; the same words elsewhere pass."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from time import perf_counter

import pytest
from roles import declared

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts

_ON_SAREES, _ON_WASHES = "No exchange. GST included.", "Excludes trucks. Cash only."
_ON_TULIPS = "One bunch per customer."
# Locale, currency, product, location, price before and now, legal text.
_SHOPS = {
    "bakery": ("en-GB", "GBP", "sourdough loaf", "Whitby", "4.80", "3.60", "While stocks last."),
    "bikes": ("en-GB", "GBP", "bike service", "Leeds", "80.00", "60.00", "Tyres not included."),
    "barber": ("en-IE", "EUR", "beard trim", "Galway", "16.00", "12.00", "By appointment only."),
    "chippy": ("en-GB", "GBP", "fish and chips", "Whitby", "12.00", "9.00", "Eat in only."),
    "florist": ("en-IE", "EUR", "bunch of tulips", "Cork", "12.50", "10.00", _ON_TULIPS),
    "cobbler": ("en-GB", "GBP", "heel repair", "Cardiff", "15.00", "12.00", ""),
    "wash": ("en-US", "USD", "deluxe wash", "Tucson", "20.00", "17.00", _ON_WASHES),
    "tools": ("en-US", "USD", "snow shovel", "Duluth", "20.00", "15.00", "In-store only."),
    "pottery": ("en-IE", "EUR", "pottery class", "Kinsale", "60.00", "42.00", "Over 16s only."),
    "sarees": ("en-IN", "INR", "silk saree", "Mysuru", "5000.00", "3000.00", _ON_SAREES),
    "sofa": ("de-CH", "CHF", "Ecksofa", "Chur", "2400.00", "1800.00", "Ab Lager, ohne Lieferung."),
    "hiking": ("de-AT", "EUR", "Wanderschuhe", "Graz", "160.00", "120.00", "Ein Paar pro Person."),
    "strudel": ("de-AT", "EUR", "Apfelstrudel", "Linz", "5.50", "4.40", "Nur im Lokal."),
    "tarte": ("fr-FR", "EUR", "tarte aux pommes", "Nantes", "16.00", "12.00", "Une par client."),
    "coiffure": ("fr-BE", "EUR", "coupe", "Liège", "40.00", "30.00", "Sur rendez-vous."),
    "gafas": ("es-ES", "EUR", "gafas de sol", "Vigo", "80.00", "60.00", "Estuche no incluido."),
    "paleta": ("es-MX", "MXN", "paleta de mango", "Puebla", "30.00", "15.00", "Sólo efectivo."),
    "gelato": ("it-IT", "EUR", "torta gelato", "Bergamo", "25.00", "20.00", ""),
    "bolo": ("pt-PT", "EUR", "bolo de cenoura", "Braga", "15.00", "12.00", "Só para levar."),
    "kaas": ("nl-NL", "EUR", "stuk jonge kaas", "Alkmaar", "14.00", "9.80", ""),
    "pierogi": ("pl-PL", "PLN", "pierogi ruskie", "Toruń", "30.00", "24.00", "Tylko na miejscu."),
}  # fmt: skip


@cache
def _declared(shop: str, end: str = "2027-01-09") -> Facts:
    locale, currency, product, location, was, now, legal = _SHOPS[shop]
    percent = round(100 - 100 * float(now) / float(was))
    return declared(
        {
            "locale": locale,
            "currency": currency,
            "product": product,
            "location": location,
            "price_was": was,
            "price_now": now,
            "discount_percent": percent,
            "legal": legal,
            "brand": "Quillon",
            "start": "2026-12-28",
            "end": end,
            "opens": "09:00",
            "closes": "18:00",
            "phone": "+44 1632 960147",
            "url": "https://quillon.example/shop",
        }
    )


def found(shop: str, text: str) -> list[str]:
    return [one.text for one in check(text, _SHOPS[shop][0], _declared(shop))]


# The product with a material, a sort or a side, and other goods.
THINGS = [
    ("bakery", "Rye sourdough loaf, £3.60.", "Rye"),
    ("bakery", "25% off seeded, organic sourdough loaves.", "seeded"),
    ("bakery", "Sourdough loaf with butter, £3.60.", "butter"),
    ("bakery", "25% off sourdough loaves and croissants.", "croissants"),
    ("bakery", "Croissants, £3.60 each.", "Croissants"),
    ("chippy", "Fish and chips for £9 with a drink.", "drink"),
    ("chippy", "Breaded fish and chips, £9.", "Breaded"),
    ("florist", "Scented tulips, €10 a bunch.", "Scented"),
    ("florist", "Lilies, €10 a bunch.", "Lilies"),
    ("tools", "Snow shovels made of aluminum, $15.", "aluminum"),
    ("tools", "Foldable snow shovel, $15.", "Foldable"),
    ("tools", "Snow shovel, steel, $15.", "steel"),
    ("pottery", "Vegan pottery class, €42.", "Vegan"),
    ("sarees", "Hand-woven silk saree, ₹3,000.", "Hand-woven"),
    ("sarees", "Banarasi silk saree, ₹3,000.", "Banarasi"),
    ("sofa", "Ecksofa aus Samt für 1800 Franken.", "Samt"),
    ("hiking", "Gefütterte Wanderschuhe um € 120.", "Gefütterte"),
    ("hiking", "Sandalen: 25 % Rabatt.", "Sandalen"),
    ("strudel", "Veganer Apfelstrudel um € 4,40.", None),
    ("strudel", "Apfelstrudel um € 4,40 mit Vanilleeis.", "Vanilleeis"),
    ("tarte", "La tarte aux prunes est à 12 €.", "prunes"),
    ("tarte", "Tarte aux pommes avec chantilly, 12 €.", "chantilly"),
    ("coiffure", "Coupe homme à 30 €.", "homme"),
    ("gafas", "Gafas de sol graduadas a 60 €.", "graduadas"),
    ("gafas", "Relojes con un 25 % de descuento.", "Relojes"),
    ("paleta", "Paleta de mango con chamoy a $15.", "chamoy"),
    ("gelato", "Torta gelato al pistacchio, 20 €.", "pistacchio"),
    ("bolo", "Bolo de cenoura com chocolate, 12 €.", None),
    ("bolo", "Bolo de laranja por 12 €.", None),
    ("kaas", "Belegen kaas, € 9,80 per stuk.", "Belegen"),
    ("pierogi", "Pierogi z kapustą za 24 zł.", "kapustą"),
    ("pierogi", "Pierogi ruskie ze skwarkami za 24 zł.", "skwarkami"),
]
# Services, terms, audiences, places.
TERMS = [
    ("bakery", "Sourdough loaf £3.60, delivered to your door.", "delivered to your door"),
    ("bakery", "25% off sourdough loaves for pensioners.", "pensioners"),
    ("bakery", "Students save 25% on a sourdough loaf.", "Students"),
    ("bakery", "Mention this post for 25% off a sourdough loaf.", "Mention this post"),
    ("bakery", "Sourdough loaf £3.60. Closed on 1 January.", "1 January"),
    ("bakery", "25% off sourdough loaves in Whitby and Saltburn.", "Saltburn"),
    ("bikes", "Bike service £60, tyres supplied.", "supplied"),
    ("bikes", "25% off bike services at our Harrogate workshop.", "Harrogate"),
    ("barber", "Beard trim €12, walk-ins welcome.", "walk-ins welcome"),
    ("barber", "Beard trim €12. No booking needed.", "No booking"),
    ("chippy", "Fish and chips £9, eat in or take away.", "take away"),
    ("florist", "One bunch of tulips per day, €10.", "per day"),
    ("cobbler", "Heel repair £12 while you wait.", "while you wait"),
    ("cobbler", "Cardiff Bay: heel repairs £12.", "Cardiff Bay"),
    ("wash", "Deluxe wash $17, trucks welcome.", "welcome"),
    ("wash", "Deluxe wash $17, credit cards accepted.", "credit cards accepted"),
    ("tools", "Snow shovels $15, in store and online.", "in store and online"),
    ("pottery", "Pottery class €42 for all ages.", "all ages"),
    ("sarees", "Silk saree ₹3,000 plus GST.", "plus GST"),
    ("sarees", "Silk saree ₹3,000, easy exchange.", "easy exchange"),
    ("sofa", "Ecksofa 1800 Franken, frei Haus.", "frei Haus"),
    ("sofa", "Beim Ecksofa sparen Sie bis 9. Januar ganze 1800 Franken.", "1800 Franken"),
    ("hiking", "Wanderschuhe um € 120 für Studierende.", "Studierende"),
    ("strudel", "Apfelstrudel um € 4,40, auch zum Mitnehmen.", "zum Mitnehmen"),
    ("tarte", "Tarte aux pommes à 12 € : une par client et par jour.", "par jour"),
    ("tarte", "Tarte aux pommes à 12 € à Nantes-Chantenay.", "Nantes-Chantenay"),
    ("coiffure", "Coupe à 30 €, sans rendez-vous.", "sans rendez-vous"),
    ("gafas", "Gafas de sol a 60 €, estuche incluido.", "incluido"),
    ("paleta", "Paleta de mango a $15, efectivo o tarjeta.", "tarjeta"),
    ("gelato", "Torta gelato 20 €, consegna a domicilio.", "domicilio"),
    ("bolo", "Bolo de cenoura por 12 €, só no local.", "no local"),
    ("kaas", "Stuk jonge kaas € 9,80, thuisbezorgd.", "thuisbezorgd"),
    ("pierogi", "Pierogi ruskie za 24 zł, także na wynos.", "na wynos"),
]
# The same words where they say nothing of the product, ten trades and eight languages.
RIGHT = [
    ("bakery", "Fresh from the oven: sourdough loaf, £3.60."),
    ("bakery", "A crisp, golden sourdough loaf for £3.60."),
    ("bakery", "Come with friends: sourdough loaves are 25% off."),
    ("bakery", "Served with a smile: 25% off every sourdough loaf."),
    ("bakery", "Sourdough loaf £3.60. Lovely with your butter at home."),
    ("bakery", "Rye smiles, warm hands. Sourdough loaf, now £3.60."),
    ("bakery", "Wooden shelves, warm loaves: sourdough at £3.60."),
    ("bakery", "Under a steel-grey sky, a warm sourdough loaf: £3.60."),
    ("bakery", "Smoked nothing, hurried nothing. Sourdough loaf £3.60."),
    ("bakery", "Good with soup, good with cheese: sourdough loaves, 25% off."),
    ("bakery", "Coffee's on you. The sourdough loaf is £3.60."),
    ("bakery", "Walk in and say hello. Sourdough loaf £3.60 in Whitby."),
    ("bakery", "To go with soup: a sourdough loaf for £3.60."),
    ("bakery", "For students of good crust: the sourdough loaf."),
    ("bakery", "Mention the weather, take home a sourdough loaf."),
    ("bakery", "By Whitby harbour, 25% off sourdough loaves."),
    ("bikes", "Steel or titanium, your bike deserves a service: £60."),
    ("bikes", "Your old steel bike needs love. Bike service, £60."),
    ("bikes", "Wet leather saddle? Bike service, £60 instead of £80."),
    ("bikes", "Bike service £60. Tyres not included."),
    ("bikes", "Tyres not included, laughs welcome: 25% off a bike service."),
    ("bikes", "Chain like rusty iron? A bike service is £60."),
    ("bikes", "Book online at quillon.example/shop: bike service, £60."),
    ("barber", "By appointment only: beard trim, €12."),
    ("barber", "Leather chair, hot towel weather: beard trim €12."),
    ("barber", "Call +44 1632 960147 for your appointment: beard trim €12."),
    ("barber", "Silky beard, sharp lines. Beard trim €12."),
    ("barber", "Members of the wild-beard club, rejoice: beard trim, €12."),
    ("barber", "Students, dads, poets: a beard trim is €12."),
    ("chippy", "Fish and chips with a sea view, £9."),
    ("chippy", "Fish and chips, hot and golden, £9. Eat in only."),
    ("chippy", "Sit down with your mates: fish and chips, £9."),
    ("chippy", "Salt on your lips, vinegar in the air: fish and chips £9."),
    ("chippy", "Like peas in a pod: you, and fish and chips for £9."),
    ("florist", "Tulips and good news: €10 a bunch."),
    ("florist", "Not roses. Tulips, €10 a bunch."),
    ("florist", "Tulips for the kitchen table, €10 a bunch."),
    ("florist", "A vase, a window, a bunch of tulips for €10."),
    ("florist", "Wild about tulips? A bunch is €10."),
    ("florist", "One bunch per customer: tulips, €10."),
    ("chippy", "Dine in style: fish and chips, £9."),
    ("chippy", "Good to go, good to stay: fish and chips, £9."),
    ("chippy", "Take away the winter blues with fish and chips, £9."),
    ("bakery", "No appointment with winter: sourdough loaf, £3.60."),
    ("bakery", "We deliver smiles, you carry the sourdough loaf: £3.60."),
    ("bakery", "For students of good crust: a sourdough loaf for £3.60."),
    ("bakery", "For students and poets: a sourdough loaf for £3.60."),
    ("barber", "A beard trim in leather chairs, €12."),
    ("tarte", "Nantes se lève : tarte aux pommes à 12 €."),
    ("cobbler", "Cardiff Castle, Cardiff rain, heel repairs £12."),
    ("cobbler", "Leather soles worn thin? Heel repair, £12."),
    ("cobbler", "Your boots will thank you: heel repair £12."),
    ("cobbler", "Your old leather boots have walked far. Heel repair £12."),
    ("cobbler", "Heel repair £12. Have a rest while you wait."),
    ("cobbler", "Click, clack, quiet again: heel repairs in Cardiff, 20% off."),
    ("wash", "Mud like chocolate? Deluxe wash, $17."),
    ("wash", "Deluxe wash $17. Cash only, no trucks."),
    ("wash", "Chrome deserves it: deluxe wash, $17."),
    ("wash", "Salt, dust, bugs: gone. Deluxe wash $17 in Tucson."),
    ("tools", "Snow like cotton, snow shovel for $15."),
    ("tools", "Hearts of steel, hands of wool. Snow shovel: $15."),
    ("tools", "Hot chocolate after. Snow shovel first: $15."),
    ("tools", "Find us online at quillon.example/shop. Snow shovels $15, in-store only."),
    ("pottery", "Clay, water, time: pottery class €42."),
    ("pottery", "Pottery class €42. Over 16s only."),
    ("pottery", "Mugs, bowls, mischief: a pottery class is €42."),
    ("sarees", "Silk saree ₹3,000. GST included."),
    ("sarees", "Soft as silk, because it is: silk saree ₹3,000."),
    ("sarees", "Gold in the light: silk saree, ₹3,000."),
    ("sofa", "Ecksofa für 1800 Franken, ab Lager, ohne Lieferung."),
    ("sofa", "Kein Leder, kein Lärm: das Ecksofa, 25 % günstiger."),
    ("sofa", "Beim Ecksofa sparen Sie bis 9. Januar ganze 600 Franken."),
    ("sofa", "Holzboden, Kaffee, Ecksofa: 1800 Franken."),
    ("hiking", "Wasserdichte Ausreden gibt es nicht: Wanderschuhe um € 120."),
    ("hiking", "Mit Brot und Käse im Rucksack: Wanderschuhe um € 120."),
    ("strudel", "Apfelstrudel um € 4,40, warm aus dem Ofen."),
    ("strudel", "Apfelstrudel mit Blick auf die Donau: € 4,40. Nur im Lokal."),
    ("tarte", "Tarte aux pommes à 12 €, avec le sourire."),
    ("tarte", "Un café, un livre, une tarte aux pommes à 12 €."),
    ("coiffure", "Coupe à 30 €, sur rendez-vous."),
    ("coiffure", "Une coupe, un sourire : 30 € au lieu de 40 €."),
    ("gafas", "Gafas de sol a 60 €: con estilo, sin complejos."),
    ("gafas", "Playa, cuero, madera, mar. Gafas de sol a 60 €."),
    ("paleta", "Paleta de mango a $15: sabe a verano."),
    ("gelato", "Torta gelato a 20 €, con gli amici di sempre."),
    ("bolo", "Bolo de cenoura por 12 €, com muito carinho."),
    ("kaas", "Stuk jonge kaas voor € 9,80, met liefde gesneden."),
    ("kaas", "Brood, wijn en een stuk jonge kaas: € 9,80."),
    ("pierogi", "Pierogi ruskie za 24 zł, z uśmiechem. Tylko na miejscu."),
    ("pierogi", "Za oknem zimno, u nas pierogi ruskie za 24 zł."),
    ("pierogi", "Pierogi ruskie jak u babci: 24 zł zamiast 30 zł."),
]


@pytest.mark.parametrize(("shop", "text", "named"), [*THINGS, *TERMS])
def test_what_nobody_declared_is_found(shop, text, named):
    said = found(shop, text)
    assert said
    assert named is None or any(named.casefold() in one.casefold() for one in said), said


@pytest.mark.parametrize(("shop", "text"), RIGHT)
def test_the_same_words_elsewhere_pass(shop, text):
    assert found(shop, text) == []


# What is found where nothing declares it, and declared so.
DECLARED = [
    ("bakery", "Rye sourdough loaf, £3.60.", "all our sourdough has rye in it"),
    ("bakery", "Sourdough loaf with butter, £3.60.", "butter comes with every loaf"),
    ("bakery", "Sourdough loaf £3.60, delivered to your door.", "delivery is free in Whitby"),
    ("bakery", "25% off sourdough loaves for pensioners.", "pensioners get 25% off"),
    ("bakery", "Sourdough loaf £3.60. Closed on 1 January.", "closed on 1 January"),
    ("cobbler", "Heel repair £12 while you wait.", "repairs while you wait"),
    ("cobbler", "Heel repair £12, no appointment needed.", "walk-ins welcome"),
    ("florist", "Scented tulips, €10 a bunch.", "our tulips are scented"),
    ("tools", "Foldable snow shovel, $15.", "the shovel is foldable"),
    ("sofa", "Ecksofa aus Samt für 1800 Franken.", "Bezug aus Samt"),
    ("hiking", "Gefütterte Wanderschuhe um € 120.", "alle Schuhe sind gefüttert"),
    ("tarte", "Tarte aux pommes avec chantilly, 12 €.", "chantilly maison avec chaque tarte"),
    ("gafas", "Gafas de sol graduadas a 60 €.", "también graduadas"),
    ("gelato", "Torta gelato al pistacchio, 20 €.", "anche al pistacchio"),
    ("kaas", "Stuk jonge kaas € 9,80, thuisbezorgd.", "wij bezorgen in Alkmaar"),
    ("pierogi", "Pierogi ruskie ze skwarkami za 24 zł.", "skwarki do każdej porcji"),
]


@pytest.mark.parametrize(("shop", "text", "phrase"), DECLARED)
def test_what_is_declared_passes(shop, text, phrase):
    facts = _declared(shop)
    said = replace(facts, statements=(phrase,))
    assert check(text, facts.locale, facts)
    assert [one.text for one in check(text, facts.locale, said)] == []


def test_a_denied_service_is_none_that_is_declared():
    facts = replace(_declared("bakery"), legal=("No delivery or collection.",))
    assert check("Sourdough loaf £3.60, delivered to your door.", "en-GB", facts)


def test_a_brand_of_the_material_founds_it():
    facts = replace(_declared("tools"), names=("Steel & Sons", "Duluth"))
    assert not check("Steel snow shovels, $15.", "en-US", facts)


def test_the_message_says_what_is_added():
    said = check("Steel snow shovels, $15.", "en-US", _declared("tools"))[0].message
    assert said.startswith('"Steel" is added to the offer')


def test_a_day_of_the_offer_is_closed_only_where_that_is_declared():
    few = _declared("bakery", "2027-01-02")
    assert check("1 January is for sourdough.", "en-GB", few) == []
    said = check("Closed on 1 January.", "en-GB", few)[0].message
    assert said.startswith('"1 January" is a day of the offer')
    told = replace(few, statements=("closed on 1 January",))
    assert check("Closed on 1 January.", "en-GB", told) == []
    assert check("Closed on 24 January.", "en-GB", told)


def test_text_in_another_language_than_the_facts_is_not_asked():
    assert check("Livré chez vous.", "fr-FR", _declared("bakery")) == []


LONG = ["steel ", "steel, ", "with tea £1 ", "delivered to your door ", "included excluded "]


@pytest.mark.parametrize("unit", [*LONG, "one per customer per table ", "closed on 1 January "])
def test_time_is_linear(unit):
    def takes(many: int) -> float:
        begun = perf_counter()
        check(unit * many, "en-GB", _declared("chippy"))
        return perf_counter() - begun

    takes(10)
    assert takes(1200) < 12 * takes(300) + 1
