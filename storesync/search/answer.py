"""What was ranked, told to people: the words or the passage that matched, and what it achieved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from storesync.search.concepts import Lexicon, concepts_in
from storesync.search.document import Document, Passage
from storesync.search.hit import Hit
from storesync.search.language import says_nothing
from storesync.search.rank import Evidence, Ranked
from storesync.search.search import BrandSearch
from storesync.search.success import Success
from storesync.search.text import tokens

# Characters of a passage that are shown.
_SHOWN = 160
# A sentence as long as this tells as much as a longer one.
_TELLING = 40
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
# Where `terms` hold what no text says: months and the like, told in words.
_UNSPOKEN = ("m_", "c_season_", "d_")


def hits_of(
    search: BrandSearch, ranked: Iterable[Ranked], language: str, known: Lexicon
) -> list[Hit]:
    """Return the answers of one brand. `texts` are in `language`, else in the campaign's first."""
    return [
        _hit(search.documents[item.number], item, search.successes, language, known)
        for item in ranked
    ]


def _hit(
    document: Document,
    item: Ranked,
    successes: Mapping[str, Success],
    language: str,
    known: Lexicon,
) -> Hit:
    achieved = successes.get(document.campaign, Success(0.5, ""))
    terms = set(item.evidence.matched.values())
    passage = _passage(document, item.evidence, terms, known)
    texts = document.texts.get(language) or next(iter(document.texts.values()), {})
    return Hit(
        brand=document.brand,
        campaign=document.campaign,
        score=round(item.score, 3),
        title=document.title,
        why=_why(document, item.evidence, passage, known),
        passage=passage,
        achieved=achieved.words,
        texts=dict(texts),
        success=achieved.score,
        weak=item.weak,
    )


def _why(document: Document, evidence: Evidence, passage: str, known: Lexicon) -> str:
    """Return why a campaign answers: words it holds for those asked, or meaning."""
    said = [
        _spoken(document, word, term, known)
        for word, term in sorted(evidence.matched.items(), key=lambda pair: pair[0])
    ]
    found = ", ".join(dict.fromkeys(said))
    if found:
        return f"says {found}: “{passage}”"
    return f"close in meaning: “{passage}”"


def _spoken(document: Document, asked: str, term: str, known: Lexicon) -> str:
    """Return how a campaign says what was asked: the word itself, or its own for it."""
    if term.startswith(_UNSPOKEN) and (concept := known.concepts.get(term)):
        return concept.names.get("en", asked)
    for text in (document.title, *(passage.text for passage in document.passages)):
        for word in _WORD.findall(text):
            if term in _terms(word, known):
                return word if _same(word, asked) else f"{word} (for {asked})"
    for label, values in (("tag", document.tags), ("product", document.products)):
        for value in values:
            if term in _terms(value.replace("-", " "), known):
                return f"{label} {value}"
    return asked


def _same(word: str, asked: str) -> bool:
    return _telling(word) == _telling(asked)


def _telling(text: str) -> list[str]:
    """Return the stems of a word without its article: l'albero says albero."""
    return [token.stem for token in tokens(text) if token.word not in says_nothing()]


def _terms(text: str, known: Lexicon) -> set[str]:
    found = tokens(text)
    concepts = {item.term for item in concepts_in(found, known, inner=True)}
    kinds = {f"k_{upper}" for term in concepts for upper in known.above.get(term, ())}
    return {token.stem for token in found} | concepts | kinds


def _passage(document: Document, evidence: Evidence, terms: set[str], known: Lexicon) -> str:
    """Return the sentence that holds most of what was asked, of the passage nearest in meaning."""
    passages = _first(document.passages, evidence.passage)
    sentences = [
        sentence
        for passage in passages
        for sentence in _SENTENCE.split(passage.text)
        if sentence.rstrip(".") != document.title
    ]
    if not sentences:
        return document.title
    best = max(
        sentences,
        key=lambda sentence: (len(terms & _terms(sentence, known)), min(len(sentence), _TELLING)),
    )
    return best if len(best) <= _SHOWN else f"{best[: _SHOWN - 1].rstrip()}…"


def _first(passages: tuple[Passage, ...], named: str) -> list[Passage]:
    """Return passages, the one first that an id of the index names."""
    parts = named.split("/")
    place = int(parts[1]) if len(parts) == 3 and parts[1].isdigit() else 0
    near = [passages[place]] if place < len(passages) else []
    return [*near, *(passage for passage in passages if passage not in near)]
