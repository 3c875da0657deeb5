"""Whether what a thing is said to be or to have is declared of it: a guarantee, lactose-free.

Unlike a superlative or a promise of health, a property is plain to see or to hold somebody to. So
a declared phrase founds it, as a claim does, and a text may tell it in words of its own: under
*two-year guarantee on every tree*, *every tree is guaranteed for two years*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.masks import product_words, words_of_name
from storesync.copywriting.facts.founding.offers import sentence_of
from storesync.copywriting.facts.founding.terms import is_said_of_all
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import Sentence, among
from storesync.copywriting.facts.language.lexicon import Lexicon, lexicon
from storesync.copywriting.facts.reading.read import items

_BESIDE = frozenset({"", "-", "'"})


def is_declared_property(item: Item, facts: Facts) -> bool:
    """Say whether a declared phrase or a claim says a property of the thing that a text does.

    The words beside one of a single word have to be the phrase's or the product's: *guaranteed to
    grow*, *lifetime guarantee* and *satisfaction guaranteed* are more than a guarantee.
    """
    said = sentence_of(item, facts.locale)
    wanted = [word for word in item.value if said.words.speaks(word)]
    for phrase in (*facts.statements, *facts.claims):
        declared = words_of_name(phrase, facts.locale)
        if not wanted or not all(among(word, declared) for word in wanted):
            continue
        near = _beside(said, facts.locale) if len(wanted) == 1 else ()
        beside = [word for word in near if not among(word, declared)]
        things = _things(declared, wanted, said, facts.locale)
        told = (*said.tokens, *said.told)
        wider = _is_wider(said, phrase, declared, facts.locale)
        known = all(among(word, product_words(facts)) for word in beside)
        if known and not wider and (not things or any(among(word, told) for word in things)):
            return True
    return False


def _is_wider(said: Sentence, phrase: str, declared: Sequence[str], locale: str) -> bool:
    """Say whether a sentence says a property of more than a phrase does: of all, for three years.

    Under *eight lactose-free flavours*, not all of them are.
    """
    words = lexicon(locale)
    stated = [item for item in items(phrase, locale) if item.kind is Kind.NUMBER]
    told = {Decimal(token) for token in said.tokens if token.isdecimal()}
    if stated and told and told.isdisjoint(item.value for item in stated):
        return True
    counts = any("".join(item.unit[:1]) not in words.units.values() for item in stated)
    return (counts and not told and not words.scope.isdisjoint(said.tokens)) or is_said_of_all(
        said, declared, locale
    )


def _things(
    declared: Sequence[str], wanted: Sequence[str], said: Sentence, locale: str
) -> list[str]:
    """Return of what a phrase says a property: its words but numbers, lengths and the property."""
    words = lexicon(locale)
    return [
        word
        for word in declared
        if said.words.speaks(word) and not _measures(word, words) and not among(word, wanted)
    ]


def _beside(said: Sentence, locale: str) -> list[str]:
    """Return the words right before a property, and the first behind it that says something."""

    def near(tokens: Iterable[str], holds: Callable[[str], bool]) -> Iterator[str]:
        return takewhile(holds, (token for token in tokens if token not in _BESIDE))

    before = list(near(reversed(said.tokens[: said.at]), said.words.speaks))
    behind = near(said.tokens[said.at + 1 :], str.isalnum)
    spoken = [word for word in behind if said.words.speaks(word)][:1]
    known = lexicon(locale)
    return [word for word in (*before, *spoken) if not _measures(word, known)]


def _measures(word: str, words: Lexicon) -> bool:
    return word.isdigit() or word in words.numbers or word in words.units
