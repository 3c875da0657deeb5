"""Texts put into another language word by word, for embedders that know few languages.

No translation that anybody would read: concepts and a brand's own products are named in the other
language, words that say nothing are left out, names stay.
"""

from __future__ import annotations

from collections.abc import Sequence

from storesync.search.concepts import Lexicon, concepts_in
from storesync.search.language import says_nothing, stopwords
from storesync.search.text import tokens


def gloss(text: str, known: Lexicon, language: str) -> str:
    """Return the words of a text, those that are known named in a language."""
    found = tokens(text)
    named: dict[int, tuple[int, list[str]]] = {}
    for item in concepts_in(found, known):
        name = known.concepts[item.term].names.get(language)
        if name:
            named.setdefault(item.first, (item.behind, []))[1].append(name)
    said: list[str] = []
    place = 0
    while place < len(found):
        behind, names = named.get(place, (place + 1, []))
        if names:
            said += names
        elif found[place].word not in says_nothing():
            said.append(found[place].word)
        place = behind
    return " ".join(dict.fromkeys(said))


def reads_as(text: str, known: Lexicon, among: Sequence[str]) -> str:
    """Return the language of a question among some, by small words and known ones.

    The first of them where nothing tells; there is at least one.
    """
    found = tokens(text)
    counts = {
        language: sum(token.word in stopwords().get(language, ()) for token in found)
        + sum(language in known.languages.get((token.stem,), ()) for token in found)
        for language in among
    }
    return max(among, key=lambda language: counts[language])
