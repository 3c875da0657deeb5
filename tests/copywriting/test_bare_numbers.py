"""Numbers with no noun behind them: the time up to which a day counts, and how many we are."""

from __future__ import annotations

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts, facts_of
from storesync.copywriting.facts.finding import Kind

SHARED = {"offer": {"price": "6.00", "regular_price": "12.00"}, "flight": {"start": "2027-06-07"}}
OWN = {"currency": "USD", "location": {"hours": {"mon-fri": "09:00-17:00"}}}


def facts(*statements: str) -> Facts:
    return facts_of(SHARED, OWN, list(statements), [])


@pytest.mark.parametrize(
    "text", ["Weekdays before 6.", "Mondays before six.", "Six dollars, Fridays before 6"]
)
def test_a_day_up_to_an_hour_names_a_time_and_no_price(text: str):
    assert Kind.TIME in {item.kind for item in check(text, "en-US", facts())}
    assert check(text, "en-US", facts("weekdays before 6 p.m.", "Mondays before 6")) == []


@pytest.mark.parametrize("text", ["Six are a riot.", "Four are a crowd, six are a riot."])
def test_before_a_verb_a_number_counts_no_noun(text: str):
    assert check(text, "en-US", facts("teams of four", "teams of six")) == []
    assert check(text.replace("ix", "even"), "en-US", facts("teams of four", "teams of six"))
