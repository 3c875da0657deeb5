"""The indexes of a repository, for one run: brought up to date when a brand is first asked.

Whatever keeps meaning from being known (no extra, no server, a damaged database that cannot be
made anew) is told once, and words alone answer.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import Any

from storesync.errors import UserError
from storesync.plugins.embedder import Embedder
from storesync.search.campaigns import TreeCampaigns, languages_in
from storesync.search.concepts import IF_SPOKEN, Lexicon, lexicon
from storesync.search.index import (
    Place,
    Refreshed,
    collection_of,
    kept_path,
    refresh_vectors,
    refresh_words,
    words_path,
)
from storesync.search.kept import KeptVectors
from storesync.search.lock import locked
from storesync.search.rank import FORMULA, Formula, Ranked
from storesync.search.room import has_room, no_room
from storesync.search.search import BrandSearch, Question
from storesync.search.vectors import Damaged, Vectors, forget, open_client
from storesync.search.words import Words, surroundings
from storesync.source.tree import Tree

# What an embedder is taken to read where there is none: nothing changes once there is one.
_ENGLISH = frozenset({"en"})

Advance = Callable[[int], object]


def _no_bar(_label: str, _total: int) -> AbstractContextManager[Advance]:
    return nullcontext(lambda _count: None)


@dataclass
class Session:
    """Indexes by brand. `tell` is given remarks for people, `bar` makes progress bars."""

    place: Place
    tree: Tree
    known: Lexicon
    embedder: Embedder | None
    tell: Callable[[str], object]
    bar: Callable[[str, int], AbstractContextManager[Advance]] = _no_bar
    _open: dict[str, BrandSearch] = field(default_factory=dict)
    _clients: list[Any] = field(default_factory=list)
    _known: dict[str, Lexicon] = field(default_factory=dict)

    def refresh(self, brand: str) -> Refreshed:
        """Bring a brand's index up to date, and have it open."""
        with locked(self.place.words, writing=True), surroundings(self.place.words):
            words = Words(words_path(self.place, brand), brand)
            languages = self.embedder.capabilities.languages if self.embedder else _ENGLISH
            known = self.known_to(brand)
            read, gone, unread = refresh_words(
                words, TreeCampaigns(self.tree, brand), known, languages
            )
            meaning, embedded = self._refresh_meaning(brand, words)
        if unread:
            more = f" and {len(unread) - 3:,} more" if len(unread) > 3 else ""
            self.tell(f"cannot be read, and is not searched: {', '.join(unread[:3])}{more}")
        search = BrandSearch(words, meaning, known)
        self._open[brand] = search
        return Refreshed(len(search.documents), read, gone, embedded)

    def known_to(self, brand: str) -> Lexicon:
        """Return the words that are known of a brand's languages."""
        if brand not in self._known:
            more = IF_SPOKEN.intersection(languages_in(self.tree, brand))
            self._known[brand] = lexicon(tuple(sorted(more))) if more else self.known
        return self._known[brand]

    def search(self, brand: str) -> BrandSearch:
        """Return a brand's index, up to date as of this run."""
        if brand not in self._open:
            self.refresh(brand)
        return self._open[brand]

    def ask(self, brand: str, question: Question, formula: Formula = FORMULA) -> list[Ranked]:
        """Return what answers a question in one brand, the best first."""
        search = self.search(brand)
        search.formula = formula
        try:
            with locked(self.place.words, writing=False):
                return search.ask(question)
        except (UserError, Damaged) as error:
            self._without_meaning(error)
            search.forget_meaning()
            return search.ask(question)

    def close(self) -> None:
        """Close the files and ChromaDB."""
        for search in self._open.values():
            search.close()
        self._open.clear()
        for client in self._clients:
            with suppress(Exception):  # it may be of a database that was made anew
                client.close()
        self._clients.clear()

    def _refresh_meaning(
        self, brand: str, words: Words
    ) -> tuple[tuple[Vectors, Embedder] | None, int]:
        """Return a brand's vectors up to date, and how many passages were embedded."""
        if self.embedder is None:
            return None, 0
        try:
            try:
                return self._embed(brand, words, self.embedder)
            except Damaged as error:
                if self.place.address is not None:
                    raise
                if not has_room(self.place.vectors):
                    raise no_room(self.place.vectors) from error
                forget(self.place.vectors)
                return self._embed(brand, words, self.embedder)
        except (UserError, Damaged) as error:
            self._without_meaning(error)
            return None, 0

    def _embed(
        self, brand: str, words: Words, embedder: Embedder
    ) -> tuple[tuple[Vectors, Embedder], int]:
        client = open_client(self.place.vectors, self.place.address)
        self._clients.append(client)
        vectors = Vectors(client, collection_of(self.place, brand, embedder))
        todo = sum(by != embedder.capabilities.model for by in words.passages().values())
        with self.bar(f"embedding {brand}", todo) as advance:
            if not embedder.capabilities.needs_network:
                return (vectors, embedder), refresh_vectors(words, vectors, embedder, advance)
            kept = KeptVectors(embedder, kept_path(self.place, brand))
            done = refresh_vectors(words, vectors, kept, advance)
            if done:
                kept.tidy({key.rpartition("/")[2] for key in words.passages()})
            return (vectors, embedder), done

    def _without_meaning(self, error: UserError | Damaged) -> None:
        if self.embedder is None:
            return
        self.embedder = None
        why, hint = "ChromaDB does not answer as it should", ""
        if isinstance(error, UserError):
            why, hint = error.message, f" ({error.hint})" if error.hint else ""
        self.tell(f"by words alone: {why}{hint}")
