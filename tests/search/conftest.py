from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from searched import files

from storesync.plugins.embedder import Embedder, EmbedderSetting
from storesync.plugins.registry import open_embedder
from storesync.search.concepts import lexicon
from storesync.search.index import Place
from storesync.search.search import Question
from storesync.search.session import Session
from storesync.source.tree import MemoryTree


@pytest.fixture(scope="session")
def minilm(tmp_path_factory) -> Embedder:
    return open_embedder("minilm", EmbedderSetting(), [], tmp_path_factory.mktemp("none"))


@pytest.fixture
def open_session(tmp_path: Path, minilm: Embedder) -> Iterator[Callable[..., SimpleNamespace]]:
    """Return how brands' campaigns are searched, in one folder; by words alone, if so wanted."""

    sessions: list[Session] = []

    def opened(brands, embedder=minilm, address=None, folder=tmp_path, repository="one", **how):
        told: list[str] = []
        place = Place(folder / "search", folder / "chroma", address, repository)
        session = Session(place, MemoryTree(files(brands, **how)), lexicon(), embedder, told.append)
        sessions.append(session)

        def ask(brand: str, text: str, **how) -> list[str]:
            ranked = session.ask(brand, Question(text, **how))
            documents = session.search(brand).documents
            return [documents[item.number].campaign for item in ranked]

        return SimpleNamespace(session=session, ask=ask, told=told, place=place)

    yield opened
    for session in sessions:
        session.close()
