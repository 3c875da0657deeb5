"""What a language calls months, days and holidays, from CLDR and its lists, in lower case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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


def holidays_of(words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield holidays with their day, or as feasts or movable ones where that is reckoned."""
    yield from words["holidays"].items()
    yield from ((name, "feast") for name in words["feasts"])
    yield from ((name, "movable") for name in words["movable"])


def occasions_of(words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what names an offer, with when it is: a holiday, a whole weekend or season."""
    dated = words["holidays"].items()
    yield from ((name, when) for name, when in dated if name not in words["no_occasions"])
    yield from words["reckoned"].items()
    yield from words["whole_times"].items()


def order_of(locale: Locale) -> str:
    """Return in which order day, month and year are written; some write the day first in short."""
    if locale.territory == "ZA" or (locale.language, locale.territory) == ("fr", "CA"):
        return "dMy"
    short = locale.date_formats["short"].pattern.lower()
    return "".join(sorted("dMy", key=lambda part: short.find(part.lower())))


def short_months_of(locale: Locale) -> dict[str, int]:
    """Return the short names of months, of the language as well: Australians write Sep, too."""
    own, shared = months(locale, ("abbreviated",)), Locale(locale.language)
    also = {"sept": 9} if locale.language == "en" else {}
    return {**also, **months(shared, ("abbreviated",)), **own}
