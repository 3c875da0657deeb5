"""Phrases that are sayings where they stand alone, and say something where they go on."""

from __future__ import annotations

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts, facts_of


@pytest.mark.parametrize(
    "text",
    [
        "Got a free afternoon?",
        "Free hour? Come and bowl.",
        "A free evening deserves cake.",
        "There's a free seat at the bar.",
        "January blues? Coffee.",
        "Home late tonight?",
        "A thousand-star hotel: your tent.",
        "The darkest night of the year.",
        "The best time of the year.",
    ],
)
def test_alone_they_state_nothing(text: str):
    assert check(text, "en", Facts()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Free afternoon tea.",
        "Free hour of parking.",
        "A free seat with every ticket.",
        "Free weekends all month.",
        "The January sale.",
        "Half price tonight?",
        "A five-star hotel.",
        "Bakery of the Year 2026.",
        "The silkiest noodles.",
        "One per customer.",
        "One bag per person.",
    ],
)
def test_going_on_they_do(text: str):
    noodles = facts_of({"locale": "en", "offer": {"product": "p"}, "product_name": "noodles"})
    assert check(text, "en", noodles) != []


def test_a_code_is_named_whole():
    facts = facts_of({"locale": "en", "offer": {"code": "KEYS40"}})
    assert check("Use KEYS40.", "en", facts) == []
    assert [one.text for one in check("Use KEYS50.", "en", facts)] == ["KEYS50"]


def test_sentences_of_a_legal_text_stand_for_themselves():
    legal = {"terms": "Weekdays before 5 p.m. Two per customer. Up to 20% off."}
    facts = facts_of({"locale": "en", "legal": legal})
    assert check("Bowl on weekdays before 5 p.m.", "en", facts) == []
    assert check("Two per customer.", "en", facts) == []
    assert check("Up to 20% off.", "en", facts) != []
    assert check("Three per customer.", "en", facts) != []


def test_a_declared_phrase_covers_its_words_in_other_forms():
    facts = Facts(statements=("zwei Jahre Garantie",), locale="de")
    assert check("Mit zwei Jahren Garantie.", "de", facts) == []
    assert check("Mit drei Jahren Garantie.", "de", facts) != []


def test_a_day_of_each_week_is_held_to_the_hours_alone():
    flight = {"start": "2027-10-09T10:00", "end": "2027-10-17T22:00"}
    facts = facts_of(
        {"locale": "en", "flight": flight}, {"location": {"hours": {"mon-sun": "10:00-16:00"}}}
    )
    assert check("Until 10 p.m. on Sunday 17 October.", "en", facts) == []
    assert [one.text for one in check("Sundays until 10 p.m.", "en", facts)] == ["10 p.m."]
    assert [one.text for one in check("Every Sunday until 10 p.m.", "en", facts)] == ["10 p.m."]
    assert check("Sundays until 4 p.m.", "en", facts) == []


def test_pounds_weigh_in_the_united_states():
    facts = Facts(statements=("weighs four pounds",), locale="en-US")
    assert check("Four pounds of tent.", "en-US", facts) == []
    assert check("Five pounds of tent.", "en-US", facts) != []


def test_letters_on_badges_and_small_capitals_are_letters():
    for text in ("ꜰʀᴇᴇ tea", "\U0001f175\U0001f181\U0001f174\U0001f174 tea"):
        assert check(text, "en", Facts()) != []
