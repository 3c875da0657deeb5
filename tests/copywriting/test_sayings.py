"""Numbers and superlatives as people speak, and the same words where they promise something."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.declared.gather import Day, Percentage
from storesync.copywriting.facts.declared.opening import Clock

SAID = {
    "en": [
        "Rule number one: no phones",
        "Rule #1: have fun",
        "Step one: sit. Step 2: stay",
        "On all four wheels",
        "Put your two feet up",
        "Sofa 101: sit down",
        "Zero jargon, double the fun",
        "Back to your 9-to-5",
        "The sweetest thing in a bag",
    ],
    "de": ["Regel Nr. 1: kein Handy", "Schritt 2: bleiben", "Vier Räder, null Drama"],
    "fr": ["Étape 2 : rester", "Quatre roues, zéro blabla"],
    "es": ["Regla número uno: sin móviles", "Cuatro ruedas, cero dramas"],
}
PROMISED = {
    "en": [
        "Rule 1 % of the bill",
        "Step 3 for 2",
        "Tip 5 £ off",
        "Four tyres",
        "4 wheels",
        "Zero fees",
        "Room 101",
        "Double the points",
        "We open 9-to-5",
        "Number one for sofas",
        "Coldest beer in town",
        "The nation's most punctual airline",
    ],
    "de": ["Vier Reifen", "Das schärfste Curry der Stadt", "Deutschlands leiseste Mühle"],
    "fr": ["Quatre pneus", "Double dose de points"],
    "es": ["Cuatro llantas", "La librería más antigua de Sevilla"],
}


def _cases(said: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(locale, text) for locale, texts in said.items() for text in texts]


@pytest.mark.parametrize(("locale", "text"), _cases(SAID))
def test_a_saying_states_nothing(locale: str, text: str):
    assert check(text, locale, Facts(locale=locale)) == []


@pytest.mark.parametrize(("locale", "text"), _cases(PROMISED))
def test_what_only_looks_like_one_does(locale: str, text: str):
    assert check(text, locale, Facts(locale=locale)) != []


OPEN = Facts(
    clocks=(Clock(600, "opens", frozenset({6})), Clock(960, "closes", frozenset({6}))),
    open_days=frozenset(range(7)),
    statements=("story time every Tuesday",),
)


def test_hours_beside_a_day_are_times():
    assert check("Sundays 10 till 4", "en", OPEN) == []
    assert [one.text for one in check("Sundays 10 till 5", "en", OPEN)] == ["5"]
    assert [one.text for one in check("Sundays sizes 10 to 4", "en", OPEN)] == ["10", "4"]


def test_a_declared_phrase_puts_a_thing_on_its_day():
    assert check("Every Tuesday is story time", "en", OPEN) == []
    assert check("Every Friday is cake time", "en", OPEN) == []
    assert [one.text for one in check("Story time on Fridays", "en", OPEN)] == ["Fridays"]


def test_a_declared_phrase_puts_a_thing_at_its_time():
    open_late = Facts(
        clocks=(Clock(480, "opens"), Clock(1200, "closes")), statements=("author reading at 7 pm",)
    )
    assert check("Author reading, 7 pm", "en", open_late) == []
    assert [one.text for one in check("Author reading, 8 pm", "en", open_late)] == ["8 pm"]
    assert check("Author reading, and open till 8 pm", "en", open_late) == []


def test_half_an_hour_is_thirty_minutes():
    fitted = Facts(statements=("fitted in 60 minutes",))
    assert [one.text for one in check("Fitted in half an hour", "en", fitted)] == ["half an hour"]
    assert check("Fertig in einer halben Stunde", "de", Facts(statements=("30 Minuten",))) == []
    assert check("Prêt en une demi-heure", "fr", Facts(statements=("30 minutes",))) == []
    assert check("Listo en media hora", "es", Facts(statements=("30 minutos",))) == []


def test_an_amount_on_terms_may_be_told_of_an_order():
    cardholders = Facts(statements=("5% off with the card",))
    assert check("With the card: 5% off your order", "en", cardholders) == []
    assert check("With the card: 5% off your sofa", "en", cardholders) != []


def test_a_holiday_without_a_date_ends_nothing():
    assert [one.text for one in check("Ends Memorial Day", "en", OPEN)] == ["Memorial Day"]
    assert check("Happy Memorial Day", "en", OPEN) == []


def test_half_nine_is_after_nine_and_halb_neun_before():
    nine = Facts(clocks=(Clock(570, "opens"),), locale="en-GB")
    assert check("Open from half nine", "en-GB", nine) == []
    assert [one.text for one in check("Offen ab halb neun", "de", nine)] == ["halb neun"]


def test_all_of_a_kind_is_not_one_of_two():
    washes = Facts(products=("Deluxe wash",), others=("Basic wash",), statements=("20% off",))
    assert check("20% off every Deluxe wash", "en", washes) == []
    assert [one.text for one in check("20% off every wash", "en", washes)] == ["every wash"]


def test_who_is_always_open_may_name_any_time():
    assert check("Fuel at 3 in the morning", "en", Facts(always_open=True)) == []
    assert check("Open until 3 in the morning", "en", Facts(always_open=True)) != []


def test_hours_of_several_days_hold_on_each_of_them():
    saturdays = frozenset({5})
    shop = Facts(
        clocks=(
            *(Clock(540, "opens", frozenset(range(6))), Clock(1080, "closes", frozenset(range(5)))),
            Clock(840, "closes", saturdays),
        ),
        open_days=frozenset(range(6)),
    )
    assert check("Weekdays 9 to 6", "en", shop) == []
    assert check("Monday to Saturday from 9 am", "en", shop) == []
    assert [one.text for one in check("Monday to Saturday until 6 pm", "en", shop)] == ["6 pm"]
    assert [one.text for one in check("Täglich bis 18 Uhr", "de", shop)] == ["18 Uhr"]


def test_a_colon_behind_a_day_of_the_month_is_no_time():
    week = Facts(days=(Day(date(2027, 8, 2), "start"), Day(date(2027, 8, 22), "end")))
    assert check("Aug 2 - Aug 22: sneakers", "en-US", week) == []


def test_hours_of_two_days_are_not_those_of_one():
    week = frozenset(range(5))
    shop = Facts(
        clocks=(
            *(Clock(450, "opens", week), Clock(1080, "closes", week)),
            *(Clock(510, "opens", frozenset({6})), Clock(1020, "closes", frozenset({6}))),
        ),
        open_days=week | {6},
    )
    assert check("Open 7:30 to 18:00", "en", shop) == []
    assert [one.text for one in check("Open 7:30 to 17:00", "en", shop)] == ["17:00"]
    said = "Mon-Fri 7:30-17:00, Sunday 8:30-17:00"
    assert [one.text for one in check(said, "en", shop)] == ["17:00"]


def test_the_day_of_a_phrase_ends_nothing():
    open_day = Facts(statements=("open day on 4 June",))
    assert check("Open day, 4 June", "en-GB", open_day) == []
    assert check("It begins on 4 June", "en-GB", open_day) == []
    assert [one.text for one in check("Until 4 June", "en-GB", open_day)] == ["4 June"]


def test_hours_that_something_takes_are_no_time_of_day():
    shop = Facts(clocks=(Clock(900, "opens"),), statements=("cada dos horas",))
    assert check("Pan cada dos horas", "es", shop) == []
    assert [one.text for one in check("Pan cada tres horas", "es", shop)] == ["tres"]


SPANS = {
    "en": ("Ready in {} day.", "Back within {} week", "A {}-day workshop", "one"),
    "fr": ("Prêt en {} jour.", "Prêt en {} journée !", "un"),
    "de": ("Fertig in {} Stunde.", "In {} Woche da.", "einer"),
    "es": ("Listo en {} hora.", "Listo en {} día.", "una"),
}
NO_SPANS = {
    "en": ["One day, you will thank us", "All in one place", "One of those days"],
    "fr": ["Un jour, peut-être", "En un jour gris, un café"],
    "de": ["Eines Tages", "An einem Tag wie diesem"],
    "es": ["Un día cualquiera", "En un día gris, un café"],
}


@pytest.mark.parametrize(
    ("language", "text"), [(name, one) for name, texts in SPANS.items() for one in texts[:-1]]
)
def test_one_is_a_number_where_it_says_how_long_a_thing_takes(language: str, text: str):
    said = text.format(SPANS[language][-1])
    (only,) = check(said, language, Facts())
    assert SPANS[language][-1] in only.text.split()
    assert check(said, language, Facts(statements=(said,))) == []


@pytest.mark.parametrize(
    ("language", "text"), [(name, one) for name, texts in NO_SPANS.items() for one in texts]
)
def test_one_is_no_number_elsewhere(language: str, text: str):
    assert check(text, language, Facts()) == []


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Un regalo para papá.", "es"),
        ("Un regalo para quien lo tiene todo.", "es"),
        ("Un regalo para la abuela.", "es"),
        ("Un cadeau pour maman.", "fr"),
        ("Un cadeau pour la maîtresse.", "fr"),
        ("A gift to open with your sister.", "en"),
        ("Al sol del mediodía.", "es"),
        ("Au soleil de midi.", "fr"),
    ],
)
def test_what_people_give_each_other_and_the_midday_sun_are_no_offers_or_hours(text, locale):
    assert check(text, locale, Facts(locale=locale)) == []


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Un regalo para ti.", "es"),
        ("Un regalo para los primeros.", "es"),
        ("Un regalo para quienes compran.", "es"),
        ("Un regalo para papá con tu compra.", "es"),
        ("Un regalo para papá por cada compra.", "es"),
        ("Un cadeau pour vous.", "fr"),
        ("Un cadeau pour toute commande.", "fr"),
        ("Un cadeau pour papa à chaque achat.", "fr"),
        ("A gift for dad with every purchase.", "en"),
        ("Abrimos a mediodía.", "es"),
        ("Ouvert de midi à 14 h.", "fr"),
    ],
)
def test_what_the_shop_gives_and_when_it_opens_has_to_be_declared(text, locale):
    assert check(text, locale, Facts(locale=locale)) != []


@pytest.mark.parametrize(
    "text",
    [
        "Offrez-lui un regard neuf.",
        "Un vélo neuf pour le printemps.",
        "Votre pneu neuf, et la route en paix.",
        "Comme neuf.",
        "Remis à neuf.",
        "Du neuf chez nous.",
    ],
)
def test_what_is_new_in_french_is_no_nine(text: str):
    assert check(text, "fr", Facts(locale="fr")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Un menu neuf plats.",
        "Le jeudi neuf.",
        "Au quai neuf.",
        "Le numéro neuf.",
        "Les neuf cafés.",
        "Il en reste neuf.",
        "Table pour neuf.",
        "Un sur neuf.",
        "Ouvert de neuf à cinq.",
        "Le pack neuf pièces.",
    ],
)
def test_nine_in_french_is_nine(text: str):
    assert check(text, "fr", Facts(locale="fr")) != []


CLOSED = [
    ("en", "Kindest regards, Acme"),
    ("de", "Mit den besten Grüßen, Acme"),
    ("fr", "Meilleures salutations, Acme"),
    ("es", "Les saluda atentamente, Acme"),
    ("it", "Migliori saluti, Acme"),
    ("pt", "Com os melhores cumprimentos, Acme"),
    ("nl", "Met de beste groeten, Acme"),
    ("pl", "Najserdeczniejsze pozdrowienia, Acme"),
]
NOT_CLOSED = [
    ("en", "Best regarded bakery"),
    ("de", "Mit den besten Gewürzen, Acme"),
    ("fr", "Meilleures brioches, Acme"),
    ("es", "Bueno para la salud, Acme"),
    ("it", "Migliori brioche, Acme"),
    ("pt", "Com os melhores bolos, Acme"),
    ("nl", "Met de beste groenten, Acme"),
    ("pl", "Najlepsze pierogi, Acme"),
]


@pytest.mark.parametrize(("locale", "text"), CLOSED)
def test_what_closes_a_letter_claims_nothing(locale: str, text: str):
    assert check(text, locale, Facts(names=("Acme",), locale=locale)) == []


@pytest.mark.parametrize(("locale", "text"), NOT_CLOSED)
def test_a_superlative_of_another_noun_does(locale: str, text: str):
    assert check(text, locale, Facts(names=("Acme",), locale=locale)) != []


CHECKED = {
    ("fr", "Jusqu'au 17 mai inclus."): "",
    ("de", "Bis 17. Mai inklusive."): "",
    ("es", "Hasta el 17 de mayo incluido."): "",
    ("it", "Fino al 17 maggio compreso."): "",
    ("fr", "Jusqu'au 17 mai, café inclus."): "inclus",
    ("de", "Bis 17. Mai, Frühstück inklusive."): "inklusive",
    ("fr", "C'est ce que vous gagnez."): "gagnez",
    ("fr", "Vous gagnez un vélo."): "gagnez",
    ("en", "#BrunchTime #40percentoff"): "",
    ("nl", "#40procentkorting"): "",
    ("fr", "#40pourcent"): "",
    ("en", "#50percentoff"): "50percent",
    ("nl", "#50procentkorting"): "50procent",
    ("en", "#1bakery"): "#1",
    ("es", "Un 40 % más barato."): "",
    ("pt", "40 % mais barato."): "",
    ("es", "Un 40 % más barato que otros."): "más barato que",
    ("es", "Somos más baratos."): "más baratos",
    ("es", "Todo sobre el pan con un 40 % de descuento."): "",
    ("fr", "On vous dit tout : 40 % de remise."): "",
    ("de", "Betreff: 40 % Rabatt"): "",
    ("en", "IN SHORT: 40% off"): "",
}


@pytest.mark.parametrize(("locale", "text"), CHECKED)
def test_words_that_promise_elsewhere_may_promise_nothing(locale: str, text: str):
    own = Facts(
        percentages=(Percentage(Decimal(40), "off"),),
        days=(Day(date(2027, 5, 17), "end"),),
        locale=locale,
    )
    assert " ".join(one.text for one in check(text, locale, own)) == CHECKED[locale, text]


def test_a_legal_text_that_excludes_other_offers_makes_none():
    own = Facts(legal=("Cars only. Cannot be combined with other coupons.",))
    assert check("Cannot be combined with other coupons.", "en", own) == []
    assert check("Coupons for everyone.", "en", own) != []
    given = Facts(legal=("Cars only. Not without coupons.",))
    assert check("Not without coupons.", "en", given) != []
