"""Days that are named in passing state nothing; what narrows an offer to them does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.declared.gather import Day, Percentage


def said(text: str, locale: str) -> list[str]:
    return [item.text for item in check(text, locale, Facts(locale=locale))]


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Order yours today.", "en"),
        ("Come and see us today!", "en"),
        ("Book a seat today, bring a friend.", "en"),
        ("As fresh as a morning in May.", "en"),
        ("Quiet like a Monday at the library", "en"),
        ("April showers, warm buns.", "en"),
        ("Bestellen Sie noch heute.", "de"),
        ("Kommen Sie heute vorbei.", "de"),
        ("Wie ein Morgen im Mai.", "de"),
        ("Réservez dès aujourd'hui.", "fr"),
        ("Comme un matin de mai.", "fr"),
        ("Reserva hoy mismo.", "es"),
        ("Como una mañana de mayo.", "es"),
    ],
)
def test_a_call_to_act_and_a_simile_name_no_day(text: str, locale: str):
    assert said(text, locale) == []


@pytest.mark.parametrize(
    ("text", "locale", "word"),
    [
        ("Order today only.", "en", "today"),
        ("Today: buns.", "en", "Today"),
        ("Open today.", "en", "today"),
        ("Baked today, sold today.", "en", "today"),
        ("Order by today.", "en", "today"),
        ("Get it free today.", "en", "free"),
        ("We come today.", "en", "today"),
        ("Order yours today until late", "en", "today"),
        ("Order yours tomorrow.", "en", "tomorrow"),
        ("New in May.", "en", "May"),
        ("Like new, from May.", "en", "May"),
        ("Prices cut like in May", "en", "May"),
        ("Nur heute.", "de", "heute"),
        ("Bestellen Sie nur heute.", "de", "heute"),
        ("Wir kommen heute.", "de", "heute"),
        ("Réservez aujourd'hui seulement.", "fr", "aujourd"),
        ("Solo hoy.", "es", "hoy"),
        ("Reserva hoy antes de las ocho.", "es", "hoy"),
    ],
)
def test_what_holds_on_a_day_alone_names_it(text: str, locale: str, word: str):
    assert any(word.casefold() in one.casefold() for one in said(text, locale)), said(text, locale)


@pytest.mark.parametrize(
    ("text", "locale", "word"),
    [
        ("Because it's March.", "en", "March"),
        ("Until the end of May.", "en", "May"),
        ("Bis Ende Mai.", "de", "Mai"),
        ("Jusqu'à fin mars.", "fr", "mars"),
    ],
)
def test_months_that_are_other_words_too_are_months(text: str, locale: str, word: str):
    assert word in " ".join(said(text, locale))


@pytest.mark.parametrize("text", ["You may like it.", "Prices May Vary.", "We march on."])
def test_other_words_are_no_months(text: str):
    assert said(text, "en") == []


PINNED = {
    "Half price this weekend, 4 to 6 December.": "",
    "This week, until 6 December: half price.": "",
    "Half price this weekend, 4 to 7 December.": "7 December",
    "Half price this weekend.": "this weekend",
    "Ends tomorrow, 6 December.": "tomorrow",
    "This weekend. Until 6 December.": "This weekend",
}


@pytest.mark.parametrize("text", PINNED)
def test_this_weekend_may_stand_beside_its_dates(text: str):
    facts = Facts(
        percentages=(Percentage(Decimal(50), "off"),),
        days=(Day(date(2026, 12, 4), "start"), Day(date(2026, 12, 6), "end")),
        locale="en-GB",
    )
    assert " ".join(one.text for one in check(text, "en-GB", facts)) == PINNED[text]
