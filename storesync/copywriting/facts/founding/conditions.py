"""What a text says of a declared condition that is none: per table, closed on 1 January."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.goods import phrases
from storesync.copywriting.facts.founding.masks import plain
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import among, words_of
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.additions import (
    Told,
    declared_in,
    own_words,
)
from storesync.copywriting.facts.reading.read import Reading

Span = tuple[int, int, Kind]
_BEFORE, _ARTICLES = 24, 3  # characters and words before a day: closed on the
_WORDS = r"[^\W\d_]+|[,.!?;:]"
_YEAR = 365  # days


def other_rations(told: Told, facts: Facts) -> Iterator[Span]:
    """Yield for whom a text says that a declared ration is, and it is for others: per table."""
    for match in told.found:
        if match.label == "per":
            whose = _whose_else(told, match, facts)
            if whose:
                yield told.tokens[match.start].start, told.tokens[whose - 1].end, Kind.NUMBER


def _whose_else(told: Told, match: Match, facts: Facts) -> int:
    """Return the token behind those whose ration it is if a declared one is of others, or 0.

    The sentence has a word of the ration: limit two plates *per table*, under two plates per guest.
    """
    language = lexicon(facts.locale).language
    groups: Mapping[str, str] = own_words(language)["whom"]
    whom = told.lows(match.end, match.end + 1)
    group = groups.get(whom[0], "") if whom else ""
    rations = _rations(facts.legal, facts.locale)
    if not group or not rations or any(group in those for those, _ in rations):
        return 0
    said = told.lows(told.ends_before(match.start), match.start)
    if any(among(word, said) for _, words in rations for word in words):
        return match.end + 1
    return 0


@lru_cache(maxsize=1024)
def _rations(
    legal: tuple[str, ...], locale: str
) -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    """Return of each ration whose it is, and its other words: two plates per guest."""
    language = lexicon(locale).language
    groups: Mapping[str, str] = own_words(language)["whom"]
    speaks = words_of(locale).speaks
    found: list[tuple[frozenset[str], tuple[str, ...]]] = []
    for text in legal:
        told = declared_in(text, language)
        for match in told.found:
            whom = told.lows(match.end, match.end + 1)
            if match.label != "per" or not whom or whom[0] not in groups:
                continue
            said = told.lows(told.ends_before(match.start), match.start)
            words = tuple(word for word in said if speaks(word) and word not in groups)
            found.append((frozenset({groups[whom[0]]}), words))
    return tuple(found)


def closings(reading: Reading, facts: Facts) -> Iterator[Item]:
    """Yield days of the flight on which a text says that the shop is closed, as no fact does."""
    known = lexicon(reading.locale)
    verbs = known.listed("closes")  # until we close on 13 March
    closed = [f" {one} " for one in known.listed("closed") if one.split()[0] not in verbs]
    special = {one.value for one in facts.days if not one.role}
    for item in reading.items:
        if item.kind is not Kind.DATE or not all(item.value[1:]):
            continue
        before = reading.low[max(0, item.start - _BEFORE) : item.start].rsplit("\n", 1)[-1]
        said = f" {' '.join(re.findall(_WORDS, before)[-_ARTICLES:])} "
        if not any(word in said for word in closed):
            continue
        days = [one for one in _flight(facts) if (one.month, one.day) == item.value[1:]]
        declared = " ".join(plain(one, facts.locale) for one in phrases(facts))
        told = any(word.strip() in declared for word in closed)
        if days and not told and special.isdisjoint(days):
            yield replace(item, role="closed")


def _flight(facts: Facts) -> Iterator[date]:
    """Yield the days of the flight, of a long one those of its first year."""
    ends = [one.value for one in facts.days if one.role in {"start", "end"}]
    length = (max(ends) - min(ends)).days if ends else -1
    for after in range(min(length, _YEAR) + 1):
        yield min(ends) + timedelta(after)
