"""The words of a language that matter to facts: from the lists beside this module, and CLDR."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from babel import Locale
from babel.dates import get_day_names, get_month_names

from storesync.copywriting.facts.fold import fold
from storesync.copywriting.facts.phrases import Phrases, bare, bare_too
from storesync.render.locales import locale_of

LISTED = frozenset({"en", "fr", "de", "es"})
CUES = [
    "off",
    "more",
    "share",
    "pays",
    "bound",
    "over",
    "under",
    "least",
    "or_more",
    "up_to",
    "was",
    "now",
    "start",
    "end",
    "range",
    "opens",
    "closes",
    "at",
    "closed",
    "hours_words",
    "percent",
    "on",
    "oclock",
    "am",
    "pm",
]
_GROUPS = ("innocent", "leaks", "always", "offers", "multiples", "relative", "claims")
# What may stand between a label and its number: rule no. 1.
_NUMBERED = (
    "",
    ": ",
    "no ",
    "no . ",
    "nr ",
    "nr . ",
    "n ° ",
    "n º ",
    "number ",
    "nummer ",
    "numéro ",
    "número ",
)
# Languages with letters of their own: a Cyrillic letter there is no disguise.
_OTHER_SCRIPTS = frozenset(
    ["ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg", "el", "hy", "ka"]
)
# English words that German, French or Spanish use otherwise.
_NOT_ELSEWHERE = frozenset({"one", "four", "ten", "second", "p", "penny", "million", "dozen"})
_SIGNS = {"$": "USD CAD AUD NZD MXN SGD HKD ARS CLP COP", "£": "GBP", "€": "EUR", "¥": "JPY CNY"}
_DOLLARS = "USD CAD AUD NZD SGD HKD"  # as a word: who writes $ for pesos calls none of them so
_OF_COUNTRY = {  # what languages write for the dollars of other countries
    **dict.fromkeys(("us$", "u$s", "$us", "$ us", "us dollars", "us-dollar"), "USD"),
    **dict.fromkeys(("ca$", "c$", "can$", "$ca", "$ ca", "$ can"), "CAD"),
    **dict.fromkeys(("a$", "au$"), "AUD"),
    **dict.fromkeys(("s$", "sg$"), "SGD"),
    **dict(zip(("mx$", "nz$", "hk$", "r$"), ("MXN", "NZD", "HKD", "BRL"), strict=True)),
    "dollars américains": "USD",
}
_NAMED = {"₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "zł": "PLN", "kč": "CZK", "ft": "HUF"}
_SIGNS_OF = {"kr": "SEK NOK DKK ISK", "sfr": "CHF", **_NAMED}


@dataclass(frozen=True, eq=False)
class Lexicon:
    """What a language's words mean here.

    `currencies` are ISO 4217 codes by sign or word; `given` are the ways to say that something is
    free or included, each with which of the two.
    """

    language: str
    words: Mapping[str, Any]
    numbers: Mapping[str, int]
    cues: Phrases
    phrases: Phrases
    shares: Phrases
    holidays: Phrases
    given: Mapping[str, str]
    months: Mapping[str, int]
    short_months: Mapping[str, int]
    weekdays: Mapping[str, int]
    short_weekdays: Mapping[str, int]
    units: Mapping[str, str]
    currencies: Mapping[str, frozenset[str]]
    sign: re.Pattern[str]
    decimal: str
    order: str
    dotted: bool
    latin: bool
    watched: frozenset[str]
    starts: frozenset[str]
    begun: frozenset[str]
    superlative: tuple[str, ...]

    def listed(self, name: str) -> Sequence[str]:
        """Return one of the language's plain lists."""
        found: Sequence[str] = self.words.get(name, ())
        return found


@lru_cache(maxsize=64)
def lexicon(tag: str) -> Lexicon:
    """Return the lexicon of a language tag; what is no known tag is read as English."""
    locale = known_locale(tag)
    language = locale.language
    words = listed(language if language in LISTED else "any")
    english = listed("en")
    numbers = dict(words["numbers"])
    numbers.update({bare(word): value for word, value in words["numbers"].items()})
    if language != "en":
        for word, value in english["numbers"].items():
            if word not in _NOT_ELSEWHERE:
                numbers.setdefault(word, value)
    cues = [(pattern, name) for name in CUES for pattern in words.get(name, ())]
    if language != "en":
        cues += [(pattern, "percent") for pattern in english["percent"]]
        cues += [("off", "off"), ("more", "more"), ("was", "was")] if language in LISTED else []
    shared = {**(english["shares"] if language != "en" else {}), **words["shares"]}
    movable = [(name, "movable") for name in words["movable"]]
    holidays = Phrases([*words["holidays"].items(), *movable])
    short = locale.date_formats["short"].pattern
    names = _currencies(locale, words)
    patterns = [(pattern, name) for name in _GROUPS for pattern in words[name]]
    patterns += [(f"{one} {sign}#", "innocent") for one in words["labels"] for sign in _NUMBERED]
    phrases = Phrases(patterns)
    shares = Phrases([(pattern, str(value)) for pattern, value in shared.items()])
    calendar = [_months(locale, (width,)) for width in ("wide", "abbreviated")]
    calendar += [_days(locale, ("wide",)), _days(locale, ("abbreviated", "short"))]
    starts = {*numbers, *names, *"+(#%"}
    starts.update(*(group.starts()[0] for group in (phrases, shares, holidays)), *calendar)
    starts.update(_first_words(words), (sign[0] for sign in names))
    return Lexicon(
        language=language,
        words=words,
        numbers=numbers,
        cues=Phrases(cues),
        phrases=phrases,
        shares=shares,
        holidays=holidays,
        given=dict(bare_too((one, name) for name in ("given", "included") for one in words[name])),
        months=_months(locale, ("wide",)),
        short_months=_months(locale, ("abbreviated",)) | ({"sept": 9} if language == "en" else {}),
        weekdays=_days(locale, ("wide",)),
        short_weekdays=_days(locale, ("abbreviated", "short")),
        units={
            form: unit
            for unit, forms in words["units"].items()
            for word in forms
            for form in (word, bare(word))
        },
        currencies=names,
        sign=_sign(names),
        decimal=_decimal(locale),
        order="".join(sorted("dMy", key=lambda part: short.lower().find(part.lower()))),
        dotted="." in short.rstrip("."),
        latin=language not in _OTHER_SCRIPTS,
        watched=frozenset(_watched(words, numbers)),
        starts=frozenset(starts),
        begun=phrases.starts()[1] | shares.starts()[1],
        superlative=tuple(words["superlative"]),
    )


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
    ):
        yield from words[name]
    yield from ("half", "quarter", "halb")


def _watched(words: Mapping[str, Any], numbers: Mapping[str, int]) -> Iterator[str]:
    """Yield words worth hiding: numbers, and offers of one word."""
    yield from (word for word in numbers if len(word) > 2)
    for pattern in (*words["offers"], *words["off"], *words["claims"]):
        if pattern.rstrip("*").isalpha() and len(pattern) > 3:
            yield pattern.rstrip("*")


@lru_cache(maxsize=128)
def known_locale(tag: str) -> Locale:
    """Return the locale of a tag, or of its language, or English."""
    for wanted in (tag, tag.partition("-")[0], "en"):
        try:
            return locale_of(wanted)
        except LookupError:
            continue
    return locale_of("en")


@lru_cache(maxsize=16)
def listed(name: str) -> Mapping[str, Any]:
    """Return one of the lists beside this module: of a language, or such as places."""
    folder = resources.files("storesync.copywriting.facts").joinpath("words")
    return tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def places() -> tuple[Phrases, frozenset[str]]:
    """Return known towns, and the words that stand before one."""
    known = listed("places")
    return Phrases([(name, "place") for name in known["known"]]), frozenset(known["cues"])


def _folded(name: str, locale: Locale) -> str:
    return fold(name, latin=locale.language not in _OTHER_SCRIPTS).low.strip(" .")


def _months(locale: Locale, widths: Sequence[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for width in widths:
        for context in ("format", "stand-alone"):
            for month, name in get_month_names(width, context, locale).items():
                word = _folded(name, locale)
                if word and not word.isdigit():
                    found.setdefault(word, int(month))
                    found.setdefault(bare(word), int(month))
    return found


def _days(locale: Locale, widths: Sequence[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for width in widths:
        for context in ("format", "stand-alone"):
            for day, name in get_day_names(width, context, locale).items():
                found.setdefault(_folded(name, locale), int(day))
    return found


def _decimal(locale: Locale) -> str:
    symbols = locale.number_symbols
    return str(symbols.get("latn", symbols).get("decimal", "."))


def _currencies(locale: Locale, words: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, sign in locale.currency_symbols.items():
        if sign.upper() != code:
            found.setdefault(_folded(sign, locale), set()).add(code)
    for sign, codes in {**_SIGNS, **_SIGNS_OF, **_OF_COUNTRY, **words["currency"]}.items():
        known = _DOLLARS if codes == "$" else codes
        found.setdefault(_folded(sign, locale), set()).update(known.split())
    if locale.territory in {"CH", "LI"}:  # elsewhere Fr is Friday
        found.setdefault("fr", set()).add("CHF")
    return {sign: frozenset(codes) for sign, codes in found.items() if sign}


def _sign(names: Mapping[str, Any]) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest))})(?!(?<=[^\W\d_])[^\W\d_])")


def minor_codes(words: str) -> frozenset[str]:
    """Return the currencies that a word for their hundredths may mean: EUR or any dollar."""
    return frozenset(
        " ".join(_SIGNS["$"] if code == "$" else code for code in words.split()).split()
    )
