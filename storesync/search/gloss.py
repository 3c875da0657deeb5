"""Texts put into another language word by word, for embedders that know few languages.

No translation that anybody would read: concepts and a brand's own products are named in the other
language, words that say nothing are left out, names stay.
"""

from __future__ import annotations

from storesync.search.concepts import Lexicon, concepts_in
from storesync.search.language import says_nothing
from storesync.search.text import stems, words


def gloss(text: str, known: Lexicon, language: str) -> str:
    """Return the words of a text, those that are known named in a language."""
    tokens, plain = stems(text), words(text)
    if len(tokens) != len(plain):  # codes are among the stems as one word, too
        plain = tokens
    named: dict[int, tuple[int, list[str]]] = {}
    for term, first, last in concepts_in(tokens, known):
        name = known.concepts[term].names.get(language)
        if name:
            named.setdefault(first, (last, []))[1].append(name)
    found: list[str] = []
    place = 0
    while place < len(tokens):
        behind, names = named.get(place, (place + 1, []))
        if names:
            found += names
        elif tokens[place] not in says_nothing():
            found.append(plain[place])
        place = behind
    return " ".join(dict.fromkeys(found))
