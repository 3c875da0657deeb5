from __future__ import annotations

import pytest

from storesync.search.concepts import concepts_in, lexicon
from storesync.search.rank import Doubts, doubts_of
from storesync.search.terms import Asked, asked_in
from storesync.search.text import stem, tokens
from storesync.search.unknown import Written

WRITTEN = Written([stem(w) for w in ("quince", "jelly", "quincejam", "zaffre", "kumquat")], {})


@pytest.mark.parametrize(
    ("word", "terms"),
    [
        ("kumquatt", {("kumquat", "meant")}),
        ("quincejelly", {("quinc", "part"), ("jelly", "part")}),
        ("quinces", {("quincejam", "part"), ("quinc", "part")}),
        ("jellyfish", set()),
        ("zafr", set()),  # too short to tell a slip from another word
    ],
)
def test_what_may_answer_for_a_word_that_nobody_wrote(word, terms):
    assert set(WRITTEN.near(word, stem(word))) == terms


def test_a_slip_in_a_word_of_the_lists_finds_its_concept():
    written = Written(["bread"], lexicon().phrases)
    assert ("w_mushroom", "meant") in written.near("mushrom", stem("mushrom"))


@pytest.mark.parametrize(
    ("asked", "said", "bond"),
    [
        ("pets", "hamster", "below"),
        ("hamster", "pets", "above"),
        ("Haustiere", "welpe", "below"),
        ("footfall", "workshop", "below"),  # a workshop is an event, and events bring people in
        ("coffee break", "coffee", "part"),
    ],
)
def test_a_question_finds_what_is_below_above_or_a_part(asked, said, bond):
    known = lexicon()
    [item] = asked_in(asked, known)
    concepts = {found.term for found in concepts_in(tokens(said), known)}
    held = concepts | {f"k_{upper}" for term in concepts for upper in known.above.get(term, ())}
    assert {term for term, how in item.weaker if how == bond} & held


def test_a_means_is_not_asked_for_by_its_aim():
    [item] = asked_in("fireworks", lexicon())
    assert "c_occasion_new_year" not in {term for term, _ in item.weaker}


def test_no_concept_stands_above_itself():
    assert not [term for term, above in lexicon().above.items() if term in above]


@pytest.mark.parametrize(
    ("said", "is_hot"),
    [
        ("espresso", True),
        ("cold brew", False),
        ("cold brew, our coarsest coffee", False),
        ("cold brew, and hot chocolate for the others", True),
    ],
)
def test_a_general_word_beside_a_special_one_is_that(said: str, is_hot: bool):
    known = lexicon()
    terms = {found.term for found in concepts_in(tokens(said), known, inner=True)}
    assert ("w_hot_drink" in known.marks(terms, terms)) is is_hot


def test_what_tells_against_a_question():
    dog, bread = Asked("dog", ("dog", "c_word_dog")), Asked("bread", ("bread",))
    slip = Asked("braed", ("bra",), weaker=(("bread", "meant"),))
    holding = {"bread": 1}
    assert doubts_of([], holding, 900) == Doubts()
    assert doubts_of([bread], holding, 900) == Doubts(1.0, 0.0, 0.0)
    assert doubts_of([dog], holding, 900) == Doubts(1.0, 0.0, 1.0)
    assert doubts_of([slip], holding, 900) == Doubts(1.0, 1.0, 0.0)
    both = doubts_of([dog, bread], holding, 900)
    assert both.brevity == 0.5
    assert 0.5 < both.absent < 1


def test_among_more_campaigns_chance_comes_nearer():
    chances = [doubts_of([], {}, campaigns).chance for campaigns in (0, 1, 10, 50, 80, 10_000)]
    assert chances == sorted(chances)
    assert chances[1] < chances[2] < chances[3] < 1.0
    assert chances[-1] == 1.0
