"""Offers of some days of each week: 2 for 1 *Tuesday to Thursday* holds on a Wednesday, too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import Sentence
from storesync.copywriting.facts.language.lexicon import Lexicon, lexicon
from storesync.copywriting.facts.reading.read import items

_WEEK = 7
_MOST = 20  # offers of a text
_ENDS = re.compile(r"[.!\n]")


def on_its_days(declared: Sentence, said: Sentence, locale: str) -> Sentence:
    """Return the sentence of a declared offer without its days, if a text names some of them."""
    known = lexicon(locale)
    spans = _ranges(declared.tokens, known)
    if len(spans) != 1:
        return declared
    (first, last, held) = spans[0]
    named = _days(said.tokens, known) or _days(said.told, known)
    if not named or not named <= held:
        return declared
    tokens = list(declared.tokens)
    tokens[first : last + 1] = [""] * (last + 1 - first)
    return replace(declared, tokens=tuple(tokens))


def is_of_its_days(item: Item, offers: Sequence[Item], low: str, facts: Facts) -> bool:
    """Say whether a day is one of those that a declared offer is of, which its sentence makes.

    `low` is the text that states it, `offers` are those that it makes.
    """
    if item.kind is not Kind.WEEKDAY or item.role:
        return False
    if any(item.extra.get(one) for one in ("closed", "nth", "date")):
        return False
    made = offers[:_MOST]
    return any(
        item.value in days and any(_is_beside(item, one, low) for one in made)
        for days, declared in _weekly(facts.statements, facts.locale)
        if any(one.value == offer.value for one in made for offer in declared)
    )


@lru_cache(maxsize=256)
def _weekly(
    statements: tuple[str, ...], locale: str
) -> tuple[tuple[frozenset[int], tuple[Item, ...]], ...]:
    """Return the offers of declared phrases, with the days of the week that they are of."""
    found = []
    for phrase in statements:
        stated = items(phrase, locale)
        days = [one.extra.get("days", ()) for one in stated if one.kind is Kind.WEEKDAY]
        offers = tuple(one for one in stated if one.kind is Kind.OFFER)
        if offers:
            found.append((frozenset(day for group in days for day in group), offers))
    return tuple(found)


def _is_beside(item: Item, other: Item, low: str) -> bool:
    first, last = sorted((item, other), key=lambda one: one.start)
    return not _ENDS.search(low[first.end : last.start])


def _days(tokens: Sequence[str], known: Lexicon) -> frozenset[int]:
    """Return the days of the week that tokens name, with those between two ends."""
    single = {_day(token, known) for token in tokens} - {None}
    between = [day for _, _, held in _ranges(tokens, known) for day in held]
    return frozenset(day for day in (*single, *between) if day is not None)


def _day(token: str, known: Lexicon) -> int | None:
    day = known.weekdays.get(token)
    return known.weekdays.get(token.removesuffix("s")) if day is None else day


def _ranges(tokens: Sequence[str], known: Lexicon) -> list[tuple[int, int, frozenset[int]]]:
    """Return where tokens name the ends of some days, and these days."""
    ties = {*known.listed("range"), "-", "–"} - {*known.listed("joins")}
    found = []
    for place in range(len(tokens) - 2):
        first, last = _day(tokens[place], known), _day(tokens[place + 2], known)
        if first is None or last is None or tokens[place + 1] not in ties:
            continue
        held = frozenset((first + step) % _WEEK for step in range((last - first) % _WEEK + 1))
        found.append((place, place + 2, held))
    return found
