"""The file of words, asked for terms."""

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
        terms.names.append(f"word{number}")
        made.put(Entry(document(f"c{number}"), "", terms, {}))
    yield made
    made.close()


def document(name: str) -> Document:
    return Document("bakery", name, name, "", "", False, "", (), (), (), (), (), False, "", ())


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
