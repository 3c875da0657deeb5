"""What a text says of the product that nobody declared: *steel* shovels, chips *with peas*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.conditions import other_rations
from storesync.copywriting.facts.founding.goods import declared_words
from storesync.copywriting.facts.founding.masks import words_of_name
from storesync.copywriting.facts.founding.services import undeclared_services
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import OF, among, words_of
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.language.word_lists import LISTED
from storesync.copywriting.facts.reading.additions import Told, behind_one, told_in, words_before
from storesync.copywriting.facts.reading.read import Reading

_AMOUNTS = frozenset({Kind.PERCENT, Kind.MONEY, Kind.OFFER})
_THINGS = frozenset({"sorts", "sides", "goods"})
_BETWEEN = 3  # tokens between with and what comes with it
_CLOSES = frozenset({",", ".", "!", "–", ":"})
_JOINS = frozenset({"-", "'"})
_EITHER_SIDE = frozenset({"pl"})


class Product(NamedTuple):
    """The words of a product in a language, and the nouns among them that it goes by."""

    words: tuple[str, ...]
    heads: frozenset[str]


def added(reading: Reading, facts: Facts) -> Iterator[Item]:
    """Yield what a text adds to the product and its offer, and nothing declared says."""
    language = lexicon(reading.locale).language
    if language not in LISTED or not facts.products:
        return
    for begins, _, line in reading.lines:
        told = told_in(line.folded.low, language)
        if not told.found:
            continue
        spans = [*_things(told, begins, reading, facts)]
        spans += undeclared_services(told, begins, reading, facts)
        spans += other_rations(told, facts)
        for start, end, kind in spans:
            first, last = reading.span(begins + start, begins + end)
            text = reading.text[first:last]
            value = tuple(words_of_name(text, reading.locale))
            yield Item(kind, value, begins + start, begins + end, text=text, first=first, last=last)


def _things(
    told: Told, begins: int, reading: Reading, facts: Facts
) -> Iterator[tuple[int, int, Kind]]:
    declared = declared_words(facts)
    language = lexicon(reading.locale).language
    covered = -1
    for match in sorted(told.found, key=lambda one: (one.start, -one.end)):
        if match.label not in _THINGS or match.start < covered:
            continue
        words = told.lows(match.start, match.end)
        if all(among(word, declared) for word in words):
            continue
        own = [_product(one, facts.locale) for one in facts.products]
        if match.label == "sorts":
            said = _is_a_sort(told, match, own, language)
        else:
            is_so = _comes_with if match.label == "sides" else _is_listed
            said = is_so(told, match, own, language) and _is_offered(told, match, begins, reading)
        if said:
            covered = match.end
            yield told.tokens[match.start].start, told.tokens[match.end - 1].end, Kind.PRODUCT


@lru_cache(maxsize=1024)
def _product(name: str, locale: str) -> Product:
    """Return the words of a product, with the noun of each of its parts: *bag* of *charcoal*."""
    speaks, words = words_of(locale), tuple(words_of_name(name, locale))
    parts: list[list[str]] = [[]]
    for word in words:
        if word in OF or word in speaks.joins:
            parts.append([])
        elif speaks.speaks(word):
            parts[-1].append(word)
    first = speaks.thing_first
    both = lexicon(locale).language in _EITHER_SIDE
    heads = {one[0 if first else -1] for one in parts if one}
    return Product(words, frozenset(heads | ({*words} if both else set())))


def _is_a_sort(told: Told, match: Match, own: Sequence[Product], language: str) -> bool:
    """Say whether a sort stands at the product: steel shovels, gafas polarizadas, aus Leder."""
    sorts = {one.start: one.end for one in told.found if one.label == "sorts"}
    first = words_of(language).thing_first
    if not first and _is_before(told, match, own, language, sorts):
        return True
    if _is_a_clause(told, match):
        return _ends_with_product(told, match.start - 1, own, language)
    tie = behind_one(told, match.start, language, "made_of")
    if tie < 0 and not first and language not in _EITHER_SIDE:
        return False
    return _ends_with_product(told, match.start if tie < 0 else tie, own, language)


def _is_a_clause(told: Told, match: Match) -> bool:
    """Say whether a sort stands alone between commas: lavender plants, peat-free, £3.50."""
    before = told.tokens[match.start - 1].low if match.start else ""
    behind = told.tokens[match.end].low if match.end < len(told.tokens) else "."
    return before == "," and behind in _CLOSES


def _is_before(
    told: Told, match: Match, own: Sequence[Product], language: str, sorts: dict[int, int]
) -> bool:
    if match.start and _is_one(told, match.start - 1, language, "no_sort"):
        return False
    place = match.end
    while place < len(told.tokens):
        if told.tokens[place].low not in _JOINS:
            if place not in sorts:
                break
            place = sorts[place]
            continue
        place += 1
    return any(_has_head(_run(told, place, 1, one), one) for one in own)


def _ends_with_product(told: Told, place: int, own: Sequence[Product], language: str) -> bool:
    """Say whether the product ends right before a token, and is no other one: your old boots."""
    for one in own:
        run = _run(told, place - 1, -1, one)
        if _has_head(run, one):
            before = place - len(run) - 1
            return not (before >= 0 and _is_one(told, before, language, "no_sort"))
    return False


def _run(told: Told, place: int, step: int, product: Product) -> list[str]:
    """Return the words of a product that stand together from a token on, in either direction."""
    found: list[str] = []
    while 0 <= place < len(told.tokens):
        low = told.tokens[place].low
        if low not in _JOINS and not (low in product.words or among(low, product.words)):
            break
        found.append(low)
        place += step
    return found


def _has_head(run: Sequence[str], product: Product) -> bool:
    return any(among(head, run) for head in product.heads)


def _is_one(told: Told, place: int, language: str, name: str) -> bool:
    return (told.tokens[place].low,) in words_before(language, name)


def _comes_with(told: Told, match: Match, own: Sequence[Product], language: str) -> bool:
    """Say whether a side comes with the product: fish and chips with mushy peas, £9 with a drink.

    The product stands right before, or before a price in the same sentence.
    """
    for back in range(_BETWEEN + 1):
        place = match.start - back
        at = behind_one(told, place, language, "with")
        if at >= 0:
            also = {",", *lexicon(language).listed("also")}
            while at > 0 and told.tokens[at - 1].low in also:
                at -= 1
            if _ends_with_product(told, at, own, language):
                return True
            begins = told.ends_before(at)
            priced = at > 0 and (
                told.tokens[at - 1].kind == "n" or told.tokens[at - 1].low in "€$£%"
            )
            return priced and any(
                _ends_with_product(told, one, own, language) for one in range(begins + 1, at)
            )
        low = told.tokens[place - 1].low if place else ""
        if not low.isalpha() or _is_one(told, place - 1, language, "no_sort"):
            return False
    return False


def _is_listed(told: Told, match: Match, own: Sequence[Product], language: str) -> bool:
    """Say whether another thing is listed with the product: ski and snowboard tune-ups."""
    joins = words_of(language).joins
    if not match.start or told.tokens[match.start - 1].low not in joins:
        return False
    for one in own:
        before, behind = _run(told, match.start - 2, -1, one), _run(told, match.end, 1, one)
        if before and (_has_head(before, one) or _has_head(behind, one)):
            return True
    return False


def _is_offered(told: Told, match: Match, begins: int, reading: Reading) -> bool:
    """Say whether the sentence of a phrase has an offer or a price."""
    start, end = told.sentence(match)
    return any(
        item.kind in _AMOUNTS and begins + start <= item.start < begins + end
        for item in reading.items
    )
