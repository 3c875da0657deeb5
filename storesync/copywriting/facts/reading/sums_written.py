"""Reading sums that a text writes out: £16 - £4 = £12, 75 x 0,8, sixty minus fifteen is forty-five.

What stands in them is the former price, what is off, and the price now, and is asked as that. A sum
that does not come out has a result that nobody declared.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item, Read
from storesync.copywriting.facts.reading.cents import is_bare
from storesync.copywriting.facts.reading.priced import currency_at
from storesync.copywriting.facts.reading.surroundings import Surroundings

_SIGNS = {
    **dict.fromkeys("-\u2013\u2796", "minus"),
    **dict.fromkeys("\u00d7x*\u2716", "times"),
    **dict.fromkeys("÷/:➗", "over"),
}
_EQUALS = frozenset("=🟰")
_BETWEEN = 3  # words: $25 snow shovel - $10
_WHOLE, _CENT = 100, Decimal("0.01")


class _Part(NamedTuple):
    """A number of a sum: its first token, the one after it, its currencies, or that it is a share.

    The price, and what is off, may have no currency.
    """

    value: Decimal
    start: int
    end: int
    codes: frozenset[str] = frozenset()
    is_share: bool = False


def read_sum(text: Surroundings, index: int) -> Read:
    """Read a sum that begins at a token: of the former price, with the price now as its result."""
    first = _part(text, index)
    if first is None or first.is_share or _goes_on(text, index - 1):
        return None
    sign, place = _sign(text, first)
    second = _part(text, place) if sign else None
    if second is None or not _may_stand(sign, second):
        return None
    result = _result(text, first, second, place)
    if result is None and not (sign == "times" and is_bare(text, second.end)):
        return None
    items = [_money(text, first, "was"), _second(text, sign, second)]
    if result is None:
        return items, second.end
    comes_out = abs(_worth(sign, first, second) - result.value) < _CENT
    now = _money(text, result, "now", told=comes_out)
    return [*items, now], result.end


def _part(text: Surroundings, place: int) -> _Part | None:
    """Return the amount, number or percentage that begins at a token."""
    sign = currency_at(text, place)
    number = text.numbers.get(sign[1] if sign else place)
    if number is None or number.suffix or number.value == 0:
        return None
    end, percent = number.end, text.cue_at("percent", number.end)
    if percent or text.low(end) == "%":
        after = percent.end if percent else end + 1
        return None if sign else _Part(number.value, place, after, is_share=True)
    behind = (sign[0], end) if sign else currency_at(text, end)
    codes, end = behind or (frozenset[str](), end)
    return _Part(number.value, place, end, codes)


def _sign(text: Surroundings, first: _Part) -> tuple[str, int]:
    """Return what is done to the first number of a sum, and the token after the word for it.

    The product may stand between, if the number is money.
    """
    for place in range(first.end, first.end + 1 + (_BETWEEN if first.codes else 0)):
        sign = _SIGNS.get(text.low(place), "")
        cue = text.cue_at("takes_away", place)
        if sign or cue:
            return sign or "minus", cue.end if cue else place + 1
        if text.low(place) in text.words.listed("taken_times"):
            return "times", place + 1
        if text.kind(place) != "w":
            break
    return "", first.end


def _may_stand(sign: str, second: _Part) -> bool:
    """Say whether a number can be the second of a sum: less £4, times 0.8, over 2."""
    if sign == "times":
        return not second.codes and (second.is_share or second.value < 1)
    return sign == "minus" or not (second.codes or second.is_share or second.value % 1)


def _result(text: Surroundings, first: _Part, second: _Part, place: int) -> _Part | None:
    """Return what a sum comes to, by a sign, or by a word where it cannot be a range: 10–18 is."""
    end = second.end
    if text.low(end) in _EQUALS:
        found = _part(text, end + 1)
    else:
        makes = text.cue_at("makes", end + (text.low(end) == ","))
        told = text.kind(place - 1) == "w" or (first.codes and second.codes)
        found = _part(text, makes.end) if makes and told else None
    if found is None or found.is_share or _goes_on(text, found.end):
        return None
    # Without money told, nothing may be counted: 24 minus 6 is 18 hours.
    money = first.codes or second.codes or found.codes
    return found if money or is_bare(text, found.end) else None


def _goes_on(text: Surroundings, place: int) -> bool:
    """Say whether a sign at a token makes a number beside it a part of more: 2 x 9, 9 : 3."""
    joined = place - 1 in text.numbers or text.kind(place - 1) == "n"
    return joined and text.low(place) in _SIGNS and place + 1 in text.numbers


def _worth(sign: str, first: _Part, second: _Part) -> Decimal:
    """Return what a sum really comes to."""
    share = first.value * second.value / _WHOLE
    if sign == "minus":
        return first.value - (share if second.is_share else second.value)
    if sign == "over":
        return first.value / second.value
    return share if second.is_share else first.value * second.value


def _second(text: Surroundings, sign: str, part: _Part) -> Item:
    """Return what the second number of a sum states: what is off, or which share is paid."""
    if sign == "minus":
        if not part.is_share:
            return _money(text, part, "off")
        return text.item(Kind.PERCENT, part.start, part.end, part.value, role="off")
    paid = part.value if part.is_share else part.value * _WHOLE
    paid = _WHOLE / part.value if sign == "over" else paid
    return text.item(Kind.PERCENT, part.start, part.end, paid, role="pay")


def _money(text: Surroundings, part: _Part, role: str, *, told: bool = True) -> Item:
    """Return an amount of a sum in its part, without a value where it is wrong."""
    value, unit = part.value if told else None, tuple(sorted(part.codes))
    return text.item(Kind.MONEY, part.start, part.end, value, role=role, unit=unit)
