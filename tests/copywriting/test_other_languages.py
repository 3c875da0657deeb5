"""Languages without a list of words: what the table of number words finds in them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.declared.gather import Percentage
from storesync.copywriting.facts.language.word_lists import LISTED, listed
from storesync.copywriting.facts.reading.read import items

TOLD = {
    ("sv", "tjugofem"): 25,
    ("da", "halvfjerds"): 70,
    ("nb", "tre hundre"): 300,
    ("fi", "seitsemänkymmentä"): 70,
    ("cs", "dvacet pět"): 25,
    ("ro", "douăzeci și unu"): 21,
    ("hu", "huszonöt"): 25,
    ("tr", "elli beş"): 55,
    ("ru", "двадцать пять"): 25,
    ("uk", "сімдесят"): 70,
    ("is", "tuttugu og einn"): 21,
}
TWENTY = {
    "sv-SE": ("Tjugo procent rabatt.", "Sjuttio procent rabatt."),
    "da-DK": ("Tyve procent rabat.", "Halvfjerds procent rabat."),
    "fi-FI": ("Kaksikymmentä prosenttia pois.", "Seitsemänkymmentä prosenttia pois."),
    "ro-RO": ("Douăzeci la sută reducere.", "Șaptezeci la sută reducere."),
    "cs-CZ": ("Dvacet procent sleva.", "Sedmdesát procent sleva."),
    "hu-HU": ("Húsz százalék kedvezmény.", "Hetven százalék kedvezmény."),
    "uk-UA": ("Двадцять відсотків знижки.", "Сімдесят відсотків знижки."),
}


@pytest.mark.parametrize(("language", "text"), TOLD)
def test_numbers_in_words_are_read_whole(language: str, text: str):
    assert [item.value for item in items(f"{text} xxx", language)] == [TOLD[language, text]]


@pytest.mark.parametrize("language", sorted(listed("numbers")))
def test_every_word_for_a_number_is_read(language: str):
    known = listed("numbers")[language]
    alone = [word for word, value in known["numbers"].items() if value > 1]
    read = {word: [item.value for item in items(f"{word} xxx", language)] for word in alone}
    assert read == {word: [Decimal(known["numbers"][word])] for word in alone}
    ones = [item for word in known["plain"] for item in items(f"{word} xxx", language)]
    assert {item.role for item in ones} <= {"one"}, "a mere article counts nothing"


@pytest.mark.parametrize("locale", TWENTY)
def test_a_declared_percentage_may_be_told_in_words_and_no_other(locale: str):
    facts = Facts(percentages=(Percentage(Decimal(20), "off"),), locale=locale)
    right, wrong = TWENTY[locale]
    assert check(right, locale, facts) == []
    assert check(wrong, locale, facts)


def test_a_language_with_a_list_is_not_in_the_table():
    assert LISTED.isdisjoint(listed("numbers"))
