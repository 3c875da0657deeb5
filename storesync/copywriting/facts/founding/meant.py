"""Whether a word beside an offer is no other thing by what is declared: its place, its product."""

from __future__ import annotations

from collections.abc import Sequence

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.founding.masks import words_of_name
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import OF, words_of
from storesync.copywriting.facts.language.reach import alike

_CLOSES = frozenset(".!")
_PLURALS = frozenset("sx")


def is_where(said: Sequence[str], facts: Facts) -> bool:
    """Say whether words are the name of the location as a whole: 25 % off Leith."""
    places = {*facts.names} - {*facts.brands, *facts.products}
    return any(words_of_name(name, facts.locale) == [*said] for name in places)


def is_told_behind(item: Item, facts: Facts) -> bool:
    """Say whether a colon behind an offer tells that the product is meant: sleep for £21: a bed.

    What stands before is no plural, and behind the colon nothing else is named.
    """
    if not item.extra:
        return False
    offer = item.extra[0]
    if item.end > offer.start or not offer.extra or item.value[-1][-1] in _PLURALS:
        return False
    known, after = words_of(facts.locale), offer.extra.after
    ties = (known.links | known.function | known.copulas) - OF - known.joins
    place = 1
    while "".join(after[place : place + 1]) in known.function | known.articles:
        place += 1
    if "".join(after[:1]) != ":":
        return False
    for product in facts.products:
        name = words_of_name(product, facts.locale)
        last = place + len(name)
        told = len(after) >= last and all(map(alike, after[place:last], name))
        if told and "".join(after[last : last + 1]) in {"", *_CLOSES, *ties}:
            return True
    return False
