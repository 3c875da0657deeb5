"""Reading percentages, and fractions that are of a price or an hour."""

from __future__ import annotations

from decimal import Decimal

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item, Read
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.on_top import is_on_top
from storesync.copywriting.facts.reading.priced import currency_at
from storesync.copywriting.facts.reading.spans import takes_time
from storesync.copywriting.facts.reading.spelled import Numeral
from storesync.copywriting.facts.reading.surroundings import Surroundings

_PRICE_WORDS = (
    *("price", "prix", "preis", "precio", "prezzo", "preço", "preco"),
    *("prijs", "prijzen", "ceny", "cenie", "cenę", "tarif", "tarief"),
)
_OF = frozenset({"-", "of", "d", "'", "de", "einer", "di"})
_PARTS = frozenset({"parte", "partes"})  # tres cuartas partes
_ENDS = frozenset({"", ".", ",", "!", "?", ";", ":"})
_GOES_ON = frozenset("-/%")
_REACH = 8  # tokens
_MOST_PARTS = 10  # three quarters
_WHOLE = 100
_SMALLER = {
    "hour": (60, "minute"),
    "day": (24, "hour"),
    "week": (7, "day"),
    "year": (12, "month"),
}
_AFTER = frozenset({"after", "nach", "après", "tras"})
_LESS = frozenset({"less", "weniger", "menos", "moins", "fewer", "meno", "minder", "mniej"})
_PART_OF = frozenset({"of", "des", "de", "del", "der", "di", "dei", "della", "do", "da", "dos"})
_PAYS = frozenset({"zahlen", "bezahlen", "ausgeben", "payer", "dépenser", "pagar", "gastar"})
_PAYS |= {"betalen"}
_BY = frozenset({"by", "um", "de", "met", "o", "di", "en", "del"})


def read_percentage(text: Surroundings, index: int, number: Numeral) -> Read:
    """Read a percentage whose number begins at a token."""
    end, per = _per_cent(text, number.end)
    covered = end
    if not end and text.low(index - 1) == "%" and text.tight(index):  # %50
        return [_percent(text, (index - 1, number.end), number.value)], number.end
    if not end and text.ranges(number.end):
        other = text.numbers.get(number.end + 1)
        end, per = _per_cent(text, other.end) if other else (0, 1)
        covered = number.end
    if not end or (number.suffix and not number.suffix.startswith("prozent")):
        return None
    return [_percent(text, (index, covered), number.value / per, reach=end)], covered


def _per_cent(text: Surroundings, index: int) -> tuple[int, int]:
    """Return the token after a per cent sign or word, and what to divide by; 0 for none."""
    if text.low(index) == "%":
        return index + 1, 1
    if text.low(index) == "‰":
        return index + 1, 10
    joined = text.low(index) == "-" and text.tight(index)  # das 40-Prozent-Angebot
    match = text.cue_at("percent", index + joined)
    short = text.low(index) in text.words.listed("percent_before_off")
    if short and text.cue_at("off", index + 1):  # 20pc off
        return index + 1, 1
    return (match.end, 1) if match else (0, 1)


def _percent(text: Surroundings, span: tuple[int, int], value: Decimal, reach: int = 0) -> Item:
    start, end = span
    role = text.nearest(("off", "more"), start, reach or end, before=4, after=5)
    share = text.nearest(("share",), start, reach or end, before=0, after=1)
    less = text.cue_at("off", reach or end)
    noun = (reach or end) + 1
    of_it = text.low(noun - 1) in {"de", "d", "di"} and _is_content(text, noun)
    of_it = of_it and text.cue_at("off", noun) is None
    if _of_price(text, reach or end):  # zu 20 % des Preises, save 20 % of the price
        role = role or "pay"
    elif ((share or of_it) and less is None) or (less and _names_something(text, less)):
        role = "share"
    pays = text.cue_before("pays", start) and less is None  # and pay 25 % less
    if pays or _is_what_is_left(text, start, less):
        role = "pay"
    if _is_the_rest(text, start, value):
        role = "off"
    if text.negative(start):
        role = "off"
    bound = text.cue_before("bound", start) and not text.cue_before("up_to", start)
    if bound or (role in {"", "off", "more"} and is_on_top(text, start, reach or end)):
        role = "bound"
    of_what = role == "share" or (not role and _is_content(text, reach or end))
    unit = text.unit(less.end if less else reach or end) if of_what else ()
    return text.item(Kind.PERCENT, start, end, value, role=role, unit=unit)


def _is_the_rest(text: Surroundings, start: int, value: Decimal) -> bool:
    """Say whether a percentage is what another leaves: you pay 85 %, the *remaining* 15 % we do.

    The other is paid, as no word right before this one says of it.
    """
    place = start - 1
    if text.low(place) not in text.words.listed("remaining"):
        return False
    return any(
        text.numbers[at].value + value == _WHOLE
        and text.cue_before("pays", at) is not None
        and _per_cent(text, text.numbers[at].end)[0] > 0
        for at in range(max(0, place - _REACH), place)
        if at in text.numbers and text.sentence[at] == text.sentence[start]
    )


def _is_what_is_left(text: Surroundings, start: int, less: Match | None) -> bool:
    """Say whether a price comes down to a percentage: reduced to 30 %, auf 30 % gesenkt."""
    if text.cue_before("left_at", start) and less is None:
        return True
    lowered = text.words.listed("lowered")
    near = range(max(0, start - 2), min(start + _REACH, len(text.tokens)))
    return text.low(start - 1) == "auf" and any(
        text.low(at) in lowered and text.clause[at] == text.clause[start] for at in near
    )


def _is_content(text: Surroundings, index: int) -> bool:
    """Say whether a token is a word with a meaning of its own, as nouns are."""
    if text.kind(index) != "w" or len(text.low(index)) <= 4:
        return False
    listed = (*text.words.listed("generic"), *text.words.listed("links"))
    return text.low(index) not in listed and text.cue_at("on", index) is None


def _names_something(text: Surroundings, less: Match) -> bool:
    """Say whether less is of something: 30 % less sugar is no discount."""
    pays = text.low(less.end) in _PAYS  # 30 % weniger zahlen
    return text.low(less.start) in _LESS and _is_content(text, less.end) and not pays


def read_fraction(text: Surroundings, index: int) -> Read:
    """Read 1/2, two thirds, a third: as a percentage where it is of a price."""
    found = _fraction(text, index)
    if found is None:
        return None
    top, value, end, written = found
    if _of_price(text, end):
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
    last = next((at for at in range(end, end + _REACH) if _is_a_price(text.low(at))), end)
    if text.cue_before("off", first) or text.cue_at("off", last + 1):
        return True
    return text.cue_before("that_is", start) is not None and any(
        text.numbers[at].value == percent
        and _per_cent(text, text.numbers[at].end)[0] > 0
        and text.sentence[at] == text.sentence[start]
        for at in range(max(0, start - 3 * _REACH), start)
        if at in text.numbers
    )


def _is_a_price(low: str) -> bool:
    return low.startswith(_PRICE_WORDS) or "preis" in low


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


def _is_usual(text: Surroundings, index: int) -> bool:
    """Say whether what one otherwise pays begins at a token, and not what others ask."""
    lows = [text.low(place) for place in range(index, index + _REACH)]
    lows = lows[: next((at for at, low in enumerate(lows) if low in _ENDS), len(lows))]
    what = any(text.words.has(low, "what") for low in lows[:3])
    asked = any(text.words.has(low, "costs") for low in lows)
    return what and asked and not any(text.words.has(low, "elsewhere") for low in lows)


def _is_former(text: Surroundings, place: int) -> bool:
    """Say whether a price is told from a token on: the usual £60."""
    while text.low(place) in text.words.listed("article"):
        place += 1
    cue = text.cue_at("was", place) or text.cue_at("was", place - 1)
    after = cue.end if cue else place
    return currency_at(text, after) is not None or (
        after in text.numbers and currency_at(text, text.numbers[after].end) is not None
    )


def _of_price(text: Surroundings, end: int) -> bool:
    """Say whether a fraction is what is left to pay: a third of the usual price."""
    near = [text.low(end + step) for step in range(4) if text.low(end + step) != "-"]
    priced = [low for low in near if _is_a_price(low)]
    what = end + 1 + (text.low(end + 1) == ",")  # trzy czwarte tego, co płacisz
    if near[0] in _OF | {"des", "von", "van", "do", "tego"} and _is_usual(text, what):
        return True
    beside = near[0] in _PART_OF | {"the", "du", "vom", "von", "van"}
    if beside and _is_former(text, end + 1):
        return True
    beside = beside or near[0] in priced
    return bool(priced) and beside
