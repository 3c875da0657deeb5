"""What an offer is said of and is no thing: the bill, the reader, what was named before."""

from __future__ import annotations

from collections.abc import Sequence

from storesync.copywriting.facts.language.given import words_of
from storesync.copywriting.facts.reading.surroundings import Surroundings


def names_none(text: Surroundings, words: Sequence[str], *, whole: bool) -> bool:
    """Say whether words name no thing: off the bill, on every one, £8 off they come to £12."""
    none, known = text.words.listed("no_things"), words_of(text.words.language)
    pronoun = not whole and words[0] in none and words[0] in known.function
    only = all(word in none or not known.speaks(word) for word in words)
    return pronoun or (only and any(word in none for word in words))


def ends_in_none(text: Surroundings, words: Sequence[str]) -> bool:
    """Say whether words are a verb and its object, or no thing: vos invités méritent ça."""
    behind = len(words) == 1 or words_of(text.words.language).thing_first  # no winter check
    return behind and words[-1] in text.words.listed("no_things")
