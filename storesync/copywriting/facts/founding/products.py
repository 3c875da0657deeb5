"""Whether a thing that an offer or a price is said of is what the campaign is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.founded_places import names_a_place
from storesync.copywriting.facts.founding.goods import is_left_out, is_other_goods
from storesync.copywriting.facts.founding.masks import product_words, words_of_name
from storesync.copywriting.facts.founding.meant import is_alone, is_told_behind, is_where
from storesync.copywriting.facts.founding.offers import sentence_of
from storesync.copywriting.facts.founding.periods import (
    is_apiece,
    is_packed_so,
    pack_of,
    per_what,
    period_of,
)
from storesync.copywriting.facts.founding.siblings import (
    behind_of,
    ends_alike,
    in_full,
    is_of_another_kind,
    is_of_another_part,
    is_of_its_parts,
    shares_a_part,
    without_company,
)
from storesync.copywriting.facts.founding.stated import named_among, same_statement, stated_in
from storesync.copywriting.facts.founding.terms import has_terms, is_said_of_all
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import OF, Sentence, among, words_of
from storesync.copywriting.facts.language.lexicon import lexicon

_AMOUNTS = frozenset({Kind.PERCENT, Kind.MONEY, Kind.OFFER})
_WEIGHTS = frozenset({"kilogram", "gram", "litre"})
_UNTIED = frozenset({"loose", "lone"})
_BESIDE = _UNTIED | {"beside"}  # what may be anything but another kind of the product
_CUTS = frozenset(",;?()")


def is_declared_product(item: Item, facts: Facts) -> bool:
    """Say whether a thing may have the offer or the price that a text gives it."""
    if not facts.products:
        return True
    own = product_words(facts)
    item = replace(item, value=in_full(item.value, own))
    if is_other_goods(item.value, facts) or is_left_out(item.value, facts):
        return False
    alone = item.role == "lone" and is_alone(item, facts)
    if (
        item.role in _BESIDE
        and not alone
        and not any(
            named_among(word, own) or shares_a_part(word, own, facts.locale) for word in item.value
        )
    ):
        return True
    if item.role == "all":
        told = [word for one in item.extra for word in sentence_of(one, facts.locale).tokens]
        if _is_wider(item.value[0], item.value, told, facts):
            return False
    prices = [one for one in item.extra or () if one.kind is Kind.MONEY]
    if prices and is_in_a_pack(item, facts):
        return False
    said = without_company(item.value, own, facts.locale)
    named = _without_brand(said, facts)
    if item.role == "listed" and not any(is_product((word,), facts) for word in item.unit):
        named = ()  # good coffee and cake, half price: of neither
    return (
        not named
        or is_where(named, facts)
        or is_told_behind(item, facts)
        or any(is_product((per_what(one, facts.locale),), facts) for one in prices)
        or (item.role in {"on", *_BESIDE} and _is_on_other_terms(item, facts))
        or is_product(named, facts)
    )


def _without_brand(said: tuple[str, ...], facts: Facts) -> tuple[str, ...]:
    """Return the words of a thing behind the name of the brand: Crumb & Co *sourdough*."""
    brand = [word for name in facts.brands for word in words_of_name(name, facts.locale)]
    first = 0
    while first < len(said) - 1 and said[first] in brand:
        first += 1
    return said[first:] if is_product(said[first:], facts) else said


def _is_on_other_terms(item: Item, facts: Facts) -> bool:
    """Say whether a declared phrase makes the offer and names the thing, or terms and no thing."""
    stated = stated_in(facts.statements, facts.locale)
    things = [one for one in stated.get(Kind.PRODUCT, ()) if one.role not in _UNTIED]
    named = {offer.extra for one in things for offer in one.extra}
    return any(
        (
            _is_told(item.value, other)
            or (item.role == "lone" and any(_is_told((word,), other) for word in item.value))
            or (other.extra not in named and has_terms(other, facts.locale))
        )
        and same_statement(offer, other, facts)
        for offer in item.extra or ()
        for other in stated.get(offer.kind, ())
    )


def _is_told(said: Sequence[str], stated: Item) -> bool:
    """Say whether all words of a thing stand around what a declared phrase states."""
    around = [word for side in stated.extra or () for word in side]
    return all(word in around or named_among(word, around) for word in said)


def is_in_a_pack(item: Item, facts: Facts) -> bool:
    """Say whether a price is for a pack that nobody declared."""
    pack = pack_of(item, facts.locale)
    if not pack or _is_sold_by_two(pack, facts):
        return False
    known = (*facts.products, *facts.statements, *facts.legal)
    return not is_packed_so(pack, known, facts.locale)


def _is_sold_by_two(pack: str, facts: Facts) -> bool:
    """Say whether a pack is a pair, and what the campaign is about is sold so: sunglasses."""
    known = lexicon(facts.locale)
    paired = tuple(known.listed("paired"))
    named = product_words(facts) if among(pack, known.listed("pairs")) else ()
    return any(word.endswith(paired) for word in named)


def priced_per(item: Item, facts: Facts) -> str:
    """Return of what a price is for one, if no product is that: £2 *a slice*, and not a loaf."""
    per, known = per_what(item, facts.locale), lexicon(facts.locale)
    if not per or is_apiece(item, facts.locale) or period_of(item, facts.locale):
        return ""
    after = item.extra.after
    # 8,90 im Laden, por la mañana: only a measure makes it the price of one. By weight, le kilo is
    # how a thing is sold.
    if not per.isalpha() or len(per) == 1:  # de R$ 10 por R$ 8
        return ""
    per_each = {"par", *(["por"] if known.language == "pt" else [])}
    loose = after[0] in {*known.listed("links"), "l"} - per_each
    article = after[0] in known.listed("article") and known.language != "en"
    sold = article and known.units.get(per) in _WEIGHTS
    times = (*known.listed("seasons"), *known.weekdays)
    if (loose and per not in known.units) or sold or per in times:
        return ""
    of_it = after[after.index(per) + 1 :][:2]  # a pot of tea
    own = known.has(per, "generic", "buyers", "packs") or is_product((per, *of_it), facts)
    own = own or (after[0] == "/" and names_a_place(per, facts))  # £9 / Leith
    nightly = per in known.listed("nights") and any(map(known.is_room, product_words(facts)))
    return "" if own or nightly else per


def _is_also_another(said: Sequence[str], told: Sequence[str], facts: Facts) -> bool:
    """Say whether every wash is said where the Deluxe wash is meant and there is a Basic wash."""
    for other in facts.others:
        shared = words_of_name(other, facts.locale)
        own = [word for word in product_words(facts) if not named_among(word, shared)]
        named = any(named_among(word, shared) for word in said)
        if named and not any(named_among(word, own) for word in (*said, *told)):
            return True
    return False


def is_for_all(item: Item, facts: Facts) -> bool:
    """Say whether an amount or an offer is said of more than a campaign is about: any drink."""
    if item.kind not in _AMOUNTS or not facts.products:
        return False
    sentence = sentence_of(item, facts.locale)
    said = _clause(sentence)
    if _is_of_each(said, facts):
        return True
    on = lexicon(facts.locale).listed("on")  # what follows is read as a thing by itself (things.py)
    stop = next((at for at, token in enumerate(said.tokens) if at > said.at and token in on), None)
    said = _behind_a_colon(replace(said, tokens=said.tokens[:stop]), facts)
    said = _without_sums(_without_measures(said, facts), facts)
    if is_said_of_all(said, product_words(facts), facts.locale):
        return True
    scope = lexicon(facts.locale).listed("scope")
    return any(
        token in scope and _is_wider(token, _named_from(said, place + 1), sentence.tokens, facts)
        for place, token in enumerate(said.tokens)
    )


def _without_measures(said: Sentence, facts: Facts) -> Sentence:
    """Return a clause without what measures out the product: with *every plate of* cod."""
    own, tokens = product_words(facts), list(said.tokens)
    scope = lexicon(facts.locale).listed("scope")
    for place, token in enumerate(tokens[:-3]):
        _, _, of, thing = tokens[place : place + 4]
        if token in scope and of in OF and named_among(thing, own):
            tokens[place : place + 3] = [""] * 3
    return replace(said, tokens=tuple(tokens))


def _without_sums(said: Sentence, facts: Facts) -> Sentence:
    """Return a clause without what sums up at its end: eleven dollars *in all*."""
    for phrase in lexicon(facts.locale).listed("in_all"):
        words = tuple(phrase.split())
        if said.tokens[-len(words) :] == words:
            return replace(said, tokens=said.tokens[: -len(words)])
    return said


def _is_of_each(said: Sentence, facts: Facts) -> bool:
    """Say whether an offer on the first of several is said to be on each: 50 % off every month."""
    ordinals = said.words.ordinals
    several = [
        after
        for product in facts.products
        for before, after in pairwise(words_of_name(product, facts.locale))
        if before in ordinals
    ]
    for place, token in enumerate(said.tokens) if several else ():
        rest = [one for one in said.tokens[place + 1 :] if one not in said.words.articles]
        if token in said.words.each and among("".join(rest[:1]), several):
            return True
    return False


def _clause(said: Sentence) -> Sentence:
    """Return the part of a sentence around an amount that no comma cuts off."""
    first, last = said.at, said.at
    while first > 0 and said.tokens[first - 1] not in _CUTS:
        first -= 1
    while last + 1 < len(said.tokens) and said.tokens[last + 1] not in _CUTS:
        last += 1
    return replace(said, tokens=said.tokens[first : last + 1], at=said.at - first)


def _behind_a_colon(said: Sentence, facts: Facts) -> Sentence:
    """Return what follows a colon, if that is of the product: all others: bratwurst for 2 €."""
    colon = next((at for at in range(said.at - 1, -1, -1) if said.tokens[at] == ":"), -1)
    own = any(named_among(word, product_words(facts)) for word in said.tokens[colon + 1 : said.at])
    if colon < 0 or not own:
        return said
    return replace(said, tokens=said.tokens[colon + 1 :], at=said.at - colon - 1)


def _named_from(said: Sentence, place: int) -> list[str]:
    """Return the words of the thing that is named from a token on: our *sourdough loaves*."""
    found: list[str] = []
    for token in said.tokens[place:]:
        if said.words.speaks(token):
            found.append(token)
        elif found and token not in OF:
            break
    return found


def _is_wider(scope: str, words: Sequence[str], told: Sequence[str], facts: Facts) -> bool:
    """Say whether all loaves are said where a sourdough loaf is meant, and the sentence tells none.

    Every loaf may be each of these, unless there are others.
    """
    if _is_also_another(words, told, facts):
        return True
    known = words_of(facts.locale)
    kinds = list[str]()
    for product in facts.products:
        named = [word for word in words_of_name(product, facts.locale) if known.speaks(word)]
        if all(among(word, told) for word in named):
            return False
        first = known.thing_first or (facts.locale[:2] == "de" and product[:1].isupper())
        kinds.append(named[0 if first else -1])
    each = lexicon(facts.locale).listed("every")
    joined = lexicon(facts.locale).words.get("joined")
    return scope not in each and any(
        among(kind, words) or (joined and any(ends_alike(kind, word) for word in words))
        for kind in kinds
    )


def is_product(words: tuple[str, ...], facts: Facts) -> bool:
    """Say whether some words name what the campaign is about, and no other kind of it."""
    seasons = lexicon(facts.locale).listed("seasons")  # no thing: a winter check is no winter tyre
    named = product_words(facts)
    if is_of_its_parts(words, named, facts.locale):
        return True
    words = behind_of(words, named, facts.locale)
    known = [word for word in named if word not in seasons]
    return any(_is_named(word, known or named, facts.locale) for word in words) and not (
        len(facts.products) == 1
        and (
            is_of_another_kind(words, named, facts.locale)
            or is_of_another_part(words, named, facts.locale)
        )
    )


def _is_named(word: str, named: Sequence[str], locale: str) -> bool:
    """Say whether a word is a form of one of a product, or what a German one ends in: Farbe."""
    joined = lexicon(locale).words.get("joined") and len(word) > 2
    return named_among(word, named) or (
        bool(joined) and any(ends_alike(one, word) for one in named)
    )
