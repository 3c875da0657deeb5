"""Terms of the words' index: what a document holds, and what a question asks for.

A term is a stem (`lebkuch`), a concept (`c_occasion_christmas`), a month (`m_12`), a season, a
year, or a mark of what is below a concept (`k_c_word_drink` where coffee is spoken of). Both sides
are made the same way, so that a word of one language meets another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from storesync.search.concepts import Found, Lexicon, concepts_in
from storesync.search.document import NOTES, Document
from storesync.search.language import says_nothing
from storesync.search.text import Token, is_code, tokens

_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")


class Terms(NamedTuple):
    """Terms of a document by how much they tell: of its names, its words, colleagues' notes."""

    names: list[str]
    words: list[str]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a question asks for: terms of which any will do, the first being its own.

    `exact`: an article number, code or year, which only the same one answers. Not `whole`: of a
    compound only one part is known. `weaker` terms answer too, for less: of its kinds, of a part of
    its words or of a compound. Of a `slip` of the finger, a word that nobody wrote, they are what
    was meant, words before concepts.
    """

    word: str
    terms: tuple[str, ...]
    exact: bool = False
    whole: bool = True
    weaker: tuple[str, ...] = ()
    slip: bool = False


def terms_of(document: Document, known: Lexicon) -> Terms:
    """Return the terms of a document, as often as they occur."""
    found = Terms([], [], [])
    found.names.extend(_both(document.title, known))
    for text in _named(document):
        found.names.extend(_both(text.replace("-", " "), known))
    for passage in document.passages:
        terms = found.notes if passage.kind == NOTES else found.words
        terms.extend(_both(passage.text, known))
    found.words.extend(_unsaid(document))
    every = {term for terms in found for term in terms}
    for terms in found:
        terms.extend([f"k_{upper}" for upper in known.marks(terms, every)])
    return found


def _unsaid(document: Document) -> list[str]:
    """Return terms of what a document's fields say."""
    terms = [f"m_{month}" for month in document.months]
    if document.season:
        terms.append(f"c_season_{document.season}")
    if document.months:
        terms += sorted({document.start[:4], document.end[:4]} - {""})
    if document.discounted:
        terms.append("c_word_discount")
    return terms


def _named(document: Document) -> Iterable[str]:
    yield document.campaign
    yield document.code
    yield from (*document.products, *document.tags, *document.channels)


def _both(text: str, known: Lexicon) -> Iterable[str]:
    found = tokens(text)
    return [
        *(token.stem for token in found if token.word not in says_nothing()),
        *(item.term for item in concepts_in(found, known, inner=True)),
    ]


def asked_in(question: str, known: Lexicon) -> list[Asked]:
    """Return what a question asks for, in order; words that say nothing are left out."""
    text = tokens(question)
    at: dict[int, list[Found]] = {}
    for item in concepts_in(text, known):
        at.setdefault(item.first, []).append(item)
    asked: dict[tuple[str, ...], Asked] = {}
    place = 0
    while place < len(text):
        concepts = at.get(place, [])
        behind = concepts[0].behind if concepts else place + 1
        word, stem = text[place]
        if concepts:
            own = [stem] if behind == place + 1 else []
            phrase = " ".join(token.word for token in text[place:behind])
            for part in sorted({item.part for item in concepts}):  # each part of a compound
                named = [item.term for item in concepts if item.part == part]
                terms = tuple(dict.fromkeys([*own, *named]))
                # A part is asked for by itself, so that the other one answers it no more.
                within = () if part else text[place:behind]
                weaker = tuple(dict.fromkeys(_weaker(named, within, known)))
                asked.setdefault(
                    terms, Asked(phrase, terms, whole=concepts[0].whole, weaker=weaker)
                )
        elif word not in says_nothing() and (len(word) > 1 or word.isdigit()):
            exact = is_code(word) or bool(_YEAR.match(word))
            asked.setdefault((stem,), Asked(word, (stem,), exact))
        place = behind
    return list(asked.values())


def _weaker(named: Sequence[str], phrase: Sequence[Token], known: Lexicon) -> Iterator[str]:
    """Yield what also answers a question for concepts, if less well."""
    yield from (f"k_{term}" for term in named)
    yield from _inside(phrase, known)


def _inside(phrase: Sequence[Token], known: Lexicon) -> Iterator[str]:
    """Yield the terms of a phrase's words, or of the parts of a word that is known as a whole."""
    if len(phrase) == 1:
        found = concepts_in(phrase, known, inner=True)
        yield from (item.term for item in found if item.part and item.whole)
        return
    for token in phrase:
        if token.word not in says_nothing():
            yield token.stem
            yield from known.phrases.get((token.stem,), ())
