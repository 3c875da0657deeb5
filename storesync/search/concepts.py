"""Words that mean one thing in several languages, and the times of year that words name.

In come stems, out come *concepts*: terms of the index that all words for one thing share, such as
`c_occasion_christmas`, `m_12` for a month, `d_0` for a Monday. Names of months and weekdays are
the Unicode CLDR's (by Babel), the rest is `concepts.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from storesync.search.language import says_nothing
from storesync.search.text import Token, stem, tokens

_LONGEST = 3  # words of a phrase, stop words included
_PART = 4  # letters of the shorter part of a compound
# Known to brands that speak them alone: "estate" is summer in Italian, and else a vineyard.
IF_SPOKEN = frozenset({"it", "nl"})
_ALONE = 6  # letters of a part that tells enough without the other


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing: its term in the index, its months if it has some, and a word by language."""

    term: str
    months: tuple[int, ...]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Concepts by phrase, and the languages that phrases are of: a phrase is a tuple of stems.

    `above` has what a concept is a kind of, serves or belongs to, and what stands above those.
    `apart` has what it is no kind of, though what stands above it may be. `spoken` are the
    languages whose words are known.
    """

    phrases: dict[tuple[str, ...], tuple[str, ...]]
    concepts: dict[str, Concept]
    languages: dict[tuple[str, ...], set[str]]
    above: dict[str, tuple[str, ...]]
    apart: dict[str, frozenset[str]]
    spoken: list[str]

    def marks(self, terms: Iterable[str], beside: Collection[str]) -> Iterator[str]:
        """Yield what stands above each of some terms of a document that holds those `beside`.

        A general word beside a special one is that special thing: of a document on iced coffee the
        word coffee tells no hot drink.
        """
        barred = {
            (general, upper)
            for term in self.apart.keys() & set(beside)
            for general in self.above.get(term, ())
            for upper in self.apart[term]
        }
        for term in terms:
            for upper in self.above.get(term, ()):
                if (term, upper) not in barred:
                    yield upper


class Found(NamedTuple):
    """A concept in a text: its term, the first word and the one behind the last.

    Of a compound `part` says which part names it: 1 or 2; and `whole` is false where nothing is
    known of the other.
    """

    term: str
    first: int
    behind: int
    whole: bool = True
    part: int = 0


@cache
def lexicon(languages: tuple[str, ...] = ()) -> Lexicon:
    """Return all concepts, with months and weekdays in the listed and in these languages.

    Words of some languages are known where they are among these only: see `IF_SPOKEN`.
    """
    found = Lexicon({}, {}, {}, {}, {}, [])
    listed: set[str] = set()
    for term, months, words_by_language in (*_tables(), *_lines()):
        known = {
            language: all_
            for language, all_ in words_by_language.items()
            if language in languages or language not in IF_SPOKEN
        }
        names = {language: all_[0] for language, all_ in known.items()}
        found.concepts.setdefault(term, Concept(term, months, names))
        listed |= set(names)
        for language, all_ in known.items():
            for phrase in all_:
                _add(found, phrase, term, language)
    found.spoken.extend(sorted(listed))
    for language in sorted(listed | set(languages)):
        for term, months, name in _named(language):
            concept = found.concepts.setdefault(term, Concept(term, months, {}))
            concept.names.setdefault(language, name)
            _add(found, name, term, language)
    _link(found)
    return found


def _links(known: Lexicon) -> Iterator[tuple[str, str, str]]:
    """Yield what `links.toml` has: a concept, another, and the table that has it below that.

    Raises ValueError where that names what no list does.
    """
    text = resources.files(__package__).joinpath("links.toml").read_text(encoding="utf-8")
    for table, entries in tomllib.loads(text).items():
        for general, listed in entries.items():
            uppers = _concepts_of(general, known)
            for word in listed.split(","):
                for term in _concepts_of(word, known):
                    yield from ((term, upper, table) for upper in uppers if upper != term)


def _concepts_of(phrase: str, known: Lexicon) -> tuple[str, ...]:
    """Return what a phrase names; of several things the one that it is the first word for."""
    terms = known.phrases.get(tuple(token.stem for token in tokens(phrase)), ())
    if not terms:
        message = f"links.toml: no list has {phrase.strip()!r}"
        raise ValueError(message)
    return tuple(t for t in terms if known.concepts[t].names.get("en") == phrase.strip()) or terms


def _link(known: Lexicon) -> None:
    """Fill in what stands above each concept, one step and two."""
    above: dict[str, set[str]] = {}
    for term, upper, table in _links(known):
        if table == "apart":
            known.apart[term] = known.apart.get(term, frozenset()) | {upper}
            continue
        above.setdefault(term, set()).add(upper)
    for term, first in above.items():
        second = {upper for middle in first for upper in above.get(middle, ())}
        known.above[term] = tuple(
            sorted((first | second) - {term} - known.apart.get(term, frozenset()))
        )


def _tables() -> Iterator[tuple[str, tuple[int, ...], dict[str, list[str]]]]:
    """Yield the concepts of `concepts.toml`: term, months, language -> words."""
    text = resources.files(__package__).joinpath("concepts.toml").read_text(encoding="utf-8")
    for kind, entries in tomllib.loads(text).items():
        for name, entry in entries.items():
            months = tuple(entry.pop("months", ()))
            yield f"c_{kind}_{name.replace('-', '_')}", months, entry


def _lines() -> Iterator[tuple[str, tuple[int, ...], dict[str, list[str]]]]:
    """Yield those of `lexicon.txt`, a line each."""
    text = resources.files(__package__).joinpath("lexicon.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            cells = [[word.strip() for word in cell.split(",")] for cell in line.split("|")]
            term = "w_" + "_".join(token.stem for token in tokens(cells[0][0]))
            yield term, (), dict(zip(("en", "de", "fr", "es"), cells, strict=False))


def _add(lexicon_: Lexicon, phrase: str, term: str, language: str) -> None:
    found = tokens(phrase)
    if len(found) == 1 and found[0].word in says_nothing():
        return  # thé without its accent is "the"
    key = tuple(token.stem for token in found)
    known = lexicon_.phrases.setdefault(key, ())
    if term not in known:
        lexicon_.phrases[key] = (*known, term)
    lexicon_.languages.setdefault(key, set()).add(language)


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


def concepts_in(text: Sequence[Token], known: Lexicon, *, inner: bool = False) -> list[Found]:
    """Return the concepts of a text's words with where they stand.

    The longest phrase counts, with `inner` also what is in it; a long word that is no phrase is
    looked into for two that are: Weihnachtsgebäck, Sommerblumen.
    """
    found: list[Found] = []
    start = 0
    while start < len(text):
        step = 1
        for length in range(min(_LONGEST, len(text) - start), 0, -1):
            terms = known.phrases.get(tuple(token.stem for token in text[start : start + length]))
            if length == 1 and text[start].word in says_nothing():
                break
            if terms:
                found += [Found(term, start, start + length) for term in terms]
                if inner and length == 1:
                    found += _compound(text[start].word, known, start)
                step = 1 if inner else length
                if not inner:
                    break
            elif length == 1:
                found += _compound(text[start].word, known, start)
        start += step
    return found


def _compound(word: str, known: Lexicon, at: int) -> list[Found]:
    """Return the concepts of the two words that a long word is made of."""
    best: list[Found] = []
    for cut in range(_PART, len(word) - _PART + 1):
        end = (stem(word[cut:]),)
        right = known.phrases.get(end, ())
        for left_word in {word[:cut], word[:cut].removesuffix("s"), word[:cut].removesuffix("n")}:
            begin = (stem(left_word),)
            left = known.phrases.get(begin, ())
            if left and right and not known.languages[begin] & known.languages[end]:
                continue  # Schneckenplage: plage is a beach in French alone
            both = bool(left and right)
            alone = (left and len(left_word) >= _ALONE) or (right and len(word) - cut >= _ALONE)
            sides = [*((term, 1) for term in left), *((term, 2) for term in right)]
            if (both or alone) and (both, len(sides)) > (bool(best) and best[0].whole, len(best)):
                best = [Found(term, at, at + 1, both, side) for term, side in sides]
    return best
