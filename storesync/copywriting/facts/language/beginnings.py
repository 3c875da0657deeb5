"""With which words each kind of statement can begin: most words of a text begin none of them."""

from __future__ import annotations

from functools import lru_cache

from babel.numbers import list_currencies

from storesync.copywriting.facts.language.abroad import begin_abroad
from storesync.copywriting.facts.language.lexicon import Lexicon


def begins_date(low: str, words: Lexicon) -> bool:
    """Say whether a word that is no number can begin a date."""
    known = (words.words["ordinals"], words.months, words.short_months)
    holiday = words.holidays.may_begin(low) or low in words.listed("holiday_ends")
    ordinal = low[:-1] in words.words["ordinals"] or low.endswith(words.superlative)
    joined = ordinal and bool(words.words.get("joined"))  # zwölfter, vierundzwanzigster
    return any(low in one for one in known) or holiday or joined or low in _begin_ends(words)


@lru_cache(maxsize=64)
def _begin_ends(words: Lexicon) -> frozenset[str]:
    ends = (one.split()[0] for one in words.listed("ends_of_month"))
    return frozenset([*ends, *words.listed("calendar_weeks")])


def begins_wording(low: str, words: Lexicon) -> bool:
    """Say whether a word that is no number can begin a listed phrase."""
    return words.phrases.may_begin(low) or words.shares.may_begin(low)


def begins_occasion(low: str, words: Lexicon) -> bool:
    """Say whether a word that is no number can begin what an offer is named after."""
    return words.occasions.may_begin(low)


def begins_superlative(low: str, words: Lexicon) -> bool:
    """Say whether a word can be or begin a superlative."""
    listed = low in words.listed("most") or low in words.listed("favourites")
    return listed or low.endswith(words.superlative)


def begins_remedy(low: str, words: Lexicon) -> bool:
    """Say whether a word that is no number can begin what does something to the body."""
    return words.remedies.may_begin(low)


def begins_time(low: str, words: Lexicon) -> bool:
    """Say whether a word that is no number can begin a time of day."""
    known = low in words.words["clock"] or low in words.words["hours"]
    return known or words.to_hour.may_begin(low)


def begins_amount(low: str, words: Lexicon) -> bool:
    """Say whether a word that is no number can begin an amount: a half, a tenner, an hour, USD."""
    listed = ("fractions", "article", "notes", "spans")
    known = any(low in words.words[name] for name in listed) or low in {"a", "an"}
    money = low.upper() in codes() or low in begin_money(words) or low in begin_abroad()
    return known or low in words.units or money


def begins_ratio(low: str, words: Lexicon) -> bool:
    """Say whether a word can begin so much of each unit of money: for every dollar, a euro."""
    return low in _begin_units(words) or begins_amount(low, words)


@lru_cache(maxsize=64)
def _begin_units(words: Lexicon) -> frozenset[str]:
    return frozenset(cue.split()[0] for cue in words.listed("each_unit"))


def begins_weekday(low: str, words: Lexicon) -> bool:
    """Say whether a word is a day of the week."""
    known = (words.weekdays, words.short_weekdays)
    return any(low in one for one in known) or low.removesuffix("s") in words.weekdays


@lru_cache(maxsize=1)
def codes() -> frozenset[str]:
    """Return the codes of all currencies."""
    return frozenset(list_currencies())


@lru_cache(maxsize=64)
def begin_money(words: Lexicon) -> frozenset[str]:
    """Return the beginnings of all signs and words for money."""
    return frozenset(sign[:end] for sign in words.currencies for end in range(1, len(sign) + 1))
