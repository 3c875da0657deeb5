"""Reading percentages."""

from __future__ import annotations

from decimal import Decimal

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item, Read
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.cents import is_bare
from storesync.copywriting.facts.reading.of_price import is_of_price
from storesync.copywriting.facts.reading.on_top import is_on_top
from storesync.copywriting.facts.reading.spelled import Numeral
from storesync.copywriting.facts.reading.surroundings import Surroundings

_REACH, _FAR = 8, 14  # tokens
_WHOLE = 100
_LESS = frozenset({"less", "weniger", "menos", "moins", "fewer", "meno", "minder", "mniej"})
_PAYS = frozenset({"zahlen", "bezahlen", "ausgeben", "payer", "dépenser", "pagar", "gastar"})
_PAYS |= {"betalen"}


def read_percentage(text: Surroundings, index: int, number: Numeral) -> Read:
    """Read a percentage whose number begins at a token."""
    end, per = per_cent(text, number.end)
    covered = end
    if not end and text.low(index - 1) == "%" and text.tight(index):  # %50
        return [_percent(text, (index - 1, number.end), number.value)], number.end
    if not end and text.ranges(number.end):
        other = text.numbers.get(number.end + 1)
        end, per = per_cent(text, other.end) if other else (0, 1)
        covered = number.end
    if not end and is_bare(text, number.end) and _is_the_rest(text, index, number.value):
        end = covered = number.end  # you pay 70 %, we cover the other 30
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


def per_cent(text: Surroundings, index: int) -> tuple[int, int]:
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
    if is_of_price(text, reach or end):  # zu 20 % des Preises, save 20 % of the price
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
        and per_cent(text, text.numbers[at].end)[0] > 0
        for at in range(max(0, place - _FAR), place)
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
