"""What a language calls months and days, from CLDR, in folded lower case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from babel import Locale
from babel.dates import get_day_names, get_month_names

from storesync.copywriting.facts.language.fold import fold
from storesync.copywriting.facts.language.phrases import bare

# Languages with letters of their own: a Cyrillic letter there is no disguise.
OTHER_SCRIPTS = frozenset(
    ["ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg", "el", "hy", "ka"]
)


def _folded(name: str, locale: Locale) -> str:
    return fold(name, latin=locale.language not in OTHER_SCRIPTS).low.strip(" .")


def months(locale: Locale, widths: Sequence[Any]) -> dict[str, int]:
    """Return the number of each name of a month, with accents and without."""
    found: dict[str, int] = {}
    for width in widths:
        for context in ("format", "stand-alone"):
            for month, name in get_month_names(width, context, locale).items():
                word = _folded(name, locale)
                if word and not word.isdigit():
                    found.setdefault(word, int(month))
                    found.setdefault(bare(word), int(month))
    return found


def days(locale: Locale, widths: Sequence[Any]) -> dict[str, int]:
    """Return the number of each name of a weekday, 0 for Monday, with accents and without."""
    found: dict[str, int] = {}
    for width in widths:
        for context in ("format", "stand-alone"):
            for day, name in get_day_names(width, context, locale).items():
                word = _folded(name, locale)
                found.setdefault(word, int(day))
                found.setdefault(bare(word), int(day))
    return found
