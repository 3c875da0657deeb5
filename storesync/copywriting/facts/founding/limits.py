"""Where a text says that a declared limit does not hold: dogs of any size, under 20 kg at most."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.masks import plain
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import words_of
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.word_lists import LISTED
from storesync.copywriting.facts.reading.additions import own_words
from storesync.copywriting.facts.reading.read import Reading, items

WAIVED = "waived"
STOPS = re.compile(r"[.!…;|•·](?=\s|$)|\n")  # what ends a sentence, or an entry of a list
_GAP = r"(?:\W+\w+){0,5}?\W+"
_NEAR = r"(?:\W+\w+){0,3}?\W+"
_PER = r"(?:per|pro|par|por|je|na)\s+"
_WEIGHTS = frozenset({"kilogram", "gram", "ounce", "pound"})
_SIZES = frozenset({"centimetre", "millimetre", "metre", "inch", "litre"})
_AGED = re.compile(r"\b[0-9]{1,2}s\b")  # over 16s only
_GROWN = {"weight": ("weight", "size"), "size": ("weight", "size"), "age": ("age",)}


def waived(reading: Reading, low: str, facts: Facts) -> Iterator[Item]:
    """Yield where a text, `low`, says that a limit of the legal texts or the facts is none."""
    for phrase in (*facts.legal, *facts.statements):
        for kind in _limits(phrase, facts.locale):
            for start, end in _found(low, kind, reading.locale):
                if not _is_told(phrase, low, start, reading.items, facts):
                    first, last = reading.span(start, end)
                    yield Item(
                        Kind.OFFER,
                        (WAIVED, phrase),
                        start,
                        end,
                        role=WAIVED,
                        text=reading.text[first:last],
                        first=first,
                        last=last,
                    )


@lru_cache(maxsize=4096)
def _found(low: str, kind: str, locale: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _waivers(kind, locale).finditer(low))


@lru_cache(maxsize=4096)
def _limits(phrase: str, locale: str) -> tuple[str, ...]:
    """Return of what a phrase says a limit: rations, weight, size or age."""
    known, low = lexicon(locale), plain(phrase, locale)
    found = set[str]()
    whose = own_words(known.language)["whom"] if known.language in LISTED else ()
    buyers = "|".join(map(re.escape, {*known.listed("buyers"), *whose}))
    rations = any_of(known.listed("rations")).search(low)
    if buyers and (rations or re.search(rf"\b{_PER}(?:{buyers})\b", low)):
        found.add("rations")
    for item in items(phrase, locale):
        if item.kind is not Kind.NUMBER or not (item.bound or _is_bounded(low, known.language)):
            continue
        units = {*item.unit[:1], *known.units.keys() & {*low.split()}}
        if units & {*_WEIGHTS, *known.listed("heavy_in")}:
            found.add("weight")
        if units & {*_SIZES, *known.listed("long_in")}:
            found.add("size")
        aged = "year" in units or _AGED.search(low)
        if aged or not {*known.listed("age")}.isdisjoint(low.split()):
            found.add("age")
    return tuple(sorted(found))


def _is_bounded(low: str, language: str) -> bool:
    """Say whether a phrase speaks of a bound at all: up to 19 inches, 8 and up."""
    known = lexicon(language)
    names = ("up_to", "under", "over", "least", "or_more", "closes")
    return bool(any_of([one for name in names for one in known.listed(name)]).search(low))


@lru_cache(maxsize=64)
def _waivers(kind: str, locale: str) -> re.Pattern[str]:
    """Return what finds words that say that there is no limit of a kind."""
    known = lexicon(locale)
    if kind == "rations":
        return any_of(known.listed("unrationed"))
    measures = [word for one in _GROWN[kind] for word in known.listed(one)]
    nouns = [word for word in measures if word not in known.listed("hows")]
    if not nouns:
        return any_of(())
    how = any_of(known.listed("unmeasured"), rf"{_NEAR}(?:{'|'.join(map(re.escape, measures))})")
    each = any_of(known.listed("of_any"), rf"\W+(?:{'|'.join(map(re.escape, nouns))})")
    return re.compile(f"{how.pattern}|{each.pattern}")


def any_of(patterns: Sequence[str], behind: str = "") -> re.Pattern[str]:
    """Return what finds one of some listed patterns, with an expression behind it."""
    return _any_of(tuple(patterns), behind)


@lru_cache(maxsize=256)
def _any_of(patterns: tuple[str, ...], behind: str) -> re.Pattern[str]:
    either = "|".join(_pattern(one) for one in patterns)
    return re.compile(rf"\b(?:{either}){behind}\b" if either else r"(?!)")


def _pattern(words: str) -> str:
    """Return a listed pattern as one of characters; … is up to five words."""
    begun, _, ended = words.partition(" … ")
    sides = [
        re.escape(side).replace(r"\*", r"\w*").replace(r"\ ", r"\W+") for side in (begun, ended)
    ]
    return _GAP.join(side for side in sides if side)


def _is_told(phrase: str, low: str, at: int, said: Sequence[Item], facts: Facts) -> bool:
    """Say whether the limit itself stands in the text: as many as you like, four at most."""
    stated = {one.value for one in items(phrase, facts.locale) if one.kind is Kind.NUMBER}
    speaks = words_of(facts.locale).speaks
    whole = plain(phrase, facts.locale).rstrip(".!")
    return (
        whole in low
        or any(one.kind is Kind.NUMBER and one.value in stated for one in said)
        or not any(map(speaks, low[at:].split()))
    )
