"""Several of what is sold: two trees cost twice what one does, and a lesson a tenth of ten.

Where a text counts the product, amounts beside it that are so many times a declared one are read
as that one, and the count states nothing by itself. What follows is then asked as of a single
piece: whether it is the price now or the earlier one, what it is said of, and on which terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from storesync.copywriting.facts.counting import counts_same
from storesync.copywriting.facts.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.given import words_of
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.lexicon import lexicon
from storesync.copywriting.facts.masks import plain, product_words
from storesync.copywriting.facts.offers import all_told, sentence_of
from storesync.copywriting.facts.periods import is_apiece, per_what
from storesync.copywriting.facts.products import is_product
from storesync.copywriting.facts.reach import alike
from storesync.copywriting.facts.read import Reading, items
from storesync.copywriting.facts.stated import named_among, stated_in

# A question belongs to its answer: two trees for £56 instead of £80?
_STOPS = re.compile(r"[.!…;|•·](?=\s|$)|\n")
_WORD = re.compile(r"\w+|[^\w\s]")
_MOST = re.compile(r"\b(max\w*|höchstens|limit\w*|at most|no more than|au plus|como mucho)\b")
_WITH = frozenset({"with", "mit", "avec", "con"})
_ROLES = {
    "": frozenset({"now", "was", ""}),
    "now": frozenset({"now", ""}),
    "was": frozenset({"was", ""}),
    "off": frozenset({"off", ""}),
}
_FAR = 160  # characters between a count and an amount


def apiece(reading: Reading, facts: Facts) -> tuple[Item, ...]:
    """Return what a text states, with amounts for several of the product told as those for one."""
    said = [_of_a_part(item, facts) if item.kind is Kind.MONEY else item for item in reading.items]
    counts = [item for item in said if _counts_product(item, facts)]
    for count in counts if facts.prices else ():
        if count.value <= _limit(facts):
            said = _told_for_one(reading, said, count, counts, facts)
    return tuple(said)


def _told_for_one(
    reading: Reading, said: list[Item], count: Item, counts: Sequence[Item], facts: Facts
) -> list[Item]:
    """Return items without a count and with the amounts for it in those for one, if they agree."""
    beside = [
        item
        for item in said
        if item.kind is Kind.MONEY
        and not is_apiece(item, facts.locale)
        and count is _count_of(reading, item, counts)
        and not _is_with_more(reading, count, item, facts)
    ]
    single = {id(item): _for_one(item, count.value, facts) for item in beside}
    if not any(single.values()) or any(
        # Two for £56 instead of £40: what one was beside what two are.
        single[id(item)] is None and item.role in {"was", "off"}
        for item in beside
    ):
        return said
    told = [_without(item, count, single, facts) for item in said if item is not count]
    return [single.get(id(item)) or item for item in told]


def _without(item: Item, count: Item, single: dict[int, Item | None], facts: Facts) -> Item:
    """Return a thing without its count: *two trees* are trees."""
    if item.kind is not Kind.PRODUCT or not isinstance(item.extra, tuple):
        return item
    numbers = lexicon(facts.locale).numbers
    named = tuple(word for word in item.value if not (word in numbers or word.isdigit()))
    inside = item.start <= count.start < item.end
    extra = tuple(single.get(id(one)) or one for one in item.extra)
    return replace(item, value=named if inside else item.value, extra=extra)


def _for_one(item: Item, count: Decimal, facts: Facts) -> Item | None:
    """Return an amount for several as that for one, if it is a declared one so many times."""
    roles = _ROLES.get(item.role, frozenset())
    for price in (one for one in facts.prices if one.role in roles):
        paid = {count, *(_paid(item, count, facts) if price.role in {"now", ""} else ())}
        same = not item.unit or not price.currency or price.currency in item.unit
        if same and price.value and any(price.value * times == item.value for times in paid):
            return replace(item, value=price.value)
    return None


def _paid(item: Item, count: Decimal, facts: Facts) -> Iterator[Decimal]:
    """Yield how many of several are paid where a phrase says so on its terms: two for one."""
    for stated in stated_in(facts.statements, facts.locale).get(Kind.OFFER, ()):
        if stated.value[0] != "multibuy":
            continue
        taken, paid = (Decimal(one) for one in stated.value[1:3])
        declared, said = sentence_of(stated, facts.locale), sentence_of(item, facts.locale)
        terms = [word for word in declared.tokens if declared.words.speaks(word)]
        if count % taken == 0 and all_told(said, terms, product_words(facts), facts.locale):
            yield count / taken * paid


def _count_of(reading: Reading, item: Item, counts: Sequence[Item]) -> Item | None:
    """Return which count an amount is for: the last one before it, or one behind it."""
    near = [one for one in counts if _sentences(reading, one, item) is not None]
    before = [one for one in near if one.start < item.start]
    if before:
        return before[-1]
    return next((one for one in near if _sentences(reading, one, item) == 0), None)


def _sentences(reading: Reading, count: Item, item: Item) -> int | None:
    """Return how many sentences end between a count and an amount; None if they are apart."""
    first, last = sorted((count, item), key=lambda one: one.start)
    between = reading.low[first.end : last.start]
    ends = len(_STOPS.findall(between))
    return ends if len(between) <= _FAR and ends <= (count is first) else None


def _is_with_more(reading: Reading, count: Item, item: Item, facts: Facts) -> bool:
    """Say whether another thing stands with what is counted: three rolls *and a coffee* for £9."""
    words, known = words_of(facts.locale), lexicon(facts.locale)
    said = _WORD.findall(reading.low[count.end : item.start]) if count.end < item.start else []
    idle = {*known.listed("off"), *known.listed("calls"), *known.listed("now")}
    off = tuple(cue[:-1] for cue in known.listed("off") if cue.endswith("*"))
    for place, word in enumerate(said):
        if word not in words.joins and word not in _WITH:
            continue
        following = next(filter(words.speaks, said[place + 1 :]), "")
        own = following in idle or following.startswith(off) or is_product((following,), facts)
        if following and not own and following[0].isalpha():
            return True
    return False


def _counts_product(item: Item, facts: Facts) -> bool:
    """Say whether a number counts what a campaign is about, several of it."""
    if item.kind is not Kind.NUMBER or item.value is None or item.bound or not item.unit:
        return False
    words, numbers, named = (
        words_of(facts.locale),
        lexicon(facts.locale).numbers,
        product_words(facts),
    )
    unit = tuple(one for one in item.unit if one not in numbers)  # three two-piece suits
    if item.value <= 1 or item.value % 1 or not is_product(unit, facts):
        return False
    head = next((one for one in reversed(unit) if named_among(one, named)), unit[0])
    parts = stated_in(facts.products, facts.locale).get(Kind.NUMBER, ())
    if any(part.value == item.value and counts_same(item.unit, part.unit) for part in parts):
        return False  # two-piece suits
    if any(part.unit and alike(part.unit[0], head) for part in parts):
        return False  # two classes are no two six-class courses
    if words.thing_first or lexicon(facts.locale).words.get("joined"):
        return is_product(unit[:1], facts)
    # Two roll holders are no rolls: what is counted is told as several.
    return any(named_among(one, named) and (one not in named or one[-1] == "s") for one in unit)


def _of_a_part(item: Item, facts: Facts) -> Item:
    """Return an amount for one of what the product has several of as that for all: €25 a class."""
    per = per_what(item, facts.locale)
    if not per or item.value is None:
        return item
    for whole in stated_in(facts.products, facts.locale).get(Kind.NUMBER, ()):
        if whole.unit and alike(per, whole.unit[0]) and whole.value:
            return replace(item, value=item.value * whole.value)
    return item


def _limit(facts: Facts) -> Decimal:
    """Return how many of the product one may have by legal texts and declared phrases."""
    found = [
        number
        for text in (*facts.legal, *facts.statements)
        for sentence in _STOPS.split(text)
        if _limits(plain(sentence, facts.locale), facts.locale)
        for number in _numbers(sentence, facts)
    ]
    return min(found, default=Decimal("Infinity"))


def _limits(low: str, locale: str) -> bool:
    known, words = lexicon(locale), set(_WORD.findall(low))
    buyers = not words.isdisjoint(known.listed("buyers"))
    return bool(_MOST.search(low)) or (buyers and not words.isdisjoint(_pers(known.listed("per"))))


def _pers(listed: Iterable[str]) -> set[str]:
    return {word for phrase in listed for word in phrase.split() if word.isalpha()}


def _numbers(sentence: str, facts: Facts) -> Iterator[Decimal]:
    """Yield what a limit counts, if that is the product, or no thing by itself: one per person."""
    known = lexicon(facts.locale)
    for item in items(sentence, facts.locale):
        if item.kind is Kind.NUMBER and item.value is not None:
            unit = item.unit[:1]
            measured = unit and unit[0] in known.units.values() and unit[0] != "piece"
            if not measured and (not unit or not _is_another(item.unit, facts)):
                yield item.value


def _is_another(unit: tuple[str, ...], facts: Facts) -> bool:
    """Say whether what a number counts is another thing than the product."""
    known = lexicon(facts.locale)
    idle = (*known.listed("buyers"), *known.listed("generic"), *known.listed("packs"))
    return not is_product(unit, facts) and not any(alike(unit[0], one) for one in idle)
