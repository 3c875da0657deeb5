"""What is done for nothing, told by a verb: we pick up your laundry for free, for a free pickup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from storesync.copywriting.facts.language.given import Given, Sentence, among, tells_a_deed
from storesync.copywriting.facts.language.lexicon import lexicon

_ENDS = frozenset(".!;?")
_FEW = 2  # words
_VERBS = ("en", "e", "t", "st", "te", "ten", "")  # holen, hole, holt
_PREFIXES = {  # by the ending of such nouns: Abholung, ophaling
    "ung": ("ab", "an", "auf", "aus", "bei", "ein", "mit", "nach", "vor", "zu", "zurück"),
    "ing": ("op", "af", "uit", "aan", "mee", "weg", "terug"),
}
_PARTICLES = ("up", "off", "out", "in", "over", "back", "down")
_APART = 5  # words: pick your dirty laundry up


def put_together(
    said: Sentence, terms: Sequence[str], locale: str
) -> tuple[Sentence, frozenset[str]]:
    """Return a sentence with the nouns of a phrase that it tells by verbs, and these nouns.

    Pickup for *pick up*, Abholung for *holen … ab*, delivery for *bring*.
    """
    tokens, at, deeds = list(said.tokens), said.at, set[str]()
    kin: Mapping[str, str] = lexicon(locale).words["kin"]
    for term in terms:
        for place, token in enumerate(tokens):
            if token != term and term in kin and kin.get(token) == kin[term]:
                tokens[place] = term
                deeds.add(term)
        verb, particle = _apart(term)
        for place, token in enumerate(tokens):
            if not particle or not (token == verb or token in _verbs(verb)):
                continue
            near = range(place + 1, min(place + 2 + 2 * _APART, len(tokens)))
            apart = next((one for one in near if tokens[one] == particle), None)
            if apart is not None:
                tokens[place] = term
                del tokens[apart]
                at -= apart < at
                deeds.add(term)
    return replace(said, tokens=tuple(tokens), at=at), frozenset(deeds)


def tells_deeds(said: Sentence, gift: Sequence[str]) -> bool:
    """Say whether a sentence tells a gift by a verb: collect for collection."""
    return any(tells_a_deed(token, word) for word in gift for token in said.tokens)


@lru_cache(maxsize=4096)
def _apart(term: str) -> tuple[str, str]:
    """Return the verb and the particle of a noun that is made of both, or nothing."""
    for particle in _PARTICLES:
        if term.endswith(particle) and len(term) > len(particle) + 2:
            return term.removesuffix(particle), particle
    for particle in _PREFIXES.get(term[-3:], ()):
        if term.startswith(particle):
            return term.removeprefix(particle), particle
    return "", ""


@lru_cache(maxsize=4096)
def _verbs(noun: str) -> frozenset[str]:
    if not noun.endswith(tuple(_PREFIXES)):
        return frozenset()
    return frozenset(noun[:-3] + ending for ending in _VERBS)


def is_yours(said: Sentence, given: Given, locale: str) -> bool:
    """Say whether a thing is the reader's: your laundry, Ihre Räder."""
    known = lexicon(locale)
    before = said.tokens[given.start - 1] if given.start else ""
    for_you = any(one in known.listed("for_you") for one in said.tokens[: given.start])
    owned = before in said.words.articles and for_you  # te lavamos el coche
    return (before in known.listed("yours") or owned) and len(given.words) <= _FEW


def does_more(said: Sentence, every: Sequence[str]) -> bool:
    """Say whether something else is done, too: we pick up and iron it for free."""
    first = next((at + 1 for at in range(said.at, -1, -1) if said.tokens[at] in _ENDS), 0)
    clause = said.tokens[first:]
    return any(
        token in said.words.joins
        and any(said.words.speaks(one) and not among(one, every) for one in clause[at + 1 :])
        for at, token in enumerate(clause)
    )
