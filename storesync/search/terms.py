"""Terms of the words' index: what a document holds, and what a question asks for.

A term is a stem (`lebkuch`), a concept (`c_occasion_christmas`), a month (`m_12`), a season or a
year. Both sides are made the same way, so that a word of one language meets another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from storesync.search.concepts import Found, Lexicon, concepts_in
from storesync.search.document import Document
from storesync.search.language import says_nothing
from storesync.search.text import is_code, tokens

_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a question asks for: terms of which any will do, the first being its own.

    `exact`: an article number, code or year, which only the same one answers. Not `whole`: of a
    compound only one part is known.
    """

    word: str
    terms: tuple[str, ...]
    exact: bool = False
    whole: bool = True


def terms_of(document: Document, known: Lexicon) -> list[str]:
    """Return the terms of a document, as often as they occur, its title's twice."""
    terms: list[str] = []
    for text in (document.title, *(passage.text for passage in document.passages)):
        terms += _both(text, known)
    for text in _named(document):
        terms += _both(text.replace("-", " "), known)
    terms += [f"m_{month}" for month in document.months]
    if document.season:
        terms.append(f"c_season_{document.season}")
    if document.months:
        terms += sorted({document.start[:4], document.end[:4]})
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
                asked.setdefault(terms, Asked(phrase, terms, whole=concepts[0].whole))
        elif word not in says_nothing() and (len(word) > 1 or word.isdigit()):
            exact = is_code(word) or bool(_YEAR.match(word))
            asked.setdefault((stem,), Asked(word, (stem,), exact))
        place = behind
    return list(asked.values())
