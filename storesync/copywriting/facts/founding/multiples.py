"""Several of what is sold: two trees cost twice what one does, and a lesson a tenth of ten.

Where a text counts the product, amounts beside it that are so many times a declared one are read
as that one, and the count states nothing by itself. What follows is then asked as of a single
piece: whether it is the price now or the earlier one, what it is said of, and on which terms.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.counting import counts_same, unit_of
from storesync.copywriting.facts.founding.limits import STOPS
from storesync.copywriting.facts.founding.masks import product_words
from storesync.copywriting.facts.founding.offers import all_told, sentence_of
from storesync.copywriting.facts.founding.periods import is_apiece, per_what
from storesync.copywriting.facts.founding.products import is_product
from storesync.copywriting.facts.founding.rations import limit_of, without_rations
from storesync.copywriting.facts.founding.several import (
    PAIR,
    counted,
    names_product_before,
    without_counts,
)
from storesync.copywriting.facts.founding.stated import named_among, stated_in
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import words_of
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.reach import alike
from storesync.copywriting.facts.reading.read import Reading
from storesync.copywriting.facts.reading.surroundings import PERIODS

# A question belongs to its answer: two trees for £56 instead of £80?
_WORD = re.compile(r"\w+|[^\w\s]")
_ROLES = {
    "": frozenset({"now", "was", ""}),
    "now": frozenset({"now", ""}),
    "was": frozenset({"was", ""}),
    "off": frozenset({"off", ""}),
    "result": frozenset({"now", "off", ""}),
}
_NEAR = 48  # characters
_MANY = 100
_FAR = 160  # characters between a count and an amount


def apiece(reading: Reading, facts: Facts) -> tuple[Item, ...]:
    """Return what a text states, with amounts for several of the product told as those for one."""
    told = without_rations(reading, reading.items, facts)
    said = [_of_a_part(item, facts) if item.kind is Kind.MONEY else item for item in told]
    counts = [
        item for item in said if _counts_product(item, facts) or _counts_alone(reading, item, facts)
    ]
    counts = sorted([*counts, *counted(reading, said, facts)], key=lambda one: one.start)
    if not counts or not facts.prices:
        return tuple(said)
    limit, single, dropped, kept = limit_of(facts), dict[int, Item](), list[Item](), list[Item]()
    for count, beside in _beside(reading, said, counts, facts):
        found = _for_one_each(reading, count, beside, facts) if count.value <= limit else {}
        single |= found
        (dropped if found else kept).append(count)
    gone = {count.start for count in dropped}
    one_each = [
        single.get(id(item)) or _without(item, dropped, facts)
        for item in said
        if not (item.kind in {Kind.NUMBER, Kind.OFFER} and item.start in gone)
    ]
    return (*one_each, *(count for count in kept if count.role == PAIR))


def _beside(
    reading: Reading, said: Sequence[Item], counts: Sequence[Item], facts: Facts
) -> Iterator[tuple[Item, list[Item]]]:
    """Yield each count with the amounts for it: those behind it, or one before the first."""
    found: dict[int, list[Item]] = {}
    starts = [count.start for count in counts]
    each = _each(reading, said, facts)
    for item in said:
        if item.kind is not Kind.MONEY or item.start in each:
            continue
        at = bisect_left(starts, item.start)
        before, after = counts[at - 1 : at] if at else [], counts[at : at + 1]
        own = [one for one in before if _is_near(reading, one, item)]
        own = own or [one for one in after if _is_near(reading, item, one)]
        former = bool(own) and own[0].start in found and item.role in {"was", "off"}
        if own and (own[0].unit or former or _is_right_behind(reading, own[0], item, facts)):
            found.setdefault(own[0].start, []).append(item)
    yield from ((count, found[count.start]) for count in counts if count.start in found)


def _each(reading: Reading, said: Sequence[Item], facts: Facts) -> set[int]:
    """Return where amounts for each begin: $28 *apiece*, and behind it *down from $40*."""
    found, last = set[int](), -1
    for item in said:
        if item.kind is not Kind.MONEY:
            continue
        beside = last >= 0 and not STOPS.search(reading.low[last : item.start])
        same = (price.value == item.value and price.role == item.role for price in facts.prices)
        if is_apiece(item, facts.locale):
            found, last = found | {item.start}, item.end
        elif beside and item.role in {"was", "off"} and any(same):
            found.add(item.start)
    return found


def _is_near(reading: Reading, first: Item, last: Item) -> bool:
    """Say whether two items stand in a sentence, or an amount in the one behind its count."""
    if last.start - first.end > _FAR:
        return False
    ends = len(STOPS.findall(reading.low[first.end : last.start]))
    return ends <= (last.kind is Kind.MONEY)


def _for_one_each(
    reading: Reading, count: Item, beside: Sequence[Item], facts: Facts
) -> dict[int, Item]:
    """Return amounts for several as those for one, by their ids, none if they do not agree."""
    told = [(item, _for_one(item, count.value, facts)) for item in beside]
    single = {id(item): one for item, one in told if one is not None}
    first = min((item.start for item in beside if id(item) in single), default=0)
    declared = {price.value for price in facts.prices}
    for item in beside:
        # Two for £56 instead of £40, and a coffee for £28: what one was beside what two are.
        apart = item.role in {"was", "off"} or item.start > first
        known = id(item) in single or item.value in declared
        more = known and _is_with_more(reading, count, item, facts)
        if (id(item) not in single and apart) or more:
            return {}
    return single


def _without(item: Item, counts: Sequence[Item], facts: Facts) -> Item:
    """Return a thing without its count, by those in order: *two trees* are trees."""
    if item.kind is not Kind.PRODUCT:
        return item
    at = bisect_left(counts, item.start, key=lambda count: count.start)
    own = [count for count in counts[at : at + 1] if count.start < item.end]
    return replace(item, value=without_counts(item.value, own, facts)) if own else item


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


def _is_with_more(reading: Reading, count: Item, item: Item, facts: Facts) -> bool:
    """Say whether another thing stands with what is counted: three rolls *and a coffee* for £9."""
    words, known = words_of(facts.locale), lexicon(facts.locale)
    said = _WORD.findall(reading.low[count.end : item.start]) if count.end < item.start else []
    idle = {word for name in ("off", "calls", "now", "pays") for word in known.listed(name)}
    off = tuple(cue[:-1] for cue in known.listed("off") if cue.endswith("*"))
    for place, word in enumerate(said):
        if word not in words.joins and word not in known.listed("with"):
            continue
        following = next(filter(words.speaks, said[place + 1 :]), "")
        own = following in idle or following.startswith(off) or is_product((following,), facts)
        if following and not own and following[0].isalpha():
            return True
    return False


def _is_count(item: Item) -> bool:
    """Say whether a number is whole, and as many as one buys at once."""
    if item.kind is not Kind.NUMBER or item.bound or not isinstance(item.value, Decimal):
        return False
    return 1 < item.value <= _MANY and not item.value % 1


def _counts_product(item: Item, facts: Facts) -> bool:
    """Say whether a number counts what a campaign is about, several of it."""
    if not _is_count(item) or not item.unit:
        return False
    words, numbers, named = (
        words_of(facts.locale),
        lexicon(facts.locale).numbers,
        product_words(facts),
    )
    unit = tuple(one for one in item.unit if one not in numbers)  # three two-piece suits
    unit = (_as_named(unit[0], facts), *unit[1:]) if unit else unit
    own = {unit_of(one, facts.locale) for one in named}  # two soups of the day
    if unit[1:2] and unit[1] in PERIODS and unit[1] in own:
        unit = unit[:1]
    often = not PERIODS.isdisjoint(unit)  # two rolls a day
    if (often and not _is_named_by_time(unit, named)) or not is_product(unit, facts):
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


def _as_named(unit: str, facts: Facts) -> str:
    """Return a word for a unit as the product has it: twee *stukken* kaas of een *stuk* kaas."""
    own = (word for word in product_words(facts) if unit_of(word, facts.locale) == unit)
    return next(own, unit)


def _is_named_by_time(unit: Sequence[str], named: Sequence[str]) -> bool:
    """Say whether a period is of the product's name, and its head in the plural: *two day passes*.

    A two-day pass is another thing.
    """
    head = unit[1] if len(unit) > 1 else ""
    timed = unit[0] in PERIODS and unit[0] in named
    return timed and head not in named and named_among(head, named)


def _is_right_behind(reading: Reading, count: Item, item: Item, facts: Facts) -> bool:
    """Say whether nothing that speaks stands between a count and an amount: *four* come to £12."""
    said = _WORD.findall(reading.low[count.end : item.start])
    now = {word for cue in lexicon(facts.locale).listed("now") for word in cue.split()}
    speaks = words_of(facts.locale).speaks
    return bool(said) and not any(speaks(word) and word not in now for word in said)


def _counts_alone(reading: Reading, item: Item, facts: Facts) -> bool:
    """Say whether a number counts the product named before it: rolls: *four* for £12."""
    if not _is_count(item) or item.unit:
        return False
    known, words = lexicon(facts.locale), words_of(facts.locale)
    if names_product_before(reading, item.start, facts):
        return True
    for word in reversed(_WORD.findall(reading.low[max(0, item.start - _NEAR) : item.start])):
        if (
            words.speaks(word)
            and not word.isdigit()
            and not (word in known.numbers or word in known.currencies)
        ):
            return is_product((word,), facts)
    return False


def _of_a_part(item: Item, facts: Facts) -> Item:
    """Return an amount for one of what the product has several of as that for all: €25 a class."""
    per = per_what(item, facts.locale)
    stated = stated_in(facts.statements, facts.locale).get(Kind.MONEY, ())
    if not per or item.value is None or any(item.value == one.value for one in stated):
        return item
    for whole in stated_in(facts.products, facts.locale).get(Kind.NUMBER, ()):
        if whole.unit and alike(per, whole.unit[0]) and whole.value:
            return replace(item, value=item.value * whole.value)
    return item
