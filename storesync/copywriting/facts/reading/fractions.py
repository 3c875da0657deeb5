"""Reading fractions: of a price, of an hour, of anything."""

from __future__ import annotations

from decimal import Decimal

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.reading.cents import is_bare
from storesync.copywriting.facts.reading.of_price import is_a_price, is_of_price
from storesync.copywriting.facts.reading.on_top import is_on_top
from storesync.copywriting.facts.reading.percentages import per_cent
from storesync.copywriting.facts.reading.spans import takes_time
from storesync.copywriting.facts.reading.surroundings import Surroundings

_OF = frozenset({"-", "of", "d", "'", "de", "einer", "di"})
_PARTS = frozenset({"parte", "partes"})  # tres cuartas partes
_GOES_ON = frozenset("-/%")
_REACH, _FEW = 8, 3  # tokens
_MOST_PARTS = 10  # three quarters
_WHOLE, _PLACES = 100, 6
_SMALLER = {
    "hour": (60, "minute"),
    "day": (24, "hour"),
    "week": (7, "day"),
    "year": (12, "month"),
}
_AFTER = frozenset({"after", "nach", "après", "tras"})
_PART_OF = frozenset({"of", "des", "de", "del", "der", "di", "dei", "della", "do", "da", "dos"})
_BY = frozenset({"by", "um", "de", "met", "o", "di", "en", "del"})


def read_fraction(text: Surroundings, index: int) -> Read:
    """Read 1/2, two thirds, a third: as a percentage where it is of a price."""
    found = _fraction(text, index)
    if found is None:
        return _other_parts(text, index)
    top, value, end, written = found
    if is_of_price(text, end):
        off = value if _is_taken_off(text, index, end, value * _WHOLE) else 1 - value
        return [text.item(Kind.PERCENT, index, end, off * _WHOLE, role="off")], end
    role = _of_fraction(text, index, end)
    if not role and value != Decimal("0.5") and _is_all_that_is_paid(text, index, end):
        role = "pay"
    if role and (written or value != 1):
        return [text.item(Kind.PERCENT, index, end, value * _WHOLE, role=role)], end
    part = value != Decimal("0.5") and text.low(end) in _PART_OF
    part = part and text.low(end + 1) not in text.words.months  # the fourth of July
    measured = text.low(end) in text.words.units and not text.words.listed("article")  # pół kilo
    if (
        written
        or measured
        or top > 1
        or (part and text.low(end + 1) not in text.words.listed("article"))
    ):
        return [text.item(Kind.NUMBER, index, end, value, unit=text.unit(end))], end
    return None


def _other_parts(text: Surroundings, index: int) -> Read:
    """Read the parts that a fraction leaves: three tenths off, you pay *the other seven*."""
    number = text.numbers.get(index)
    others = (*text.words.listed("others"), *text.words.listed("remaining"))
    behind = number is not None and text.low(number.end) in others
    before = number is not None and text.low(index - 1) in others and is_bare(text, number.end)
    if number is None or not (behind or before):
        return None
    for at in range(max(0, index - 2 * _REACH), index):
        part = _fraction(text, at) if text.sentence[at] == text.sentence[index] else None
        if part and round(part[0] / part[1], _PLACES) == part[0] + number.value:
            pays = any(text.cue_before("pays", index - step) for step in range(_FEW))
            share = number.value * part[1] / part[0] * _WHOLE
            role = "pay" if pays else "off"
            end = number.end + behind
            return [text.item(Kind.PERCENT, index, end, share, role=role)], end
    return None


def _fraction(text: Surroundings, index: int) -> tuple[Decimal, Decimal, int, bool] | None:
    """Return the fraction at a token: its numerator, its value, its end, and if in figures."""
    top, place = Decimal(1), index
    number, written = text.numbers.get(index), False
    if number and text.kind(index) == "n" and text.low(index + 1) == "/" and text.tight(index + 1):
        below = text.numbers.get(index + 2)
        if below is None or not text.tight(index + 2) or below.value == 0:
            return None
        top, bottom, end, written = number.value, below.value, below.end, True
    else:
        listed = text.words.words["fractions"]
        if number and number.end < len(text.tokens):
            top, place = number.value, number.end
        elif text.low(index) in text.words.listed("article"):
            place = index + 1
        if text.low(place) == "-":
            place += 1
        if text.low(place) not in listed or (place == index and _is_ordinal(text, index)):
            return None
        part = listed[text.low(place)].split("/")
        top, bottom, end = top * int(part[0]), Decimal(part[1]), place + 1
    return top, top / bottom, end + (text.low(end) in _PARTS), written


def _is_all_that_is_paid(text: Surroundings, start: int, end: int) -> bool:
    """Say whether a fraction is what one pays, with no word for what it is of: pay three quarters.

    *Pay a third up front* is read so as well, and found.
    """
    of_it = text.low(end) in _PART_OF or text.kind(end) == "n" or text.low(end) in _GOES_ON
    return text.cue_before("pays", start) is not None and not of_it


def _is_taken_off(text: Surroundings, start: int, end: int, percent: Decimal) -> bool:
    """Say whether a fraction of a price is what goes: save a third of the price, un quart en moins.

    So it is where it tells again what is off: 20 % off, *that is* a fifth of the price.
    """
    first = start - (text.low(start - 1) in _BY)
    first -= text.low(first - 1) in {"d", "'"} and 2 * (text.low(first - 1) == "'")
    last = next((at for at in range(end, end + _REACH) if is_a_price(text.low(at))), end)
    if text.cue_before("off", first) or text.cue_at("off", last + 1):
        return True
    return text.cue_before("that_is", start) is not None and any(
        text.numbers[at].value == percent
        and per_cent(text, text.numbers[at].end)[0] > 0
        and text.sentence[at] == text.sentence[start]
        for at in range(max(0, start - 3 * _REACH), start)
        if at in text.numbers
    )


def _is_ordinal(text: Surroundings, index: int) -> bool:
    """Say whether a language without articles says third, where a third is one third."""
    return text.low(index) in text.words.words["ordinals"] and not text.words.listed("article")


def _of_fraction(text: Surroundings, start: int, end: int) -> str:
    role = text.nearest(("off", "more"), start, end, before=4, after=4)
    on_top, further = is_on_top(text, start, end), text.cue_before("bound", start)
    if role == "off" and not on_top and text.bound(start, end) == "over":
        return "above"
    return "bound" if role == "off" and (further or on_top) else role


def read_half_hour(text: Surroundings, index: int) -> Read:
    """Read half an hour, einer halben Stunde and three quarters of an hour, as minutes.

    Of a day, a week and a year, too, where it is how long something takes: in half a day.
    """
    words = text.words
    number, place = text.numbers.get(index), index
    if number and number.spelled and number.value < _MOST_PARTS:
        place = number.end
    elif text.low(index) in words.listed("article"):
        place = index + 1
    fraction = words.words["fractions"].get(text.low(place), "")
    top, _, bottom = fraction.partition("/")
    end = place + 1
    while fraction and (text.low(end) in words.listed("article") or text.low(end) in _OF):
        end += 1
    unit = words.units.get(text.low(end), "")
    timed = takes_time(text, index) or text.low(index - 1) in _AFTER
    many, smaller = _SMALLER.get(unit, (0, ""))
    if not fraction or not many or (unit != "hour" and not timed):
        return None
    times = int(number.value) if number and place == number.end else 1
    length = Decimal(many * times * int(top)) / int(bottom)
    return [text.item(Kind.NUMBER, index, end + 1, length, unit=(smaller,))], end + 1
