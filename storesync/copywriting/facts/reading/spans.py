"""Reading lengths of time that are words: a decade, half a century, in a day."""

from __future__ import annotations

from decimal import Decimal

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.reading.surroundings import PERIODS, Surroundings

_IN_A = frozenset({"num", "numa"})  # numa hora
_LONGEST = 4  # tokens of a number before
_GOES_ON = frozenset(
    {"of", "'", "-", "or", "full", "like", "when", "where", "that", "and", "off", "longer", "more"}
)


def read_span(text: Surroundings, index: int) -> Read:
    """Read a word that is a number and its unit, or a period that something takes."""
    known = text.words.words["spans"].get(text.low(index))
    if known is None:
        return _within(text, index)
    amount, unit = known.split()
    last = text.low(index - 1 - (text.low(index - 1) == "-"))
    if last in text.words.words["ordinals"] or last in text.words.listed("ordinal_suffixes"):
        return None  # the 21st century
    before = [text.numbers[at] for at in _before(text, index) if text.numbers[at].end == index]
    if any(number.value != 1 for number in before):  # two decades is read as two
        return None
    value = None if amount == "?" and not before else Decimal(amount.replace("?", "1"))
    if value is not None and _is_half(text, index):
        value /= 2
    return [text.item(Kind.NUMBER, index, index + 1, value, unit=(unit,))], index + 1


def _before(text: Surroundings, index: int) -> list[int]:
    return [at for at in range(max(0, index - _LONGEST), index) if at in text.numbers]


def _is_half(text: Surroundings, index: int) -> bool:
    place = index - 1
    while text.low(place) in text.words.listed("article") or text.low(place) == "-":
        place -= 1
    return bool(text.words.words["fractions"].get(text.low(place)) == "1/2")


def takes_time(text: Surroundings, index: int) -> bool:
    """Say whether what begins at a token is how long something takes: in, dauert nur, lasts."""
    before = index - 1 - (text.low(index - 1) in text.words.listed("only"))
    within = text.low(index - 1) in text.words.listed("within") or text.low(index) in _IN_A
    return within or text.low(before) in text.words.listed("lasts")


def _within(text: Surroundings, index: int) -> Read:
    """Read how long something takes where it takes one: ready in an hour, an hour-long class."""
    if text.low(index) in text.words.listed("taken") and takes_time(text, index):
        return _one(text, index, index, index + 1)
    if text.words.language != "en":
        return None
    if text.low(index + 1) == "-" and text.low(index + 2) == "long":
        return _one(text, index, index, index + 3)
    if text.low(index) not in {"a", "an"} or not takes_time(text, index):
        return None
    return _one(text, index, index + 1, index + 2)


def _one(text: Surroundings, start: int, unit_at: int, end: int) -> Read:
    """Return one of the period that a token names, unless the sentence goes on otherwise."""
    unit = text.words.units.get(text.low(unit_at))
    if unit not in PERIODS - {"year"} or text.low(end) in _GOES_ON:
        return None
    return [text.item(Kind.NUMBER, start, end, Decimal(1), unit=(str(unit),))], end
