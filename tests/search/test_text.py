from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.search.concepts import concepts_in, lexicon
from storesync.search.gloss import gloss, reads_as
from storesync.search.language import language_of
from storesync.search.terms import asked_in
from storesync.search.text import fold, is_code, stem, stems, tokens
from storesync.search.typo import meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bäume", "baum"),
        ("trees", "Tree"),
        ("Größe", "GROSSE"),
        ("candles", "candle"),
        ("openings", "opening"),
        ("été", "ete"),
    ],
)
def test_forms_of_a_word_meet(one, other):
    assert stems(one) == stems(other)


@pytest.mark.parametrize(("one", "other"), [("care", "car"), ("HC-2041", "HC-2042"), ("oats", "o")])
def test_different_words_stay_apart(one, other):
    assert stems(one) != stems(other)


def test_what_is_too_long_for_a_word_is_cut():
    found = tokens(f"soup {'x' * 10_000} a{'1' * 10_000}-b")
    assert [len(token.word) for token in found] == [4, 100, 100, 1, 100]


def test_a_code_is_found_in_parts_and_as_one():
    assert stems("code hc-2041") == ["code", "hc", "2041", "hc2041"]
    assert is_code("hc2041")
    assert not is_code("coffee")


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcdefgnrsu", min_size=1, max_size=20))
def test_a_stem_keeps_enough_of_a_word(word):
    assert word.startswith(stem(word))
    assert len(stem(word)) >= min(len(word), 4)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Weihnachten", "c_occasion_christmas"),
        ("a gift for Christmas", "c_occasion_christmas"),
        ("fête des mères", "c_occasion_mothers_day"),
        ("Mother's Day", "c_occasion_mothers_day"),
        ("im Dezember", "m_12"),
        ("en décembre", "m_12"),
        ("Sommerregen", "c_season_summer"),
        ("Sommerregen", "c_word_rain"),
        ("Meerschweinchen", "w_rodent"),
    ],
)
def test_words_of_all_languages_name_one_thing(text, term):
    assert term in {item.term for item in concepts_in(tokens(text), lexicon())}


@pytest.mark.parametrize("text", ["the", "what did we do", "important", "restrained", "may"])
def test_small_words_and_lookalikes_name_nothing(text):
    assert concepts_in(tokens(text), lexicon()) == []


def test_the_longest_phrase_counts():
    [item] = concepts_in(tokens("mother's day"), lexicon())
    assert (item.first, item.behind) == (0, 3)
    inner = concepts_in(tokens("pancake day"), lexicon(), inner=True)
    assert {"c_occasion_carnival", "w_pancak"} <= {item.term for item in inner}


def test_what_a_question_asks_for():
    asked = asked_in("What did we do with HC-2041 for Christmas 2024?", lexicon())
    assert [item.word for item in asked] == ["hc", "2041", "hc2041", "christmas", "2024"]
    assert [item.exact for item in asked] == [False, True, True, False, True]
    assert asked_in("what did we do", lexicon()) == []


def test_one_part_of_a_compound_is_not_the_whole():
    asked = {item.word: item.whole for item in asked_in("Fahrradspeichen Sommerblumen", lexicon())}
    assert asked == {"fahrradspeichen": False, "sommerblumen": True}


def test_a_gloss_names_things_and_leaves_names():
    assert gloss("Blumen für die Mutter von Ottilie", lexicon(), "en") == (
        "flower mother's day ottilie"
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("which offers sold best", "en"),
        ("was lief im Sommer", "de"),
        ("les fleurs pour maman", "fr"),
        ("Xyzzy", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_question(text, language):
    assert reads_as(text, lexicon(), ["en", "de", "fr", "es"]) == language


def test_the_language_of_a_text_is_its_brands_first_where_nothing_tells():
    assert language_of("Und das ist für dich", ["en", "de"]) == "de"
    assert language_of("Flat White", ["de", "en"]) == "de"


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("geraniun", "geranium"),
        ("scraching", "scratching"),
        ("tulisp", "tulips"),
        ("bunns", "buns"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(word, other):
    assert meant(word, {other, "nothing"}) == [other]


@given(st.text(alphabet="abcde", min_size=4, max_size=7))
def test_what_is_meant_is_known_and_another_word(word):
    known = {"abcde", "abcd", "bcde", "aabb"}
    assert set(meant(word, known)) <= known - {word}
