"""Whether an offer is a declared one: the same thing given, on the same terms.

A declared phrase such as *netting is free* founds an offer in a text only as a whole. All its words
with a meaning of their own have to stand in the sentence, or in the question before it; what the
text gives away has to be what the phrase does; and nothing else may be given along with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from storesync.copywriting.facts.founding.listing import is_listed, is_shared
from storesync.copywriting.facts.founding.weekly import on_its_days
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import (
    GIVEN,
    OF,
    Given,
    Sentence,
    among,
    beside,
    given_after,
    given_in,
    words_of,
)
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.reading.around import Around

_CALLED, _SHORT_LEAD = 2, 4  # words
_COMPOUND, _STEM = 8, 3  # letters
_SIGNS = frozenset("%‰£€$¥")
_WORD = re.compile(r"\w+|[^\w\s]")
_TIES = frozenset(",;/")
_RELATIVE = frozenset({"who", "when", "if"})
_ON = frozenset({"on", "with", "auf", "mit", "sur", "avec", "en", "con", "op", "met", "na", "z"})
_ON |= {"su", "sul", "sulla", "em", "com"}


def same_offer(item: Item, stated: Item, locale: str, product: Sequence[str]) -> bool:
    """Say whether an offer in a text of a language is the one that a declared phrase makes.

    `product` are the words for what the campaign is about: *the tenth* is *your tenth coffee*.
    """
    sentences = compared(item, stated, locale)
    if sentences is None:
        return False
    said, declared = sentences
    led = _led(item, said, _terms(declared, locale), locale)
    weekly = on_its_days(declared, said, locale)
    return any(
        _same(item, one, phrase, locale, product)
        for phrase in ([declared] if weekly is declared else [declared, weekly])
        for one in (said, led)
        if one is not None
    )


def compared(item: Item, stated: Item, locale: str) -> tuple[Sentence, Sentence] | None:
    """Return the sentences of an offer in a text and of a declared one, None where they differ.

    Compounds of the declared one are in the parts that the text says.
    """
    if item.value != stated.value:
        return None
    said, declared = sentence_of(item, locale), sentence_of(stated, locale)
    if declared.words.negative.intersection(declared.tokens):
        return None
    joined = lexicon(locale).words.get("joined")
    return said, taken_apart(declared, said) if joined else declared


def _terms(declared: Sentence, locale: str) -> list[str]:
    """Return the words that a sentence has to have: a bench for (anyone with) muddy hands."""
    idle = lexicon(locale).listed("everyone")
    return [word for word in declared.tokens if declared.words.speaks(word) and word not in idle]


def taken_apart(declared: Sentence, said: Sentence) -> Sentence:
    """Return a phrase with a compound in the parts that a text says: Blutdruck messen.

    The first part may stand in a sentence beside the offer's.
    """
    first, last = declared.tokens[: declared.at], declared.tokens[declared.at :]
    parts = [[part for one in side for part in _parts(one, said)] for side in (first, last)]
    return replace(declared, tokens=(*parts[0], *parts[1]), at=len(parts[0]))


def _parts(compound: str, said: Sentence) -> list[str]:
    if len(compound) < _COMPOUND or among(compound, said.tokens):
        return [compound]
    for word in said.tokens:
        noun = word.removesuffix("en")
        ending = next((one for one in (word, f"{noun}ung") if compound.endswith(one)), "")
        if len(noun) > _STEM and ending:
            head = compound.removesuffix(ending).removesuffix("s")
            if any(among(head, tokens) for tokens in (said.tokens, said.told) if head):
                return [*(one for one in said.tokens if among(head, [one])), word]
    return [compound]


def _led(item: Item, said: Sentence, terms: Sequence[str], locale: str) -> Sentence | None:
    """Return an offer's sentence with the one before it, if it says nothing without that.

    *Bring your knives on a Saturday. Sharpening is on us.* The first is a call, or short.
    """
    known, lead = lexicon(locale), item.extra.lead if item.extra else ()
    idle = {*known.listed("calls"), *known.listed("off")}
    pause = next((at for at in range(said.at, len(said.tokens)) if said.tokens[at] == ","), None)
    clause = said.tokens[:pause]  # the bench is free, and it has seen worse
    spoken = [word for word in clause if said.words.speaks(word) and word not in idle]
    if not lead or not all(among(word, terms) for word in spoken):
        return None
    told, joins = f" {' '.join(lead)} ", said.words.joins | {","}
    listed = any(
        one in joins and said.words.speaks(other) and not among(other, terms)
        for one, other in pairwise(lead)
    )
    barred = not (said.words.negative | _SIGNS).isdisjoint(lead)
    barred = barred or any(f" {cue} " in told for cue in known.listed("hours_words"))
    short = lead[0] in idle or len([*filter(said.words.speaks, lead)]) <= _SHORT_LEAD
    if listed or barred or not short:
        return None
    return Sentence((*lead, "?", *said.tokens), len(lead) + 1 + said.at, said.words, said.told)


def _same(
    item: Item, said: Sentence, declared: Sentence, locale: str, product: Sequence[str]
) -> bool:
    """Say whether what a sentence gives is what a declared phrase gives, on its terms."""
    words = words_of(locale)
    terms = _terms(declared, locale)
    who = _who(declared)
    shared = any(is_shared(said, word, terms) for word in who)
    if shared or not all_told(said, terms, product, locale):
        return False
    names = [word for given in given_in(declared) for word in given.words]
    if names and all(word in words.ordinals or word.isdigit() for word in names):
        names += [*product, *(word for word in said.tokens if word.startswith(words.generic))]
    if names or item.value in GIVEN:
        # Two free apples: two are free. On Sundays apples are.
        counts = [term for term in terms if term.isdigit() or term in words.times]
        known = [*names, *who, *counts] if names else []
        things = given_in(said)
        if names and lexicon(locale).words.get("inflected"):  # do śniadania kawa gratis
            known += terms
            own = all(among(word, known) for given in things for word in given.words)
            things += [beside(said)] if own else []  # przy stole kawa jest darmowa
        return any(
            _fits(said, given, known, terms)
            and (not names or any(among(word, names) for word in given.words))
            for given in things
        )
    on, its = _on(said, locale), _on(declared, locale)
    if on and not _fits(*on, terms if its else [*terms, *product], terms):
        return False
    # What stands before it is no thing: call us for two for one on slices.
    lead = words.fors | _RELATIVE
    asked = item.value[0] == "multibuy" and said.at and said.tokens[said.at - 1] in lead
    return bool(on and asked) or any(
        not given.words
        # A term by itself is one of what the campaign is about: abonnement sans engagement.
        or (not terms and all(among(word, product) for word in given.words))
        or _is_only_asked(said, given, terms)
        or (its is not None and _fits(said, given, its[1].words, terms))
        for given in given_in(said)
    )


def _is_only_asked(said: Sentence, given: Given, terms: Sequence[str]) -> bool:
    """Say whether words stand in a question before an offer that names its thing itself."""
    behind = said.tokens[said.at :]
    asked = "?" in said.tokens[given.stop : said.at]
    return asked and all(among(word, behind) for word in terms)


def all_told(said: Sentence, terms: Sequence[str], product: Sequence[str], locale: str) -> bool:
    """Say whether a sentence has all terms, but for a product that those around it tell.

    *Hand cream, anyone? It is 3 for 2 until Sunday.* Then it names no other thing.
    """
    missing = [term for term in terms if not among(term, said.tokens)]
    if not missing:
        return True
    told = all(among(term, product) and among(term, said.told) for term in missing)
    idle = {*said.words.times, *lexicon(locale).listed("off")}  # it is 30 % off, and netting free
    return told and not any(
        said.words.speaks(word)
        and not word.isdigit()
        and word not in idle
        and not among(word, terms)
        for word in (*said.tokens[: said.at], *_until_link(said, said.at + 1))
    )


def _until_link(said: Sentence, place: int) -> Sequence[str]:
    """Return tokens from a place on to a word such as at, behind which a place or a time stands."""
    links, rest = said.words.links - OF - said.words.fors - _ON, said.tokens[place:]
    return rest[: next((at for at, one in enumerate(rest) if one in links), len(rest))]


def _who(declared: Sentence) -> list[str]:
    """Return for whom an offer is: under free parking for guests, *guests park for free*."""
    tokens = declared.tokens
    place = next(
        (at for at, token in enumerate(tokens) if token in declared.words.fors), len(tokens)
    )
    return [token for token in tokens[place:] if declared.words.speaks(token)]


def _on(said: Sentence, locale: str) -> tuple[Sentence, Given] | None:
    """Return what an offer is on: 2 for 1 on slices, which may be told as slices: 2 for 1."""
    place = said.at + 1
    while place < len(said.tokens) and said.tokens[place] in said.words.function:
        place += 1  # our two for one offer on slices
    if "".join(said.tokens[place : place + 1]) not in lexicon(locale).listed("on"):
        return None
    behind = Sentence(("", *said.tokens[place + 1 :]), 0, said.words)
    given = given_after(behind)
    return (behind, given) if given.words else None


def _fits(said: Sentence, given: Given, names: Sequence[str], terms: Sequence[str]) -> bool:
    """Say whether what a text gives is what the phrase gives, and nothing along with it."""
    if not names:
        return not given.words
    if not given.words or not all(among(word, names) for word in given.words):
        return False
    return not is_listed(said, given, terms)


def stands_alone(before: str, after: str, locale: str) -> bool:
    """Say whether a declared phrase is all that is said, by the words before and behind it.

    In *bird netting is free*, *free netting and stakes* and *over 20 nets*, it is a part of
    something else.
    """
    words = words_of(locale)
    if f" {' '.join(_WORD.findall(before)[-_CALLED:])}".endswith(words.bounds):
        return False
    ties = {*words.joins, *words.links, *OF}
    left, right = _WORD.findall(before)[-1:], _WORD.findall(after)[:1]
    tied = any(token in ties or words.speaks(token) for token in left)
    return not tied and not any(
        token in words.joins or token in _TIES or token in OF or words.speaks(token)
        for token in right
    )


def sentence_of(item: Item, locale: str) -> Sentence:
    """Return the sentence of a language around an offer or an amount."""
    before, after, told, *_ = item.extra or Around((), ())
    return Sentence((*before, "", *after), len(before), words_of(locale), told)
