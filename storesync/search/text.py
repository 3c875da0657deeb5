"""Words of a text as the index knows them: folded, without endings, in whatever language."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# What holds an article number, code or year together: HC-2041, 20OFF, v2.1
_TOKEN = re.compile(r"\w+(?:['’_./-]\w+)*")
_APART = re.compile(r"[^\W_]+")
_SPECIAL = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "’": "'"})
# Endings of English, German, French and Spanish words, the longer ones first. A light stemmer:
# it need not be right, only the same for both sides, and must not melt different words together.
_ENDINGS = (
    "ungen", "ings", "ern", "ung", "ing", "est", "ed", "em", "en", "er", "es", "e", "n", "s",
)  # fmt: skip
_KEPT = 4
# What is longer is no word; looking for its parts and its slips would take for ever.
_LONGEST = 100


def fold(text: str) -> str:
    """Return a text in small letters, without accents and without what only looks different."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL)).casefold()
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a folded word without its ending; of what holds a digit nothing is taken."""
    if any(sign.isdigit() for sign in word):
        return word
    for _ in range(2):
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _KEPT:
                word = word[: -len(ending)]
                break
        else:
            break
    return word


def words(text: str) -> list[str]:
    """Return the folded words of a text in order, parts of compounds apart."""
    return _APART.findall(fold(text))


class Token(NamedTuple):
    """A folded word and its stem."""

    word: str
    stem: str


@lru_cache(maxsize=100)  # a question's are wanted several times over, and so are a campaign's
def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a text in order; a code such as HC-2041 also as one word: hc2041."""
    found: list[Token] = []
    for match in _TOKEN.findall(fold(text)):
        parts = [part[:_LONGEST] for part in _APART.findall(match)]
        found += [Token(part, stem(part)) for part in parts]
        if len(parts) > 1 and any(sign.isdigit() for sign in match):
            whole = "".join(parts)[:_LONGEST]
            found.append(Token(whole, whole))
    return tuple(found)


def stems(text: str) -> list[str]:
    """Return the stems of a text's words, in order."""
    return [token.stem for token in tokens(text)]


def is_code(word: str) -> bool:
    """Say whether a word is an article number or code: letters with digits, or a long number."""
    digits = sum(sign.isdigit() for sign in word)
    return (0 < digits < len(word) and len(word) >= 4) or digits >= 5
