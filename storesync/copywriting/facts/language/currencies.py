"""What the signs, codes and words for money mean in a language: CLDR, and what people write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name, get_territory_currencies

from storesync.copywriting.facts.language.fold import fold
from storesync.copywriting.facts.language.word_lists import listed

_SIGNS = {"$": "USD CAD AUD NZD MXN SGD HKD ARS CLP COP", "£": "GBP", "€": "EUR", "¥": "JPY CNY"}
_BEGIN = 2  # characters by which names are looked up
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


_FORMS = (0, 1, 2, 5, 100)  # numbers that ask for each form of a name, in Polish too
_HEAD_LAST = frozenset({"en", "de", "nl"})  # Indian rupees; others say rupie indiane


def currencies(
    locale: Locale,
    words: Mapping[str, str],
    not_money: Iterable[str],
    territory: str,
    *,
    latin: bool,
) -> dict[str, frozenset[str]]:
    """Return the ISO 4217 codes that each sign or word means; `words` are a language's own.

    What is `not_money` elsewhere, such as a crown, is money in a territory whose own it is.
    """
    found: dict[str, set[str]] = {}

    def add(sign: str, codes: Iterable[str]) -> None:
        found.setdefault(fold(sign, latin=latin).low.strip(" ."), set()).update(codes)

    for code, sign in locale.currency_symbols.items():
        if sign.upper() != code:
            add(sign, [code])
    for sign, codes in {**_SIGNS, **_SIGNS_OF, **_OF_COUNTRY, **words}.items():
        add(sign, (_DOLLARS if codes == "$" else codes).split())
    own, written = _of_territory(territory), listed("money")["written"]
    for name, code in _names(locale):
        if code in own or name not in not_money:
            add(name, [code])
    for code in own:
        for sign in written.get(code, ()):
            add(sign, [code])
    if territory in {"CH", "LI"}:  # elsewhere Fr is Friday
        add("fr", ["CHF"])
    return {sign: frozenset(codes) for sign, codes in found.items() if sign}


def _of_territory(territory: str) -> frozenset[str]:
    return frozenset(get_territory_currencies(territory) if territory else ())


@lru_cache(maxsize=1)
def _in_use() -> tuple[str, ...]:
    """Return the currencies that a territory has today."""
    return tuple(
        sorted({code for one in get_global("territory_currencies") for code in _of_territory(one)})
    )


def _names(locale: Locale) -> Iterator[tuple[str, str]]:
    """Yield what a language calls currencies, in full and by the noun: Indian rupees, rupees."""
    for code in _in_use():
        for name in {get_currency_name(code, count, locale) for count in _FORMS}:
            said = name.casefold()
            parts = re.split(r"[ -]", said)
            noun = parts[-1 if locale.language in _HEAD_LAST else 0]
            if said.upper() != code and noun.isalpha():
                yield said, code
                yield noun, code


class Signs:
    """Signs and words of money, to be found in a text. A pattern would take long to make."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names in folded lower case."""
        longest = sorted(names, key=lambda name: (name[:_BEGIN], -len(name), name))
        self._begun: dict[str, list[str]] = {
            one: list(some) for one, some in groupby(longest, itemgetter(slice(_BEGIN)))
        }

    def at(self, low: str, start: int) -> str:
        """Return the longest name that stands as a whole at a place of a text, or nothing."""
        begun, letter = low[start : start + _BEGIN], low[start : start + 1]
        for name in self._begun.get(begun, []) + self._begun.get(letter, []):
            end = start + len(name)
            goes_on = name[-1].isalpha() and low[end : end + 1].isalpha()
            if not goes_on and low.startswith(name, start):
                return name
        return ""


def minor_codes(words: str) -> frozenset[str]:
    """Return the currencies that a word for their hundredths may mean: EUR or any dollar."""
    return frozenset(
        " ".join(_SIGNS["$"] if code == "$" else code for code in words.split()).split()
    )
