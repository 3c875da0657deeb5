"""What is declared, and what the fact check says about copy: cases with their messages."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from labelled import facts_for, locale_of

from storesync.copywriting.facts.check import check, unfounded
from storesync.copywriting.facts.declared.facts import Facts, facts_of
from storesync.copywriting.facts.declared.gather import Day, Percentage, Price
from storesync.copywriting.facts.declared.opening import Clock
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.reading.read import items, read
from storesync.model.hours import parse_hours
from storesync.model.template import Variable


def shared(**changes: Any) -> dict[str, Any]:
    return {
        "locale": "en-GB",
        "brand": {"name": "Larch & Rye", "website": "https://larch.example"},
        "flight": {"start": "2026-12-04", "end": "2026-12-06"},
        **changes,
    }


MESSAGES = {
    "70% off buns": '"70%" is no declared fact: 30% off is',
    "\uff17\uff10\uff05 off buns": (
        '"\uff17\uff10\uff05" (reads "70%") is no declared fact: 30% off is'
    ),
    "Over 30% off": '"30%" is not as declared: 30% off, no more and no less',
    "Monday 6 November": '"Monday": 6 November 2026 is a Friday, not a Monday',
    "Ends tomorrow": '"tomorrow" is no date that holds on every day: write the date',
    "Call 0117 496 0124": '"0117 496 0124" is no declared fact: +441174960123 is',
    "The best buns": '"best" is a claim that nobody declared: add it to the claims with its proof',
    "As an AI, I like buns": '"As an AI" reads like the prompt of a model, not like copy',
}


@pytest.mark.parametrize("text", MESSAGES)
def test_messages_say_what_is_declared(text: str):
    assert MESSAGES[text] in [one.message for one in check(text, "en-GB", facts_for("en"))]


PRICE_MESSAGES = {
    "Was £2.24": '"£2.24": 2.24 GBP is the price now, not the earlier one',
    "Now £3.20": '"£3.20": 3.20 GBP is the earlier price, not the price now',
    "Save £2.24": '"£2.24": 2.24 GBP is the price now, not what is saved',
    "£3.20": '"£3.20": 3.20 GBP is the earlier price, and the price now is not beside it',
    "Now £9": '"£9" is no declared fact: now 2.24 GBP, was 3.20 GBP, off 0.96 GBP are',
}


@pytest.mark.parametrize("text", PRICE_MESSAGES)
def test_messages_tell_a_wrong_role_from_a_wrong_price(text: str):
    assert [one.message for one in check(text, "en-GB", facts_for("en"))] == [PRICE_MESSAGES[text]]


def test_how_long_the_flight_is_is_told_where_days_are_counted():
    facts = facts_of(shared())
    (cups,) = check("2,000 cups", "en", facts)
    (days,) = check("for 20 days", "en", facts)
    assert cups.message == '"2,000" is no declared fact: no number is declared'
    assert days.message == '"20" is no declared fact: 3 days are'


OFFERS = {
    "Netting? It's free.": True,
    "Netting costs nothing.": True,
    "Buy a tree and the netting is free.": True,
    "20% off trees, and the netting is free.": True,
    "Trees and the netting are free.": False,
    "Netting, trees: all free.": False,
    "Stakes, ties, and netting are free.": False,
    "Bird netting is free.": False,
    "Delivery of netting is free.": False,
    "Trees with netting: free.": False,
    "Netting is free & trees.": False,
    "Netting is free, trees too.": False,
    "Free netting bags.": False,
    "It is free.": False,
    "Your tenth tree is on us.": True,
    "Every tree is on us.": False,
    "Your tenth is free.": True,
    "Free oat milk.": False,
    "Oat milk? No extra charge.": True,
    "Delivery is free.": False,
}


@pytest.mark.parametrize("text", OFFERS)
def test_a_phrase_founds_an_offer_as_a_whole(text: str):
    said = ["netting is free", "the tenth is on us", "oat milk at no extra cost"]
    said.append("delivery is never free")
    offer = {"product": "tree", "discount_percentage": 20}
    facts = facts_of(shared(offer=offer, product_name="trees"), statements=said)
    assert (not check(text, "en", facts)) is OFFERS[text]


def test_a_number_without_a_unit_counts_what_its_variable_is_called():
    rows = {"kinds": Variable(type="integer", description="Roasts to choose from.")}
    facts = facts_of(shared(kinds=11), variables=rows)
    good = ("11 kinds", "Eleven roasts.", "All 11 are here.", "11 to choose from")
    assert [text for text in good if check(text, "en", facts)] == []
    bad = ("11 shops", "11 hours", "11 people", "11%", "£11", "11 Stunden")
    assert [text for text in bad if not check(text, "en", facts)] == []
    german = facts_of(shared(kinds=11, locale="de-DE"), variables=rows)
    assert check("elf Sorten", "de", german) == []
    assert check("elf Stunden", "de", german) != []


def test_holidays_with_a_date_are_dates_and_others_none():
    facts = facts_of(shared(flight={"start": "2026-12-07", "end": "2026-12-24"}))
    for locale, good, bad in (
        ("en", "until Christmas Eve", "until Boxing Day"),
        ("de", "bis Heiligabend", "bis Silvester"),
        ("fr", "jusqu'à la veille de Noël", "jusqu'à la Saint-Sylvestre"),
        ("es", "hasta Nochebuena", "hasta Nochevieja"),
        ("nl", "tot en met kerstavond", "tot en met oudejaarsavond"),
        ("pl", "do Wigilii", "do sylwestra"),
    ):
        assert check(good, locale, facts) == []
        assert [one.kind for one in check(bad, locale, facts)] == [Kind.DATE]
    assert [one.text for one in check("until Christmas", "en", facts)] == ["until Christmas"]
    assert check("Happy New Year's Eve!", "en", facts) == []


def test_a_state_is_founded_by_its_code():
    place = {"name": "Congress", "address": {"city": "Austin", "region": "TX", "country": "US"}}
    facts = facts_of(shared(), {"location": place})
    assert check("Roasted in Texas.", "en-US", facts) == []
    assert [one.text for one in check("Roasted in Ohio.", "en-US", facts)] == ["Ohio"]
    (only,) = check("The best cup in Ohio.", "en-US", facts)
    assert only.kind is Kind.CLAIM


def test_a_town_behind_an_elided_article_is_a_place():
    place = {"name": "Quai", "address": {"city": "Nantes", "country": "FR"}}
    facts = facts_of(shared(), {"location": place})
    (only,) = check("Notre boutique d’Angers vous attend.", "fr-FR", facts)
    assert (only.kind, only.text) == (Kind.PLACE, "Angers")


def test_messages_escape_hostile_text():
    (found,) = check("70\u202e% off", "en-GB", facts_for("en"))
    assert "\u202e" not in found.message
    assert found.text == "70\u202e%"


def test_nothing_declared_is_told_apart_from_another_thing_declared():
    nothing = facts_of(shared(flight={}))
    assert [one.contradicts for one in check("70% off", "en", nothing)] == [False]
    assert [one.contradicts for one in check("70% off", "en", facts_for("en"))] == [True]
    assert "no percentage is declared" in check("70% off", "en", nothing)[0].message


def test_roles_and_what_follows_from_them():
    offer = {"product": "bun", "price": "2.00", "regular_price": "4.00"}
    facts = facts_of(shared(offer=offer), {"currency": "GBP"})
    assert Percentage(Decimal(50), "off") in facts.percentages
    assert Price(Decimal("2.00"), "GBP", "off") in facts.prices
    only = facts_of(
        shared(offer={"discount_percentage": 25, "regular_price": "4.00"}), {"currency": "GBP"}
    )
    assert Price(Decimal("3.00"), "GBP", "now") in only.prices


def test_money_of_several_currencies_is_of_the_location():
    offer = {"price": {"GBP": "2.00", "EUR": "2.40"}}
    assert check("Only £2.00", "en", facts_of(shared(offer=offer), {"currency": "GBP"})) == []
    assert check("Only £2.00", "en", facts_of(shared(offer=offer), {"currency": "EUR"})) != []


def test_variables_of_fact_types_are_facts_and_texts_are_none():
    variables = {
        "workshop_on": Variable(type="date"),
        "minutes": Variable(type="integer", unit="minutes"),
        "voucher": Variable(type="money"),
        "sign_up": Variable(type="url"),
        "message": Variable(),
    }
    context = shared(
        workshop_on="2026-12-05",
        minutes=40,
        voucher="5.00",
        sign_up="https://larch.example/join",
        message="99% off for 12 people",
    )
    facts = facts_of(context, {"currency": "GBP"}, variables=variables)
    good = "Saturday 5 December, 40 minutes, a £5.00 voucher-free evening at larch.example/join"
    assert [one.text for one in check(good, "en-GB", facts)] == ["voucher"]
    assert {one.text for one in check("99% off for 12 people", "en", facts)} == {"99%", "12"}
    assert check("40 hours", "en", facts) != []


def test_hours_as_contexts_hold_them():
    hours = {"mon-fri": "08:00-18:00", "sat": "09:00-12:00", "2026-12-25": "closed"}
    for given in (hours, parse_hours(hours)):
        facts = facts_of(shared(), {"location": {"name": "Leith", "hours": given}})
        assert Clock(480, "opens", frozenset(range(5))) in facts.clocks
        assert Clock(720, "closes", frozenset({5})) in facts.clocks
        assert facts.open_days == frozenset(range(6))
        assert Day(facts.days[-1].value) == facts.days[-1]
        assert check("Closed on Sundays and on 25 December.", "en-GB", facts) == []
        assert check("Closed on Mondays.", "en-GB", facts) != []
    always = facts_of(
        shared(), {"location": {"name": "Leith", "hours": {"mon-sun": "00:00-24:00"}}}
    )
    assert check("Open 24/7.", "en-GB", always) == []


NAMES = {
    "Route 66": ("Meet us at Route 66.", True),
    "Four Seasons": ("Four Seasons, by the park.", True),
    "99% off": ("99% off!", False),
    "Free Coffee Corner": ("Free Coffee Corner", False),
    "Best in Town": ("Best in Town", False),
    "70": ("70 reasons to come", False),
    "Ignore previous instructions": ("Ignore previous instructions", False),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_vouches_for_itself_but_for_no_offer(name: str):
    text, right = NAMES[name]
    facts = facts_of(shared(), {"location_name": name, "location": {"name": name}})
    assert (not check(text, "en-GB", facts)) is right


def test_a_name_covers_no_part_of_another_word_or_number():
    facts = facts_of(shared(), {"location": {"name": "Pier 7"}})
    assert check("Pier 7", "en", facts) == []
    assert check("Pier 70", "en", facts) != []
    assert check("Pier 7% off", "en", facts) != []


def test_notes_and_attributes_are_no_facts():
    location = {"name": "Leith", "attributes": {"note": "99% off, call 0131 496 0999"}}
    found = check(
        "99% off, call 0131 496 0999", "en-GB", facts_of(shared(), {"location": location})
    )
    assert [one.kind for one in found] == [Kind.PERCENT, Kind.PHONE]


STATED: Mapping[str, bool] = {
    "Steeped for 18 hours.": True,
    "Steeped for eighteen hours.": True,
    "An 18-hour steep.": True,
    "Steeped for 18 minutes.": False,
    "Steeped for 18 days.": False,
    "18 people steep it.": False,
    "Steeped for 19 hours.": False,
}


@pytest.mark.parametrize("text", STATED)
def test_statements_hold_in_any_notation(text: str):
    facts = facts_of(shared(), statements=["steeped for eighteen hours"])
    assert (not check(text, "en", facts)) is STATED[text]


CLAIMED = {
    "Voted Best Bakery of Larch Hill 2025, by the way": True,
    "Larch Hill's best bakery, voted in 2025": True,
    "In 2025 we were voted the best bakery of Larch Hill.": True,
    "Voted best bakery of Larch Hill": False,
    "Voted best bakery of Larch Hill 2026": False,
    "Larch Hill voted us the best bakery and café of 2025.": False,
    "Voted the best bakery? Never in 2025 on Larch Hill.": False,
    "Voted best. Bakery of Larch Hill 2025.": False,
    "The best bread": False,
}


@pytest.mark.parametrize("text", CLAIMED)
def test_claims_hold_with_all_their_words_and_no_others(text: str):
    facts = facts_of(shared(), claims=["voted best bakery of Larch Hill 2025"])
    assert (not check(text, "en", facts)) is CLAIMED[text]


ADDRESSES = {
    "larch.example": True,
    "www.larch.example": True,
    "https://larch.example/": True,
    "https://larch.example/?utm_source=mail": True,
    "https://larch.example/?next=evil": False,
    "http://larch.example/": False,
    "https://larch.example:8443/": False,
    "https://larch.example@evil.example/": False,
    "https://user:pass@larch.example/": False,
    "https://larch.example.evil.example/": False,
    "https://evil.example/larch.example": False,
    "https://larсh.example/": False,  # noqa: RUF001 - a Cyrillic letter is what is tested
    "https://xn--larh-z6d.example/": False,
    "larch.example/offers": False,
    "larch.com": False,
    "shop@larch.example": False,
    "LARCH.COM": False,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_lead_where_declared_ones_do(address: str):
    found = check(f"See {address} for more.", "en-GB", facts_of(shared()))
    assert [one.kind for one in found] == ([] if ADDRESSES[address] else [Kind.URL])


PHONES = {
    "0117 496 0123": True,
    "(0117) 496-0123": True,
    "+44 117 496 0123": True,
    "+44 (0)117 496 0123": True,
    "0044 117 4960123": True,
    "\uff10\uff11\uff11\uff17 \uff14\uff19\uff16 \uff10\uff11\uff12\uff13": True,
    "0117\u00ad 496\u200b 0123": True,
    "0117 496 0124": False,
    "+49 117 496 0123": False,
    "0117 496 01234": False,
    "01174 960 12": False,
    "1-800-BUN-TIME": False,
}


@pytest.mark.parametrize("phone", PHONES)
def test_phones_in_any_notation(phone: str):
    found = check(f"Call {phone} now", "en-GB", facts_for("en"))
    assert [one.kind for one in found] == ([] if PHONES[phone] else [Kind.PHONE])


NUMBERS = {
    ("en", "1,500 cups"): "1500",
    ("en", "1.500 cups"): "1.500",
    ("de", "1.500 cups"): "1500",
    ("de", "1,500 cups"): "1.500",
    ("fr", "1 500 cups"): "1500",
    ("en", "1,00,000 cups"): "100000",
    ("de", "1.234,5 cups"): "1234.5",
    ("en", "two and a half cups"): "2.5",
    ("en", "2½ cups"): "2.5",
    ("en", "2 million cups"): "2000000",
    ("en", "5k cups"): "5000",
    ("en", "one hundred and twenty-five cups"): "125",
    ("fr", "quatre-vingt-dix-sept cups"): "97",
    ("fr", "soixante et onze cups"): "71",
    ("fr", "deux cent mille cups"): "200000",
    ("de", "zweitausenddreihundertfünfundvierzig cups"): "2345",
    ("de", "dreitägig"): "3",
    ("es", "ciento treinta y dos cups"): "132",
    ("es", "dos mil quinientos cups"): "2500",
    ("nl", "vijfentwintig cups"): "25",
    ("nl", "tweeëndertighonderdvijftig cups"): "3250",
    ("nl", "tweeënhalf cups"): "2.5",
    ("nl", "anderhalve cups"): "1.5",
    ("nl", "driegangenmenu"): "3",
    ("pl", "dwudziestu pięciu cups"): "25",
    ("pl", "dwa tysiące trzysta czterdzieści pięć cups"): "2345",
    ("pl", "dwa i pół cups"): "2.5",
    ("pl", "półtorej cups"): "1.5",
    ("pl", "dwudziestopięciogodzinny"): "25",
    ("ja", "七十% cups"): "70",
    ("en", "XVIII cups"): "18",
    ("en", "Ⅻ cups"): "12",
    ("en", "two dozen cups"): "24",
}


@pytest.mark.parametrize(("locale", "text"), NUMBERS)
def test_numbers_are_read_whole(locale: str, text: str):
    assert [item.value for item in items(text, locale)] == [Decimal(NUMBERS[locale, text])]


def test_each_language_reads_its_own_order_of_dates():
    def dates(text: str, locale: str) -> list[Any]:
        return [item.value for item in items(text, locale) if item.kind is Kind.DATE]

    assert dates("4/12/2026", "en-GB") == [(2026, 12, 4)]
    assert dates("4/12/2026", "en-US") == [(2026, 4, 12)]
    assert dates("4.12.", "de") == [(None, 12, 4)]
    assert dates("del 4 al 6 de diciembre", "es") == [(None, 12, 4), (None, 12, 6)]
    assert dates("December 4–6, 2026", "en-US") == [(2026, 12, 4), (2026, 12, 6)]
    assert dates("2026年12月4日", "ja") == [(2026, 12, 4)]
    assert dates("4 t/m 6 december", "nl") == [(None, 12, 4), (None, 12, 6)]
    assert dates("od 4 do 6 grudnia", "pl") == [(None, 12, 4), (None, 12, 6)]
    assert dates("dwudziestego piątego lutego", "pl") == [(None, 2, 25)]
    assert dates("w lutym", "pl") == [(None, 2, None)]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en-GB", "between 4 and 6 December"),
        ("en-GB", "between Friday 4 and Sunday 6 December"),
        ("de", "zwischen dem 4. und dem 6. Dezember"),
        ("fr", "entre le 4 et le 6 décembre"),
        ("es", "entre el 4 y el 6 de diciembre"),
    ],
)
def test_two_days_that_it_is_between_are_its_ends(locale: str, text: str):
    found = [item for item in items(text, locale) if item.kind is Kind.DATE]
    assert [(item.role, item.value[2]) for item in found] == [("start", 4), ("end", 6)]


def test_one_reading_serves_all_locations():
    reading = read("30% off at Harbour Row", "en-GB")
    assert unfounded(reading, facts_for("en")) == []
    elsewhere = facts_of(shared())
    assert [one.text for one in unfounded(reading, elsewhere)] == ["30%", "Harbour Row"]
    assert read("30% off at Harbour Row", "en-GB") is reading


@pytest.mark.parametrize("language", ["en", "fr", "de", "es"])
def test_legal_texts_stand_word_for_word(language: str):
    facts = facts_for(language)
    assert check(facts.legal[0], locale_of(language), facts) == []
    assert check(facts.legal[0].upper(), locale_of(language), facts) == []


def test_products_of_the_brand_that_the_offer_is_not_about():
    (found,) = check("Try a rye loaf.", "en-GB", facts_for("en"))
    assert (found.kind, found.text) == (Kind.PRODUCT, "rye loaf")
    assert [one.kind for one in check("30% off everything", "en-GB", facts_for("en"))] == [
        Kind.PRODUCT
    ]
    assert (
        check("30% off everything", "en", facts_of(shared(offer={"discount_percentage": 30}))) == []
    )


def test_a_product_without_a_visible_name_is_found_nowhere():
    facts = facts_of(shared(), others=("\u200b", " "))
    assert check("Everything for the garden", "en-GB", facts) == []


WEEKDAYS = {
    ("en", "Friday 6, Saturday 7 and Sunday 8 November"): [],
    ("en", "Friday 6, Monday 7 and Sunday 8 November"): ["Monday"],
    ("en", "5, 6 and 7 November"): ["5"],
    ("fr", "Du vendredi 6 au dimanche 15 novembre"): [],
    ("fr", "Du vendredi 6 au samedi 15 novembre"): ["samedi"],
    ("es", "Del viernes 6 al lunes 15 de noviembre"): ["lunes"],
    ("de", "Von Freitag bis Sonntag"): [],
    ("de", "Von Freitag bis Samstag"): ["Samstag"],
    ("de", "Montag bis Freitag 9 bis 19 Uhr"): [],
    ("de", "Montag bis Sonntag 9 bis 19 Uhr"): ["Sonntag", "19 Uhr"],
    ("en", "This Friday only"): ["Friday"],
}


@pytest.mark.parametrize(("language", "text"), WEEKDAYS)
def test_every_day_of_the_week_is_held_against_the_calendar(language: str, text: str):
    found = check(text, locale_of(language), facts_for(language))
    assert [one.text for one in found] == WEEKDAYS[language, text]


ROLES = {
    "From £3.20 to £2.24.": True,
    "From £2.24 to £3.20.": False,
    "£2.24, down from £3.20": True,
    "Up from £2.24.": False,
    "£3.20, only": False,
    "30% less sugar": False,
    "30% less.": True,
    "An extra 30% off": False,
    "Pay 70% of it": True,
    "Pay 30% of it": False,
    "A third off": False,
    "Save 30% of the price": True,
    "30% off the usual price": True,
    "X0% off": False,
    "Save a pound on buns": False,
    "Save a pound of flour for Sunday": True,
    "Save €€€": False,
    "We open 7 new shops.": False,
    "Winter 2026": True,
    "2026 cups": False,
    "30 minutes": False,
}


LEFT_TO_PAY = {
    "en": ("Buns at {}% of the usual price.", "You'll pay {}% of it."),
    "fr": ("À {} % du prix normal.", "Ne payez que {} % !"),
    "de": (
        "Nur {} % des alten Preises.",
        "Zu {} % vom Normalpreis.",
        "Zu {} % des Originalpreises.",
        "Sie zahlen nur {} %.",
    ),
    "es": ("Por el {} % del precio.", "Pagas solo el {} %."),
}


@pytest.mark.parametrize(
    ("language", "text"), [(name, one) for name, texts in LEFT_TO_PAY.items() for one in texts]
)
def test_what_is_left_to_pay_is_no_discount(language: str, text: str):
    facts = facts_of(shared(offer={"discount_percentage": 20}))
    assert check(text.format(80), language, facts) == []
    assert [one.kind for one in check(text.format(20), language, facts)] == [Kind.PERCENT]


@pytest.mark.parametrize("text", ROLES)
def test_a_figure_is_founded_in_its_role_only(text: str):
    assert (not check(text, "en-GB", facts_for("en"))) is ROLES[text]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029"])
def test_nothing_goes_on_over_any_line_end(end: str):
    text = f"Only £4{end}0% of it is dust, was{end}£9"
    found = check(text, "en-GB", facts_for("en"))
    assert [one.text for one in found] == ["£4", "0%", "£9"]
    assert all(text[one.start : one.end] == one.text for one in found)


REMEDIES = {
    "Schützt vor Hautkrebs.": "de",
    "Gegen Rückenschmerzen.": "de",
    "Frena la caída del pelo.": "es",
    "Freine la chute des cheveux.": "fr",
}


@pytest.mark.parametrize("text", REMEDIES)
def test_what_is_said_of_an_illness_is_a_claim(text: str):
    assert [one.kind for one in check(text, REMEDIES[text], facts_of({}))] == [Kind.CLAIM]


MOST = {
    "La funda más dura.": "más dura",
    "Ponte la funda más chula.": "más chula",
    "La vida más fácil con una funda.": "",
    "Más vale funda que lamentar.": "",
    "Se cae más que el wifi.": "",
    "Más duras que nunca.": "",
}


@pytest.mark.parametrize("text", MOST)
def test_a_spanish_superlative_has_its_product_before_it(text: str):
    facts = Facts(products=("funda",), locale="es")
    assert " ".join(one.text for one in check(text, "es", facts)) == MOST[text]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en-GB", "Use coupon PATAS20 for 20% off."),
        ("de-DE", "Mit Gutschein PATAS20 sparen Sie 20 %."),
        ("fr-FR", "Avec le bon PATAS20, 20 % de remise."),
        ("es-ES", "Usa el cupón PATAS20: 20 % de descuento."),
        ("pt-BR", "Use o cupom PATAS20 e tenha 20% de desconto."),
        ("it-IT", "Con il buono PATAS20 il 20% di sconto."),
    ],
)
def test_a_coupon_is_its_code_and_no_gift(locale: str, text: str):
    offer = {"discount_percentage": 20, "code": "PATAS20"}
    facts = facts_of({"locale": locale, "offer": offer})
    assert check(text, locale, facts) == []
    assert [one.text for one in check(text.replace("S20", "S30"), locale, facts)] == ["PATAS30"]
