"""Where a text names another shop of the brand: Suds Stop Mesa, at Crumb & Co, Redland."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.masks import occurrences, plain, words_of_name
from storesync.copywriting.facts.founding.stated import named_among
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import words_of
from storesync.copywriting.facts.language.lexicon import Lexicon, lexicon
from storesync.copywriting.facts.language.word_lists import LISTED, german_towns, places
from storesync.copywriting.facts.reading.read import Reading

_WORDS = r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)?"
_NAMED = re.compile(rf"(,? | \()({_WORDS})")
_APART = re.compile(r",? | \(")
_OLD = {"fr": re.compile(r"\b(?:dans le|au|au cœur du) (Vieux-[^\W\d_a-z]\w+)")}
_REST = re.compile(r"[^.!?\n]{0,80}")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_HYPHENED = re.compile(r"-(?=[^\W\d_])[^\W_a-z][^\W\d_A-Z]{2,}(?!\w)")
_PARTS = {
    "fr": _HYPHENED,
    "nl": _HYPHENED,
    "en": re.compile(
        r" (?:North|South|East|West|Central|Bay|Heights|Docks|Quays?|Airport|Junction)(?!\w)"
        r"(?! [A-Z])"
    ),
}
_SMALL = 3  # letters
_NO_NAMES = (
    *("function", "links", "joins", "calls", "scope", "generic", "possessive", "not_places"),
    *("interjections", "verbs", "seasons", "buyers", "packs", "negative", "no_branches"),
)


def other_branches(reading: Reading, low: str, facts: Facts) -> Iterator[Item]:
    """Yield names right behind that of the brand in a text, `low`, that are no declared ones."""
    for brand in facts.brands if lexicon(reading.locale).language in LISTED else ():
        for begin, end in occurrences(low, plain(brand, reading.locale)):
            first, begins = reading.span(begin, end)
            if brand[0].isupper() and not reading.text[first].isupper():
                continue  # a fresh coffee, at Fresh
            for match in (
                _NAMED.match(reading.text, begins),
                _joined(reading.text, begins, facts, reading.locale),
            ):
                name = _name(match, reading.text, facts, reading.locale) if match else ""
                if not match or not name:
                    continue
                first = match.start(2)
                words, start = tuple(words_of_name(name, reading.locale)), end + first - begins
                place = Item(Kind.PLACE, words, start, start + len(name), text=name, plain=name)
                yield replace(place, first=first, last=first + len(name))


def _joined(text: str, begins: int, facts: Facts, locale: str) -> re.Match[str] | None:
    """Return what is joined to a declared place behind a brand: Spoke House, Leith and *Alloa*."""
    apart = _APART.match(text, begins)
    at = apart.end() if apart else begins
    ends = (at + len(one) for one in facts.names if one and text.startswith(one, at))
    end = max(ends, default=0)
    return _joins(lexicon(locale)).match(text, end) if end else None


@lru_cache(maxsize=16)
def _joins(known: Lexicon) -> re.Pattern[str]:
    words = "|".join(map(re.escape, known.listed("joins")))
    return re.compile(rf"(,? (?:{words}) )({_WORDS})")


def other_districts(reading: Reading, facts: Facts) -> Iterator[Item]:
    """Yield parts of the declared town that are undeclared: Lausanne-Ouchy, Cardiff Bay.

    In German a hyphen makes any noun of the town: Köln-Kalender.
    """
    language = lexicon(reading.locale).language
    part = _PARTS.get(language)
    for name in facts.names if part else ():
        for begin, end in occurrences(reading.low, plain(name, reading.locale)):
            first, last = reading.span(begin, end)
            match = part.match(reading.text, last) if part else None
            if match is None or not reading.text[first].isupper():
                continue
            text = reading.text[first : match.end()]
            words = tuple(words_of_name(text, reading.locale))
            if not set(words) <= _declared(facts):
                stop = end + match.end() - last
                yield Item(Kind.PLACE, words, begin, stop, text=text, first=first, last=match.end())
    yield from _old_parts(reading, facts, language)


def _old_parts(reading: Reading, facts: Facts, language: str) -> Iterator[Item]:
    """Yield the old part of a town where the shop is told to be: dans le Vieux-Lille."""
    old = _OLD.get(language)
    for match in old.finditer(reading.text) if old else ():
        said = plain(match[1], reading.locale)
        begin = reading.low.find(said)
        if begin < 0 or any(said in plain(name, reading.locale) for name in facts.names):
            continue
        first, last = match.span(1)
        words = tuple(words_of_name(match[1], reading.locale))
        found = Item(Kind.PLACE, words, begin, begin + len(said), text=match[1], plain=match[1])
        yield replace(found, first=first, last=last)


def _name(match: re.Match[str], text: str, facts: Facts, locale: str) -> str:
    """Return what stands behind a brand if it is a name of one word or two that is undeclared."""
    words = match[2].split()
    if not words[0][0].isupper() or not words[0][1:].islower():
        return ""
    said = words[:2] if len(words) > 1 and words[1][0].isupper() else words[:1]
    known, declared = lexicon(locale), _declared(facts)
    if any(_is_no_name(word, known, declared, facts.products) for word in said):
        return ""
    if known.language == "en" and _are_many(words[0], known) and not match[1].strip():
        return ""  # Spoke House Mechanics
    end = match.start(2) + len(" ".join(said))
    apart = match[1].strip() != ""
    if not _ends_there(text[end:], known, apart=apart) or _is_headline(text, end):
        return ""
    name = " ".join(said)
    return name if known.language != "de" or _is_town(name, known) else ""


@lru_cache(maxsize=512)
def _declared_of(names: tuple[str, ...], locale: str) -> frozenset[str]:
    return frozenset(word for name in names for word in words_of_name(name, locale))


def _declared(facts: Facts) -> frozenset[str]:
    return _declared_of((*facts.names, *facts.products, *facts.others), facts.locale)


def _is_no_name(
    word: str, known: Lexicon, declared: frozenset[str], products: Sequence[str]
) -> bool:
    """Say whether a word is declared, or is a day, a month or any word but a name."""
    low = plain(word, known.language)
    calendar = (known.weekdays, known.months, known.short_weekdays, known.units, known.numbers)
    speaks = words_of(known.language).speaks(low)
    listed = known.has(low, *_NO_NAMES) or low.removesuffix("s") in known.listed("no_branches")
    return (
        low in declared
        or not speaks
        or listed
        or any(low in one or low.removesuffix("s") in one for one in calendar)
        or any(named_among(low, words_of_name(one, known.language)) for one in products)
    )


def _are_many(word: str, known: Lexicon) -> bool:
    """Say whether a word may name several of something, and no town that is known."""
    low = plain(word, known.language)
    return low.endswith("s") and not low.endswith("ss") and low not in places()[0].starts()[0]


def _ends_there(rest: str, known: Lexicon, *, apart: bool) -> bool:
    """Say whether a name ends; behind a comma its clause has to, or go on with when or where."""
    following = _WORD.match(rest.lstrip())
    if not rest.strip() or following is None:
        return True
    low = plain(following[0], known.language)
    return not apart or low in known.listed("links") or low in known.listed("joins")


def _is_headline(text: str, end: int) -> bool:
    """Say whether most words behind a name are capitalised: Suds Stop Wants You Clean."""
    rest = _REST.match(text, end)
    words: list[str] = [one for one in _WORD.findall(rest[0] if rest else "") if len(one) > _SMALL]
    capital = sum(word[0].isupper() for word in words)
    return capital > 1 and capital * 2 > len(words)


def _is_town(name: str, known: Lexicon) -> bool:
    """Say whether a German noun is a town: all nouns have capitals."""
    low = plain(name, known.language)
    endings = tuple(str(one) for one in known.listed("town_endings"))
    return low in places()[0].starts()[0] or low.endswith(endings) or low in german_towns()
