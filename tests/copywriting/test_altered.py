"""Declared facts said otherwise, and altered in one way: each pair is a kind of mistake."""

from __future__ import annotations

import pytest
from labelled import facts_for, locale_of

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts


def said(shop: str, text: str) -> list[str]:
    return [item.text for item in check(text, locale_of(shop), facts_for(shop))]


@pytest.mark.parametrize(
    ("shop", "text"),
    [
        ("optician-gb", "Over 60? Your eye test is free."),  # free eye test for over-60s
        ("optician-gb", "At least 600 frames in store."),
        ("pizza-us", "Free delivery from $25."),  # delivery free over $25
        ("pizza-us", "Spend $25 or more: delivery is free."),
        ("pizza-us", "Delivery free on orders of $25+."),
        ("fahrrad", "Ersatzteile für mindestens 40 Marken."),
        ("papeterie", "Livraison offerte à partir de 35 €."),
        ("taqueria", "Envío gratis desde $250."),
    ],
)
def test_a_bound_may_be_said_otherwise(shop: str, text: str):
    assert said(shop, text) == []


@pytest.mark.parametrize(
    ("shop", "text", "word"),
    [
        ("optician-gb", "Under 60? Your eye test is free.", "60"),
        ("optician-gb", "Free eye test for under-60s.", "60"),
        ("optician-gb", "More than 600 frames in store.", "600"),
        ("optician-gb", "600+ frames in store.", "600"),
        ("gym-ie", "Over 120 classes a week.", "120"),
        ("pizza-us", "Delivery is free under $25.", "$25"),
        ("fahrrad", "Ersatzteile für mehr als 40 Marken.", "40"),
        ("fahrrad", "Über 15 % Rabatt auf Schläuche mit Kundenkarte.", "15 %"),
        ("papeterie", "Plus de 5 000 titres en rayon.", "5 000"),
        ("papeterie", "Livraison offerte en dessous de 35 €.", "35 €"),
        ("taqueria", "Más de cinco tacos por orden.", "cinco"),
        ("peluqueria", "Color por 35 €.", "35 €"),  # from 35 €
        ("peluqueria", "Niños mayores de 10 años, a mitad de precio.", "a mitad de precio"),
        ("cinema-gb", "Under-12s are half price after 5pm.", "5pm"),
        ("beetwerk", "Unter 40 € liefern wir frei Haus.", "40 €"),
    ],
)
def test_a_bound_is_held_to_its_side(shop: str, text: str, word: str):
    assert word in said(shop, text)


def test_a_declared_bound_founds_itself_and_less():
    facts = Facts(statements=("over 2,000 guests",))
    assert check("More than 2,000 guests", "en", facts) == check("2,000 guests", "en", facts) == []
    assert check("Under 2,000 guests", "en", facts) != []


@pytest.mark.parametrize(
    ("shop", "text"),
    [
        ("taqueria", "MX$89"),
        ("taqueria", "$89 MXN"),
        ("taqueria", "89 pesos"),
        ("coiffure", "45 $ CA"),
        ("coiffure", "45 $ au lieu de 60 $"),
        ("pizza-us", "US$12.99"),
        ("pizza-us", "$12.99 USD"),
        ("moebel", "Fr. 1192.–"),
        ("moebel", "1192.– Fr."),
        ("moebel", "1192.– statt 1490.–"),
        ("moebel", "Fr. 9–18.30 Uhr"),  # a Friday
        ("gym-ie", "Save a tenner."),
    ],
)
def test_money_of_a_country_in_its_notations(shop: str, text: str):
    assert said(shop, text) == []


@pytest.mark.parametrize(
    ("shop", "text", "word"),
    [
        ("taqueria", "US$89", "US$89"),
        ("taqueria", "$89 USD", "$89 USD"),
        ("taqueria", "89 dólares", "89 dólares"),
        ("coiffure", "45 $ US", "45 $ US"),
        ("pizza-us", "CA$12.99", "CA$12.99"),
        ("pizza-us", "$12.99 CAD", "$12.99 CAD"),
        ("moebel", "Fr. 1292.–", "Fr. 1292.–"),
        ("moebel", "1292.– statt 1490.–", "1292.–"),
        ("gym-ie", "Save a fiver.", "fiver"),
    ],
)
def test_money_of_another_country_is_another_price(shop: str, text: str, word: str):
    assert said(shop, text) == [word]


@pytest.mark.parametrize("text", ["€29 a month", "€29/month", "Membership is €29 monthly."])
def test_a_price_is_for_the_time_that_the_product_names(text: str):
    assert said("gym-ie", text) == []


@pytest.mark.parametrize("text", ["€29 a year", "€29/week", "Membership is €29 weekly.", "€29/day"])
def test_a_price_is_for_no_other_time(text: str):
    found = check(text, "en-IE", facts_for("gym-ie"))
    assert [item.text for item in found] == ["€29"]
    assert "is not declared as the price of a" in found[0].message


@pytest.mark.parametrize(
    ("shop", "text", "word"),
    [
        ("gym-ie", "Gyms in Cork and Limerick.", "Limerick"),
        ("gym-ie", "Gyms in Cork, Dublin and Galway.", "Dublin"),
        ("hotel", "Rooms in Burlington and Stowe.", "Stowe"),
        ("heladeria", "Con leche de Cantabria.", "Cantabria"),
    ],
)
def test_every_place_of_a_list_is_read(shop: str, text: str, word: str):
    assert word in said(shop, text)


@pytest.mark.parametrize(
    ("shop", "text"),
    [
        ("pizza-us", "Tuesdays: two for one on slices."),
        ("taqueria", "Los miércoles, aguas frescas al 2x1."),
        ("taqueria", "Miércoles de 2x1 en aguas frescas."),
        ("coiffure", "Le mercredi, les étudiants ont 10 % de rabais sur la coloration."),
        ("papeterie", "Votre emballage cadeau est gratuit."),
        ("hotel", "Guests park for free."),
        ("hotel", "Cancel free of charge up to 48 hours before arrival."),
        ("hotel", "Breakfast included and free parking for guests."),
        ("academia", "Haz gratis la prueba de nivel."),
        ("beetwerk", "Ab 40 € liefern wir frei Haus."),
        ("fromagerie", "Dès 4 personnes, nous prêtons l'appareil gratuitement."),
        ("bakery", "Buy any loaf and take 20% off your coffee."),
    ],
)
def test_an_offer_in_another_order_is_the_same(shop: str, text: str):
    assert said(shop, text) == []


@pytest.mark.parametrize(
    ("shop", "text", "word"),
    [
        ("pizza-us", "Tuesdays: two for one on pizzas.", "two for one"),
        ("taqueria", "Los miércoles, aguas frescas y tacos al 2x1.", "2x1"),
        ("taqueria", "2x1 en tacos y aguas frescas los miércoles.", "2x1"),
        ("hotel", "Free parking for guests and friends.", "Free"),
        ("hotel", "Guests and friends park for free.", "for free"),
        ("hotel", "Guests eat for free and find parking.", "for free"),
        ("hotel", "Third night free from Sunday to Thursday.", "free"),
        ("bakery", "20% off coffee.", "coffee"),  # the buns are 20 % cheaper, too
        (
            "coiffure",
            "Le mercredi, les étudiants ont 25 % de rabais sur la coloration.",
            "coloration",
        ),
    ],
)
def test_an_offer_on_more_or_on_another_thing_is_not(shop: str, text: str, word: str):
    assert word in said(shop, text)


def test_a_phrase_founds_its_thing_for_its_own_offer_only():
    from storesync.copywriting.facts.declared.gather import Percentage

    facts = Facts(
        percentages=(Percentage(30, "off"),), products=("buns",), statements=("10% off tea",)
    )
    assert check("30% off buns", "en", facts) == check("Take 10% off tea", "en", facts) == []
    assert [item.text for item in check("30% off tea", "en", facts)] == ["tea"]


@pytest.mark.parametrize(
    ("shop", "text"),
    [
        ("gym-ie", "Join before 1 October."),
        ("fahrrad", "Vor dem 28. März."),
        ("papeterie", "Avant le 28 novembre."),
        ("taqueria", "Antes del 17 de mayo."),
        ("papeterie", "Le lundi, nous ouvrons à 14 h."),
        ("fahrrad", "Montags haben wir zu."),
        ("fahrrad", "Sa. 10–14 Uhr"),
        ("taqueria", "De 1 de la tarde a 11 de la noche."),
        ("coiffure", "250, rue Saint-Jean"),
        ("heladeria", "Calle de la Paz, 15"),
        ("ocha", "5月16日まで"),
    ],
)
def test_days_times_and_addresses_as_people_write_them(shop: str, text: str):
    assert said(shop, text) == []


@pytest.mark.parametrize(
    ("shop", "text", "word"),
    [
        ("gym-ie", "Join before 2 October.", "2 October"),
        ("fahrrad", "Vor dem 29. März.", "29. März"),
        ("papeterie", "Le lundi, nous ouvrons à 19 h.", "19 h"),
        ("fahrrad", "Dienstags haben wir zu.", "Dienstags"),
        ("fahrrad", "Sa. 10–15 Uhr", "15 Uhr"),
        ("beetwerk", "Sonntags von 10 bis 15 Uhr geöffnet.", "15 Uhr"),  # Fridays at 15 Uhr
        ("beetwerk", "Jeden Samstag um 15 Uhr: Pflanzentausch.", "Samstag"),
        ("taqueria", "Hasta las 12 de la noche.", "12 de la noche"),
        ("coiffure", "520, rue Saint-Jean", "520"),
        ("heladeria", "Calle de la Paz, 51", "51"),
        ("bakery", "Open from 7 on weekdays and from 7 on Saturdays.", "7"),
        ("ocha", "15月16日まで", "15"),
    ],
)
def test_others_are_found(shop: str, text: str, word: str):
    assert word in said(shop, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [("Over 600 frames.", "is not as declared"), ("Over 700 frames.", "is no declared fact")],
)
def test_a_bound_of_a_declared_number_is_told_apart(text: str, said: str):
    assert said in check(text, "en-GB", facts_for("optician-gb"))[0].message


def test_a_superlative_of_a_country_is_a_claim():
    assert said("apotheke-at", "Die zarteste Handcreme Österreichs.") == ["zarteste"]


DECLARED = {
    "en": ("free knife sharpening on Saturdays", "sauna included", "free pattern with every skein"),
    "de": ("Dip gratis zu jeder Pizza", "kostenlose Hautberatung am Mittwoch"),
}


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Dull knives? Bring 'em in on a Saturday. Sharpening's on us."),
        ("en", "Sweat now, sauna later. It's included."),
        ("en", "The pattern with your skein is free."),
        ("de", "Der Dip ist bei jeder Pizza gratis dabei."),
        ("de", "Am Mittwoch beraten wir Sie kostenlos zur Haut."),
        ("de", "Die Haut braucht Rat. Am Mittwoch beraten wir Sie kostenlos."),
    ],
)
def test_a_call_or_a_short_sentence_before_an_offer_tells_its_terms(locale: str, text: str):
    assert check(text, locale, Facts(statements=DECLARED[locale], locale=locale)) == []


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Dull knives? Bring 'em in on a Sunday. Sharpening's on us."),
        ("en", "Bring knives and saws on a Saturday. Sharpening's on us."),
        ("en", "Bring your knife on a Saturday. Lunch is on us."),
        ("en", "Bring your knives on a Saturday. Sharpening and oil are on us."),
        ("en", "Open Saturdays. Knife sharpening's on us."),
        ("en", "No sauna today. It's included."),
        ("en", "Sauna, pool, towels. It's included."),
        ("en", "The needle with your pattern and skein is free."),
        ("de", "Die Cola ist bei jeder Pizza mit Dip gratis."),
        ("de", "Der Dip ist bei jedem Salat gratis."),
        ("de", "Am Mittwoch beraten wir Sie kostenlos."),
        ("de", "Am Freitag beraten wir Sie kostenlos zur Haut."),
    ],
)
def test_no_other_sentence_does(locale: str, text: str):
    assert check(text, locale, Facts(statements=DECLARED[locale], locale=locale)) != []
