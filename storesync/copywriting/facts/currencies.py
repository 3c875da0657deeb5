"""What the signs, codes and words for money mean in a language: CLDR, and what people write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from babel import Locale

from storesync.copywriting.facts.fold import fold

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


def currencies(
    locale: Locale, words: Mapping[str, str], *, latin: bool
) -> dict[str, frozenset[str]]:
    """Return the ISO 4217 codes that each sign or word means; `words` are a language's own."""
    found: dict[str, set[str]] = {}

    def add(sign: str, codes: Iterable[str]) -> None:
        found.setdefault(fold(sign, latin=latin).low.strip(" ."), set()).update(codes)

    for code, sign in locale.currency_symbols.items():
        if sign.upper() != code:
            add(sign, [code])
    for sign, codes in {**_SIGNS, **_SIGNS_OF, **_OF_COUNTRY, **words}.items():
        add(sign, (_DOLLARS if codes == "$" else codes).split())
    if locale.territory in {"CH", "LI"}:  # elsewhere Fr is Friday
        add("fr", ["CHF"])
    return {sign: frozenset(codes) for sign, codes in found.items() if sign}


def sign_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for the longest of some signs and words of money."""
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest))})(?!(?<=[^\W\d_])[^\W\d_])")


def minor_codes(words: str) -> frozenset[str]:
    """Return the currencies that a word for their hundredths may mean: EUR or any dollar."""
    return frozenset(
        " ".join(_SIGNS["$"] if code == "$" else code for code in words.split()).split()
    )
