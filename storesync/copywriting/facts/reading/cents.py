"""Reading small change that follows a price in words: three pounds sixty, nove euro e novanta."""

from __future__ import annotations

from decimal import Decimal

from storesync.copywriting.facts.reading.spelled import Numeral
from storesync.copywriting.facts.reading.surroundings import Surroundings

_WHOLE, _STEP, _TWO_DIGITS = 100, 5, 10
_COUNTS = frozenset("%-/")


def cents_behind(text: Surroundings, end: int) -> tuple[Decimal, int]:
    """Return the cents that follow a word for money, and the token after them.

    What is counted is none: three euros *and two biscuits*, five pounds *sixty of us*.
    """
    tied = text.low(end) in text.words.listed("change")
    joined = tied or text.low(end) in text.words.listed("glue")
    number = text.numbers.get(end + joined)
    hundredths = _in_hundredths(text, end)
    if hundredths:
        return Decimal(text.low(end)) / _WHOLE, hundredths
    if number is None or not 0 < number.value < _WHOLE or number.suffix:
        return Decimal(0), end
    named = text.low(number.end) in text.words.words["minor"]
    if not named and not (is_bare(text, number.end) and _is_change(text, end, number)):
        return Decimal(0), end
    return number.value / _WHOLE, number.end + named


def _in_hundredths(text: Surroundings, end: int) -> int:
    """Return the token after cents in hundredths, as on a cheque, or 0: 00/100 M.N."""
    digits = text.lows[end : end + 3]
    if len(digits[0]) != len("00") or not digits[0].isdigit() or digits[1:] != ["/", "100"]:
        return 0
    national = text.lows[end + 3 : end + 6] == ["m", ".", "n"]
    return end + 6 if national else end + 3


def _is_change(text: Surroundings, end: int, number: Numeral) -> bool:
    """Say whether a number may be cents that are not named: sixty, e cinquanta, 50."""
    if text.low(end) in text.words.listed("change"):
        return number.value % _STEP == 0
    if end not in text.numbers or text.clause[end] != text.clause[end - 1]:
        return False  # and fifty
    in_words = text.kind(end - 1) == "w" and text.low(end) not in text.words.listed("plain")
    digits = number.spelled or len(text.low(end)) == 2
    return in_words and digits and number.value >= _TWO_DIGITS


def change_behind(text: Surroundings, index: int) -> tuple[Decimal, int]:
    """Return a number with the small change right behind it, and the token after: twelve fifty."""
    whole = text.numbers[index]
    if not whole.spelled or whole.value % 1:
        return whole.value, whole.end
    joined = text.low(whole.end) in {"-", *text.words.listed("change")}
    change = text.numbers.get(whole.end + joined)
    if change is None or not change.spelled or not _TWO_DIGITS <= change.value < _WHOLE:
        return whole.value, whole.end
    return whole.value + change.value / _WHOLE, change.end


def is_bare(text: Surroundings, end: int) -> bool:
    """Say whether what stands behind a number is nothing that it counts."""
    words, after = text.words, text.low(end)
    counts = after in words.units or text.cue_at("percent", end) or after in _COUNTS
    cued = text.cue_at("was", end) is not None
    return not counts and (
        text.kind(end) != "w"
        or cued
        or any(after in words.listed(name) for name in ("function", "links", "joins"))
    )
