"""Which part of an offer a price is by the words around it: what is, what was, what is saved."""

from __future__ import annotations

from storesync.copywriting.facts.bare_prices import is_former
from storesync.copywriting.facts.priced import (
    FROM,
    TO,
    arrow_before,
    arrow_behind,
    currency_at,
    price_before,
)
from storesync.copywriting.facts.surroundings import Surroundings

PER = frozenset({"a", "an", "per", "each", "pro", "je", "par", "le", "la", "por", "el"})
PER |= {"al", "il"}
_NEAR = 6  # tokens


def role_of(text: Surroundings, start: int, end: int) -> str:
    """Return was, now or off for an amount over some tokens, or nothing."""
    reach = min(4, start - _own_words(text, start))
    role = text.nearest(("was", "now", "off"), start, end, before=reach, after=0)
    each = 2 * (text.low(end) in PER and text.kind(end + 1) == "w")
    after = _less_behind(text, start, end, 2 + each)
    last = text.cue_at("was", end)
    if last and (
        last.end >= len(text.tokens)
        or text.clause[last.end] != text.clause[end - 1]
        or text.low(last.end) in ".,!)"
    ):
        return "was"
    if text.negative(start):
        return "off"
    if is_former(text, start):
        return "was"
    if text.low(start - 1) == "auf" and _of_two(text, start, end):
        return "now"  # von zwölf auf neun Euro gesenkt
    return after or _of_two(text, start, end) or role


def _less_behind(text: Surroundings, start: int, end: int, reach: int) -> str:
    """Return off where words right behind an amount say so, and not of the next: and save £5."""
    role = text.nearest(("off",), start, end, before=0, after=reach)
    for place in range(end + 1, end + reach) if role else ():
        less = text.cue_at("off", place)
        if less and _begins_amount(text, less.end) and not text.cue_at("off", end):
            return ""
    return role


def _own_words(text: Surroundings, start: int) -> int:
    """Return the token from which words may be of an amount: £12 off, at £48.

    What stands before another amount is said of that, and so is how much less it is.
    """
    before = price_before(text, start, _NEAR)
    if before is None:
        return 0
    less = text.cue_at("off", before.end)
    return less.end if less and less.end < start else before.end


def _of_two(text: Surroundings, start: int, end: int) -> str:
    """Return the role of a price in from £4 to £2, £4 → £2: the first was, the second is."""
    arrow = arrow_before(text, start)
    falls = arrow < start or text.low(start - 1) in TO
    if falls and _ends_amount(text, min(arrow, start - 1) - 1):
        return "now"
    arrow = arrow_behind(text, end)
    if arrow > end and _begins_amount(text, arrow):
        return "was"
    follows = _begins_amount(text, end + 1)
    return "was" if text.low(end) in TO and follows and text.low(start - 1) in FROM else ""


def _begins_amount(text: Surroundings, index: int) -> bool:
    return index in text.numbers or currency_at(text, index) is not None


def _ends_amount(text: Surroundings, index: int) -> bool:
    return text.kind(index) == "n" or text.low(index) in text.words.currencies
