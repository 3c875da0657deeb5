"""What Italian and Portuguese have that no other language has: run-on numbers, elisions, feiras."""

from __future__ import annotations

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts, facts_of
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.patterns import without
from storesync.copywriting.facts.language.word_lists import LISTED, listed
from storesync.copywriting.facts.reading.surroundings import surroundings

FLIGHT = {"start": "2027-02-01", "end": "2027-02-14"}  # a Monday to a Sunday
# What a language has no words for: Polish no articles, Dutch no street before its name. Neither
# has a word before small change, and een paar is a few.
NO_WORDS = {
    "nl": {"past_hour", "for_you", "month_glue", "street_before", "most", "change", "two_of"}
    | {"made_with"},
    "pl": {"article", "any_one", "month_glue", "oclock", "most", "change", "made_with"},
}
HOURS = {"mon-fri": "08:00-20:00", "sat": "09:00-13:00"}


def said(text: str, locale: str) -> list[str]:
    known = facts_of({"locale": locale, "flight": FLIGHT}, {"location": {"hours": HOURS}})
    return [one.text for one in check(text, locale, known)]


@pytest.mark.parametrize("language", sorted(LISTED))
def test_each_language_has_the_lists_that_readers_need(language: str):
    own = {name for name, value in listed(language).items() if value}
    needed = {name for name, value in listed("es").items() if value}
    needed -= {"shorthand", "day_groups", "natural", "short_weekdays", "no_ordinals", "by_hours"}
    needed -= {"other_months"} | NO_WORDS.get(language, set())
    if language not in {"en", "de", "fr"}:
        assert needed - own == set()
    assert {*listed(language)["properties"]} <= {*without(listed(language), "claims")}
    assert {"offers", "claims", "numbers", "fractions", "shares", "multibuys", "units"} <= own


@pytest.mark.parametrize("language", sorted(LISTED))
def test_no_list_stands_in_a_table_of_another(language: str):
    """What is written below the heading of a table belongs to it, and is not read."""
    tables = {name: value for name, value in listed(language).items() if isinstance(value, dict)}
    lists = {name for name, value in listed("en").items() if isinstance(value, list)}
    tables.pop("natural", None)  # has lists of its own, of seasons
    nested = [(name, key) for name, table in tables.items() for key in lists & table.keys()]
    assert nested == []


def test_six_of_a_noun_that_ends_in_a_is_a_number():
    assert said("Restano sei paia di occhiali.", "it") == ["sei"]
    assert said("Sei stanca?", "it") == []


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("ventuno", 21),
        ("ventun", 21),
        ("ventitré", 23),
        ("ventotto", 28),
        ("trentuno", 31),
        ("quarantacinque", 45),
        ("ottantotto", 88),
        ("centoventi", 120),
        ("centottanta", 180),
        ("duecentocinquanta", 250),
        ("millecento", 1100),
        ("duemila", 2000),
        ("duemilacinquecento", 2500),
        ("ventimila", 20000),
        ("centomila", 100000),
        ("ventiquattr'ore", 24),
        ("vent'anni", 20),
    ],
)
def test_italian_numbers_run_on(word: str, value: int):
    assert surroundings(word, "it").numbers[0].value == value


@pytest.mark.parametrize("word", ["centrale", "milano", "tremare", "novella", "settembre"])
def test_words_that_begin_as_numbers_are_none(word: str):
    assert surroundings(word, "it").numbers == {}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("vinte e um", 21),
        ("cento e vinte e cinco", 125),
        ("mil e duzentos", 1200),
        ("dois mil e quinhentos", 2500),
        ("vinte mil", 20000),
        ("dezesseis", 16),
        ("dezasseis", 16),
        ("catorze", 14),
        ("meia dúzia", 6),
    ],
)
def test_portuguese_numbers_are_read_whole(text: str, value: int):
    assert surroundings(text, "pt").numbers[0].value == value


def test_half_a_dozen_is_six_in_every_language():
    for text, locale in (("media docena", "es"), ("mezza dozzina", "it"), ("demi-douzaine", "fr")):
        assert surroundings(text, locale).numbers[0].value == 6, text


@pytest.mark.parametrize(
    "text",
    [
        "Siamo in sei.",
        "Sei gusti.",
        "Sei paia di occhiali.",
        "Apriamo alle sei.",
        "Sei euro di sconto.",
        "Per sei persone.",
    ],
)
def test_sei_is_six(text: str):
    assert said(text, "it")


@pytest.mark.parametrize(
    "text", ["Sei stanco?", "Se sei di fretta, entra.", "Non sei ancora sveglio?", "Tu sei qui."]
)
def test_sei_is_you_are(text: str):
    assert said(text, "it") == []


@pytest.mark.parametrize(
    ("text", "locale", "is_right"),
    [
        ("Fino a domenica 14 febbraio.", "it", True),
        ("Fino a lunedì 14 febbraio.", "it", False),
        ("Fino a lunedi 14 febbraio.", "it", False),
        ("FINO A LUNEDI' 14 FEBBRAIO", "it", False),
        ("Dal lunedì al venerdì dalle 8 alle 20.", "it", True),
        ("lun-ven 8-20, sab 9-13", "it", True),
        ("Il sabato fino all'una.", "it", True),
        ("Il sabato fino alle due.", "it", False),
        ("La domenica riposiamo.", "it", True),
        ("Até domingo, 14 de fevereiro.", "pt", True),
        ("Até segunda, 14 de fevereiro.", "pt", False),
        ("Até 2ª feira, 14 de fevereiro.", "pt", False),
        ("De segunda a sexta, das 8h às 20h.", "pt", True),
        ("De segunda a sábado, das 8h às 20h.", "pt", False),
        ("De terça-feira a sexta-feira, das 8h às 20h.", "pt", True),
        ("Sexta, das 8h às 20h.", "pt", True),
        ("Sexta, das 8h às 22h.", "pt", False),
        ("Sábado até às 13h.", "pt", True),
        ("Ao meio-dia e meia de sábado.", "pt", False),
        ("A segunda xícara é sempre mais tranquila.", "pt", True),
        ("De 1º a 14 de fevereiro.", "pt", True),
        ("A partir de 10 de fevereiro.", "pt", False),
        ("Del 1º al 14 de febrero.", "es", True),
        ("Oferta hasta mañana.", "es", False),
        ("Offerta valida fino a domani.", "it", False),
        ("Oferta válida até amanhã.", "pt", False),
        ("Até domingo, dia 14.", "pt", True),
        ("Até domingo, dia 13.", "pt", False),
        ("Fino al 14.2.", "it", True),
        ("Fino al 15.2.", "it", False),
        ("L'ultimo giorno è domenica 14 febbraio.", "it", True),
        ("L'ultimo giorno è sabato 13 febbraio.", "it", False),
    ],
)
def test_days_and_times(text: str, locale: str, is_right: bool):
    assert (said(text, locale) == []) is is_right


@pytest.mark.parametrize(
    ("text", "locale", "is_right"),
    [
        ("Da 5 € a 4 €.", "it", True),
        ("Da cinque a quattro euro.", "it", True),
        ("Da 4 € a 5 €.", "it", False),
        ("Prima 5 €, ora 4 €.", "it", True),
        ("Da 6 € a 4 €.", "it", False),
        ("De 5 € por 4 €.", "pt", True),
        ("De cinco por quatro euros.", "pt", True),
        ("De 4 € por 5 €.", "pt", False),
        ("De seis por quatro euros.", "pt", False),
    ],
)
def test_was_and_now(text: str, locale: str, is_right: bool):
    shared = {"locale": locale, "offer": {"product": "p", "price": "4.00", "regular_price": "5.00"}}
    known = facts_of(shared, {"currency": "EUR", "location": {}})
    assert (check(text, locale, known) == []) is is_right


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Pronto in un'ora.", "it"),
        ("Pronto in mezz'ora.", "it"),
        ("Lezioni di un'ora.", "it"),
        ("Un mese di sconti.", "it"),
        ("Il ventesimo compleanno.", "it"),
        ("Pronto numa hora.", "pt"),
        ("Pronto em meia hora.", "pt"),
        ("Aulas de uma hora.", "pt"),
        ("O vigésimo aniversário.", "pt"),
        ("Fevereiro inteiro.", "pt"),
    ],
)
def test_a_length_of_time_has_to_be_declared(text: str, locale: str):
    known = Facts(statements=("45 minuti", "45 minutos"), locale=locale)
    assert check(text, locale, known) != []


@pytest.mark.parametrize(
    ("text", "declared", "locale"),
    [
        ("three classes a week", "45 classes a week", "en"),
        ("tre corsi a settimana", "45 corsi a settimana", "it"),
    ],
)
def test_so_many_a_week_are_no_weeks_of_the_flight(text: str, declared: str, locale: str):
    shared = {"locale": locale, "flight": {"start": "2027-09-06", "end": "2027-09-26"}}
    known = facts_of(shared, {"location": {}}, [declared])
    assert check(text, locale, known) != []
    assert check({"en": "three weeks", "it": "tre settimane"}[locale], locale, known) == []


@pytest.mark.parametrize(
    ("text", "locale", "is_right"),
    [
        ("Pane a tre euro e cinquanta.", "it", True),
        ("Pane a 3 euro e 50.", "it", True),
        ("Pane a tre euro e sessanta.", "it", False),
        ("Pane a tre euro e due focacce.", "it", False),
        ("Pão a três euros e cinquenta cêntimos.", "pt", True),
        ("Pão a três euros e cinco cêntimos.", "pt", False),
    ],
)
def test_cents_follow_a_price(text: str, locale: str, is_right: bool):
    shared = {"locale": locale, "offer": {"product": "p", "price": "3.50"}}
    known = facts_of(shared, {"currency": "EUR", "location": {}})
    assert (check(text, locale, known) == []) is is_right


def test_the_plural_of_portuguese_is_the_same_thing():
    declared = Facts(statements=("limão grátis",), products=("limão",), locale="pt")
    assert check("Limões grátis.", "pt", declared) == []
    assert lexicon("pt").weekdays["terça-feira"] == 1
