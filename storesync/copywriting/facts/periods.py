"""What a price is for: £29 a month, and no membership for a year; a pack of six, and not each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.lexicon import Lexicon, lexicon
from storesync.copywriting.facts.masks import plain

_PERIODS = frozenset({"hour", "day", "week", "month", "year"})


def period_of(item: Item, locale: str) -> str:
    """Return the period right behind an amount of money in a text of a language, or nothing."""
    words = lexicon(locale)
    after: Sequence[str] = item.extra[1] if item.extra else ()
    for phrase in words.listed("per"):
        said = tuple(phrase.split())
        if after[: len(said)] == said:
            return _period("".join(after[len(said) : len(said) + 1]), words)
    return _often("".join(after[:1]), words)


def is_apiece(item: Item, locale: str) -> bool:
    """Say whether an amount in a text of a language is said to be for each of a thing."""
    after = " ".join(word for word in (item.extra[1] if item.extra else ()) if word != "'")
    return any(f"{after} ".startswith(f"{phrase} ") for phrase in lexicon(locale).listed("apiece"))


def are_packed(statements: Iterable[str], locale: str) -> bool:
    """Say whether declared phrases put several of a thing into one: pack of six."""
    packs = lexicon(locale).listed("packs")
    return any(not {*plain(one, locale).split()}.isdisjoint(packs) for one in statements)


def is_of_period(period: str, names: Iterable[str], locale: str) -> bool:
    """Say whether one of some names is of a period, as a monthly membership is of a month."""
    words = lexicon(locale)
    return any(
        _period(word, words) == period
        for name in names
        for word in plain(name, locale).replace("-", " ").split()
    )


def _period(word: str, words: Lexicon) -> str:
    unit = words.units.get(word, "")
    return unit if unit in _PERIODS else _often(word, words)


def _often(word: str, words: Lexicon) -> str:
    """Return what monthly and Monatskarte are of."""
    for period, beginnings in words.words["often"].items():
        if word.startswith(tuple(beginnings)):
            return str(period)
    return ""
