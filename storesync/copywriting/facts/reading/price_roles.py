"""Which part of an offer a price is by the words around it: what is, what was, what is saved."""

from __future__ import annotations

from storesync.copywriting.facts.reading.bare_prices import is_former
from storesync.copywriting.facts.reading.priced import (
    arrow_before,
    arrow_behind,
    comes_from,
    comes_to,
    currency_at,
    price_before,
    price_from,
)
from storesync.copywriting.facts.reading.surroundings import Surroundings

_NEAR = 6  # tokens
_PER_CENT = frozenset({"%", "percent", "cent"})


def role_of(text: Surroundings, start: int, end: int) -> str:
    """Return was, now or off for an amount over some tokens, or nothing."""
    own = start - _own_words(text, start)
    role = text.nearest(("was", "now", "off"), start, end, before=min(4, own), after=0)
    if role == "now" and (_is_then(text, start) or _is_usual(text, start, min(_NEAR, own))):
        return "was"
    each = 2 * (text.low(end) in text.words.listed("for_each") and text.kind(end + 1) == "w")
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
    refused = text.low(end) == "?" and text.cue_at("denied", end + 1)
    if is_former(text, start) or refused or _is_what_is_cut(text, start):
        return "was"
    if text.low(start - 1) == "auf" and _of_two(text, start, end):
        return "now"  # von zwölf auf neun Euro gesenkt
    return after or _of_two(text, start, end) or role or _before_the_former(text, end)


def _is_what_is_cut(text: Surroundings, start: int) -> bool:
    """Say whether an amount is what a percentage is off: 25 % off £60."""
    cue = text.cue_before("off", start)
    return cue is not None and cue.pattern == "off" and text.low(cue.start - 1) in _PER_CENT


def _before_the_former(text: Surroundings, end: int) -> str:
    """Return now for an amount right before the former one: £9 (was £12), £9 instead of £12."""
    place = end + (text.low(end) in {"(", ","})
    cue = text.cue_at("was", place)
    return "now" if cue and price_from(text, cue.end) else ""


def _is_then(text: Surroundings, start: int) -> bool:
    """Say whether a price has but *at* between it and the word for the former one: prima a 120."""
    now = text.cue_before("now", start)
    return now is not None and text.cue_before("was", now.start) is not None


def _is_usual(text: Surroundings, start: int, reach: int) -> bool:
    """Say whether an amount is what one pays without the offer: it *normally* goes for £12."""
    for place in range(start, start - reach, -1):
        if text.clause[place - 1] != text.clause[start]:
            return False
        if is_habit(text, place):
            return True
    return False


def is_habit(text: Surroundings, place: int) -> bool:
    """Say whether a word for what is usual ends before a token."""
    cue = text.cue_before("was", place)
    return cue is not None and cue.pattern in text.words.listed("habits")


def _less_behind(text: Surroundings, start: int, end: int, reach: int) -> str:
    """Return what words for less right behind an amount make of it: £2 off, £12 down to £9.

    They may be of the next amount: £9, *and save* £3; £12 *minus* £3.
    """
    role = text.nearest(("off",), start, end, before=0, after=reach)
    for place in range(end, end + reach) if role else ():
        less, now = text.cue_at("off", place), text.cue_at("now", place)
        if less and now and now.end > less.end and _begins_amount(text, now.end):
            return "was"
        lowers = less is not None and less.pattern in text.words.listed("below")
        if less and _begins_amount(text, less.end) and not lowers:
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
    if less and (less.end < start or less.pattern in text.words.listed("below")):
        return min(less.end, start)
    return before.end


def _of_two(text: Surroundings, start: int, end: int) -> str:
    """Return the role of a price in from £4 to £2, £4 → £2: the first was, the second is."""
    arrow = arrow_before(text, start)
    falls = arrow < start or comes_to(text, start - 1)
    if falls and _ends_amount(text, min(arrow, start - 1) - 1):
        return "now"
    arrow = arrow_behind(text, end)
    if arrow > end and _begins_amount(text, arrow):
        return "was"
    follows = _begins_amount(text, end + 1)
    return "was" if comes_to(text, end) and follows and comes_from(text, start - 1) else ""


def _begins_amount(text: Surroundings, index: int) -> bool:
    return index in text.numbers or currency_at(text, index) is not None


def _ends_amount(text: Surroundings, index: int) -> bool:
    return text.kind(index) == "n" or text.low(index) in text.words.currencies
