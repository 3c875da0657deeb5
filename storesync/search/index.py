"""The index of one brand, built and brought up to date: only what changed is read and embedded.

Two halves: words in a SQLite file, vectors in a ChromaDB collection, both under `.storesync/` and
both caches. Vectors are put first and noted in the file after, so a killed run does the same
again and nothing is missing; what the two disagree on is put right at the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from storesync.plugins.embedder import Embedder, EmbedRequest
from storesync.search.concepts import Lexicon
from storesync.search.document import Document
from storesync.search.embedded import embedded_texts
from storesync.search.kept import text_digest
from storesync.search.terms import terms_of
from storesync.search.vectors import Vectors, collection_name
from storesync.search.words import Entry, Words


class Source(Protocol):
    """Where a brand's campaigns come from."""

    def contents(self) -> Mapping[str, str]:
        """Return campaign -> a hash of all that its document is made from."""

    def documents(self, names: Sequence[str]) -> Iterable[Document]:
        """Return the documents of campaigns; those that cannot be read are left out."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where indexes lie: a folder for words, one for vectors or the address of a Chroma server."""

    words: Path
    vectors: Path
    address: str | None
    repository: str


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What was done: campaigns there are now, read again, gone, and passages embedded."""

    campaigns: int
    read: int
    gone: int
    embedded: int


def words_path(place: Place, brand: str) -> Path:
    """Return a brand's file; ids of brands are slugs, and no two fold into one name."""
    return place.words / f"{brand}.sqlite"


def kept_path(place: Place, brand: str) -> Path:
    """Return the file of vectors that a server made for a brand."""
    return place.words / f"{brand}.vectors.sqlite"


def refresh_words(
    words: Words, source: Source, known: Lexicon, languages: frozenset[str]
) -> tuple[int, int, list[str]]:
    """Bring the words up to date; return how many were read and are gone, and who is unreadable.

    Those that cannot be read now are gone: what they said before may be what is wrong.
    `languages` are those that the embedder understands, empty for many.
    """
    read_in = " ".join(sorted(languages))
    wanted = {name: f"{content} {read_in}" for name, content in source.contents().items()}
    kept = words.contents()
    gone = [name for name in kept if name not in wanted]
    changed = [name for name, content in wanted.items() if kept.get(name) != content]

    def entry(document: Document) -> Entry:
        texts = {
            passage_id(document.campaign, place, text): text
            for place, text in embedded_texts(document, known, languages)
        }
        content = wanted[document.campaign]
        return Entry(document, content, terms_of(document, known), texts)

    read = words.change(map(entry, source.documents(changed) if changed else ()), gone)
    lost = [name for name, content in words.contents().items() if wanted.get(name) != content]
    if lost:
        words.change((), lost)
    unread = sorted(wanted.keys() - words.contents().keys()) if read < len(changed) else []
    return read, len(gone) + len(lost), unread


def refresh_vectors(
    words: Words,
    vectors: Vectors,
    embedder: Embedder,
    advance: Callable[[int], object] = lambda _count: None,
) -> int:
    """Bring the vectors in line with the words; return how many passages were embedded.

    Raises UserError as the embedder does, with all batches before that kept.
    """
    model = embedder.capabilities.model
    passages = words.passages()
    embedded = {key for key, by in passages.items() if by == model}
    if vectors.count() != len(embedded):  # a run was killed, or either half was deleted
        there = vectors.ids()
        vectors.remove(sorted(there - set(passages)))
        words.mark(embedded - there, "")
        embedded &= there
    done = 0
    for batch in words.unembedded(model, embedder.capabilities.batch_size):
        ids = [key for key, _ in batch]
        vectors.put(ids, embedder.embed(EmbedRequest([text for _, text in batch])))
        words.mark(ids, model)
        done += len(batch)
        advance(len(batch))
    # What was replaced goes last: until then the old vectors only name passages unknown by now.
    if vectors.count() != len(words.passages()):
        vectors.remove(sorted(vectors.ids() - set(words.passages())))
    return done


def passage_id(campaign: str, place: str, text: str) -> str:
    """Return the id of a passage: of the same words the same."""
    return f"{campaign}/{place}/{text_digest(text)}"


def collection_of(place: Place, brand: str, embedder: Embedder) -> str:
    """Return the name of a brand's collection."""
    return collection_name(place.repository, brand, embedder.capabilities.model)
