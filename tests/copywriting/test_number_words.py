"""Lengths of time in a word, what is said to take one, and other numbers in one word."""

from __future__ import annotations

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts, facts_of


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("A decade of baking.", "en"),
        ("Centuries of baking.", "en"),
        ("A fortnight of buns.", "en"),
        ("Ready in a day.", "en"),
        ("Fitted within an hour.", "en"),
        ("Sixty minutes of fun.", "en"),
        ("Ein Jahrhundert Erfahrung.", "de"),
        ("Fertig in einer Viertelstunde.", "de"),
        ("Anderthalb Stunden Ruhe.", "de"),
        ("Zweieinhalb Stunden.", "de"),
        ("Un siècle de métier.", "fr"),
        ("Prêt en un quart d'heure.", "fr"),
        ("Cuit quatre heures.", "fr"),
        ("Medio siglo de oficio.", "es"),
        ("En una semana en tu casa.", "es"),
        ("Cerramos a las dos.", "es"),
    ],
)
def test_a_length_of_time_has_to_be_declared(text: str, locale: str):
    assert check(text, locale, Facts(locale=locale)) != []


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Rome wasn't built in a day.", "en"),
        ("In a month of Sundays.", "en"),
        ("21st-century manners.", "en"),
        ("En un día gris, café.", "es"),
        ("L'heure du quatre-heures : le quatre-heures !", "fr"),
    ],
)
def test_a_saying_takes_no_time(text: str, locale: str):
    found = [one.text for one in check(text, locale, Facts(locale=locale))]
    assert [one for one in found if one != "21st"] == []


def test_it_is_declared_in_any_notation():
    declared = Facts(statements=("50 years of baking", "ready in one day"))
    assert check("Half a century of baking.", "en", declared) == []
    assert check("A century of baking.", "en", declared) != []
    assert check("Ready in a day.", "en", declared) == []
    assert check("Ready in an hour.", "en", declared) != []


@pytest.mark.parametrize(
    ("text", "declared", "locale"),
    [
        ("Classes last an hour.", "45-minute classes", "en"),
        ("Each class takes only an hour.", "45-minute classes", "en"),
        ("An hour-long class.", "45-minute classes", "en"),
        ("Der Kurs dauert nur eine Stunde.", "Kurse von 45 Minuten", "de"),
        ("La clase dura una hora.", "clases de 45 minutos", "es"),
    ],
)
def test_what_lasts_an_hour_is_not_what_lasts_another_while(text, declared, locale):
    assert check(text, locale, Facts(statements=(declared,), locale=locale)) != []
    hour = declared.replace("45-minute", "60-minute").replace("45", "60")
    assert check(text, locale, Facts(statements=(hour,), locale=locale)) == []


@pytest.mark.parametrize(
    ("text", "declared", "locale", "is_declared"),
    [
        ("Ready in an hour.", "ready in 60 minutes", "en", True),
        ("Ready in two hours.", "ready in 120 minutes", "en", True),
        ("Ready in two hours.", "ready in 60 minutes", "en", False),
        ("A week-long sale.", "7 days of sale", "en", True),
        ("A month-long sale.", "7 days of sale", "en", False),
        ("Classes last an hour.", "classes of an hour", "en", True),
        ("Delivered in a week.", "3 classes a week", "en", False),
        ("Der Kurs dauert eine Stunde.", "Kurse von einer Stunde", "de", True),
        ("La clase dura una hora.", "clases de una hora", "es", True),
    ],
)
def test_a_length_is_the_same_in_another_unit(text, declared, locale, is_declared):
    found = check(text, locale, Facts(statements=(declared,), locale=locale))
    assert (found == []) is is_declared


@pytest.mark.parametrize(
    "text",
    [
        "Take an hour for yourself.",
        "Take a day off.",
        "It takes a day off your schedule.",
        "Make it last an hour longer.",
        "Stay for an hour.",
        "Got an hour to spare?",
    ],
)
def test_an_hour_that_nothing_takes_is_none(text: str):
    assert check(text, "en", Facts(statements=("45-minute classes",), locale="en")) == []


def test_two_weeks_of_working_days_are_two_weeks():
    def flight(start: str, end: str) -> Facts:
        return facts_of({"locale": "en", "flight": {"start": start, "end": end}})

    working = flight("2027-06-07", "2027-06-18")
    assert check("Two weeks only.", "en", working) == []
    assert check("A fortnight only.", "en", working) == []
    assert check("Three weeks only.", "en", working) != []
    assert check("Two weeks only.", "en", flight("2027-06-08", "2027-06-19")) != []
    assert check("All June.", "en", working) != []
    assert check("All June.", "en", flight("2027-06-01", "2027-06-30")) == []


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("From the sixth week.", "en"),
        ("Our fiftieth birthday.", "en"),
        ("For the over fifties.", "en"),
        ("Ten out of ten dentists.", "en"),
        ("Ab der sechsten Woche.", "de"),
        ("Zum einundzwanzigsten Mal.", "de"),
        ("Dreierlei Käse.", "de"),
        ("Im Sechserpack.", "de"),
        ("Dès la douzième semaine.", "fr"),
        ("Dix sur dix clients.", "fr"),
        ("Desde la sexta semana.", "es"),
        ("La duodécima vez.", "es"),
    ],
)
def test_numbers_in_one_word_are_numbers(text: str, locale: str):
    assert check(text, locale, Facts(locale=locale)) != []


def test_a_phone_ends_with_its_sentence():
    located = facts_of({"locale": "en-US"}, {"location": {"phone": "+1 208 555 0171"}})
    found = check("Call (208) 555-0171. 3100 is the house.", "en-US", located)
    assert [one.text for one in found] == ["3100"]


ONE = {
    "One battery in the box.": "one",
    "In the box is one battery.": "one",
    "One class a week.": "one",
    "One baker, no shortcuts.": "one",
    "One baker kneads, one sings.": "",
    "Start with one class.": "",
    "Dried by a crew of one.": "one",
    "Dried by a crew of three.": "three",
    "A crew of four loves it.": "",
    "A crew of one loves it.": "one",
    "Once upon a time there was a queue of one.": "",
    "One drill, one mill, one of our bakers.": "",
}


@pytest.mark.parametrize("text", ONE)
def test_one_is_fewer_than_what_a_phrase_declares(text: str):
    declared = ("two batteries in the box", "60 classes a week", "three bakers", "one mill")
    declared = (*declared, "dried by a crew of four")
    found = check(text, "en", Facts(statements=declared))
    assert " ".join(one.text.casefold() for one in found) == ONE[text]


NONE = {
    ("Three bakers, zero shortcuts.", "en"): "",
    ("Trois boulangers, zéro raccourci.", "fr"): "",
    ("Drei Bäcker, null Funklöcher.", "de"): "",
    ("Tres panaderos, cero atajos.", "es"): "",
    ("Zero booking fees.", "en"): "zero booking fees",
    ("Without sulphates.", "en"): "without sulphates",
    ("Zero sugar.", "en"): "zero sugar",
    ("Zero minutes.", "en"): "zero",
    ("0 shortcuts.", "en"): "0",
    ("Zéro frais.", "fr"): "zéro frais",
    ("Aucun additif.", "fr"): "aucun additif",
    ("Null Versandkosten.", "de"): "null versandkosten",
    ("Kein Plastik.", "de"): "kein plastik",
    ("Cero comisiones.", "es"): "cero comisiones",
}


@pytest.mark.parametrize(("text", "locale"), NONE)
def test_none_of_something_is_told_by_each_word_for_none(text: str, locale: str):
    known = {"en": "three bakers", "fr": "trois boulangers", "de": "drei Bäcker"}
    facts = Facts(statements=(known.get(locale, "tres panaderos"),), locale=locale)
    said = " ".join(one.text.casefold() for one in check(text, locale, facts))
    assert said == NONE[text, locale]


LISTED = {
    "Two things belong in every bag: a book and a towel.": "",
    "You have two options: bake, or come to us.": "",
    "All good things are three: flour, water, salt.": "",
    "Three things belong in every bag: a book and a towel.": "three",
    "Two things belong in every bag.": "two",
    "Two flavours: jam and custard.": "two",
}


@pytest.mark.parametrize("text", LISTED)
def test_a_number_may_count_what_its_sentence_lists(text: str):
    said = " ".join(one.text.casefold() for one in check(text, "en", Facts()))
    assert said == LISTED[text]


READERS = {
    ("Got five minutes?", "en"): "",
    ("You have ten friends and only one grill?", "en"): "",
    ("Du hast zehn Freunde?", "de"): "",
    ("Vous avez cinq minutes ?", "fr"): "",
    ("¿Tienes cinco minutos?", "es"): "",
    ("You have ten days.", "en"): "ten",
    ("We've got five ovens?", "en"): "five",
    ("Have you tried all fifty flavours?", "en"): "fifty",
    ("Got 5 minutes?", "en"): "5",
}


@pytest.mark.parametrize(("text", "locale"), READERS)
def test_a_question_may_count_what_the_reader_has(text: str, locale: str):
    found = check(text, locale, Facts(locale=locale))
    assert " ".join(one.text for one in found) == READERS[text, locale]


def test_a_number_with_no_noun_rests_on_the_word_before_it():
    facts = Facts(statements=("ice at minus 5 degrees",))
    assert check("It's minus five in here.", "en", facts) == []
    assert check("It's plus five in here.", "en", facts) != []
    assert check("It's minus five metres.", "en", facts) != []
