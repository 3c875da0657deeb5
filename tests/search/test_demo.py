"""Questions to the brands of this repository: found by both halves together, or left without."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.search.score import read_queries, score
from storesync.search.concepts import lexicon
from storesync.search.index import Place
from storesync.search.search import Question
from storesync.search.session import Session
from storesync.source.work_tree import WorkTree

QUESTIONS = Path(__file__).with_name("demo.yaml")
FRESH = Path(__file__).with_name("fresh.yaml")
ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_demo_brands_are_searched_well(tmp_path, minilm):
    place = Place(tmp_path / "search", tmp_path / "chroma", None, "demo")
    session = Session(place, WorkTree(ROOT), lexicon(), minilm, print)

    def rank(brand: str, query: str, limit: int) -> list[str]:
        documents = session.search(brand).documents
        ranked = session.ask(brand, Question(query, limit))
        return [documents[item.number].campaign for item in ranked]

    questions = read_queries(QUESTIONS)
    found = score(rank, questions)
    fresh = score(rank, read_queries(FRESH))
    session.close()
    assert found["all"].ndcg >= 0.9
    assert found["unanswerable"].silent >= 0.6
    assert fresh["all"].ndcg >= 0.8
    assert fresh["unanswerable"].silent >= 0.5
    campaigns = {path.name for path in ROOT.glob("brands/*/campaigns/*")}
    assert {name for question in questions for name in question.grades} <= campaigns
