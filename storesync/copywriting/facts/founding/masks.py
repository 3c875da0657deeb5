"""Where a text says declared words: names, legal texts, claims and statements, as whole phrases."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.declared.streets import heart_of, other_forms
from storesync.copywriting.facts.declared.written import written
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.offers import stands_alone
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.fold import fold
from storesync.copywriting.facts.language.given import among, words_of
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.reading.read import read

# A name that holds one of these vouches for nothing: a location may be called "99% off", or
# "until tomorrow".
_NO_NAME = frozenset(
    {Kind.PERCENT, Kind.MONEY, Kind.OFFER, Kind.CLAIM, Kind.LEAK, Kind.URL, Kind.PHONE}
)
_PROMISED = frozenset({Kind.PERCENT, Kind.OFFER, Kind.CLAIM, Kind.LEAK})
_PASSING = frozenset({"end", "relative"})
_OFFERED = frozenset({"given", "included", "multibuy", "share"})
Span = tuple[int, int]
# Thai, Lao, Burmese, Khmer, Chinese and Japanese put no spaces between words.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_STOP = re.compile(r"(?<=[.!?]) +(?=[^\W\d_a-z])")
_ENDING = re.compile(r"(?:es|en|er|em|[senx])\Z")
_ENDINGS = "(?:es|en|er|em|[senx])?"
_WORD = re.compile(r"\w+|[^\w\s]")
_PAUSES = frozenset(",'-:–")
_SHORT, _FEW = 4, 2  # letters, words
_BESIDE = 24
_MANY = 16


class Spans:
    """Spans of a text, asked whether one of them holds another: in time by their logarithm."""

    def __init__(self, spans: list[Span]) -> None:
        """Take the spans in any order; what lies in another is left out."""
        self._few = spans if len(spans) < _MANY else None  # nothing to sort, as in most texts
        if self._few is not None:
            return
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
            if not self._ends or end > self._ends[-1]:
                self._starts.append(start)
                self._ends.append(end)

    def hold(self, start: int, end: int) -> bool:
        """Say whether one of the spans holds all from a start to an end."""
        if self._few is not None:
            return any(first <= start and end <= last for first, last in self._few)
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._ends[at]


class Masks(NamedTuple):
    """The spans of a text that declared phrases cover: all of them, and those of statements."""

    spans: list[Span]
    stated: list[Span]


def masks(low: str, locale: str, facts: Facts) -> Masks:
    """Return the spans of a folded text in a language that declared phrases cover.

    A statement covers no offer beside which another thing is given: *free netting* and stakes.
    """
    low, positions = _squeezed(low)
    found: list[Span] = []
    for name in (*facts.names, *_streets(facts.names, low, locale)):
        spans = list(occurrences(low, plain(name, locale)))
        if spans and _is_name(name, locale):
            found += spans
    for product in facts.products:
        if not any(item.kind in _NO_NAME for item in _but_multiples(product, locale)):
            found += (match.span() for match in _forms(product, locale).finditer(low))
    for phrase in (*_sentences(facts.legal, facts.locale), *written(facts, locale)):
        found += occurrences(low, plain(phrase, locale))
    for phrase in facts.claims:
        found += [*_told(low, phrase, locale), *_told_otherwise(low, phrase, locale)]
    stated = [span for one in facts.statements for span in _told(low, one, locale)]
    alone = [
        (start, end)
        for start, end in stated
        if stands_alone(low[max(0, start - _BESIDE) : start], low[end : end + _BESIDE], locale)
    ]
    return Masks(_placed([*found, *alone], positions), _placed(stated, positions))


def _told(low: str, phrase: str, locale: str) -> Iterator[Span]:
    """Yield where a plain phrase stands as a whole, also with its longer words in other forms."""
    wanted = plain(phrase, locale)
    if wanted in low:
        yield from occurrences(low, wanted)
        return
    begins, forms = _inflected(phrase, locale)
    if begins and begins in low:
        yield from (match.span() for match in forms.finditer(low))


def _told_otherwise(low: str, phrase: str, locale: str) -> Iterator[Span]:
    """Yield where all words of a claim stand in another order, with no others among them."""
    words = words_of(locale)
    every = words_of_name(phrase, locale)
    wanted = [word for word in every if words.speaks(word)]
    if len(wanted) < _FEW or max(wanted, key=len)[:_SHORT] not in low:
        return
    found: list[re.Match[str]] = []
    for match in _WORD.finditer(f"{low}."):
        word = match[0]
        if word in every or among(word, wanted):
            found.append(match)
        elif word in words.negative or not word[0].isalnum() or words.speaks(word):
            if word in _PAUSES:
                continue
            if all(among(one, [match[0] for match in found]) for one in wanted):
                yield found[0].start(), found[-1].end()
            found = []


@lru_cache(maxsize=4096)
def _inflected(phrase: str, locale: str) -> tuple[str, re.Pattern[str]]:
    """Return how the longest word of a phrase begins, and what finds it in other forms.

    Numbers and short words stay as they are: zwei Jahre Garantie, mit zwei Jahren Garantie.
    """
    numbers = lexicon(locale).numbers
    stems: list[str] = []

    def form(word: str) -> str:
        stem = _ENDING.sub("", word)
        if len(word) <= _SHORT or not word.isalpha() or len(stem) < _SHORT or word in numbers:
            return re.escape(word)
        stems.append(stem)
        return re.escape(stem) + _ENDINGS

    found = " ".join(map(form, plain(phrase, locale).split()))
    return max(stems, key=len, default=""), re.compile(rf"(?<!\w){found}(?!\w)")


@lru_cache(maxsize=4096)
def _sentences(texts: tuple[str, ...], locale: str) -> tuple[str, ...]:
    """Return legal texts, and their sentences, but for those that make an offer."""
    single = (
        form
        for text in texts
        for one in _STOP.split(text)
        if not any(_is_promised(item, locale) for item in read(one, locale).items)
        for form in (one, one.rstrip(".!"))
    )
    return tuple(dict.fromkeys((*texts, *single)))


def _is_promised(item: Item, locale: str) -> bool:
    """Say whether an item promises something: more than that a price includes all of it."""
    # Cannot be combined with other coupons.
    before: Sequence[str] = item.extra.before if item.kind is Kind.OFFER and item.extra else ()
    known = lexicon(locale)
    excluded = before[-1:] and before[-1] in known.listed("others") and _denies(before, locale)
    return item.kind in _PROMISED and item.value != ("included",) and not excluded


def _denies(words: Sequence[str], locale: str) -> bool:
    return not {*words_of(locale).negative, "cannot", "ne"}.isdisjoint(words)


def _placed(spans: list[Span], positions: list[int] | None) -> list[Span]:
    if positions is None:
        return spans
    return [(positions[start], positions[end - 1] + 1) for start, end in spans]


def _squeezed(low: str) -> tuple[str, list[int] | None]:
    """Return a text with single spaces, and where each character stood if any went."""
    if "  " not in low:
        return low, None
    kept = [
        index for index, char in enumerate(low) if char != " " or not index or low[index - 1] != " "
    ]
    return "".join(low[index] for index in kept), kept


def occurrences(low: str, wanted: str) -> Iterator[Span]:
    """Yield where a plain phrase stands in a folded text in lower case, as a whole."""
    if not wanted:
        return
    start = low.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        inside = (start and _joins(low[start - 1], wanted[0])) or (
            end < len(low) and _joins(low[end], wanted[-1])
        )
        if not inside:
            yield start, end
        start = low.find(wanted, end)


def _joins(outside: str, inside: str) -> bool:
    if outside.isdigit() and inside.isdigit():
        return True
    spaced = not _UNSPACED.search(outside + inside)
    return outside.isalnum() and inside.isalnum() and spaced


@lru_cache(maxsize=65536)
def plain(phrase: str, locale: str) -> str:
    """Return a phrase as it stands in a folded text of a language, in lower case."""
    return " ".join(fold(phrase, latin=lexicon(locale).latin).low.split())


def words_of_name(name: str, locale: str) -> list[str]:
    """Return the words of a name in a language, in lower case."""
    return plain(name, locale).replace("-", " ").replace("'", " ").replace(",", " ").split()


def product_words(facts: Facts) -> tuple[str, ...]:
    """Return the words for what a campaign is about."""
    return _words_of_names(facts.products, facts.locale)


@lru_cache(maxsize=1024)
def _words_of_names(names: tuple[str, ...], locale: str) -> tuple[str, ...]:
    return tuple(word for name in names for word in words_of_name(name, locale))


@lru_cache(maxsize=4096)
def _is_name(name: str, locale: str) -> bool:
    words = [word for word in plain(name, locale).split() if sum(map(str.isalpha, word)) > 1]
    numbered = any(char.isdigit() for char in name)
    if not words and not (numbered and any(map(str.isalpha, name))):
        return False
    return not any(
        item.kind in _NO_NAME or (item.kind is Kind.DATE and item.role in _PASSING)
        for item in read(name, locale).items
    )


def _but_multiples(product: str, locale: str) -> list[Item]:
    """Return what the name of a product states, but that something is double: a double room."""
    return [
        item
        for item in read(product, locale).items
        if item.kind is not Kind.OFFER or item.value[0] in _OFFERED
    ]


@lru_cache(maxsize=4096)
def _forms(product: str, locale: str) -> re.Pattern[str]:
    """Return what finds the name of a product with its words in one or in many: double rooms."""
    words = (re.escape(word) + r"(?:s|es|x|e|n|en)?" for word in plain(product, locale).split())
    return re.compile(rf"(?<!\w){' '.join(words)}(?!\w)")


def _streets(names: tuple[str, ...], low: str, locale: str) -> Iterator[str]:
    """Yield other ways to write the names that are streets with a house, if a text has their like.

    Most texts name none, and there are many ways.
    """
    for name in names:
        if heart_of(plain(name, locale)) in low:
            yield from other_forms(name)
