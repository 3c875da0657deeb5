from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.search.rank import (
    FORMULA,
    Evidence,
    Usual,
    borne_out,
    floor_of,
    meaning_of,
    rank,
    weight_of,
    words_evidence,
)
from storesync.search.terms import Asked

RARE, COMMON = Asked("hc2041", ("hc2041",), exact=True), Asked("coffee", ("coff", "c_word_coffee"))


def test_a_rare_word_tells_more_than_a_common_one():
    assert weight_of(1, 100) > weight_of(50, 100) > 0
    matches = {"hc2041": {1: 1.0}, "coff": dict.fromkeys(range(2, 60), 1.0)}
    found = words_evidence([RARE, COMMON], matches, {"hc2041": 1, "coff": 58}, 100)
    assert found.shares[1] > 4 * found.shares[2]
    assert found.matched(1) == {"hc2041": "hc2041"}


def test_the_very_word_tells_more_than_a_concept():
    matches = {"coff": {1: 1.0}, "c_word_coffee": {1: 1.0, 2: 1.0}}
    found = words_evidence([COMMON], matches, {"coff": 1, "c_word_coffee": 2}, 10)
    assert found.shares[1] > found.shares[2] > 0
    assert found.matched(1) == {"coffee": "coff"}


def test_of_a_slip_the_word_that_was_meant_tells_more_than_its_concept():
    matches = {"terras": {1: 1.0}, "c_word_balcony": {1: 1.0, 2: 1.0}}
    holding = {"terras": 1, "c_word_balcony": 2}
    meant = Asked("terasse", ("teras",), weaker=("terras", "c_word_balcony"), slip=True)
    found = words_evidence([meant], matches, holding, 10)
    assert found.shares == {1: FORMULA.remote, 2: FORMULA.remote * FORMULA.concept}


def test_of_a_slip_in_a_word_that_nobody_wrote_its_concept_tells_as_much():
    meant = Asked("mushrom", ("mushrom",), weaker=("w_mushroom",), slip=True)
    found = words_evidence([meant], {"w_mushroom": {1: 1.0}}, {"w_mushroom": 1}, 10)
    assert found.shares == {1: FORMULA.remote}


def test_meaning_bears_out_a_slip_and_tells_nothing_apart():
    shares = {1: 0.5, 2: 0.25, 3: 0.0}
    near = {2: (0.8, "b"), 4: (0.9, "d")}
    assert borne_out(shares, near) == {1: (0.8, ""), 2: (0.4, "b"), 3: (0.0, "")}
    assert borne_out(shares, {}) == dict.fromkeys(shares, (0.0, ""))
    assert borne_out({}, near) == {}


def test_a_word_that_nobody_holds_weighs_against_the_others():
    matches = {"coff": {1: 1.0}}
    alone = words_evidence([COMMON], matches, {"coff": 1}, 10).shares[1]
    beside = words_evidence([COMMON, RARE], matches, {"coff": 1}, 10).shares[1]
    assert beside < alone / 2


def test_meaning_stands_out_of_what_is_usual():
    usual = Usual(0.3, 0.1)
    assert meaning_of(0.3, usual) == 0
    assert 0 < meaning_of(0.5, usual) < meaning_of(0.6, usual) <= 1
    assert meaning_of(0.9, Usual()) == 0


def test_a_question_without_an_answer_has_none():
    weak = {1: Evidence(words=0.1), 2: Evidence(meaning=0.3)}
    assert rank(weak, {}, 50, 4) == []
    strong = {**weak, 3: Evidence(words=0.9)}
    assert [item.number for item in rank(strong, {}, 50, 4)] == [3, 2]


def test_what_answers_in_a_small_brand_is_noise_in_a_large_one():
    near = {1: Evidence(words=0.2, meaning=0.1)}
    assert rank(near, {}, 10, 4)
    assert rank(near, {}, 50, 4) == []


def test_a_short_question_needs_more_to_have_an_answer():
    near = {1: Evidence(words=0.3, meaning=0.05)}
    assert [bool(rank(near, {}, 50, length)) for length in (1, 2, 4, 9)] == [
        False,
        False,
        True,
        True,
    ]
    floors = [floor_of(length) for length in (1, 2, 9)]
    assert floors == sorted(floors, reverse=True)
    alone = replace(FORMULA, words=1.0)
    assert floor_of(1, alone) == pytest.approx(2 * FORMULA.floor)
    assert floor_of(1) < floor_of(1, alone)
    assert floor_of(0) == floor_of(1)


def test_one_slip_of_the_finger_in_a_word_is_no_reason_for_silence():
    slip = {1: Evidence(words=FORMULA.remote)}
    assert rank(slip, {}, 1000, 1)
    assert rank(slip, {}, 1000, 1, replace(FORMULA, words=1.0))


def test_a_question_of_unknown_words_needs_more_likeness_in_a_small_brand():
    assert rank({1: Evidence(meaning=0.4)}, {}, 5, 4) == []
    assert rank({1: Evidence(meaning=0.6)}, {}, 5, 4)
    assert rank({1: Evidence(meaning=0.4), 2: Evidence(words=0.1)}, {}, 5, 4)


def test_nothing_answers_where_nothing_speaks_for_it():
    assert rank({}, {}, 1, 4) == []
    assert rank({1: Evidence()}, {}, 1, 4, replace(FORMULA, floor=0.0)) == []


def test_where_nothing_fits_well_all_answers_are_weak():
    near = {1: Evidence(words=0.5), 2: Evidence(words=0.3)}
    assert [item.weak for item in rank(near, {}, 50, 4)] == [True, True]
    assert [item.weak for item in rank({**near, 3: Evidence(words=0.9)}, {}, 50, 4)] == [False] * 3


def test_success_breaks_ties_in_a_search_and_leads_among_examples():
    evidence = {1: Evidence(words=0.6), 2: Evidence(words=0.6), 3: Evidence(words=0.8)}
    successes = {2: 0.9}
    assert [item.number for item in rank(evidence, successes, 50, 4)] == [3, 2, 1]
    examples = rank(evidence, successes, 50, 4, replace(FORMULA, success=0.5))
    assert [item.number for item in examples] == [2, 3, 1]


EVIDENCE = st.builds(Evidence, words=st.floats(0, 1), meaning=st.floats(0, 1))


@given(
    st.dictionaries(st.integers(1, 9), EVIDENCE),
    st.dictionaries(st.integers(1, 9), st.floats(0, 1)),
)
def test_scores_are_shares_in_falling_order(evidence, successes):
    scores = [item.score for item in rank(evidence, successes, 50, 4)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@given(EVIDENCE, EVIDENCE)
def test_more_evidence_never_ranks_lower(one, other):
    ranked = [
        item.number
        for item in rank({1: one, 2: other}, {}, 50, 4, replace(FORMULA, floor=0, tail=0))
    ]
    if ranked and one.words >= other.words and one.meaning >= other.meaning:
        assert ranked == [1, 2]
