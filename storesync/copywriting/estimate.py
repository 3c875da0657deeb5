"""What a run will cost before it starts: at most, which is sure, and likely, which is not. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storesync.copywriting.spend import Price, Spent, priced
from storesync.copywriting.walk import Walk, most_told_again
from storesync.plugins.copywriter import Brief, Copywriter, Usage

# Characters a token stands for, in the languages of the West, and around each answer.
_CHARACTERS = 4
_FRAME = 40
_LONG_TEXT = 300


@dataclass(frozen=True, slots=True)
class Estimate:
    """Requests and their cost: `likely` where each first draft passes, `most` in the worst case."""

    requests: int
    most_requests: int
    likely: Spent
    most: Spent


def estimate(
    copywriter: Copywriter, open_walks: Sequence[Walk], attempts: int, price: Price | None
) -> Estimate:
    """Return what is left to be asked for, at most `attempts` times a job in all."""
    likely, most, requests = Spent(), Spent(), 0
    for state in open_walks:
        if state.brief is None:
            continue
        bound = copywriter.most(state.brief)
        left = attempts - len(state.attempts)
        requests += left
        later = Usage(bound.input + most_told_again(state.job.brief), bound.output)
        likely = likely.plus(priced(_likely(state.brief, bound), price))
        most = most.plus(priced(bound, price))
        for _ in range(left - 1):
            most = most.plus(priced(later, price))
    return Estimate(len(open_walks), requests, likely, most)


def _likely(brief: Brief, bound: Usage) -> Usage:
    written = sum(item.longest or _LONG_TEXT for item in brief.fields) * brief.variants
    return Usage(bound.input // _CHARACTERS, min(_FRAME + written // _CHARACTERS, bound.output))
