"""Words and meaning made one: which campaigns answer a question, the best first, or none.

Pure arithmetic over what the two halves of an index say; docs/design/search.md tells why it is so,
with the numbers that it was chosen by.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from storesync.search.terms import Asked


@dataclass(frozen=True, slots=True)
class Formula:
    """What the ranking weighs; few numbers, all tuned on one half of the labelled questions."""

    words: float = 0.6  # what a question's words are worth, all found; meaning is the rest
    concept: float = 0.75  # a word of like meaning beside the very word
    remote: float = 0.5  # a kind of what was asked for, a part of a compound, a slip of the finger
    reach: float = 5.0  # deviations above what is usual at which meaning counts in full
    floor: float = 0.17  # a long question whose best answer is below it has none, in a large brand
    sure: float = 0.36  # below it, likewise, the best is told to be perhaps merely the nearest
    tail: float = 0.2  # what is below this share of the best is left out
    success: float = 0.05  # what success moves, of two campaigns that answer alike


FORMULA = Formula()
# The logarithm of the campaigns that make a brand a large one.
_WHOLE = 4.0

_NO_WORDS: Mapping[str, str] = MappingProxyType({})


class Evidence(NamedTuple):
    """What speaks for a campaign: the share of the question's words it holds, and its meaning.

    `words` and `meaning` are in 0..1. `passage` is the id of the passage nearest in meaning.
    `matched` are the questions' words that it holds, with the terms that it holds of each.
    """

    words: float = 0.0
    meaning: float = 0.0
    passage: str = ""
    matched: Mapping[str, str] = _NO_WORDS


class Said(NamedTuple):
    """What a question's words say: number -> share of the question's weight that a campaign holds.

    `held` are the words, each with number -> (how well a campaign answers it, by which term).
    """

    shares: Mapping[int, float]
    held: Sequence[tuple[str, Mapping[int, tuple[float, str]]]]

    def matched(self, number: int) -> dict[str, str]:
        """Return the question's words that a campaign holds, with its terms for them."""
        return {word: holders[number][1] for word, holders in self.held if number in holders}


class Usual(NamedTuple):
    """Mean and deviation of how near passages of different campaigns are to each other."""

    mean: float = 0.0
    deviation: float = 0.0


class Ranked(NamedTuple):
    """A campaign, by its number in the index, with its score in 0..1.

    `weak` where perhaps no campaign fits the question: this one and others are the nearest.
    """

    number: int
    score: float
    evidence: Evidence
    weak: bool = False


def weight_of(matching: int, campaigns: int) -> float:
    """Return how much a word tells that so many of all campaigns hold (Robertson's idf)."""
    return math.log(1 + (campaigns - matching + 0.5) / (matching + 0.5))


def words_evidence(
    asked: Sequence[Asked],
    matches: Mapping[str, Mapping[int, float]],
    holding: Mapping[str, int],
    campaigns: int,
    formula: Formula = FORMULA,
) -> Said:
    """Return what the words of a question say.

    `matches` say of each term how much campaigns are about it (0..1), `holding` how many of all
    `campaigns` hold it.
    """
    shares: dict[int, float] = {}
    weights = [weight_of(held_by(item, holding), campaigns) for item in asked]
    held = [(item.word, _held(item, matches, formula)) for item in asked]
    total = sum(weights)
    for weight, (_, holders) in zip(weights, held, strict=True):
        part = weight / total
        for number, (value, _) in holders.items():
            shares[number] = shares.get(number, 0.0) + part * value
    return Said(shares, held)


def held_by(item: Asked, holding: Mapping[str, int]) -> int:
    """Return how many campaigns answer one thing asked; by weaker terms, if none else."""
    own = max((holding.get(term, 0) for term in item.terms), default=0)
    return own or max((holding.get(term, 0) for term in item.weaker), default=0)


def _held(
    item: Asked, matches: Mapping[str, Mapping[int, float]], formula: Formula
) -> dict[int, tuple[float, str]]:
    """Return number -> (how well a campaign answers one thing asked, by which term)."""
    held: dict[int, tuple[float, str]] = {}
    own = formula.concept if item.whole else formula.remote
    shares = [
        (term, 1.0 if place == 0 and "_" not in term else own)
        for place, term in enumerate(item.terms)
    ]
    # Of a slip, the word meant before a concept of it; where nobody wrote that word, the concept.
    less = formula.concept if item.slip and "_" not in item.weaker[0] else 1.0
    shares += [
        (term, formula.remote * (less if item.slip and "_" in term else 1.0))
        for term in item.weaker
    ]
    for term, share in shares:
        for number, about in matches.get(term, {}).items():
            value = share * (0.5 + 0.5 * about)
            if value > held.get(number, (0.0, ""))[0]:
                held[number] = (value, term)
    return held


def borne_out(
    shares: Mapping[int, float], near: Mapping[int, tuple[float, str]]
) -> dict[int, tuple[float, str]]:
    """Return number -> (meaning, passage) for a question in which every word is a slip.

    An embedder reads such a word as another one. What it finds near may bear out what was meant,
    and tells those that hold it no further apart.
    """
    most = max(shares.values(), default=0.0)
    sure = max((near[number][0] for number in shares if number in near), default=0.0)
    return {
        number: (sure * share / most, near.get(number, (0.0, ""))[1])
        for number, share in shares.items()
    }


def meaning_of(cosine: float, usual: Usual, formula: Formula = FORMULA) -> float:
    """Return how far a cosine stands out of what is usual in a brand, in 0..1."""
    if usual.deviation <= 0:
        return 0.0
    return min(max((cosine - usual.mean) / usual.deviation / formula.reach, 0.0), 1.0)


def floor_of(length: int, formula: Formula = FORMULA) -> float:
    """Return the score below which a question of so many words has no answer.

    Who holds a single word, or half of it, holds that share of the whole question at once; of a
    sentence nobody holds much.
    """
    return formula.floor * (1 + formula.words / max(length, 1))


def rank(
    evidence: Mapping[int, Evidence],
    successes: Mapping[int, float],
    campaigns: int,
    length: int,
    formula: Formula = FORMULA,
    limit: int | None = None,
) -> list[Ranked]:
    """Return which of so many campaigns answer, the best first; none where there is no answer.

    `successes` (0..1) are of those whose success is known, `length` is the question's number of
    words. Equal ones keep their numbers' order. At most `limit` are returned.
    """
    by_words, by_meaning = formula.words, 1 - formula.words
    scores = [
        (by_words * found.words + by_meaning * found.meaning, number)
        for number, found in evidence.items()
    ]
    best = max(scores, default=(0.0, 0))[0]
    # Of more campaigns one says by chance what any question does, up to some fifty.
    said = any(found.words for found in evidence.values())
    chance = min(1.0, math.log(max(campaigns, 1)) / _WHOLE) if said else 1.0
    if best <= 0 or best < floor_of(length, formula) * chance:
        return []
    weak = best < formula.sure * chance
    least = formula.tail * best
    order = sorted(
        (-score - formula.success * (successes.get(number, 0.5) - 0.5), number)
        for score, number in scores
        if score >= least
    )
    return [
        Ranked(number, min(max(-moved, 0.0), 1.0), evidence[number], weak)
        for moved, number in order[:limit]
    ]
