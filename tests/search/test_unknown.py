from __future__ import annotations

import pytest

from storesync.search.concepts import concepts_in, lexicon
from storesync.search.terms import asked_in
from storesync.search.text import stem, tokens
from storesync.search.unknown import Written

WRITTEN = Written([stem(w) for w in ("quince", "jelly", "quincejam", "zaffre", "kumquat")], {})


@pytest.mark.parametrize(
    ("word", "terms"),
    [
        ("quincejelly", {"quinc", "jelly"}),
        ("quinces", {"quincejam", "quinc"}),
        ("jellyfish", set()),
    ],
)
def test_what_a_word_that_nobody_wrote_is_part_or_made_of(word, terms):
    assert set(WRITTEN.near(word, stem(word))) == terms


@pytest.mark.parametrize(
    ("word", "terms"),
    [
        ("kumquatt", {"kumquat"}),
        ("kumquattt", set()),
        ("zafr", set()),  # too short to tell a slip from another word
    ],
)
def test_what_was_meant_by_a_slip(word, terms):
    assert set(WRITTEN.meant(word, stem(word))) == terms


def test_a_slip_in_a_word_of_the_lists_finds_its_concept():
    written = Written(["bread"], lexicon().phrases)
    assert "w_mushroom" in written.meant("mushrom", stem("mushrom"))


def test_the_word_that_was_meant_goes_before_its_concept():
    written = Written([stem("mushroom")], lexicon().phrases)
    assert written.meant("mushrom", stem("mushrom")) == (stem("mushroom"), "w_mushroom")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("pets", "hamster"),
        ("Haustiere", "welpe"),
        ("footfall", "workshop"),  # a workshop is an event, and events bring people in
        ("coffee break", "coffee"),
    ],
)
def test_a_question_finds_kinds_and_parts(asked, said):
    known = lexicon()
    [item] = asked_in(asked, known)
    concepts = {found.term for found in concepts_in(tokens(said), known)}
    held = concepts | {f"k_{upper}" for term in concepts for upper in known.above.get(term, ())}
    assert held.intersection(item.weaker)


def test_one_part_of_a_compound_answers_once():
    music, ticket = asked_in("Konzertkarten", lexicon())
    assert ("w_music" in music.terms, "w_ticket" in ticket.terms) == (True, True)
    assert not {*music.weaker} & {*ticket.terms}
    assert not {*ticket.weaker} & {*music.terms}


def test_a_means_is_not_asked_for_by_its_aim():
    [item] = asked_in("fireworks", lexicon())
    assert "c_occasion_new_year" not in item.weaker


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
