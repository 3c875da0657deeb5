"""Whether a gift is a declared one that is told otherwise: its terms stand elsewhere in the text.

*Free garlic knots with every pizza* may be told in a list below the pizza, *free pickup in Hobart*
by what we do: *we pick up for free*. The gift has to be the declared one, each of its terms has to
be told somewhere, and nothing may waive one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from storesync.copywriting.facts.founding.deeds import (
    does_more,
    is_yours,
    put_together,
    tells_deeds,
)
from storesync.copywriting.facts.founding.listing import is_listed
from storesync.copywriting.facts.founding.offers import compared
from storesync.copywriting.facts.founding.weekly import on_its_days
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import (
    GIVEN,
    OF,
    OPEN,
    PAUSES,
    Sentence,
    among,
    given_in,
)
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.reading.around import Around

_ENDS = frozenset(".!;?")
_BREAKS = _ENDS | {","}
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
    sentences = compared(item, stated, locale) if item.value in GIVEN else None
    if sentences is None:
        return False
    said = sentences[0]
    declared = on_its_days(sentences[1], said, locale)
    gift, terms = parts(declared, locale)
    held = tuple(word for term in terms for word in term.words)
    every = (*gift, *held)
    said, deeds = put_together(said, every, locale)
    around: Around = item.extra
    own = [word for word in held if not among(word, product)]
    named = all(among(word, said.tokens) for word in gift) and _gives(
        said, gift, own, deeds, locale
    )
    if not gift or not (named or _is_meant(said, around.lead, gift, locale)):
        return False
    beside = replace(said, tokens=_but_paths((*said.told, *around.page)))
    told = (*said.tokens, *put_together(beside, every, locale)[0].tokens)
    return all(_is_met(term, gift, told, product, locale) for term in terms) and all(
        among(word, said.tokens)
        for word in every
        if _is_hard(word, said) and not among(word, product)
    )


def _but_paths(tokens: Sequence[str]) -> tuple[str, ...]:
    """Return tokens without those of an address's path, which tell no term: example.com/utrecht."""
    return tuple(one for before, one in pairwise(("", *tokens)) if before != "/")


def _is_hard(word: str, said: Sentence) -> bool:
    """Say whether a word is a number or a time, which holds of its own sentence alone."""
    return word.isdigit() or not said.words.times.isdisjoint({word, word.removesuffix("s")})


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


def _gives(
    said: Sentence,
    gift: Sequence[str],
    held: Sequence[str],
    deeds: frozenset[str],
    locale: str,
) -> bool:
    """Say whether a sentence gives what a phrase does, or does it to what the reader has.

    `held` are the words of its terms: from £50 delivery is free.
    """
    every = (*gift, *held)
    for given in given_in(said):
        if not given.words or is_listed(said, given, every):
            continue
        own = [word for word in given.words if among(word, gift)]
        if own and all(word in own or among(word, held) for word in given.words):
            return True
        done = is_yours(said, given, locale) and not does_more(said, every)
        if done and (not deeds.isdisjoint(gift) or tells_deeds(said, gift)):
            return True
    return False


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
    words = [word for word in term.words if word not in prior]
    rest = [word for word in words if not _is_own(word, product, locale)]
    named = len(rest) < len(words)
    if not all(among(word, told) for word in rest):
        return False
    return not named or _tells(own or product, told)


def _is_own(word: str, product: Sequence[str], locale: str) -> bool:
    """Say whether a word is one of a product's, or what a German one ends in: Strauß."""
    joined = lexicon(locale).words.get("joined") and len(word) > _FEW
    return among(word, product) or (bool(joined) and any(one.endswith(word) for one in product))


def _tells(words: Sequence[str], told: Sequence[str]) -> bool:
    return any(among(word, told) for word in words if len(word) > _FEW)
