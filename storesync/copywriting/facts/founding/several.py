"""Counts of the product that are no plain number: a pair of lamps, twice Riesling, 2 x, two pairs.

What is sold by two is no two of it: a pair of boots is one, and two pairs are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.limits import STOPS, any_of
from storesync.copywriting.facts.founding.masks import product_words
from storesync.copywriting.facts.founding.products import is_product
from storesync.copywriting.facts.founding.stated import named_among
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import OF, words_of
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.reading.read import Reading

PAIR = "pair"  # the role of a count that no reader finds
_WORD = re.compile(r"\w+")
_TELLS = re.compile(r"(?::|\s[–—-])\s*\Z")
_NEAR, _FAR = 4, 160  # characters
_BEHIND = re.compile(r"(?:[ \xa0]\w+|['’]\w+){1,7}")
_MOST = 3  # words
_PAIR = 2


def counted(reading: Reading, said: Iterable[Item], facts: Facts) -> Iterator[Item]:
    """Yield the product's counts that are told by a word for two or for times, as numbers."""
    yield from _pairs(reading, facts)
    for item in said:
        many = _times(item, facts) or _of_pairs(item, facts)
        paired = item.kind is Kind.NUMBER
        unit = many and _product_behind(reading, item.end, facts, paired=paired)
        if many and unit:
            yield replace(item, kind=Kind.NUMBER, value=many, unit=unit)


def without_counts(said: Sequence[str], counts: Iterable[Item], facts: Facts) -> tuple[str, ...]:
    """Return the words for a thing without its count: *a pair of trees* are trees."""
    numbers = lexicon(facts.locale).numbers
    told = {word for count in counts for word in _WORD.findall(count.text.casefold())}
    return tuple(one for one in said if not (one in numbers or one.isdigit() or one in told))


def _pairs(reading: Reading, facts: Facts) -> Iterator[Item]:
    """Yield the product's pairs and couples, if it is not sold by two."""
    listed = lexicon(facts.locale).listed("two_of")
    both = any_of(lexicon(facts.locale).listed("both"))
    for match in any_of(() if _is_paired(facts) else listed).finditer(reading.low):
        unit = _product_behind(reading, match.end(), facts)
        if unit:
            yield _two(reading, match.span(), unit)
    for match in both.finditer(reading.low):
        if names_product_before(reading, match.start(), facts):
            yield _two(reading, match.span(), ())


def _two(reading: Reading, span: tuple[int, int], unit: tuple[str, ...]) -> Item:
    first, last = reading.span(*span)
    text = reading.text[first:last]
    plain = reading.low[span[0] : span[1]]
    found = Item(Kind.NUMBER, Decimal(2), *span, role=PAIR, unit=unit, text=text, plain=plain)
    return replace(found, first=first, last=last)


def names_product_before(reading: Reading, start: int, facts: Facts) -> bool:
    """Say whether the product stands before a colon or a dash: lamps: *two* for £9."""
    if not _TELLS.search(reading.low[max(0, start - _NEAR) : start]):
        return False
    before = STOPS.split(reading.low[max(0, start - _FAR) : start])[-1]
    said, speaks = _WORD.findall(before), words_of(facts.locale).speaks
    named = [word for word in product_words(facts) if speaks(word)]
    return bool(named) and all(named_among(word, said) for word in named)


def _times(item: Item, facts: Facts) -> Decimal | None:
    """Return how many times something is said to be taken: zweimal, 2 x, twee keer, dreimal."""
    known, said = lexicon(facts.locale), item.text.casefold().split()
    times = known.listed("taken_times")
    if item.kind is Kind.NUMBER and item.unit and item.unit[0] in times:
        return item.value if isinstance(item.value, Decimal) else None
    if item.kind is not Kind.OFFER or not isinstance(item.value, tuple) or not said:
        return None
    single = known.words["times"].get(said[0]) if len(said) == 1 else None
    if single:
        return Decimal(single)
    number, last = item.value[0], item.value[-1]
    told = str(number).isdigit() and len(item.value) == _PAIR and last in times
    return Decimal(number) if told else None


def _of_pairs(item: Item, facts: Facts) -> Decimal | None:
    """Return how many pairs a number counts of what is sold by two: two pairs of glasses."""
    pairs = item.kind is Kind.NUMBER and item.unit[:1] and item.unit[0] in _pair_words(facts)
    return item.value if pairs and _is_paired(facts) else None


def _pair_words(facts: Facts) -> Sequence[str]:
    return lexicon(facts.locale).listed("pairs")


def _is_paired(facts: Facts) -> bool:
    paired = lexicon(facts.locale).listed("paired")
    return any(word.endswith(tuple(paired)) for word in product_words(facts)) if paired else False


def _product_behind(
    reading: Reading, end: int, facts: Facts, *, paired: bool = False
) -> tuple[str, ...]:
    """Return the words that name the product right behind a count, past of and the pairs of it."""
    match, words = _BEHIND.match(reading.low, end), words_of(facts.locale)
    said = _WORD.findall(match[0]) if match else []
    if paired and said and said[0] in _pair_words(facts):
        said = said[1:]
    idle = OF | words.articles
    while said and said[0] in idle:
        said = said[1:]
    found = []
    for word in said[:_MOST]:
        if not words.speaks(word):
            break
        found.append(word)
    return tuple(found) if found and is_product(tuple(found), facts) else ()
