"""Italian numbers, which run on as one word: ventotto, centoventi, duemilacinquecento."""

from __future__ import annotations

from collections.abc import Mapping

_VOWELS = ("uno", "otto")  # before which tens lose theirs: ventuno, trentotto
_NO_PARTS = frozenset({"un", "una", "paio", "decina", "dozzina", "ventina"})
_THREE = "tré"  # at the end of a longer number
_MOST = 60  # letters


def up_to_a_thousand(words: Mapping[str, int]) -> dict[str, int]:
    """Return the words for all numbers below a thousand, made of those for the small ones."""
    parts = {word: value for word, value in words.items() if word not in _NO_PARTS}
    units = {word: value for word, value in parts.items() if 0 < value < 10}
    below = {word: value for word, value in parts.items() if 0 < value < 100} | {_THREE: 3}
    for ten, tens in [(word, value) for word, value in parts.items() if 20 <= value < 100]:
        for word, value in units.items():
            below[(ten[:-1] if word in _VOWELS else ten) + word] = tens + value
        below |= {f"{ten[:-1]}un": tens + 1, ten + _THREE: tens + 3}  # ventun giorni
    found = dict(below)
    many = {"": 1} | {word: value for word, value in units.items() if value > 1}
    for unit, value in many.items():
        found[f"{unit}cento"] = value * 100
        for word, rest in below.items():
            found[f"{unit}cento{word}"] = value * 100 + rest
            if word.startswith("ott"):  # centottanta
                found[f"{unit}cent{word}"] = value * 100 + rest
    elided = {**below, "cento": 100}.items()  # vent'anni, ventiquattr'ore, cent'anni
    return found | {word[:-1]: value for word, value in elided if _is_elided(word, value)}


def _is_elided(word: str, value: int) -> bool:
    """Say whether a number may lose its last vowel before another."""
    return (value >= 20 and word[-1] in "aio") or word == "quattro"


def with_thousands(word: str, numbers: Mapping[str, int]) -> int:
    """Return the number that a word with thousands in it is: millecento, ventimila; 0 for none."""
    if len(word) > _MOST:
        return 0
    if word.startswith("mille"):
        rest = numbers.get(word.removeprefix("mille"), 0)
        return 1000 + rest if 0 < rest < 1000 else 0
    head, _, tail = word.partition("mila")
    many, rest = numbers.get(head, 0), numbers.get(tail, 0)
    return many * 1000 + rest if many and head != word and (rest or not tail) else 0
