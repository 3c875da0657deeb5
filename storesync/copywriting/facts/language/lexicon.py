"""The words of a language that matter to facts: from the lists beside this module, and CLDR."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import Locale

from storesync.copywriting.facts.language.calendars import OTHER_SCRIPTS, days, months
from storesync.copywriting.facts.language.currencies import Signs, currencies
from storesync.copywriting.facts.language.patterns import CUES, patterns, without
from storesync.copywriting.facts.language.phrases import Phrases, bare, bare_too
from storesync.copywriting.facts.language.run_on import up_to_a_thousand
from storesync.copywriting.facts.language.word_lists import (
    LISTED,
    known_locale,
    listed,
    words_of_language,
)

_REGION = re.compile(r"-([A-Z]{2})\b")
# English words that other languages use otherwise.
_NOT_ELSEWHERE = frozenset({"one", "four", "ten", "second", "p", "penny", "million", "dozen"})


@dataclass(frozen=True, eq=False)
class Lexicon:
    """What a language's words mean here.

    `days` are names of weekdays and `nth` ordinals, one word for each. `currencies` are ISO 4217
    codes by sign or word; `spaced` says that thousands are written 1 040; `given` are the ways to
    say that something is free or included, each with which of the two; `multibuys` those for 3 for
    2, with their sum.
    """

    language: str
    words: Mapping[str, Any]
    numbers: Mapping[str, int]
    cues: Phrases
    phrases: Phrases
    shares: Phrases
    holidays: Phrases
    remedies: Phrases
    in_the_past: Phrases
    bodies: Phrases
    to_hour: Phrases
    past_hour: Phrases
    given: Mapping[str, str]
    multibuys: Mapping[str, str]
    months: Mapping[str, int]
    short_months: Mapping[str, int]
    weekdays: Mapping[str, int]
    short_weekdays: Mapping[str, int]
    units: Mapping[str, str]
    days: Mapping[int, str]
    nth: Mapping[int, str]
    currencies: Mapping[str, frozenset[str]]
    sign: Signs
    decimal: str
    spaced: bool
    order: str
    dotted: bool
    latin: bool
    watched: frozenset[str]
    scope: frozenset[str]
    starts: frozenset[str]
    begun: frozenset[str]
    superlative: tuple[str, ...]

    def listed(self, name: str) -> Sequence[str]:
        """Return one of the language's plain lists."""
        found: Sequence[str] = self.words.get(name, ())
        return found

    def has(self, word: str, *names: str) -> bool:
        """Say whether one of some plain lists has a word, or a beginning of it: treat*."""
        return _has(self, word, names)

    def is_room(self, word: str) -> bool:
        """Say whether a word names what is let by the night: a room, a Doppelzimmer."""
        rooms = tuple(self.listed("rooms"))
        return word in rooms or (bool(self.words.get("joined")) and word.endswith(rooms))


@lru_cache(maxsize=16384)
def _has(words: Lexicon, word: str, names: tuple[str, ...]) -> bool:
    return any(
        word == one or (one.endswith("*") and word.startswith(one[:-1]))
        for name in names
        for one in words.listed(name)
    )


@lru_cache(maxsize=64)
def lexicon(tag: str) -> Lexicon:
    """Return the lexicon of a language tag; what is no known tag is read as English."""
    locale = known_locale(tag)
    language = locale.language
    words = words_of_language(language)
    english = listed("en")
    numbers = _numbers(words, {} if language == "en" else english["numbers"])
    shared = {**(english["shares"] if language != "en" else {}), **words["shares"]}
    undated = [(name, kind) for kind in ("feasts", "movable") for name in words[kind]]
    holidays = Phrases([*words["holidays"].items(), *undated])
    remedies = _by_list(words, "remedies", "farewells", "ailments")
    to_hour = Phrases((one, str(shift)) for one, shift in words["to_hour"].items())
    weights = words["weights"] if locale.territory == "US" else {}
    names = _currencies(locale, tag, words, weights)
    long_months = _named(months(locale, ("wide",)), words, "other_months")
    weekdays = _weekdays(locale, words)
    short_months = _named(_short_months(locale), words)
    short_weekdays = _named(days(locale, ("abbreviated", "short")), words, "short_weekdays")
    phrases = Phrases(patterns(words, long_months))
    shares = Phrases([(pattern, str(value)) for pattern, value in shared.items()])
    calendar = [long_months, short_months, weekdays, short_weekdays]
    groups = (phrases, shares, holidays, remedies, to_hour)
    starts = {*numbers, *names, *"+(#%", *_first_words(words), *(sign[0] for sign in names)}
    starts.update(*(group.starts()[0] for group in groups), *calendar)
    return Lexicon(
        language=language,
        words=words,
        numbers=numbers,
        cues=Phrases(_cues(words, {} if language == "en" else english, language)),
        phrases=phrases,
        shares=shares,
        holidays=holidays,
        remedies=remedies,
        in_the_past=_by_list(words, "in_the_past"),
        to_hour=to_hour,
        past_hour=Phrases((one, str(shift)) for one, shift in words["past_hour"].items()),
        bodies=_by_list(words, "bodies"),
        given=_given(words),
        multibuys=dict(bare_too(words["multibuys"].items())),
        months=long_months,
        short_months=short_months,
        weekdays=weekdays,
        short_weekdays=short_weekdays,
        units=_units(words["units"]) | _units(weights),
        days=_first(days(locale, ("wide",))),
        nth=_first(words["ordinals"]),
        currencies=names,
        sign=Signs(names),
        decimal="." if language == "en" else _symbol(locale, "decimal"),  # R1,200 in South Africa
        spaced=language != "en" or _symbol(locale, "group").isspace(),
        order=_order(locale),
        dotted="." in locale.date_formats["short"].pattern.rstrip(".")
        or language == "it",  # fino al 14.2.
        latin=language not in OTHER_SCRIPTS,
        watched=frozenset(_watched(words, numbers)),
        scope=frozenset([*words["scope"], *words["everyone"], *words["also"]]),
        starts=frozenset(starts),
        begun=phrases.starts()[1] | shares.starts()[1] | remedies.starts()[1],
        superlative=tuple(words["superlative"]),
    )


def _order(locale: Locale) -> str:
    """Return in which order day, month and year are written; some write the day first in short."""
    if locale.territory == "ZA" or (locale.language, locale.territory) == ("fr", "CA"):
        return "dMy"
    short = locale.date_formats["short"].pattern.lower()
    return "".join(sorted("dMy", key=lambda part: short.find(part.lower())))


def _short_months(locale: Locale) -> dict[str, int]:
    """Return the short names of months, of the language as well: Australians write Sep, too."""
    own, shared = months(locale, ("abbreviated",)), Locale(locale.language)
    also = {"sept": 9} if locale.language == "en" else {}
    return {**also, **months(shared, ("abbreviated",)), **own}


def _by_list(words: Mapping[str, Any], *names: str) -> Phrases:
    """Return the phrases of some lists, each with the name of its list."""
    return Phrases((pattern, name) for name in names for pattern in words[name])


def _cues(
    words: Mapping[str, Any], english: Mapping[str, Any], language: str
) -> Iterator[tuple[str, str]]:
    """Yield a language's cues, and those of English that all of Europe's shops write."""
    yield from ((pattern, name) for name in CUES for pattern in words.get(name, ()))
    yield from ((pattern, "percent") for pattern in english.get("percent", ()))
    if english and language in LISTED:
        yield from (("off", "off"), ("more", "more"), ("was", "was"))


def _weekdays(locale: Locale, words: Mapping[str, Any]) -> dict[str, int]:
    """Return the days of the week by name, with a part of the day, too: Sonntagnacht."""
    named = _named(days(locale, ("wide",)), words, "other_weekdays")
    parts = ("", *words["day_parts"])
    return {f"{day}{part}": number for day, number in named.items() for part in parts}


def _named(
    names: Mapping[str, int], words: Mapping[str, Any], more: str | None = None
) -> dict[str, int]:
    """Return names of months or days, with those of a list, and without other words."""
    others = words[more].items() if more else ()
    found = {**names, **{form: at for word, at in others for form in (word, bare(word))}}
    return {word: at for word, at in found.items() if word not in words["not_in_calendar"]}


def _given(words: Mapping[str, Any]) -> dict[str, str]:
    groups = ("given", "included")
    return dict(bare_too((one, name) for name in groups for one in without(words, name)))


def _currencies(
    locale: Locale, tag: str, words: Mapping[str, Any], weights: Mapping[str, Sequence[str]]
) -> Mapping[str, frozenset[str]]:
    """Return what signs and words for money mean, but for words that are weights here."""
    weighed = {form for forms in weights.values() for form in forms}
    own = {word: code for word, code in words["currency"].items() if word not in weighed}
    region = _REGION.search(tag)  # of German in Sweden, which CLDR has not
    territory = locale.territory or (region[1] if region else "")
    idle = weighed.union(words.get("no_money", ()))
    latin = locale.language not in OTHER_SCRIPTS
    return currencies(locale, own, idle, territory, latin=latin)


def _units(listed: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the unit of each word for one, with accents and without."""
    return {
        form: unit
        for unit, forms in listed.items()
        for word in forms
        for form in (word, bare(word))
    }


def _numbers(words: Mapping[str, Any], english: Mapping[str, int]) -> dict[str, int]:
    """Return a language's words for numbers, and those that English has besides."""
    numbers = {word: value for word, value in english.items() if word not in _NOT_ELSEWHERE}
    own = words["numbers"]
    if words.get("run_on"):
        own = {**up_to_a_thousand(own), **own}
    for form in (bare, str):
        numbers |= {form(word): value for word, value in own.items()}
    return numbers


def _first_words(words: Mapping[str, Any]) -> Iterator[str]:
    """Yield other words that something may begin with: a third, rue, thousands, half past."""
    for name in (
        "ordinals",
        "fractions",
        "clock",
        "article",
        "street_before",
        "vague",
        "most",
        "notes",
        "spans",
        "favourites",
        "taken",
        "hours",
    ):
        yield from words[name]
    if words.get("joined"):
        yield from (f"{ordinal}r" for ordinal in words["ordinals"])  # zwölfter
    yield from ("half", "quarter", "dot", "punkt", "point", "punto", "[")


def _watched(words: Mapping[str, Any], numbers: Mapping[str, int]) -> Iterator[str]:
    """Yield words worth hiding: numbers, and offers of one word."""
    yield from (word for word in numbers if len(word) > 2)
    for pattern in (*words["offers"], *words["multibuys"], *words["off"], *words["claims"]):
        if pattern.rstrip("*").isalpha() and len(pattern) > 3:
            yield pattern.rstrip("*")


def _first(values: Mapping[str, int]) -> dict[int, str]:
    """Return the first word for each of some values."""
    return {value: word for word, value in reversed(list(values.items()))}


def _symbol(locale: Locale, name: str) -> str:
    """Return a sign of how numbers are written in Latin digits: decimal, group."""
    symbols = locale.number_symbols
    return str(symbols.get("latn", symbols).get(name, "."))
