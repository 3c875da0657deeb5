"""The file of words, asked in its two ways."""

from __future__ import annotations

import pytest

from storesync.search.document import Document
from storesync.search.terms import Terms
from storesync.search.words import Entry, Words


@pytest.fixture
def words(tmp_path):
    made = Words(tmp_path / "words.sqlite", "bakery")
    for number in range(1, 121):
        terms = Terms(["c_word_bread"], ["rye"] * (number % 2), ["bread" if number % 3 else "ryes"])
        made.put(Entry(document(f"c{number}"), "", terms, {}))
    yield made
    made.close()


def document(name: str) -> Document:
    return Document("bakery", name, name, "", "", False, "", (), (), (), (), (), False, "", ())


@pytest.mark.parametrize("count", [0, 3, 50, 51, 120])
def test_few_and_many_campaigns_are_asked_alike(words, count):
    among = range(1, count + 1)
    held = words.holders(["c_word_bread", "rye", "bread", "word", 'a"b'], among)
    assert held == {
        "c_word_bread": set(among),
        "rye": {number for number in among if number % 2},
        "bread": {number for number in among if number % 3},
        "word": set(),
        'a"b': set(),
    }
