"""Reading the cents that follow a price in words: tre euro e cinquanta, nove euros e noventa."""

from __future__ import annotations

from decimal import Decimal

from storesync.copywriting.facts.surroundings import Surroundings

_WHOLE, _STEP = 100, 5
_TELL_CENTS = frozenset({"it", "pt"})


def cents_behind(text: Surroundings, end: int) -> tuple[Decimal, int]:
    """Return the cents that an and ties to a price, and the token after them.

    What is counted is none: three euros *and two biscuits*.
    """
    number = text.numbers.get(end + 1)
    tied = text.words.language in _TELL_CENTS and text.low(end) in text.words.listed("glue")
    if not tied or number is None or not 0 < number.value < _WHOLE:
        return Decimal(0), end
    after = text.low(number.end)
    named = after in text.words.words["minor"]
    idle = (*text.words.listed("function"), *text.words.listed("links"))
    bare = text.kind(number.end) != "w" or after in idle
    if not named and not (bare and number.value % _STEP == 0 and after != "%"):
        return Decimal(0), end
    return number.value / _WHOLE, number.end + named
