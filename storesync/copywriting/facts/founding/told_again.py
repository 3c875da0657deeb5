"""Numbers that state nothing of their own: marks of a list, an amount said again, one of it.

*1) Come in. 2) Try it on.* and *10% off. Ten.* count nothing, and *1 oil change* is what is sold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.limits import STOPS
from storesync.copywriting.facts.founding.rations import is_one
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.reading.read import Reading

_MARKS = re.compile(
    r"(?:^|\n|(?P<inside>[.!?…]))[ \xa0]*(?P<number>[1-9][0-9]?)(?P<sign>[.)])[ \xa0]+(?=[^\W\d_])"
)
_WORD = re.compile(r"\w+")
_CENTS, _TWO = 100, 2
_FAR = 120  # characters


def without_idle(
    reading: Reading, said: Sequence[Item], facts: Facts, is_founded: Callable[[Item], bool]
) -> list[Item]:
    """Return items without the numbers among them that state nothing of their own."""
    if not any(item.kind is Kind.NUMBER for item in said):
        return list(said)
    marks = set(_marks(reading.low))
    last: dict[int, Item] = {}  # before each number, what is no thing
    before: Item | None = None
    for one in said:
        if one.kind is Kind.NUMBER and before:
            last[one.start] = before
        before = before if one.kind is Kind.PRODUCT else one
    return [
        item
        for item in said
        if item.kind is not Kind.NUMBER
        or not (
            item.start in marks
            or _is_said_again(item, reading, last.get(item.start), is_founded)
            or is_one(reading, item, facts)
        )
    ]


def _marks(low: str) -> Iterator[int]:
    """Yield where the numbers stand that mark a list: 1, 2 and on, two of them at least.

    With a stop they begin a line each, with a bracket a sentence will do.
    """
    for sign in ".)":
        found = [
            match
            for match in _MARKS.finditer(low)
            if match["sign"] == sign and not (sign == "." and match["inside"])
        ]
        numbers = [int(match["number"]) for match in found]
        if len(numbers) >= _TWO and numbers == list(range(1, len(numbers) + 1)):
            yield from (match.start("number") for match in found)


def _is_said_again(
    item: Item, reading: Reading, last: Item | None, is_founded: Callable[[Item], bool]
) -> bool:
    """Say whether a number alone in its sentence is a declared amount of the sentence before."""
    start, end = _sentence(reading.low, item)
    alone = set(_WORD.findall(reading.low[start:end])) - set(_WORD.findall(item.text.casefold()))
    if alone - {*lexicon(reading.locale).listed("interjections")} or not isinstance(
        item.value, Decimal
    ):
        return False
    if (
        last is None
        or last.end > start
        or last.kind not in {Kind.PERCENT, Kind.MONEY}
        or last.value is None
    ):
        return False
    between = reading.low[last.end : start].strip(" .!?…\n\xa0")
    near = len(between) < _FAR and len(STOPS.split(between)) == 1
    same = last.value == item.value
    if last.kind is Kind.MONEY and last.value < 1:
        same = last.value * _CENTS == item.value
    return near and same and is_founded(last)


def _sentence(low: str, item: Item) -> tuple[int, int]:
    ends = [match.end() for match in STOPS.finditer(low, max(0, item.start - _FAR), item.start)]
    after = STOPS.search(low, item.end, item.end + _FAR)
    begins = ends[-1] if ends else (0 if item.start < _FAR else item.start - _FAR)
    return begins, after.start() if after else min(len(low), item.end + _FAR)
