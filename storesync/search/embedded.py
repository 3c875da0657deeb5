"""Which texts of a document are embedded."""

from __future__ import annotations

from collections.abc import Iterator

from storesync.search.concepts import Lexicon
from storesync.search.document import WORDS, Document
from storesync.search.gloss import gloss


def embedded_texts(
    document: Document, known: Lexicon, languages: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Yield (place, text): the passages of a document that the embedder understands.

    A campaign without words in one of its `languages` (empty: it knows all) is also put into one,
    word by word. `place` is the number of the passage, `n` where it is what the campaign is called,
    its products and tags: a few words that a short question is near to.
    """
    understood = any(
        passage.kind == WORDS and (not languages or passage.language in languages)
        for passage in document.passages
    )
    for place, passage in enumerate(document.passages):
        if not languages or passage.language in languages:
            yield str(place), passage.text
        elif passage.kind != WORDS or not understood:
            yield str(place), gloss(passage.text, known, min(languages))
    named = _named(document)
    yield "n", named if understood else gloss(named, known, min(languages)) or named


def _named(document: Document) -> str:
    names = [*document.products, *document.tags]
    return ". ".join(dict.fromkeys([document.title, *(name.replace("-", " ") for name in names)]))
