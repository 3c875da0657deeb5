"""How many of the product one may have, and copy that tells it in words of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.limits import STOPS, any_of
from storesync.copywriting.facts.founding.masks import plain, product_words
from storesync.copywriting.facts.founding.products import is_product
from storesync.copywriting.facts.founding.stated import stated_in
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.phrases import bare
from storesync.copywriting.facts.language.reach import alike
from storesync.copywriting.facts.reading.read import Reading, items
from storesync.copywriting.facts.reading.surroundings import PERIODS

_CLAUSE_ENDS = re.compile(r"[.!?…,;|•·](?=\s|$)|\s[–—-]\s|—|\n")
_SHORTEST = 3  # letters
_NEAR = 12  # characters
_FAR = 200  # characters that a clause may have on each side of its number
_WORD = re.compile(r"\w+")


def without_rations(reading: Reading, said: Sequence[Item], facts: Facts) -> list[Item]:
    """Return items without numbers that tell a declared limit: *two is the limit per customer*."""
    declared = _declared(facts)
    if not declared:
        return list(said)
    told = {
        (number, _buyers(plain(sentence, facts.locale), facts.locale))
        for sentence, number in declared
    }
    return [item for item in said if not _is_ration(reading, item, told, facts)]


def is_one(reading: Reading, item: Item, facts: Facts) -> bool:
    """Say whether a figure counts the product once, and limits nobody to that: 1 bunch for £6."""
    if item.kind is not Kind.NUMBER or item.value != 1 or item.bound or not item.plain.isdigit():
        return False
    timed = any(one in PERIODS for one in item.unit)
    if timed or not item.unit or not is_product(item.unit, facts):
        return False
    counted = [
        one.unit
        for kept in (facts.products, facts.statements, facts.legal)
        for one in stated_in(kept, facts.locale).get(Kind.NUMBER, ())
    ]
    several = any(unit and any(alike(unit[0], one) for one in item.unit) for unit in counted)
    clause, known = _clause(reading, item), lexicon(facts.locale)
    only = (*known.listed("apiece"), *known.listed("only"), *known.listed("every"))
    each = any_of(only).search(clause)  # only 1 loaf each
    before = reading.low[max(0, item.start - _NEAR) : item.start]  # max. 1 loaf
    limited = any(_limits(one, facts.locale) for one in (clause, before))
    return not (several or each or limited or _is_dear(reading, item, facts))


def _is_dear(reading: Reading, count: Item, facts: Facts) -> bool:
    """Say whether the amount behind the figure is the former price, and is not said to be."""
    behind = (one for one in reading.items if one.kind is Kind.MONEY and one.start >= count.end)
    amount = next(behind, None)
    now = {price.value for price in facts.prices if price.role != "was"}
    return amount is not None and not amount.role and amount.value not in now


def _clause(reading: Reading, item: Item) -> str:
    """Return the clause of an item, in lower case."""
    first, last = max(0, item.start - _FAR), item.end + _FAR
    ends = [match.end() for match in _CLAUSE_ENDS.finditer(reading.low, first, item.start)]
    after = _CLAUSE_ENDS.search(reading.low, item.end, last)
    return reading.low[ends[-1] if ends else first : after.start() if after else last]


def _is_ration(
    reading: Reading, item: Item, told: set[tuple[Decimal, frozenset[str]]], facts: Facts
) -> bool:
    clause = _clause(reading, item)
    none_beyond = item.bound == "over" and _is_denied_behind(reading, item, facts)
    if item.kind is not Kind.NUMBER or (item.bound in {"least", "over"} and not none_beyond):
        return False
    if _is_each_ones(reading, item, facts) or none_beyond:
        return any(number == item.value for number, _ in told)
    if item.unit and not _is_the_limit(item.unit, facts) and _is_another(item.unit, facts):
        return False
    buyers = _buyers(clause, facts.locale)
    if not buyers and (not item.unit or _is_the_limit(item.unit, facts)):  # five is the limit
        limits = item.bound == "most" or _limits(clause, facts.locale)
        return limits and any(number == item.value for number, _ in told)
    return bool(buyers) and _limits(clause, facts.locale) and (item.value, buyers) in told


def _is_each_ones(reading: Reading, item: Item, facts: Facts) -> bool:
    """Say whether a number alone is what each has or may have: *two each*, drei darfst du haben."""
    known = lexicon(facts.locale)
    behind = reading.low[item.end : item.end + 2 * _NEAR].strip()
    return any(any_of(known.listed(one)).match(behind) for one in ("apiece", "allows"))


def _is_denied_behind(reading: Reading, item: Item, facts: Facts) -> bool:
    """Say whether more than so many is what nobody may have: meer dan twee *mag niet*."""
    negative = any_of(lexicon(facts.locale).listed("negative"))
    clause = _clause(reading, item)
    place = clause.rfind(item.plain.casefold())
    return place >= 0 and negative.search(clause, place + len(item.plain)) is not None


def _is_the_limit(unit: tuple[str, ...], facts: Facts) -> bool:
    """Say whether a word for a limit follows a number: five is *the limit*, six *max*."""
    idle = lexicon(facts.locale).listed("article")
    said = [one for one in unit if one and one not in idle]
    return len(said) == 1 and bool(_at_most(facts.locale).fullmatch(said[0]))


def _buyers(low: str, locale: str) -> frozenset[str]:
    """Return for whom a limit holds, cut short or not: per customer, per cust."""
    known, words = lexicon(locale), _WORD.findall(low)
    listed, pers = known.listed("buyers"), _pers(known.listed("per"))
    short = {
        one
        for before, word in pairwise(words)
        if before in pers and len(word) >= _SHORTEST and word not in listed
        for one in listed
        if one.startswith(word)
    }
    return frozenset(words).intersection(listed) | frozenset(short if len(short) == 1 else ())


def limit_of(facts: Facts) -> Decimal:
    """Return how many of the product one may have by legal texts and declared phrases."""
    return min((number for _, number in _declared(facts)), default=Decimal("Infinity"))


def _declared(facts: Facts) -> tuple[tuple[str, Decimal], ...]:
    """Return each declared limit with the sentence that sets it."""
    return _limits_in((*facts.legal, *facts.statements), facts.products, facts.locale)


@lru_cache(maxsize=1024)
def _limits_in(
    texts: tuple[str, ...], products: tuple[str, ...], locale: str
) -> tuple[tuple[str, Decimal], ...]:
    facts = Facts(products=products, locale=locale)  # the same at all locations
    return tuple(
        (sentence, number)
        for text in texts
        for sentence in STOPS.split(text)
        if _limits(plain(sentence, locale), locale)
        for number in _numbers(sentence, facts)
    )


def _limits(low: str, locale: str) -> bool:
    known, words = lexicon(locale), set(_WORD.findall(low))
    buyers = bool(_buyers(low, locale))
    return bool(_at_most(locale).search(low)) or (
        buyers and not words.isdisjoint(_pers(known.listed("per")))
    )


@lru_cache(maxsize=64)
def _at_most(locale: str) -> re.Pattern[str]:
    return any_of(lexicon(locale).listed("at_most"))


def _pers(listed: Iterable[str]) -> set[str]:
    return {word for phrase in listed for word in phrase.split() if word.isalpha()}


def _numbers(sentence: str, facts: Facts) -> Iterator[Decimal]:
    """Yield what a limit counts, if that is the product, or no thing by itself: one per person."""
    known = lexicon(facts.locale)
    for item in items(sentence, facts.locale):
        if item.kind is Kind.NUMBER and isinstance(item.value, Decimal):
            unit = item.unit[:1]
            measured = unit and unit[0] in known.units.values() and unit[0] != "piece"
            if not measured and (not unit or not _is_another(item.unit, facts)):
                yield item.value


def _is_head_of_the_product(word: str, facts: Facts) -> bool:
    """Say whether a word is what a compound of the product ends in, in the plural too: Sträuße."""
    if not lexicon(facts.locale).words.get("joined"):
        return False
    head = bare(word)
    stems = {head, *(head.removesuffix(one) for one in ("en", "er", "e", "n", "s"))}
    named = [bare(one) for one in product_words(facts)]
    return any(
        len(stem) > _SHORTEST and one.endswith(stem) and one != stem
        for one in named
        for stem in stems
    )


def _is_another(unit: tuple[str, ...], facts: Facts) -> bool:
    """Say whether what a number counts is another thing than the product."""
    known = lexicon(facts.locale)
    idle = (*known.listed("buyers"), *known.listed("generic"), *known.listed("packs"))
    per = unit[0] in _pers(known.listed("per"))  # vier pro Person
    pieces = unit[0] == "piece"  # drei Stück
    pieces = pieces or _is_head_of_the_product(unit[0], facts)
    other = not (per or pieces or any(alike(unit[0], one) for one in idle))
    return other and not is_product(unit, facts)
