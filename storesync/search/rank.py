"""Words and meaning made one: which campaigns answer a question, the best first, or none.

Pure arithmetic over what the two halves of an index say; docs/design/search.md tells why it is so,
with the numbers that it was chosen by.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from storesync.search.terms import Asked


@dataclass(frozen=True, slots=True)
class Formula:
    """What the ranking weighs; few numbers, all tuned on one half of the labelled questions."""

    words: float = 0.65  # what a question's words are worth, all found; meaning is the rest
    lone: float = 0.5  # the share of that rest which goes to the word of a question of one
    concept: float = 0.7  # a word of like meaning beside the very word
    part: float = 0.6  # one part of a compound beside both
    below: float = 0.5  # a kind of what was asked for
    above: float = 0.15  # what that is a kind of
    meant: float = 0.7  # a word that differs by a slip of the finger
    usual: float = 0.0  # deviations above the background at which meaning begins to count
    reach: float = 4.0  # deviations above that which count in full
    slip: float = 1.0  # the share of it which goes to words where all are slips of the finger
    floor: float = 0.32  # a question whose best answer is below it has none, in a large brand
    absent: float = 0.2  # what that rises by where all that is asked for is absent, nor meant
    unsaid: float = 1.0  # the meaning that the best answer needs where nobody holds any word
    sure: float = (
        0.5  # below it, as the floor is, the best is told to be perhaps merely the nearest
    )
    tail: float = 0.2  # what is below this share of the best is left out
    success: float = 0.05  # what success moves, of two campaigns that answer alike


FORMULA = Formula()

# Of more campaigns one comes nearer to any question by chance. The share of the floor that one
# campaign has, and what each e times as many add, until it is whole at some 80.
_ONE, _MORE = 0.25, 0.17


_NO_WORDS: Mapping[str, str] = MappingProxyType({})


class Evidence(NamedTuple):
    """What speaks for a campaign: the share of the question's words it holds, and its meaning.

    `matched` are the questions' words that it holds, with the terms that it holds of each;
    `words` and `meaning` are in 0..1. `passage` is the id of the passage nearest in meaning.
    """

    words: float = 0.0
    meaning: float = 0.0
    matched: Mapping[str, str] = _NO_WORDS
    passage: str = ""


class Ranked(NamedTuple):
    """A campaign, by its number in the index, with its score in 0..1.

    `weak` where perhaps no campaign fits the question: this one and others are the nearest.
    """

    number: int
    score: float
    evidence: Evidence
    weak: bool = False


class Doubts(NamedTuple):
    """What tells against a question as a whole, each in 0..1.

    `brevity` is one by the number of things asked; `slips` is the share of its weight in words
    that were meant otherwise, `absent` in things and codes that a search knows and nobody holds;
    `chance` is how near some campaign of so many comes to any question, 1 in a large brand.
    """

    brevity: float = 0.0
    slips: float = 0.0
    absent: float = 0.0
    chance: float = 1.0


NO_DOUBTS = Doubts()


def doubts_of(asked: Sequence[Asked], holding: Mapping[str, int], campaigns: int) -> Doubts:
    """Return what tells against a question."""
    total = slips = absent = 0.0
    for item in asked:
        weight = weight_of(held_by(item, holding), campaigns)
        total += weight
        bonds = {bond for term, bond in item.weaker if term in holding}
        if any(term in holding for term in item.terms):
            continue
        if bonds == {"meant"}:
            slips += weight
        elif bonds <= {"above"} and (item.exact or "_" in item.terms[-1]):
            absent += weight
    chance = min(1.0, _ONE + _MORE * math.log(max(campaigns, 1)))
    if not asked:
        return Doubts(chance=chance)
    return Doubts(1 / len(asked), slips / total, absent / total, chance)


def weight_of(matching: int, campaigns: int) -> float:
    """Return how much a word tells that so many of all campaigns hold (Robertson's idf)."""
    return math.log(1 + (campaigns - matching + 0.5) / (matching + 0.5))


def words_evidence(
    asked: Sequence[Asked],
    matches: Mapping[str, Mapping[int, float]],
    holding: Mapping[str, int],
    campaigns: int,
    formula: Formula = FORMULA,
) -> dict[int, tuple[float, dict[str, str]]]:
    """Return number -> (share of the question's weight that a campaign holds, matched words).

    `matches` say of each term how much campaigns are about it (0..1), `holding` how many of all
    `campaigns` hold it.
    """
    shares: dict[int, float] = defaultdict(float)
    matched: dict[int, dict[str, str]] = defaultdict(dict)
    total = 0.0
    for item in asked:
        weight = weight_of(held_by(item, holding), campaigns)
        total += weight
        for number, (value, term) in _held(item, matches, formula).items():
            shares[number] += weight * value
            matched[number][item.word] = term
    return {number: (share / total, matched[number]) for number, share in shares.items()}


def held_by(item: Asked, holding: Mapping[str, int]) -> int:
    """Return how many campaigns answer one thing asked; by weaker terms, if none else."""
    own = max((holding.get(term, 0) for term in item.terms), default=0)
    return own or max((holding.get(term, 0) for term, _ in item.weaker), default=0)


def _held(
    item: Asked, matches: Mapping[str, Mapping[int, float]], formula: Formula
) -> dict[int, tuple[float, str]]:
    """Return number -> (how well a campaign answers one thing asked, by which term)."""
    held: dict[int, tuple[float, str]] = {}
    shares = []
    for place, term in enumerate(item.terms):
        share = 1.0 if place == 0 and "_" not in term else formula.concept
        shares.append((term, share * (1.0 if item.whole or share == 1.0 else formula.part)))
    by_bond = {
        "above": formula.above,
        "below": formula.below,
        "part": formula.part * formula.concept,
        "meant": formula.meant,
    }
    shares += [(term, by_bond[bond]) for term, bond in item.weaker]
    for term, share in shares:
        for number, about in matches.get(term, {}).items():
            value = share * (0.5 + 0.5 * about)
            if value > held.get(number, (0.0, ""))[0]:
                held[number] = (value, term)
    return held


def meaning_of(cosine: float, mean: float, deviation: float, formula: Formula = FORMULA) -> float:
    """Return how far a cosine stands out of the question's background, in 0..1."""
    if deviation <= 0:
        return 0.0
    return min(max(((cosine - mean) / deviation - formula.usual) / formula.reach, 0.0), 1.0)


def rank(
    evidence: Mapping[int, Evidence],
    successes: Mapping[int, float],
    formula: Formula = FORMULA,
    doubts: Doubts = NO_DOUBTS,
) -> list[Ranked]:
    """Return the campaigns that answer, the best first; none where there is no answer.

    Equal ones keep their numbers' order.

    `successes` (0..1) are of those campaigns whose success is known.
    """
    rest = (1 - formula.words) * (1 - formula.lone * doubts.brevity)
    rest *= 1 - formula.slip * doubts.slips
    scores = {
        number: (1 - rest) * found.words + rest * found.meaning
        for number, found in evidence.items()
    }
    if not scores:
        return []
    first = max(scores, key=lambda number: scores[number])
    best = scores[first]
    floor = formula.floor * doubts.chance
    meant = evidence[first].meaning
    said = any(found.words for found in evidence.values())
    if best < floor + formula.absent * doubts.absent * (1 - meant):
        return []
    if not said and meant < formula.unsaid:
        return []
    weak = best < formula.sure * doubts.chance
    ranked = []
    for number, score in scores.items():
        if score >= formula.tail * best:
            moved = score + formula.success * (successes.get(number, 0.5) - 0.5)
            ranked.append(Ranked(number, min(max(moved, 0.0), 1.0), evidence[number], weak))
    return sorted(ranked, key=lambda item: (-item.score, item.number))
