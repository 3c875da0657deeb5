"""What an offer is for: holidays, weekends and seasons, and days that move with the reader."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.easter import easter as known_easter

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.declared.gather import Day, Percentage
from storesync.copywriting.facts.founding.occasions import easter
from storesync.copywriting.facts.language.word_lists import LISTED, listed

OFFER = {
    "en": "20% off",
    "fr": "-20 %",
    "de": "20 % Rabatt",
    "es": "20 % de descuento",
    "it": "20% di sconto",
    "pt": "20% de desconto",
    "nl": "20% korting",
    "pl": "20% taniej",
}
# A holiday, and an offer before it, around it, and one that has nothing to do with it.
HOLIDAYS = [
    ("en-GB", "Boxing Day", "2026-12-20", "2026-12-31"),
    ("en-GB", "Mothering Sunday", "2027-03-01", "2027-03-07"),
    ("en-US", "Mother's Day", "2027-05-01", "2027-05-09"),
    ("en-US", "Labor Day", "2027-09-03", "2027-09-06"),
    ("en-US", "Thanksgiving", "2027-11-15", "2027-11-24"),
    ("en-US", "Black Friday", "2027-11-22", "2027-11-28"),
    ("en-AU", "Father's Day", "2027-09-01", "2027-09-05"),
    ("en-CA", "Canada Day", "2027-06-28", "2027-07-01"),
    ("fr-FR", "fête des mères", "2027-05-24", "2027-05-30"),
    ("fr-CA", "Cyberlundi", "2027-11-29", "2027-11-29"),
    ("fr-FR", "Pâques", "2027-03-15", "2027-03-27"),
    ("de-DE", "Muttertag", "2027-05-03", "2027-05-08"),
    ("de-DE", "Osteraktion", "2027-03-20", "2027-03-27"),
    ("de-DE", "Black-Friday-Angebot", "2027-11-26", "2027-11-26"),
    ("es-ES", "San Valentín", "2027-02-08", "2027-02-14"),
    ("es-ES", "Día de la Madre", "2027-04-26", "2027-05-02"),
    ("it-IT", "festa del papà", "2027-03-15", "2027-03-19"),
    ("it-IT", "Ferragosto", "2027-08-10", "2027-08-15"),
    ("pt-PT", "Dia da Mãe", "2027-04-26", "2027-05-02"),
    ("pt-BR", "Dia dos Pais", "2027-08-02", "2027-08-08"),
    ("nl-NL", "Vaderdag", "2027-06-14", "2027-06-20"),
    ("nl-NL", "Koningsdag", "2027-04-20", "2027-04-27"),
    ("pl-PL", "Dzień Matki", "2027-05-20", "2027-05-26"),
    ("pl-PL", "Wielkanoc", "2027-03-20", "2027-03-28"),
]
WHOLE = [
    ("en-GB", "all weekend", "2027-06-04", "2027-06-06"),
    ("en-GB", "all summer", "2027-06-01", "2027-08-31"),
    ("en-AU", "all summer", "2026-12-01", "2027-02-28"),
    ("en-GB", "this autumn", "2027-10-01", "2027-10-14"),
    ("fr-FR", "tout le week-end", "2027-06-05", "2027-06-06"),
    ("fr-FR", "tout l'été", "2027-06-21", "2027-09-10"),
    ("de-DE", "das ganze Wochenende", "2027-06-04", "2027-06-07"),
    ("de-DE", "den ganzen Winter", "2026-12-01", "2027-03-01"),
    ("es-ES", "todo el fin de semana", "2027-06-05", "2027-06-06"),
    ("it-IT", "tutta l'estate", "2027-06-01", "2027-08-31"),
    ("pt-PT", "todo o verão", "2027-06-15", "2027-09-15"),
    ("nl-NL", "het hele weekend", "2027-06-04", "2027-06-06"),
    ("nl-NL", "deze zomer", "2027-07-01", "2027-07-31"),
    ("pl-PL", "przez cały weekend", "2027-06-04", "2027-06-06"),
]
SOON = [
    ("en-GB", "Offer valid until tonight."),
    ("en-GB", "Offer valid until tomorrow."),
    ("fr-FR", "Offre valable jusqu'à demain."),
    ("fr-FR", "Soldes jusqu’à demain soir !"),
    ("de-DE", "Das Angebot gilt bis morgen."),
    ("de-DE", "Nur noch morgen im Angebot."),
    ("de-DE", "Morgen Abend ist Schluss."),
    ("es-ES", "Oferta válida hasta mañana."),
    ("es-ES", "¡Hasta mañana en oferta!"),
    ("it-IT", "Offerta valida fino a domani."),
    ("pt-PT", "Oferta válida até amanhã."),
    ("nl-NL", "Aanbieding geldig tot morgen."),
    ("pl-PL", "Oferta ważna do jutra."),
    ("pl-PL", "Oferta ważna do pojutrza."),
]
FAREWELLS = [
    ("fr-FR", "Allez, à demain !"),
    ("es-ES", "¡Hasta mañana!"),
    ("es-ES", "¡Hasta mañana, amigos!"),
]


def _offer(locale: str, start: str, end: str, **more: tuple[str, ...]) -> Facts:
    flight = (Day(date.fromisoformat(start), "start"), Day(date.fromisoformat(end), "end"))
    return Facts(days=flight, percentages=(Percentage(20, "off"),), locale=locale, **more)


def _found(named: str, locale: str, facts: Facts) -> list[str]:
    text = f"{named}: {OFFER[locale[:2]]}."
    return [one.text for one in check(text, locale, facts)]


@pytest.mark.parametrize(("locale", "named", "start", "end"), [*HOLIDAYS, *WHOLE])
def test_an_occasion_goes_with_the_days_of_the_offer(locale: str, named: str, start: str, end: str):
    assert _found(named, locale, _offer(locale, start, end)) == []


@pytest.mark.parametrize(("locale", "named", "start", "end"), [*HOLIDAYS, *WHOLE])
def test_one_on_other_days_is_found_unless_it_is_declared(
    locale: str, named: str, start: str, end: str
):
    first = date.fromisoformat(start) + timedelta(days=140)
    monday = first - timedelta(days=first.weekday())
    days = (monday.isoformat(), (monday + timedelta(days=4)).isoformat())
    found = _found(named, locale, _offer(locale, *days))
    assert found
    assert found[0].lower() in named.lower()
    own = _offer(locale, *days, statements=(f"{named} at our place",))
    assert _found(named, locale, own) == []


def test_days_of_trade_are_close():
    assert _found("Black Friday", "en-US", _offer("en-US", "2026-11-19", "2026-11-22")) != []
    assert _found("Christmas", "en-US", _offer("en-US", "2026-11-01", "2026-11-08")) == []
    assert _found("Halloween", "en-US", _offer("en-US", "2026-11-02", "2026-11-08")) == []
    assert _found("Halloween", "en-US", _offer("en-US", "2026-11-05", "2026-11-08")) != []


def test_a_weekend_is_no_day_and_a_season_no_month():
    assert _found("All weekend", "en", _offer("en", "2027-06-05", "2027-06-05")) != []
    assert _found("All weekend", "en", _offer("en", "2027-06-01", "2027-06-14")) != []
    assert _found("All summer", "en", _offer("en", "2027-07-01", "2027-07-31")) != []
    assert _found("This season's hats", "en", _offer("en", "2027-06-01", "2027-08-31")) != []


def test_each_country_has_its_own_day():
    days = ("2027-05-03", "2027-05-09")
    assert _found("Mother's Day", "en-US", _offer("en-US", *days)) == []
    assert _found("Mother's Day", "en-GB", _offer("en-GB", *days)) != []
    assert _found("Día de la Madre", "es-MX", _offer("es-MX", *days)) == []
    assert _found("Día de la Madre", "es-AR", _offer("es-AR", *days)) != []


def test_a_holiday_without_an_offer_is_told_in_passing():
    facts = _offer("en", "2027-06-01", "2027-06-07")
    assert check("Like Christmas morning, and as bright as Easter.", "en", facts) == []
    assert check("As cosy as an armchair all winter.", "en", facts) == []
    assert check("Stay as warm as toast all winter: 20% off.", "en", facts) == []
    assert check("20% off, all winter.", "en", facts) != []
    assert check("Schön warm den ganzen Winter, 20 % Rabatt.", "de", facts) == []
    assert check("Jetzt den ganzen Winter 20 % Rabatt.", "de", facts) != []


def test_a_product_may_be_of_a_holiday():
    facts = _offer("en", "2027-06-01", "2027-06-07", products=("Christmas pudding",))
    assert check("Christmas puddings, 20% off.", "en", facts) == []


@pytest.mark.parametrize(("locale", "text"), SOON)
def test_a_day_that_moves_with_the_reader_ends_nothing(locale: str, text: str):
    assert check(text, locale, _offer(locale, "2027-06-01", "2027-06-07")) != []


@pytest.mark.parametrize(("locale", "text"), FAREWELLS)
def test_a_farewell_promises_nothing(locale: str, text: str):
    assert check(text, locale, _offer(locale, "2027-06-01", "2027-06-07")) == []


@pytest.mark.parametrize("year", range(1990, 2100))
def test_easter(year: int):
    assert easter(year) == known_easter(year)


@pytest.mark.parametrize("language", sorted(LISTED))
def test_each_language_names_the_times_of_trade(language: str):
    words = listed(language)
    reckoned = {when for one in words["reckoned"].values() for when in one.split()}
    assert {"11.thu4+1!", "e+0"} <= reckoned
    assert {"weekend", "summer", "season"} <= set(words["whole_times"].values())
