"""Whether a word beside an offer is no other thing by what is declared: its place, its product."""

from __future__ import annotations

from collections.abc import Sequence

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.founding.masks import product_words, words_of_name
from storesync.copywriting.facts.founding.offers import sentence_of
from storesync.copywriting.facts.founding.stated import named_among
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import OF, words_of
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.reach import alike

_PART = 3  # letters
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


def is_alone(item: Item, facts: Facts) -> bool:
    """Say whether nothing around a thing is the product, or that stands in one list with it."""
    own = product_words(facts)
    sentence = [sentence_of(one, facts.locale) for one in item.extra or ()]
    told = {word for one in sentence for word in (*one.tokens, *one.told)}
    others = [word for word in item.unit if word not in item.value]
    if any("".join(words_of_name(one, facts.locale)) in item.value for one in facts.products):
        return False  # SnowShovel50%Off
    if lexicon(facts.locale).words.get("joined") and any(
        one.startswith(word[:-1]) for one in own for word in item.value if len(word) > _PART
    ):
        return False  # Rosen for a Rosenstrauß
    return any(named_among(word, own) for word in others) or not any(
        named_among(word, own) for word in {*told, *item.about}
    )
