"""A time of day is held to the hours of the day that it is said of."""

from __future__ import annotations

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import facts_of

HOURS = {
    "mon-fri": "08:00-18:00",
    "sat": "09:00-12:00",
    "2026-12-24": "08:00-14:00",
    "2026-12-25": "closed",
}


def said(text: str, locale: str) -> list[str]:
    flight = {"start": "2026-12-01", "end": "2026-12-26"}
    facts = facts_of({"locale": locale, "flight": flight}, {"location": {"hours": HOURS}})
    return [item.text for item in check(text, locale, facts) if item.kind.value == "time"]


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Open until 6pm.", "en"),
        ("Saturdays from nine to noon.", "en"),
        ("Mon–Fri 8:00–18:00, Sat 9:00–12:00", "en"),
        ("Doors open at 8am, Monday to Friday, and at 9am on Saturday.", "en"),
        ("On Christmas Eve we close at 2pm.", "en"),
        ("Open until 2pm on 24 December.", "en"),
        ("Montag bis Freitag ab acht, samstags ab neun geöffnet.", "de"),
        ("Samstags schließen wir um zwölf.", "de"),
        ("Samstagmittag bis zwölf.", "de"),
        ("Saturday morning? Open till noon.", "en"),
        ("Le samedi, ouvert de 9 h à 12 h.", "fr"),
        ("Los sábados abrimos a las nueve.", "es"),
        ("Ma t/m vr vanaf acht uur, za 9-12 uur geopend.", "nl"),
        ("Zaterdags sluiten we om twaalf uur.", "nl"),
        ("W soboty czynne od dziewiątej do dwunastej.", "pl"),
        ("W sobotę od 9 do 12.", "pl"),
    ],
)
def test_hours_of_that_day_hold(text: str, locale: str):
    assert said(text, locale) == []


@pytest.mark.parametrize(
    ("text", "locale", "word"),
    [
        ("Saturdays until 6pm.", "en", "6pm"),
        ("Open Saturday from 8am.", "en", "8am"),
        ("Sat 8:00–12:00", "en", "8:00"),
        ("Mon–Fri 9:00–18:00", "en", "9:00"),
        ("On Christmas Eve we close at noon.", "en", "noon"),
        ("Open until noon on Wednesday.", "en", "noon"),
        ("Samstags bis 18 Uhr geöffnet.", "de", "18 Uhr"),
        ("Heiligabend bis 12 Uhr geöffnet.", "de", "12 Uhr"),
        ("Le samedi, ouvert jusqu'à 18 h.", "fr", "18 h"),
        ("Los sábados abrimos a las ocho.", "es", "ocho"),
        ("Zaterdags sluiten we om zes uur.", "nl", "zes uur"),
        ("Zaterdag vanaf acht uur geopend.", "nl", "acht uur"),
        ("W soboty czynne od ósmej.", "pl", "ósmej"),
        ("W sobotę do 18.", "pl", "18"),
    ],
)
def test_hours_of_other_days_do_not(text: str, locale: str, word: str):
    assert word in said(text, locale)


@pytest.mark.parametrize(
    ("text", "locale", "word"),
    [
        ("Saturdays until 8pm.", "en", "8pm"),
        ("We open at seven on Saturdays.", "en", "seven"),
        ("Samstags bis 20 Uhr geöffnet.", "de", "20 Uhr"),
        ("Le samedi, jusqu'à 20 h.", "fr", "20 h"),
        ("Los sábados, hasta las 20 h.", "es", "20 h"),
        ("Ends at 8pm on Wednesday 23 December.", "en", ""),
        ("Starts Tuesday 1 December at 7am.", "en", ""),
        ("Until 8pm.", "en", ""),
    ],
)
def test_the_moments_of_a_flight_are_of_their_day_alone(text: str, locale: str, word: str):
    flight = {"start": "2026-12-01T07:00", "end": "2026-12-23T20:00"}
    facts = facts_of({"locale": locale, "flight": flight}, {"location": {"hours": HOURS}})
    found = [item.text for item in check(text, locale, facts) if item.kind.value == "time"]
    assert found == ([word] if word else [])


def test_open_daily_is_open_on_all_days():
    six = facts_of({"locale": "es"}, {"location": {"hours": {"mon-sat": "09:00-18:00"}}})
    assert check("Abierto todos los días.", "es", six) != []
    assert check("Open daily.", "en", six) != []


def test_a_day_in_a_question_is_that_of_the_answer():
    assert said("Saturday: pub, sofa, or us? Open till six.", "en") == ["six"]


def test_a_part_of_a_day_is_of_that_day():
    assert said("Samstagabend bis 18 Uhr.", "de") == ["18 Uhr"]
    assert said("Freitagabend bis 18 Uhr.", "de") == []


RANGES = {
    "Half price Tuesday to Saturday.": "",
    "Half price, Tue–Sat.": "",
    "Open Tuesday to Friday.": "",
    "From Wednesday to Sunday.": "",
    "Half price Wednesday to Sunday.": "Wednesday Sunday",  # the ends of the flight
    "Half price Tuesday to Friday.": "Tuesday Friday",
    "Half price Monday to Saturday.": "Monday Saturday",
}


@pytest.mark.parametrize("text", RANGES)
def test_days_of_each_week_are_those_of_the_hours(text: str):
    flight = {"start": "2026-12-02", "end": "2026-12-13"}
    hours = {"tue-sat": "08:00-18:00"}
    facts = facts_of({"locale": "en", "flight": flight}, {"location": {"hours": hours}})
    found = [one.text for one in check(text, "en", facts) if one.kind.value == "weekday"]
    assert " ".join(found) == RANGES[text]


HALVES = {"mon-sat": "09:30-17:45", "sun": "10:15-12:30"}
SPOKEN = [
    ("Open from half past nine to quarter to six.", "en", True),
    ("Sundays from quarter past ten.", "en", True),
    ("We don't open till half nine.", "en", True),
    ("We don't close till half nine.", "en", False),
    ("Open from ten past nine.", "en", False),
    ("Geöffnet von halb zehn bis drei viertel sechs.", "de", True),
    ("Sonntags ab Viertel nach zehn.", "de", True),
    ("Ab neun Uhr dreißig geöffnet.", "de", True),
    ("Ab neun Uhr zehn geöffnet.", "de", False),
    ("Ab Viertel vor zehn geöffnet.", "de", False),
    ("Ouvert de neuf heures et demie à six heures moins le quart.", "fr", False),  # 17:45
    ("Le dimanche dès dix heures et quart.", "fr", True),
    ("Le dimanche jusqu'à midi et demi.", "fr", True),
    ("Le dimanche dès dix heures.", "fr", False),
    ("Ouvert dès neuf heures dix.", "fr", False),
    ("Abrimos a las 9 y media.", "es", True),
    ("Los domingos a las diez y cuarto.", "es", True),
    ("Abrimos a las nueve y diez.", "es", False),
    ("Abrimos a las diez menos cuarto.", "es", False),
    ("Um halb zehn öffnen wir.", "de", True),
    ("Um Viertel vor sechs öffnen wir.", "de", False),
    ("Täglich geöffnet.", "de", True),
    ("Cerramos los domingos a las doce y media.", "es", True),
    ("Cerramos los domingos a las diez y cuarto.", "es", False),
    ("Cierre a las nueve y media.", "es", False),
    ("Le dimanche, fermeture à 10 h 15.", "fr", False),
]


@pytest.mark.parametrize(("text", "locale", "right"), SPOKEN)
def test_minutes_are_read_as_people_say_them(text: str, locale: str, *, right: bool):
    facts = facts_of({"locale": locale}, {"location": {"hours": HALVES}})
    assert (not check(text, locale, facts)) is right


def test_a_question_may_name_a_day_that_is_open():
    facts = facts_of({"locale": "en"}, {"location": {"hours": {"tue-sat": "08:00-18:00"}}})
    assert check("Thursday night, and no plans?", "en", facts) == []
    assert [one.text for one in check("Sunday night, and no plans?", "en", facts)] == ["Sunday"]
    assert check("Free on Thursday, and no plans?", "en", facts) != []
    assert check("Thursday night, and no plans.", "en", facts) != []
