"""How hard a text is to read: Flesch-Kincaid for English, LIX for every other language."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from storesync.copywriting.voice.reading import WORD, stretches
from storesync.model.voice import Scope

_VOWELS = re.compile(r"[aeiouy]+")
_LONG = 6  # letters; a word with more is long (Björnsson, Läsbarhet, 1968)


class Measure(NamedTuple):
    """How hard a text is, by which measure, and of how many words."""

    name: str
    value: Decimal
    words: int


def grade_of(shown: str) -> Measure:
    """Return the Flesch-Kincaid grade of an English text: years of school that it takes.

    Kincaid and others, "Derivation of New Readability Formulas", 1975.
    """
    words = WORD.findall(shown)
    if not words:
        return Measure("Flesch-Kincaid grade", Decimal(0), 0)
    per_sentence = len(words) / _sentences(shown)
    grade = 0.39 * per_sentence + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return Measure("Flesch-Kincaid grade", Decimal(f"{max(grade, 0):.1f}"), len(words))


def lix_of(shown: str) -> Measure:
    """Return the LIX of a text in any language: 30 is a novel, 40 a newspaper, 60 a law."""
    words = WORD.findall(shown)
    if not words:
        return Measure("LIX", Decimal(0), 0)
    long = sum(len(word) > _LONG for word in words)
    value = len(words) / _sentences(shown) + 100 * long / len(words)
    return Measure("LIX", Decimal(f"{value:.1f}"), len(words))


def _sentences(shown: str) -> int:
    return max(1, sum(1 for _ in stretches(shown, Scope.SENTENCE)))


def syllables(word: str) -> int:
    """Return about how many syllables an English word has: groups of vowels, less a silent e."""
    plain = word.casefold()
    count = len(_VOWELS.findall(plain))
    if plain.endswith("e") and not plain.endswith(("le", "ee", "ye")) and count > 1:
        count -= 1
    if plain.endswith(("es", "ed")) and not plain.endswith(("ses", "ted", "ded", "zes", "ches")):
        count -= count > 1
    return max(1, count)
