"""How good a search is: nDCG and recall against judged queries, for several ways side by side."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import yaml

QUERIES = Path(__file__).with_name("queries.yaml")
FRESH = Path(__file__).with_name("fresh.yaml")
STRANGERS = Path(__file__).with_name("strangers.txt")
LIMIT = 10
ALL, UNANSWERABLE = "all", "unanswerable"

# Brand, query and limit -> ids of the brand's campaigns, best first, at most `limit` of them.
Rank = Callable[[str, str, int], list[str]]


@dataclass(frozen=True)
class Query:
    """A question, and what each campaign is worth as an answer: 2, 1, or 0 where it is absent."""

    text: str
    brand: str
    kind: str
    language: str
    half: str
    grades: Mapping[str, int]


@dataclass(frozen=True)
class Score:
    """Means over some queries; a mean over none is None.

    `ndcg` and `recall` are over the queries that have an answer, `silent` is the share of the
    others that were answered with nothing.
    """

    queries: int
    ndcg: float | None
    recall: float | None
    silent: float | None


def read_queries(path: Path = QUERIES) -> list[Query]:
    """Read the judged queries in the order of the file."""
    entries = yaml.load(path.read_bytes(), yaml.CSafeLoader)["queries"]
    return [
        Query(
            text=entry["query"],
            brand=entry["brand"],
            kind=entry["kind"],
            language=entry["language"],
            half=entry["half"],
            grades={
                **dict.fromkeys(entry.get("useful", []), 1),
                **dict.fromkeys(entry.get("wanted", []), 2),
            },
        )
        for entry in entries
    ]


def strangers(brands: Iterable[str], path: Path = STRANGERS) -> list[Query]:
    """Return questions without an answer, each to every brand."""
    lines = path.read_text(encoding="utf-8").splitlines()
    texts = [line for line in lines if not line.startswith("#")]
    return [Query(text, brand, UNANSWERABLE, "", "", {}) for brand in brands for text in texts]


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], limit: int = LIMIT) -> float:
    """Return the normalised discounted cumulative gain of the first `limit`, from 0 to 1.

    The gain of a grade is 2^grade - 1 and the discount of the place r is log2(r + 1), as in
    Burges et al., "Learning to rank using gradient descent" (2005). `grades` holds at least one
    above 0.
    """
    best = sorted(grades.values(), reverse=True)
    return _gain([grades.get(id_, 0) for id_ in ranked[:limit]]) / _gain(best[:limit])


def recall(ranked: Sequence[str], grades: Mapping[str, int], limit: int = LIMIT) -> float:
    """Return which share of what has a grade of 1 or more is among the first `limit`."""
    relevant = {id_ for id_, grade in grades.items() if grade >= 1}
    return len(relevant.intersection(ranked[:limit])) / len(relevant)


def score(rank: Rank, queries: Iterable[Query], limit: int = LIMIT) -> dict[str, Score]:
    """Ask every query once; return the scores by kind, in order of appearance, and over `all`.

    Raises:
        ValueError: an answer holds an id twice, or more than `limit` of them.
    """
    answers = [(query, _ask(rank, query, limit)) for query in queries]
    kinds = dict.fromkeys(query.kind for query, _ in answers)
    scores = {
        kind: _mean([answer for answer in answers if answer[0].kind == kind], limit)
        for kind in kinds
    }
    return {**scores, ALL: _mean(answers, limit)}


def behind(ways: Mapping[str, Mapping[str, Score]], name: str) -> list[str]:
    """Return the kinds in which another way has a higher nDCG than the one named."""
    own = ways[name]
    return [
        kind
        for kind in own
        if any((scores[kind].ndcg or 0) > (own[kind].ndcg or 0) for scores in ways.values())
    ]


def table(ways: Mapping[str, Mapping[str, Score]]) -> str:
    """Return a Markdown table: a row for each kind, nDCG and recall of each way in its columns.

    Args:
        ways: The name of each way and what `score` returned for it, over the same queries.
    """
    first = next(iter(ways.values()))
    head = ["kind", "queries", *ways]
    rows = [
        [kind, str(first[kind].queries), *(_cell(kind, scores[kind]) for scores in ways.values())]
        for kind in first
    ]
    ruler = ["---", *("---:" for _ in head[1:])]
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ruler, *rows))


def _cell(kind: str, result: Score) -> str:
    if kind == UNANSWERABLE:
        return f"{result.silent or 0:.0%} nothing"
    return f"{result.ndcg or 0:.3f} · {result.recall or 0:.3f}"


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def _ask(rank: Rank, query: Query, limit: int) -> list[str]:
    ranked = rank(query.brand, query.text, limit)
    if len(ranked) > limit or len(set(ranked)) < len(ranked):
        message = f"{query.brand}: {query.text!r}: more than {limit} ids, or one twice: {ranked}"
        raise ValueError(message)
    return ranked


def _mean(answers: Sequence[tuple[Query, list[str]]], limit: int) -> Score:
    pairs = [(ranked, query.grades) for query, ranked in answers if query.grades]
    unanswerable = [ranked for query, ranked in answers if not query.grades]
    return Score(
        queries=len(answers),
        ndcg=fmean(ndcg(*pair, limit) for pair in pairs) if pairs else None,
        recall=fmean(recall(*pair, limit) for pair in pairs) if pairs else None,
        silent=fmean(not ranked for ranked in unanswerable) if unanswerable else None,
    )
