"""French à before what a thing is made with or for: un plateau *à* fondue, *à la* lavande."""

from __future__ import annotations

from storesync.copywriting.facts.language.given import words_of
from storesync.copywriting.facts.reading.surroundings import Surroundings

ARTICLES = frozenset({"la", "l", "'"})
_MOST = 2  # tokens
_VERBS = ("er", "ir", "oir")  # à offrir


def is_made_with(text: Surroundings, place: int) -> bool:
    """Say whether a token is à, or the article behind it, and belongs to a thing.

    A common noun follows, and none of the words with which à says how or where: à partir de.
    """
    first = place
    while place - first < _MOST and text.low(first) in ARTICLES:
        first -= 1
    words, speaks = text.words, words_of(text.words.language).speaks
    if words.language != "fr" or text.low(first) != "à" or not speaks(text.low(first - 1)):
        return False
    noun = first + 1
    while noun - first <= _MOST and text.low(noun) in ARTICLES:
        noun += 1
    low = text.low(noun)
    return (
        text.kind(noun) == "w"
        and noun not in text.numbers
        and text.tokens[noun].text[0].islower()
        and speaks(low)
        and not low.endswith(_VERBS)
        and low not in words.listed("at_what")
    )
