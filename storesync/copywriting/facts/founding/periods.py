"""What a price is for: £29 a month, and no membership for a year; a pack of six, and not each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.masks import plain
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import among
from storesync.copywriting.facts.language.lexicon import Lexicon, lexicon
from storesync.copywriting.facts.reading.surroundings import PERIODS

_ENDS = frozenset({"", ",", ";", ":", "!", "?", "–"})


def period_of(item: Item, locale: str) -> str:
    """Return the period right behind an amount of money in a text of a language, or nothing."""
    words = lexicon(locale)
    per = per_what(item, locale)
    return _period(per, words) if per else _often("".join(_after(item)[:1]), words)


def _after(item: Item) -> Sequence[str]:
    return item.extra[1] if item.kind is Kind.MONEY and item.extra else ()


def per_what(item: Item, locale: str) -> str:
    """Return the word that an amount of money is for one of: £24 *a tyre*."""
    after, words = _after(item), lexicon(locale)
    for said in _pers(words) if after else ():
        if after[: len(said)] == said:
            return "".join(after[len(said) : len(said) + 1])
    # 9 € la jambe, but not 9 € la semaine du 8 mars.
    ends = "".join(after[2:3]) in _ENDS and words.language != "en"
    return after[1] if ends and after[1:] and after[0] in words.listed("article") else ""


@lru_cache(maxsize=64)
def _pers(words: Lexicon) -> tuple[tuple[str, ...], ...]:
    """Return the words of each phrase for one of a thing, the longest phrases first."""
    phrases = (tuple(one.split()) for one in words.listed("per"))
    return tuple(sorted(phrases, key=len, reverse=True))


def pack_of(item: Item, locale: str) -> str:
    """Return the pack that a price is for, or a thing is told in: £12 *a pair*, *a box* of tea."""
    words = lexicon(locale)
    said = item.value if item.kind is Kind.PRODUCT else (per_what(item, locale),)
    return next((word for word in said if among(word, words.listed("packs"))), "")


def is_apiece(item: Item, locale: str) -> bool:
    """Say whether an amount in a text of a language is said to be for each of a thing."""
    after = " ".join(word for word in _after(item) if word != "'")
    return any(f"{after} ".startswith(f"{phrase} ") for phrase in lexicon(locale).listed("apiece"))


def are_packed(statements: Iterable[str], locale: str) -> bool:
    """Say whether declared phrases put several of a thing into one: pack of six."""
    return any(_packs(one, locale) for one in statements)


def is_packed_so(pack: str, names: Iterable[str], locale: str) -> bool:
    """Say whether one of some names or declared phrases is of a pack: box of six."""
    return any(among(pack, _packs(one, locale)) for one in names)


@lru_cache(maxsize=4096)
def _packs(phrase: str, locale: str) -> frozenset[str]:
    packs, words = lexicon(locale).listed("packs"), plain(phrase, locale).replace("-", " ").split()
    return frozenset(word for word in words if among(word, packs))


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
    return unit if unit in PERIODS else _often(word, words)


def _often(word: str, words: Lexicon) -> str:
    """Return what monthly and Monatskarte are of."""
    for period, beginnings in words.words["often"].items():
        if word.startswith(tuple(beginnings)):
            return str(period)
    return ""
