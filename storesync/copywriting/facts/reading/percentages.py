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
    *("prijs", "prijzen", "ceny", "cenie", "cenę"),
)
_OF = frozenset({"-", "of", "d", "'", "de", "einer", "di"})
_PARTS = frozenset({"parte", "partes"})  # tres cuartas partes
_ENDS = frozenset({"", ".", ",", "!", "?", ";", ":"})
_REACH = 8  # tokens
_MOST_PARTS = 10  # three quarters
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
    if not end and is_tagged_share(text, index):
        end = covered = number.end
    if not end or (number.suffix and not number.suffix.startswith("prozent")):
        return None
    return [_percent(text, (index, covered), number.value / per, reach=end)], covered


def is_tagged_share(text: Surroundings, index: int) -> bool:
    """Say whether a number of a hashtag is what is off: #25off, #40percentoff."""
    number = text.numbers.get(index)
    tagged = text.low(index - 1) == "#" and text.tight(index)
    if number is None or not (tagged and text.tight(number.end)):
        return False
    share = text.low(number.end) == "%" or text.cue_at("percent", number.end)
    return bool(share or text.cue_at("off", number.end))


def _per_cent(text: Surroundings, index: int) -> tuple[int, int]:
    """Return the token after a per cent sign or word, and what to divide by; 0 for none."""
    if text.low(index) == "%":
        return index + 1, 1
    if text.low(index) == "‰":
        return index + 1, 10
    joined = text.low(index) == "-" and text.tight(index)  # das 40-Prozent-Angebot
    match = text.cue_at("percent", index + joined)
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
    if text.cue_before("pays", start) or _is_what_is_left(text, start, less):
        role = "pay"
    if text.negative(start):
        role = "off"
    bound = text.cue_before("bound", start) and not text.cue_before("up_to", start)
    if bound or (role in {"", "off", "more"} and is_on_top(text, start, reach or end)):
        role = "bound"
    of_what = role == "share" or (not role and _is_content(text, reach or end))
    unit = text.unit(less.end if less else reach or end) if of_what else ()
    return text.item(Kind.PERCENT, start, end, value, role=role, unit=unit)


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
    listed = text.words.listed("generic")
    return text.low(index) not in listed and text.cue_at("on", index) is None


def _names_something(text: Surroundings, less: Match) -> bool:
    """Say whether less is of something: 30 % less sugar is no discount."""
    pays = text.low(less.end) in _PAYS  # 30 % weniger zahlen
    return text.low(less.start) in _LESS and _is_content(text, less.end) and not pays


def read_fraction(text: Surroundings, index: int) -> Read:
    """Read 1/2, two thirds, a third: as a percentage where it is of a price."""
    top, place = Decimal(1), index
    number = text.numbers.get(index)
    written = False
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
    end += text.low(end) in _PARTS
    value = top / bottom
    if _of_price(text, end):
        return [text.item(Kind.PERCENT, index, end, 100 - value * 100, role="off")], end
    role = _of_fraction(text, index, end)
    if role and (written or value != 1):
        return [text.item(Kind.PERCENT, index, end, value * 100, role=role)], end
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
    priced = [low for low in near if low.startswith(_PRICE_WORDS) or "preis" in low]
    what = end + 1 + (text.low(end + 1) == ",")  # trzy czwarte tego, co płacisz
    if near[0] in _OF | {"des", "von", "van", "do", "tego"} and _is_usual(text, what):
        return True
    beside = near[0] in _PART_OF | {"the", "du", "vom", "von", "van"}
    if beside and _is_former(text, end + 1):
        return True
    beside = beside or near[0] in priced
    return bool(priced) and beside
