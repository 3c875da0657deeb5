"""What a text says of the product that nobody declared: *steel* shovels, chips *with peas*."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.conditions import other_rations
from storesync.copywriting.facts.founding.goods import declared_words
from storesync.copywriting.facts.founding.lines import ADDED, Line, Span, lines_of
from storesync.copywriting.facts.founding.masks import words_of_name
from storesync.copywriting.facts.founding.services import undeclared_services
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import OF, among, words_of
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.additions import behind_one, words_before
from storesync.copywriting.facts.reading.read import Reading

_BETWEEN = 3  # tokens between with and what comes with it
_MOST = 12  # tokens of a product with its sorts, so that time stays linear
_CLOSES = frozenset({"", ",", ".", "!", "–", ":"})
_JOINS = frozenset({"-", "'"})
_SIGNS = frozenset("€$£%")
_EITHER_SIDE = frozenset({"pl"})


class Product(NamedTuple):
    """The words of a product in a language, and the nouns among them that it goes by."""

    words: tuple[str, ...]
    heads: frozenset[str]


def added(reading: Reading, facts: Facts) -> Iterator[Item]:
    """Yield what a text adds to the product and its offer, and nothing declared says."""
    for line in lines_of(reading, facts) if facts.products else ():
        spans = [*_things(line, facts), *undeclared_services(line, facts)]
        spans += other_rations(line, facts)
        for begins, ends, kind in spans:
            start, end = line.begins + begins, line.begins + ends
            first, last = reading.span(start, end)
            text = reading.text[first:last]
            value = tuple(words_of_name(text, reading.locale))
            yield Item(kind, value, start, end, ADDED, text=text, first=first, last=last)


def _things(line: Line, facts: Facts) -> Iterator[Span]:
    declared, told, covered = declared_words(facts), line.told, -1
    own = [_product(one, facts.locale) for one in facts.products]
    for match in told.found:
        is_so = _ASKED.get(match.label)
        if is_so is None or match.start < covered:
            continue
        words = told.lows(match.start, match.end)
        if not all(among(word, declared) for word in words) and is_so(line, match, own):
            covered = match.end
            yield line.span(match.start, match.end, Kind.PRODUCT)


@lru_cache(maxsize=1024)
def _product(name: str, locale: str) -> Product:
    """Return the words of a product, with the noun of each of its parts: *bag* of *charcoal*."""
    speaks, words = words_of(locale), tuple(words_of_name(name, locale))
    parts: list[list[str]] = [[]]
    for word in words:
        if word in OF or word in speaks.joins:
            parts.append([])
        elif speaks.speaks(word):
            parts[-1].append(word)
    first = speaks.thing_first
    both = lexicon(locale).language in _EITHER_SIDE
    heads = {one[0 if first else -1] for one in parts if one}
    return Product(words, frozenset(heads | ({*words} if both else set())))


def _is_a_sort(line: Line, match: Match, own: Sequence[Product]) -> bool:
    """Say whether a sort stands at the product: steel shovels, gafas polarizadas, aus Leder."""
    words = words_of(line.locale)
    if not words.thing_first and _is_before(line, match, own):
        return True
    behind = _low(line, match.end)
    if _low(line, match.start - 1) == "," and behind in _CLOSES:  # lavender plants, peat-free, £3
        return _ends_with_product(line, match.start - 1, own)
    tie = behind_one(line.told, match.start, line.language, "made_of")
    if tie < 0 and not words.thing_first and line.language not in _EITHER_SIDE:
        return False
    if not words.thing_first and behind.isalpha() and words.speaks(behind):
        return False  # a trim in leather chairs
    return _ends_with_product(line, match.start if tie < 0 else tie, own)


def _is_before(line: Line, match: Match, own: Sequence[Product]) -> bool:
    """Say whether nothing but other sorts is between a sort and the product behind it."""
    if _is_one(line, match.start - 1, "no_sort"):
        return False
    sorts: Mapping[int, int] = line.told.sorts
    place = match.end
    while place < match.end + _MOST and (place in sorts or _low(line, place) in _JOINS):
        place = sorts.get(place, place + 1)
    return any(_has_head(_run(line, place, 1, one), one) for one in own)


def _ends_with_product(line: Line, place: int, own: Sequence[Product]) -> bool:
    """Say whether the product ends right before a token, and is no other one: your old boots."""
    for one in own:
        run = _run(line, place - 1, -1, one)
        if _has_head(run, one):
            return not _is_one(line, place - len(run) - 1, "no_sort")
    return False


def _run(line: Line, place: int, step: int, product: Product) -> list[str]:
    """Return the words of a product that stand together from a token on, in either direction."""
    found: list[str] = []
    while len(found) < _MOST:
        low = _low(line, place)
        known = low in _JOINS or low in product.words or among(low, product.words)
        if not low or not known:
            break
        found.append(low)
        place += step
    return found


def _has_head(run: Sequence[str], product: Product) -> bool:
    return any(among(head, run) for head in product.heads)


def _low(line: Line, place: int) -> str:
    tokens = line.told.tokens
    return tokens[place].low if 0 <= place < len(tokens) else ""


def _is_one(line: Line, place: int, name: str) -> bool:
    return (_low(line, place),) in words_before(line.language, name)


def _comes_with(line: Line, match: Match, own: Sequence[Product]) -> bool:
    """Say whether a side comes with the product: fish and chips with mushy peas, £9 with a drink.

    The product stands right before, or before a price in the same sentence.
    """
    at = _with(line, match)
    if at < 0 or not line.offers(match):
        return False
    if _ends_with_product(line, at, own):
        return True
    before = line.told.tokens[at - 1] if at else None
    priced = before is not None and (before.kind == "n" or before.low in _SIGNS)
    begins = line.told.ends_before(at)
    return priced and any(_ends_with_product(line, one, own) for one in range(begins + 1, at))


def _with(line: Line, match: Match) -> int:
    """Return the token from which on a side is said to come with what is before it, or -1."""
    also = {",", *lexicon(line.locale).listed("also")}
    for place in range(match.start, match.start - _BETWEEN - 1, -1):
        at = behind_one(line.told, place, line.language, "with")
        if at >= 0:
            return at - (_low(line, at - 1) in also) - (_low(line, at - 2) == ",")
        if not _low(line, place - 1).isalpha() or _is_one(line, place - 1, "no_sort"):
            return -1
    return -1


def _is_listed(line: Line, match: Match, own: Sequence[Product]) -> bool:
    """Say whether another thing is listed with the product: ski and snowboard tune-ups."""
    if _low(line, match.start - 1) not in words_of(line.locale).joins or not line.offers(match):
        return False
    for one in own:
        before, behind = _run(line, match.start - 2, -1, one), _run(line, match.end, 1, one)
        if before and (_has_head(before, one) or _has_head(behind, one)):
            return True
    return False


_ASKED: Mapping[str, Callable[[Line, Match, Sequence[Product]], bool]] = {
    "sorts": _is_a_sort,
    "sides": _comes_with,
    "goods": _is_listed,
}
