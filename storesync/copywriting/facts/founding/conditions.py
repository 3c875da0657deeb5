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
from storesync.copywriting.facts.founding.lines import Line, Span
from storesync.copywriting.facts.founding.masks import plain
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import among, words_of
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.reading.additions import declared_in, own_words
from storesync.copywriting.facts.reading.read import Reading

_BEFORE, _ARTICLES = 24, 3  # characters and words before a day: closed on the
_WORDS = r"[^\W\d_]+|[,.!?;:]"
_YEAR = 365  # days
_FAR = 12  # tokens


def other_rations(line: Line, facts: Facts) -> Iterator[Span]:
    """Yield for whom a text says that a declared ration is, and it is for others.

    The sentence has a word of the ration: limit two plates *per table*, under two plates per guest.
    """
    groups: Mapping[str, str] = own_words(line.language)["whom"]
    rations = _rations(facts.legal, facts.locale)
    for match in line.told.found if rations else ():
        whom = line.told.lows(match.end, match.end + 1)
        group = groups.get(whom[0], "") if match.label == "per" and whom else ""
        if not group or any(group == whose for whose, _ in rations):
            continue
        said = line.told.near(match, _FAR)
        if any(among(word, said) for _, words in rations for word in words):
            yield line.span(match.start, match.end + 1, Kind.NUMBER)


@lru_cache(maxsize=1024)
def _rations(legal: tuple[str, ...], locale: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return of each ration whose it is, and its words: two plates per guest."""
    language = lexicon(locale).language
    groups: Mapping[str, str] = own_words(language)["whom"]
    speaks = words_of(locale).speaks
    found: list[tuple[str, tuple[str, ...]]] = []
    for text in legal:
        told = declared_in(text, language)
        for match in told.found:
            whom = told.lows(match.end, match.end + 1)
            if match.label == "per" and whom and whom[0] in groups:
                said = (*told.near(match, _FAR), *whom)
                found.append((groups[whom[0]], tuple(word for word in said if speaks(word))))
    return tuple(found)


def closings(reading: Reading, facts: Facts) -> Iterator[Item]:
    """Yield days of the flight on which a text says that the shop is closed, as no fact does."""
    closed = _closed(reading.locale)
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
        special = {one.value for one in facts.days if not one.role}
        if days and not told and special.isdisjoint(days):
            yield replace(item, role="closed")


@lru_cache(maxsize=64)
def _closed(locale: str) -> tuple[str, ...]:
    """Return the words for closed, each in spaces."""
    known = lexicon(locale)
    verbs = known.listed("closes")  # until we close on 13 March
    return tuple(f" {one} " for one in known.listed("closed") if one.split()[0] not in verbs)


def _flight(facts: Facts) -> Iterator[date]:
    """Yield the days of the flight, of a long one those of its first year."""
    ends = [one.value for one in facts.days if one.role in {"start", "end"}]
    length = (max(ends) - min(ends)).days if ends else -1
    for after in range(min(length, _YEAR) + 1):
        yield min(ends) + timedelta(after)
