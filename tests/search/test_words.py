"""The file of words, asked for terms."""

from __future__ import annotations

import pytest

from storesync.search import words as words_
from storesync.search.document import Document
from storesync.search.terms import Terms
from storesync.search.words import Entry, Words


@pytest.fixture
def words(tmp_path):
    made = Words(tmp_path / "words.sqlite", "bakery")
    made.change(map(entry, range(1, 121)), [])
    yield made
    made.close()


def entry(number: int) -> Entry:
    terms = Terms(["c_word_bread"], ["rye"] * (number % 2), ["bread" if number % 3 else "ryes"])
    terms.names.append(f"word{number}")
    return Entry(document(f"c{number}"), "", terms, {})


def document(name: str) -> Document:
    return Document("bakery", name, name, "", "", False, "", (), (), (), (), (), False, "", ())


def test_a_change_that_fails_changes_nothing(words):
    def entries():
        yield entry(500)
        raise KeyboardInterrupt

    before = words.contents(), words.vocabulary()
    with pytest.raises(KeyboardInterrupt):
        words.change(entries(), ["c1"])
    assert (words.contents(), words.vocabulary()) == before


def test_many_changes_leave_one_piece_to_look_into(words, monkeypatch):
    monkeypatch.setattr(words_, "_MERGED", 100)
    assert (
        words.change(map(entry, range(200, 320)), [f"c{number}" for number in range(5, 20)]) == 120
    )
    pieces = words._base.execute("SELECT COUNT(DISTINCT segid) FROM words_idx").fetchone()
    assert pieces == (1,)
    assert words.vocabulary()["c_word_bread"] == 225
    assert len(words.matching("word250")) == 1
    assert words.matching("word7") == []


@pytest.mark.parametrize(
    ("rare", "among"),
    [
        ([], []),
        ([], [1, 2, 3]),
        (["word9", "word40"], []),
        (["word9", "word40", "nobody", 'a"b'], [2, 9, 120]),
        ([f"word{number}" for number in range(1, 121)], [7]),
    ],
)
def test_common_terms_are_looked_for_in_few_campaigns(words, rare, among):
    some = {*among, *(number for number in range(1, 121) if f"word{number}" in rare)}
    held = words.holders(["c_word_bread", "rye", "bread", "word", 'a"b'], rare, among)
    assert held == {
        "c_word_bread": some,
        "rye": {number for number in some if number % 2},
        "bread": {number for number in some if number % 3},
        "word": set(),
        'a"b': set(),
    }
