"""What sums up a list: *all for £14* below lines with the product prices no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.masks import words_of_name
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import among, words_of
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.reading.around import Around
from storesync.copywriting.facts.reading.read import Reading


def summed(reading: Reading, said: Sequence[Item], facts: Facts) -> Sequence[Item]:
    """Return items with a price of all that a list names, as if nothing said all of it."""
    if not facts.products or len(reading.lines) == 1:
        return said
    return [_without_all(item, reading, said, facts) for item in said]


def _without_all(item: Item, reading: Reading, said: Sequence[Item], facts: Facts) -> Item:
    if item.kind is not Kind.MONEY or not isinstance(item.extra, Around):
        return item
    known, words = lexicon(facts.locale), words_of(facts.locale)
    before = [token for token in item.extra.before if token[:1].isalnum()]
    begins = any(token in known.listed("scope") for token in before) and not any(
        words.speaks(token) and token not in known.listed("scope") for token in before
    )
    if not begins:
        return item
    line = reading.low.rfind("\n", 0, item.start)
    priced = any(one.kind is Kind.MONEY and one.start < line for one in said)
    if priced or not _names_product(reading.low[: max(line, 0)], facts):
        return item
    return replace(item, extra=item.extra._replace(before=()))


def _names_product(above: str, facts: Facts) -> bool:
    """Say whether one of some lines has all words of a product."""
    for line in above.split("\n"):
        said = words_of_name(line, facts.locale)
        for name in facts.products:
            if all(among(word, said) for word in words_of_name(name, facts.locale)):
                return True
    return False
