"""Which readers are asked at a word: all that may read something there, and few others."""

from __future__ import annotations

import pytest
from labelled import SETS, cases, locale_of

from storesync.copywriting.facts.reading.read import READERS, readers_at
from storesync.copywriting.facts.reading.surroundings import surroundings


@pytest.mark.parametrize("which", SETS)
def test_a_reader_that_is_not_asked_would_read_nothing(which: str):
    for case in cases(which):
        text = surroundings(case.text, locale_of(case.language))
        for index in range(len(text.tokens)):
            for reader in READERS.keys() - set(readers_at(text, index)):
                assert reader(text, index) is None, (case.text, text.low(index), reader.__name__)


def test_most_words_are_asked_of_few_readers():
    text = surroundings("A slow kettle, and nobody in a hurry", "en-GB")
    kettle = text.lows.index("kettle")
    asked = [reader.__name__ for reader in readers_at(text, kettle)]
    assert asked == ["read_link", "read_code", "read_place"]
