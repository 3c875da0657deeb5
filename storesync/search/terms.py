"""Terms of the words' index: what a document holds, and what a question asks for.

A term is a stem (`lebkuch`), a concept (`c_occasion_christmas`), a month (`m_12`), a season or a
year. Both sides are made the same way, so that a word of one language meets another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from storesync.search.concepts import Lexicon, concepts_in
from storesync.search.document import Document
from storesync.search.language import says_nothing
from storesync.search.text import is_code, stems

_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a question asks for: terms of which any will do, the first being its own.

    `exact`: an article number, code or number, which only the same one answers.
    """

    word: str
    terms: tuple[str, ...]
    exact: bool = False


def terms_of(document: Document, known: Lexicon) -> list[str]:
    """Return the terms of a document, as often as they occur, its title's twice."""
    terms: list[str] = []
    for text in (document.title, *(passage.text for passage in document.passages)):
        terms += _both(text, known)
    for text in (document.campaign, document.code, *document.products, *document.tags):
        terms += _both(text.replace("-", " "), known)
    terms += [f"m_{month}" for month in document.months]
    if document.season:
        terms.append(f"c_season_{document.season}")
    if document.months:
        terms += sorted({document.start[:4], document.end[:4]})
    if document.discounted:
        terms.append("c_word_discount")
    return terms


def _both(text: str, known: Lexicon) -> Iterable[str]:
    tokens = stems(text)
    return [*tokens, *(term for term, _, _ in concepts_in(tokens, known))]


def asked_in(question: str, known: Lexicon) -> list[Asked]:
    """Return what a question asks for, in order; words that say nothing are left out."""
    tokens = stems(question)
    at: dict[int, tuple[int, list[str]]] = {}
    for term, first, last in concepts_in(tokens, known):
        at.setdefault(first, (last, []))[1].append(term)
    asked: dict[tuple[str, ...], Asked] = {}
    place = 0
    while place < len(tokens):
        behind, concepts = at.get(place, (place + 1, []))
        held = [token for token in tokens[place:behind] if token not in says_nothing()]
        if concepts:
            own = tokens[place] if behind == place + 1 else ""
            terms = tuple(dict.fromkeys([*([own] if own else []), *concepts]))
            asked.setdefault(terms, Asked(" ".join(tokens[place:behind]), terms))
        elif held and (len(held[0]) > 1 or held[0].isdigit()):
            exact = is_code(held[0]) or bool(_YEAR.match(held[0]))
            asked.setdefault((held[0],), Asked(held[0], (held[0],), exact))
        place = behind
    return list(asked.values())
