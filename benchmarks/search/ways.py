"""The ways of searching that are held side by side, over the judged campaigns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.search import corpus
from storesync.plugins.embedder import Embedder, EmbedderSetting
from storesync.plugins.registry import open_embedder
from storesync.search.concepts import lexicon
from storesync.search.index import Place
from storesync.search.rank import FORMULA, Evidence, Formula, rank
from storesync.search.search import Question
from storesync.search.session import Session
from storesync.search.text import tokens
from storesync.source.work_tree import WorkTree

# What each half says by itself: no floor, since there is nothing to doubt it by.
NO_FLOOR = "both, no floor"
OPEN = replace(FORMULA, floor=0.0, tail=0.0)
WORDS, MEANING = replace(OPEN, words=1.0), replace(OPEN, words=0.0)

Rank = Callable[[str, str, int], list[str]]


@dataclass
class Ways:
    """A repository of judged campaigns, and how it is asked."""

    folder: Path

    def make(self, embedder: Embedder | None = None) -> Mapping[str, Rank]:
        """Return each way by name: words alone, meaning alone, both, and only what is not weak."""
        root = self.folder / "repository"
        if not root.exists():
            root.mkdir()
            corpus.write_repository(root, corpus.read_brands())
        embedder = embedder or open_embedder("minilm", EmbedderSetting(), [], self.folder)
        place = Place(self.folder / "search", self.folder / "chroma", None, "benchmark")
        session = Session(place, WorkTree(root), lexicon(), embedder, print)
        return {
            "words alone": _way(session, WORDS),
            "words, floor": _way(session, replace(FORMULA, words=1.0)),
            "meaning alone": _meaning(session),
            NO_FLOOR: _way(session, OPEN),
            "both": _way(session, FORMULA),
            "what fits": _way(session, FORMULA, weak=False),
        }


def _meaning(session: Session) -> Rank:
    """Return what MiniLM says by itself, of misspelt questions too."""

    def ask(brand: str, query: str, limit: int) -> list[str]:
        search = session.search(brand)
        near = search._near(Question(query, limit), None)  # noqa: SLF001 - half of what is measured
        evidence = {number: Evidence(0.0, value) for number, (value, _) in near.items()}
        count = len(search.documents)
        ranked = rank(evidence, search._scores, count, len(tokens(query)), MEANING)  # noqa: SLF001
        return [search.documents[item.number].campaign for item in ranked[:limit] if item.score > 0]

    return ask


def _way(session: Session, formula: Formula, *, weak: bool = True) -> Rank:
    def ask(brand: str, query: str, limit: int) -> list[str]:
        ranked = session.ask(brand, Question(query, limit), formula)
        documents = session.search(brand).documents
        return [
            documents[item.number].campaign
            for item in ranked
            if item.score > 0 and (weak or not item.weak)
        ]

    return ask
