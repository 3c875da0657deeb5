"""Whether a gift is a declared one that is told otherwise: its terms stand elsewhere in the text.

*Free garlic knots with every pizza* may be told in a list below the pizza, *free pickup in Hobart*
by what we do: *we pick up for free*. The gift has to be the declared one, each of its terms has to
be told somewhere, and nothing may waive one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from storesync.copywriting.facts.around import Around
from storesync.copywriting.facts.given import (
    GIVEN,
    OF,
    OPEN,
    PAUSES,
    Given,
    Sentence,
    among,
    given_in,
)
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.lexicon import lexicon
from storesync.copywriting.facts.listing import is_listed
from storesync.copywriting.facts.offers import sentence_of, taken_apart
from storesync.copywriting.facts.weekly import on_its_days

_ENDS = frozenset(".!;?")
_BREAKS = _ENDS | {","}
_VERBS = ("en", "e", "t", "st", "te", "ten", "")  # holen, hole, holt
_PREFIXES = ("ab", "an", "auf", "aus", "bei", "ein", "mit", "nach", "vor", "zu", "zurück")
_PARTICLES = ("up", "off", "out", "in", "over", "back", "down")
_APART = 5  # words: pick your dirty laundry up
_FEW = 2  # words


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a gift: the word that links it, and its words with a meaning of their own."""

    link: str
    words: tuple[str, ...]


def same_gift(item: Item, stated: Item, locale: str, product: Sequence[str]) -> bool:
    """Say whether what a text of a language gives is what a declared phrase does.

    `product` are the words for what the campaign is about.
    """
    if item.value not in GIVEN or item.value != stated.value:
        return False
    said, declared = sentence_of(item, locale), sentence_of(stated, locale)
    if declared.words.negative.intersection(declared.tokens):
        return False
    if lexicon(locale).words.get("joined"):
        declared = taken_apart(declared, said)
    declared = on_its_days(declared, said, locale)
    gift, terms = parts(declared, locale)
    held = tuple(word for term in terms for word in term.words)
    every = (*gift, *held)
    said, deeds = _put_together(said, every)
    around: Around = item.extra
    elsewhere = _put_together(replace(said, tokens=(*said.told, *around.page)), every)[0].tokens
    told = (*said.tokens, *elsewhere)
    return (
        bool(gift)
        and all(_is_met(term, gift, told, product, locale) for term in terms)
        and all(among(word, said.tokens) for word in every if _is_hard(word, said))
        and not _is_swapped(said, terms, (*held, *product), gift)
        and (
            (_gives(said, gift, every, deeds) and all(among(word, said.tokens) for word in gift))
            or _is_meant(said, around.lead, gift, locale)
        )
    )


def _is_hard(word: str, said: Sentence) -> bool:
    """Say whether a word is a number or a time, which holds of its own sentence alone."""
    return word.isdigit() or not said.words.times.isdisjoint({word, word.removesuffix("s")})


def _is_swapped(
    said: Sentence, terms: Sequence[Term], known: Sequence[str], gift: Sequence[str]
) -> bool:
    """Say whether a sentence has another thing in the place of a term: with every cat harness."""
    words, links = said.words, {term.link for term in terms}
    for place, token in enumerate(said.tokens):
        if token not in links and token not in words.each:
            continue
        behind = place + 1
        while behind < len(said.tokens) and said.tokens[behind] in words.function:
            behind += 1
        group = list[str]()
        while behind < len(said.tokens) and words.speaks(said.tokens[behind]):
            group.append(said.tokens[behind])
            behind += 1
        own = [word for word in group if word not in gift and not among(word, known)]
        own = [word for word in own if not word.startswith(words.generic or ("*",))]
        if own and (token in words.each or len(own) < len(group)):
            return True
    return False


def parts(declared: Sentence, locale: str) -> tuple[tuple[str, ...], list[Term]]:
    """Return the words for the gift of a declared phrase, and its terms."""
    words, tokens = declared.words, declared.tokens
    given = given_in(declared)[0]
    first, last = given.start, given.stop
    while last < len(tokens) and _goes_on(declared, last):  # free wetsuit and board hire
        last += 1
    gift = tuple(one for one in tokens[first:last] if words.speaks(one))
    terms: list[Term] = []
    for begin, end in ((0, first), (last, len(tokens))):
        link = ""
        found: list[str] = []
        for token in (*tokens[begin:end], "."):
            if token in words.links - OF or token in _BREAKS:
                terms += [Term(link, tuple(found))] if found else []
                link, found = token, []
            elif words.speaks(token):
                found.append(token)
    return gift, [one for one in terms if not _is_no_need(declared, one, locale)]


def _goes_on(declared: Sentence, place: int) -> bool:
    words, token = declared.words, declared.tokens[place]
    joined = token in words.joins and place + 1 < len(declared.tokens)
    return joined or words.speaks(token) or token in {"-", "'"}


def _is_no_need(declared: Sentence, term: Term, locale: str) -> bool:
    """Say whether a phrase only adds that something is not needed: no appointment needed."""
    known, tokens = lexicon(locale), declared.tokens
    denials = {*known.listed("none"), *known.listed("negative"), *known.listed("without")}
    place = tokens.index(term.words[0])
    denied = term.link in denials or (place > 0 and tokens[place - 1] in denials)
    return denied and term.words[0] in known.listed("needs")


def _put_together(said: Sentence, terms: Sequence[str]) -> tuple[Sentence, frozenset[str]]:
    """Return a sentence with the nouns of a phrase that it tells by verbs, and these nouns.

    Pickup for *pick up*, Abholung for *holen … ab*.
    """
    tokens, at, deeds = list(said.tokens), said.at, set[str]()
    for term in terms:
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


@lru_cache(maxsize=4096)
def _apart(term: str) -> tuple[str, str]:
    """Return the verb and the particle of a noun that is made of both, or nothing."""
    for particle in _PARTICLES:
        if term.endswith(particle) and len(term) > len(particle) + 2:
            return term.removesuffix(particle), particle
    for particle in _PREFIXES:
        if term.startswith(particle) and term.endswith("ung"):
            return term.removeprefix(particle), particle
    return "", ""


@lru_cache(maxsize=4096)
def _verbs(noun: str) -> frozenset[str]:
    stem = noun.removesuffix("ung")
    return frozenset(stem + ending for ending in _VERBS) if stem != noun else frozenset()


def _gives(
    said: Sentence, gift: Sequence[str], every: Sequence[str], deeds: frozenset[str]
) -> bool:
    """Say whether a sentence gives what a phrase does, or does it to what the reader has."""
    for given in given_in(said):
        if not given.words or is_listed(said, given, every):
            continue
        if all(among(word, gift) for word in given.words):
            return True
        if not deeds.isdisjoint(gift) and _is_yours(said, given) and not _does_more(said, every):
            return True
    return False


def _is_yours(said: Sentence, given: Given) -> bool:
    """Say whether a thing is the reader's: your laundry, Ihre Räder."""
    before = said.tokens[given.start - 1] if given.start else ""
    yours = {"your", "ihr", "ihre", "ihren", "ihrem", "dein", "deine", "deinen", "eure", "euer"}
    return before in yours and len(given.words) <= _FEW


def _does_more(said: Sentence, every: Sequence[str]) -> bool:
    """Say whether something else is done, too: we pick up and iron it for free."""
    first = next((at + 1 for at in range(said.at, -1, -1) if said.tokens[at] in _ENDS), 0)
    clause = said.tokens[first:]
    return any(
        token in said.words.joins
        and any(said.words.speaks(one) and not among(one, every) for one in clause[at + 1 :])
        for at, token in enumerate(clause)
    )


def _is_meant(said: Sentence, lead: Sequence[str], gift: Sequence[str], locale: str) -> bool:
    """Say whether a pronoun means the gift that the sentence before ends with: it is on us."""
    clause = _clause(said)
    pronouns = lexicon(locale).listed("backwards")
    if any(map(said.words.speaks, clause)) or not any(one in pronouns for one in clause):
        return False
    return _ends_in(said, lead, gift) or _ends_in(said, _before_clause(said), gift)


def _clause(said: Sentence) -> tuple[str, ...]:
    """Return what stands before an offer in its clause, and right behind it."""
    first = said.at
    while first > 0 and said.tokens[first - 1] not in _ENDS | PAUSES:
        first -= 1
    behind = said.at + 1
    while (
        behind < len(said.tokens) and said.tokens[behind] not in _ENDS | PAUSES | said.words.links
    ):
        behind += 1
    return said.tokens[first:behind]


def _before_clause(said: Sentence) -> tuple[str, ...]:
    first = said.at
    while first > 0 and said.tokens[first - 1] not in _ENDS | PAUSES:
        first -= 1
    return said.tokens[: max(first - 1, 0)]


def _ends_in(said: Sentence, tokens: Sequence[str], gift: Sequence[str]) -> bool:
    """Say whether the last thing of some tokens is the gift, and alone."""
    found: list[str] = []
    for token in reversed(tokens):
        if said.words.speaks(token):
            found.append(token)
        elif found and token not in OF | OPEN:
            break
    return bool(found) and all(among(word, gift) for word in found)


def _is_met(
    term: Term, gift: Sequence[str], told: Sequence[str], product: Sequence[str], locale: str
) -> bool:
    """Say whether a text tells a term: all of it, or what the campaign is about by some word."""
    known = lexicon(locale)
    if term.link in known.listed("for"):
        new = known.listed("newcomers")
        if any(word in new for word in term.words):
            return any(word in new for word in told)
    own = [word for word in product if not among(word, gift)]
    if term.link in known.listed("whiles") and term.link in told and _tells(own, told):
        return True
    prior = known.listed("prior")
    rest = [word for word in term.words if word not in prior and not among(word, product)]
    named = len(rest) < len([word for word in term.words if word not in prior])
    if not all(among(word, told) for word in rest):
        return False
    return not named or _tells(own or product, told)


def _tells(words: Sequence[str], told: Sequence[str]) -> bool:
    return any(among(word, told) for word in words if len(word) > _FEW)
