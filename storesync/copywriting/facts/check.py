"""From a text and what is declared to what is unfounded in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Finding, Kind
from storesync.copywriting.facts.founding.added import added
from storesync.copywriting.facts.founding.branches import other_branches, other_districts
from storesync.copywriting.facts.founding.conditions import closings
from storesync.copywriting.facts.founding.counting import PER
from storesync.copywriting.facts.founding.founding import founded
from storesync.copywriting.facts.founding.free_from import is_free_from
from storesync.copywriting.facts.founding.limits import waived
from storesync.copywriting.facts.founding.masks import Spans, masks, plain
from storesync.copywriting.facts.founding.multiples import apiece
from storesync.copywriting.facts.founding.says import declared, message
from storesync.copywriting.facts.founding.sums import summed
from storesync.copywriting.facts.founding.told_again import without_idle
from storesync.copywriting.facts.founding.weekly import is_of_its_days
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.reading.read import Reading, read

# What a declared phrase founds as a whole: its words in a longer sentence may say more.
_ON_TERMS = frozenset({Kind.OFFER, Kind.PERCENT, Kind.MONEY})
_CLAIMED = 40  # so far behind its first word a claim may say where it holds
_BETWEEN = 6  # characters: 9 to 17
_NEXT = 2  # amounts on each side of a number: what is beside none of these is beside none
_LISTED = 10  # characters between the days of a list
_JOINS = re.compile(r"[.,/+&\s-]*(?:[^\W\d]{1,5})?[.,\s]*")
_ENDS = re.compile(r"[.!?;:,\n]")
_UP_TO = frozenset({"to", "zu", "à", "hasta"})
_start = attrgetter("start")
_SPACES = str.maketrans("\n\t\u00a0", "   ")


def check(text: str, locale: str, facts: Facts) -> list[Finding]:
    """Return everything that a text in a language states and no fact does, in reading order."""
    return unfounded(read(text, locale), facts)


def unfounded(
    reading: Reading, facts: Facts, asked: Callable[[Item], bool] = lambda _: True
) -> list[Finding]:
    """Return what is unfounded in a text that was read: the part that differs by location.

    What is not `asked` is left out; a claim covers the places and things in it, so it has to be.
    """
    low = reading.low.translate(_SPACES)
    others = [one for one in facts.others if plain(one, reading.locale) in low]
    told = summed(reading, apiece(reading, facts), facts)
    said = without_idle(reading, told, facts, lambda item: founded(item, facts))
    offers = [item for item in said if item.kind is Kind.OFFER]
    amounts = sorted((one for one in reading.items if one.kind in _ON_TERMS), key=_start)
    doubtful = [
        item
        for item in said
        if asked(item)
        and not _is_founded(item, said, amounts, reading, facts)
        and not is_of_its_days(item, offers, low, facts)
        and not is_free_from(item, low, facts)
    ]
    misplaced = [item for item in _other_hours(reading.items, facts) if asked(item)]
    misplaced += [item for item in _told_twice(reading) if asked(item)]
    more = [one for one in (*added(reading, facts), *closings(reading, facts)) if asked(one)]
    beyond = list(waived(reading, low, facts))
    read_so = {item.first for item in said if item.kind is Kind.PLACE}
    branches = [*other_branches(reading, low, facts), *other_districts(reading, facts)]
    beyond += [item for item in branches if asked(item) and item.first not in read_so]
    if not (doubtful or misplaced or beyond or more or others):
        return []
    covered = masks(low, reading.locale, facts)
    but_offers = Spans(covered.spans)
    whole = Spans([*covered.spans, *covered.stated]) if covered.stated else but_offers
    found = [
        item
        for item in doubtful
        if not (but_offers if _is_on_terms(item) else whole).hold(item.start, item.end)
    ]
    known_at: dict[int, list[Item]] = {}
    for item in found:
        known_at.setdefault(item.start, []).append(item)
    found += [item for item in (*beyond, *misplaced) if item not in known_at.get(item.start, ())]
    shown = Spans([(item.start, item.end) for item in found])
    found += [item for item in more if not shown.hold(item.start, item.end)]
    for other in others:
        found += _mentions(reading, low, other, whole)
    found = _once(reading, sorted(found, key=lambda item: item.first))
    known = {kind: declared(kind, facts) for kind in {item.kind for item in found}}
    return [_finding(item, facts, known[item.kind]) for item in found]


def _is_founded(
    item: Item, said: Sequence[Item], amounts: Sequence[Item], reading: Reading, facts: Facts
) -> bool:
    if not founded(item, facts) or _former_alone(item, said, facts):
        return False
    return not _is_sold_by_a_limit(item, amounts, reading, facts)


def _is_on_terms(item: Item) -> bool:
    return item.kind in _ON_TERMS or item.bound in {"over", "under"}


def _once(reading: Reading, found: list[Item]) -> list[Item]:
    """Return findings without places and things that belong to a claim: the best cup in Texas."""
    kept: list[Item] = []
    claimed = -1
    claims = sorted(item.start for item in found if item.kind is Kind.CLAIM)
    for item in found:
        at = bisect_left(claims, item.start)
        if item.kind is Kind.PRODUCT and at < len(claims) and claims[at] < item.end:
            continue
        if item.kind is Kind.CLAIM:
            claimed = item.end
        between = reading.low[claimed : item.start] if item.kind is Kind.PLACE else ""
        if not (claimed >= 0 and item.kind is Kind.PLACE and _is_near(between)):
            kept.append(item)
    return kept


def _is_near(between: str) -> bool:
    return len(between) <= _CLAIMED and not _ENDS.search(between)


def _former_alone(item: Item, said: Sequence[Item], facts: Facts) -> bool:
    """Say whether a price is the one without the offer, with nothing beside it that says so."""
    if item.kind is not Kind.MONEY or item.role:
        return False
    now = {price.value for price in facts.prices if price.role in {"now", ""}}
    former = item.value not in now and any(price.role == "now" for price in facts.prices)
    was = (price.value for price in facts.prices if price.role == "was")
    former = former and item.value in was
    return former and not any(
        (one.kind is Kind.MONEY and one.value in now)
        or (one.kind is Kind.PERCENT and one.role == "pay" and one.start > item.end)
        for one in said
    )


def _is_sold_by_a_limit(
    item: Item, amounts: Sequence[Item], reading: Reading, facts: Facts
) -> bool:
    """Say whether an offer is made of as many as a legal text limits it to: four loaves for £9.

    `amounts` are those of the text with its offers, in order.
    """
    told_so = item.bound or not PER.isdisjoint(item.unit)
    told_so = told_so or (isinstance(item.extra, tuple) and not _UP_TO.isdisjoint(item.extra[-1:]))
    if item.kind is not Kind.NUMBER or not facts.legal or told_so:
        return False
    at = bisect_left(amounts, item.start, key=_start)
    beside = any(
        not _ENDS.search(reading.low[min(one.end, item.end) : max(one.start, item.start)])
        for one in amounts[max(0, at - _NEXT) : at + _NEXT]
    )
    return beside and not founded(item, replace(facts, legal=()))


def _other_hours(said: tuple[Item, ...], facts: Facts) -> Iterator[Item]:
    """Yield a closing time of no day that opens at the time beside it: Sunday's behind Monday's."""
    for first, last in pairwise(said):
        beside = last.start - first.end <= _BETWEEN and first.kind is last.kind is Kind.TIME
        if not beside or (first.role, last.role) != ("opens", "closes"):
            continue
        opens, closes = (
            {
                day
                for one in facts.clocks
                if one.role == item.role and one.minutes in item.value
                for day in one.days
            }
            for item in (first, last)
        )
        if opens and closes and opens.isdisjoint(closes):
            yield last


def _told_twice(reading: Reading) -> Iterator[Item]:
    """Yield a day that a list tells again: 5, 6 and 6 March; 6, 7 and 6 March."""
    dates = [item for item in reading.items if item.kind is Kind.DATE and item.role != "relative"]
    run: list[Item] = []
    for last in dates:
        between = reading.low[run[-1].end : last.start] if run else ""
        listed = 0 < len(between) <= _LISTED and _JOINS.fullmatch(between)
        run = run if listed and last.role in {"", "within"} else []
        if any(_is_same_day(first, last) for first in run):
            yield last
        run = [*run[-_LISTED:], last] if last.role in {"", "within"} else []


def _is_same_day(first: Item, last: Item) -> bool:
    same = all(one in {None, other} for one, other in zip(first.value, last.value, strict=True))
    return same and bool(first.value[-1])


def _mentions(reading: Reading, low: str, other: str, covered: Spans) -> Iterator[Item]:
    """Yield where a text names a product that this offer is not about."""
    wanted = plain(other, reading.locale)
    start = low.find(wanted) if wanted else -1  # invisible characters alone are found everywhere
    while start >= 0:
        end = start + len(wanted)
        whole = not (start and low[start - 1].isalnum())
        if whole and not covered.hold(start, end):
            first, last = reading.span(start, end)
            text = reading.text[first:last]
            yield Item(Kind.PRODUCT, (wanted,), start, end, text=text, first=first, last=last)
        start = low.find(wanted, end)


def _finding(item: Item, facts: Facts, known: Sequence[str]) -> Finding:
    said = message(item, facts, known)
    return Finding(item.kind, item.text, item.first, item.last, said, bool(known), item.role)
