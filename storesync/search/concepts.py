"""Words that mean one thing in several languages, and the times of year that words name.

In come stems, out come *concepts*: terms of the index that all words for one thing share, such as
`c_occasion_christmas`, `m_12` for a month, `d_0` for a Monday. Names of months and weekdays are
the Unicode CLDR's (by Babel), the rest is `concepts.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from storesync.search.language import says_nothing
from storesync.search.text import stem, stems

_LONGEST = 3  # words of a phrase, stop words included
_PART = 4  # letters of the shorter part of a compound


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing: its term in the index, its months if it has some, and a word by language."""

    term: str
    months: tuple[int, ...]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Concepts by phrase: a phrase is a tuple of stems."""

    phrases: dict[tuple[str, ...], tuple[str, ...]]
    concepts: dict[str, Concept]


@cache
def lexicon(languages: tuple[str, ...] = ()) -> Lexicon:
    """Return all concepts, with months and weekdays in the listed and in these languages."""
    text = resources.files(__package__).joinpath("concepts.toml").read_text(encoding="utf-8")
    phrases: dict[tuple[str, ...], list[str]] = {}
    concepts = {}
    listed: set[str] = set()
    for kind, entries in tomllib.loads(text).items():
        for name, entry in entries.items():
            months = tuple(entry.pop("months", ()))
            term = f"c_{kind}_{name.replace('-', '_')}"
            concepts[term] = Concept(term, months, {key: all_[0] for key, all_ in entry.items()})
            listed |= set(entry)
            for phrase in (phrase for all_ in entry.values() for phrase in all_):
                _add(phrases, phrase, term)
    for language in sorted(listed | set(languages)):
        for term, month, name in _named(language):
            concepts.setdefault(term, Concept(term, month, {})).names.setdefault(language, name)
            _add(phrases, name, term)
    return Lexicon({phrase: tuple(terms) for phrase, terms in phrases.items()}, concepts)


def _add(phrases: dict[tuple[str, ...], list[str]], phrase: str, term: str) -> None:
    found = tuple(stems(phrase))
    if len(found) == 1 and found[0] in says_nothing():
        return  # thé without its accent is "the"
    known = phrases.setdefault(found, [])
    if term not in known:
        known.append(term)


def _named(language: str) -> Iterable[tuple[str, tuple[int, ...], str]]:
    """Yield months and weekdays with their CLDR names in a language; none if it has none."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return
    for context in ("format", "stand-alone"):
        for number, name in locale.months[context]["wide"].items():
            if language != "en" or number != 5:
                yield f"m_{number}", (number,), name
        for number, name in locale.days[context]["wide"].items():
            yield f"d_{number}", (), name


def concepts_in(tokens: Sequence[str], known: Lexicon) -> list[tuple[str, int, int]]:
    """Return the concepts of stems with where they stand: (term, first, behind the last).

    The longest phrase counts; a long word that is no phrase is looked into for two that are:
    Weihnachtsgebäck, Sommerblumen.
    """
    found = []
    start = 0
    while start < len(tokens):
        step = 1
        for length in range(min(_LONGEST, len(tokens) - start), 0, -1):
            terms = known.phrases.get(tuple(tokens[start : start + length]))
            if terms is None and length == 1:
                terms = _compound(tokens[start], known)
            if terms:
                found += [(term, start, start + length) for term in terms]
                step = length
                break
        start += step
    return found


def _compound(word: str, known: Lexicon) -> tuple[str, ...]:
    """Return the concepts of the two words that a long word is made of."""
    best: tuple[str, ...] = ()
    for cut in range(_PART, len(word) - _PART + 1):
        right = known.phrases.get((stem(word[cut:]),), ())
        for left_word in {word[:cut], word[:cut].removesuffix("s"), word[:cut].removesuffix("n")}:
            left = known.phrases.get((stem(left_word),), ())
            sure = (left and right) or len(left_word) > _PART + 1
            if sure and len(left) + len(right) > len(best):
                best = tuple(dict.fromkeys((*left, *right)))
    return best
