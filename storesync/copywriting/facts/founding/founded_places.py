"""Whether a place is declared: in the location's names, and the names of its country and region."""

from __future__ import annotations

from collections.abc import Sequence

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.founding.masks import words_of_name
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.reach import alike
from storesync.copywriting.facts.language.regions import countries, regions


def is_declared_place(item: Item, facts: Facts) -> bool:
    """Say whether a name behind a word such as in is of a declared place, or of no place at all."""
    names = (*facts.names, *countries(facts.country, facts.locale))
    if item.unit and not _names(item.unit[0], names, facts.locale):
        return True  # in Rot und Blau: listed with what is no place
    if item.extra and not all(_names(word, names, facts.locale) for word in item.extra):
        return True  # a headline, whose words are capitalised though they name nothing
    return names_a_place(" ".join(item.value), facts)


def names_a_place(said: str, facts: Facts) -> bool:
    """Say whether words are of the location's names, or of those of its country and region."""
    names = (*facts.names, *countries(facts.country, facts.locale))
    return _names(said, names, facts.locale) or _names(
        said, regions(facts.country, facts.region), facts.locale
    )


def _names(said: str, names: tuple[str, ...], locale: str) -> bool:
    written = ([word.strip(".") for word in words_of_name(name, locale)] for name in names)
    known = lexicon(locale)
    if known.words.get("inflected"):
        return any(_inflects(said, one, known.listed("street_before")) for one in written)
    return any(f" {said} " in f" {' '.join(words)} " for words in written)


def _inflects(said: str, name: Sequence[str], streets: Sequence[str]) -> bool:
    """Say whether the words of a place are those of a name in other cases: w Krakowie."""
    words = said.split()
    if words[0] in streets:
        words = words[1:]
    runs = (name[at : at + len(words)] for at in range(len(name) - len(words) + 1))
    return any(all(map(_is_form, words, run)) for run in runs)


def _is_form(word: str, other: str) -> bool:
    return word == other if word.isdigit() else alike(word, other)
