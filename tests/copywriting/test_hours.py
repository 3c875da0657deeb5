"""A time of day is held to the hours of the day that it is said of."""

from __future__ import annotations

import re

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


# Opening hours as one range without a word for hours, and another hour in each place.
SHORTEST = [
    ("en-GB", "08:30-17:15", "Open 0830–1715.", "0840 1725 1615"),
    ("en-GB", "08:30-17:15", "Repairs while you wait, 8.30–5.15, Whitby.", "8.15 5.30 6.15"),
    ("en-GB", "08:30-17:15", "Bring it in from 0830 to 1715 hrs.", "0930 1700"),
    ("en-US", "08:00-20:00", "Car wash. 8a–8p.", "9a 8a 7p"),
    ("en-US", "07:00-18:00", "Mon. Jan. 18 – Fri. Jan. 29, 7–6, Tulsa", "8 5"),
    ("en-US", "10:00-20:00", "Kites ~ Ithaca ~ 10 to 8 ~ see you", "9 7"),
    ("en-GB", "16:00-22:00", "Four till ten, Friday 4th September.", "Five nine"),
    ("en-GB", "09:00-17:00", "Eight hours a day to find it: 9 to 5.", "8 6"),
    ("en-SG", "12:00-22:00", "12nn to 10pm.", "11 9pm"),
    ("en-GB", "09:00-17:00", "Open 9–5. June 1–30.", "8 6"),
    ("de-CH", "08:30-18:30", "Wir sind da: 08h30–18h30, Chur.", "09h30 18h00"),
    ("de-DE", "10:00-19:00", "Reparatur, 10-19h, Tel. folgt", "9 18h"),
    ("de-DE", "10:00-19:00", "Von zehn bis sieben.", "neun acht"),
    ("fr-FR", "09:00-19:30", "Lyon, 9h–19h30", "8h 18h30"),
    ("es-AR", "09:00-19:30", "Rosario — 9:00/19:30 — todo", "9:30 19:00"),
    ("it-IT", "15:00-23:30", "A Lecce, dalle 15 alle 23.30?", "14 23"),
    ("it-IT", "11:00-20:00", "Como, ore 11-20.", "10 19"),
    ("pt-PT", "10:00-19:00", "Faro, 10–19h", "9 18h"),
    ("nl-NL", "10:00-18:00", "Gent | 10–18u | reparatie", "9 17u"),
    ("pl-PL", "10:00-18:00", "Sopot, 10–18, rowery", "9 17"),
]


@pytest.mark.parametrize(("locale", "hours", "text", "wrong"), SHORTEST)
def test_hours_may_be_told_as_short_as_can_be(locale: str, hours: str, text: str, wrong: str):
    facts = facts_of({"locale": locale}, {"location": {"hours": {"mon-sun": hours}}})

    def amounts(text: str) -> list[str]:
        known = {"time", "number", "money", "phone"}
        return [one.text for one in check(text, locale, facts) if one.kind.value in known]

    assert amounts(text) == []
    for word in wrong.split():
        told = [text.replace(one, word, 1) for one in _times_in(text) if one != word]
        assert told
        assert all(amounts(one) for one in told), told


def _times_in(text: str) -> list[str]:
    """Return the two times of a range as they are written."""
    found = _RANGE.search(text)
    assert found
    return [one for one in found.groups() if one]


_TIME = r"((?:\d[\d.:h]*[apu]?(?:nn|pm)?|Four|ten|zehn|sieben))"
_RANGE = re.compile(rf"{_TIME} ?(?:[–/-]|to|till|bis|alle) ?{_TIME}")


@pytest.mark.parametrize(
    "text",
    [
        "Sizes 9–5.",
        "Ages 9 to 5.",
        "9–5 lamps.",
        "9 to 5 lamps left.",
        "Lamps: 9 to 5.",  # a price that falls
        "Now: 9–5.",
        "Lamps 9-5%.",
        "Lamps, £9–5.",
        "A 9–5-inch lamp.",
        "Call 0900–1700.",
        "Down from 9 to 5.",
        "Lamps, 9–5/17.",
    ],
)
def test_two_numbers_are_no_hours_where_something_else_is_told(text: str):
    facts = facts_of({"locale": "en-GB"}, {"location": {"hours": {"mon-sun": "09:00-17:00"}}})
    assert check(text, "en-GB", facts) != []


@pytest.mark.parametrize(
    ("locale", "text", "right"),
    [
        ("en-US", "Closing: five-thirty p.m.", True),
        ("en-US", "Closing: six-thirty p.m.", False),
        ("en-US", "We close at five thirty.", True),
        ("en-US", "We close at five fifteen.", False),
        ("en-US", "Pop in after nine, before five-thirty.", True),
        ("en-US", "Pop in after ten, before five-fifteen.", False),
        ("en-US", "Come by before six.", False),
        ("en-AU", "We shut at 5.30 in the arvo.", True),
        ("en-AU", "We shut at 4 in the arvo.", False),
        ("en-AU", "We shut at 9 in the arvo.", False),
        ("en-GB", "Doors at 0900 hrs, shut by 1730 hrs.", True),
        ("en-GB", "Doors at 0930 hrs, shut by 1800 hrs.", False),
        ("de-CH", "Wir öffnen um neun und schliessen abends um halb sechs.", True),
        ("de-CH", "Wir öffnen um neun und schliessen abends um halb sieben.", False),
        ("de-DE", "Kommen Sie vor halb sechs.", True),
        ("de-DE", "Kommen Sie vor sechs.", False),
    ],
)
def test_an_hour_may_be_told_in_other_words(locale: str, text: str, *, right: bool):
    facts = facts_of({"locale": locale}, {"location": {"hours": {"mon-sun": "09:00-17:30"}}})
    assert (not check(text, locale, facts)) is right


def test_a_short_range_is_held_to_its_day():
    assert said("Sat 9–12, Mon–Fri 8–6.", "en") == []
    assert said("Sat 8–6.", "en") != []
    assert said("Saturdays, 0800–1800.", "en") != []
    assert said("SAT 12 DEC 9–12", "en") == []
    assert said("SAT 12 DEC 8–6", "en") != []


def test_swiss_spellings_are_known():
    facts = facts_of({"locale": "de-CH"}, {"location": {"hours": HOURS}})
    assert [one.text for one in check("Das grösste Sortiment.", "de-CH", facts)] == ["grösste"]


@pytest.mark.parametrize(
    ("locale", "text", "right"),
    [
        ("en-GB", "Eight hours a day, two days, one potter.", True),
        ("en-GB", "Nine hours a day, two days, one potter.", False),
        ("en-GB", "Two days. Eight hours each.", True),
        ("en-GB", "Two days. Seven hours each.", False),
        ("en-GB", "Eight hours a day to find yours: 9 to 5.", True),
        ("en-GB", "Ten hours a day to find yours: 9 to 5.", False),
        ("en-GB", "Wear it eight hours a day.", False),
        ("en-GB", "Eight hours a day of light.", False),
        ("en-GB", "Eight hours each.", False),
        ("fr-CH", "Huit heures d'ouverture.", True),
        ("fr-CH", "Sept heures d'ouverture.", False),
        ("de-DE", "Acht Stunden am Tag.", True),
        ("de-DE", "Acht Stunden Licht am Tag.", False),
        ("es-ES", "Ocho horas de apertura.", True),
        ("es-ES", "Diez horas de apertura.", False),
        ("it-IT", "Otto ore al giorno.", True),
        ("pl-PL", "Osiem godzin dziennie.", True),
        ("pl-PL", "Sześć godzin dziennie.", False),
    ],
)
def test_a_day_of_opening_is_as_long_as_its_hours(locale: str, text: str, *, right: bool):
    flight = {"start": "2027-03-05", "end": "2027-03-06"}
    location = {"location": {"hours": {"mon-sun": "09:00-17:00"}}}
    facts = facts_of({"locale": locale, "flight": flight}, location)
    numbers = [one for one in check(text, locale, facts) if one.kind.value in {"number", "time"}]
    assert (not numbers) is right


@pytest.mark.parametrize(
    ("locale", "right", "wrong"),
    [
        ("it", "Aperti da mezzogiorno alle 20.", "Aperti da mezzogiorno alle 24."),
        ("it", "Apriamo alle 12.", "Apriamo alle 24."),
        ("it", "Chiudiamo alle 8 di sera.", "Chiudiamo alle 21."),
        ("es", "Abrimos a las 12.", "Abrimos a las 24."),
        ("es", "Cerramos a las veinte.", "Cerramos a las veinticuatro."),
        ("pt", "Abrimos às 12.", "Abrimos às 24."),
        ("fr", "Nous fermons à 20 h.", "Nous fermons à 24 h."),
        ("de", "Wir öffnen um zwölf.", "Wir öffnen um vierundzwanzig."),
        ("de", "Um zwanzig Uhr schließen wir.", "Um halb einundzwanzig schließen wir."),
        ("nl", "We openen om twaalf.", "We openen om vierentwintig."),
        ("pl", "Otwieramy o 12.", "Otwieramy o 24."),
    ],
)
def test_an_hour_past_noon_is_itself(locale: str, right: str, wrong: str):
    facts = facts_of({"locale": locale}, {"location": {"hours": {"mon-sun": "12:00-20:00"}}})
    assert [one.text for one in check(right, locale, facts)] == []
    assert check(wrong, locale, facts)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Bring them to us, nine till half five.", True),
        ("Come by, 9 till half past five.", True),
        ("Mend it with us, nine to 5.30pm", True),
        ("Bring them to us, eight till half five.", False),
        ("Bring them to us, nine till half six.", False),
        ("Nine to seven mugs", False),
    ],
)
def test_an_hour_before_what_can_only_be_a_time_is_one(text: str, *, right: bool):
    facts = facts_of({"locale": "en-GB"}, {"location": {"hours": {"mon-sun": "09:00-17:30"}}})
    assert (check(text, "en-GB", facts) == []) is right


def test_a_phone_may_be_dialled_at_home_though_its_digits_are_of_no_network():
    facts = facts_of({"locale": "fr-BE"}, {"location": {"phone": "+32 4 555 01 63"}})
    assert check("Tél. 04 555 01 63", "fr-BE", facts) == []
    assert check("Tél. 04 555 01 64", "fr-BE", facts)
    assert check("Tél. 05 555 01 63", "fr-BE", facts)
