"""Numbers that are prices by the price they are compared with: nine instead of twelve dollars.

The currency is told once, for both. What is no declared amount in that part is found, as money.
"""

from __future__ import annotations

from dataclasses import replace

from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.language.given import words_of
from storesync.copywriting.facts.reading.amounts import money_over
from storesync.copywriting.facts.reading.cents import change_behind, is_bare
from storesync.copywriting.facts.reading.price_roles import is_habit
from storesync.copywriting.facts.reading.priced import (
    Price,
    arrow_before,
    comes_from,
    currency_at,
    price_before,
    price_from,
)
from storesync.copywriting.facts.reading.surroundings import Surroundings
from storesync.copywriting.facts.reading.times import read_time

_FAR = 16  # tokens to the price before
_FEW = 2  # tokens
_LONGEST = 8  # tokens of a number
_CHAIN = 4  # tokens between the word for the former price and its number: vorher *waren es*
_TIMES = ("end", "at", "closes", "opens")  # whose words may be those for a former price: before
_Tied = tuple[frozenset[str], str]  # currencies, and the role


def read_tied_price(text: Surroundings, index: int) -> Read:
    """Read a number that names no money, and is a price by one that does."""
    number = text.numbers.get(index)
    if number is None or number.suffix or number.single in text.words.listed("plain"):
        return None
    value, end = change_behind(text, index)
    if currency_at(text, number.end) or currency_at(text, index - 1):
        return None
    found = currency_at(text, end) if end > number.end else None
    if found:  # doce con cincuenta euros
        return [money_over(text, (index, found[1]), value, found[0])], found[1]
    whole = end > number.end and _is_alone(text, index, end) and not read_time(text, index)
    if whole or (end > number.end and _is_for_a_thing(text, index, end)):  # Two-fifty for a taco.
        return [money_over(text, (index, end), value, frozenset())], end
    fallen = _fallen(text, index, end)
    none = frozenset[str]()
    tied = (none, fallen) if fallen else _to_the_former(text, end)
    tied = tied or _by_one_before(text, index, end)
    if tied is None:
        return None
    item = money_over(text, (index, end), value, tied[0])
    return [replace(item, role=tied[1])], end


def _is_alone(text: Surroundings, index: int, end: int) -> bool:
    """Say whether some tokens are all of their sentence."""
    begins = index == 0 or text.sentence[index - 1] != text.sentence[index]
    return begins and text.low(end) in {"", ".", "!", "|"}


def _is_for_a_thing(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a sentence begins with whole and change, and goes on with what they are for."""
    begins = index == 0 or text.clause[index - 1] != text.clause[index]
    article = text.low(end + 1) in text.words.listed("article")
    return begins and article and text.low(end) in words_of(text.words.language).fors


def _fallen(text: Surroundings, index: int, end: int) -> str:
    """Return the role of one of two numbers of which one falls to the other: forty down to ten."""
    behind, before = text.cue_at("lowered_to", end), text.cue_before("lowered_to", index)
    last = text.numbers.get(behind.end) if behind else None
    if last and is_bare(text, last.end):
        return "was"
    ends = before and any(
        at in text.numbers and text.numbers[at].end == before.start
        for at in range(max(0, before.start - _LONGEST), before.start)
    )
    return "now" if ends and is_bare(text, end) else ""


def _to_the_former(text: Surroundings, end: int) -> _Tied | None:
    """Return the currency of the former price right behind a number: nine *instead of £12*."""
    cue = text.cue_at("was", end)
    times = [time for label in _TIMES if (time := text.cue_at(label, end))]
    if cue is None or any(time.end >= cue.end for time in times):
        return None
    place, idle = cue.end, (*text.words.listed("article"), *text.words.listed("function"))
    while place - cue.end < _CHAIN:
        further = text.cue_at("was", place)
        if not further and text.low(place) not in idle:
            break
        place = further.end if further else place + 1
    codes = price_from(text, place)
    return (codes, "now") if codes else None


def _by_one_before(text: Surroundings, index: int, end: int) -> _Tied | None:
    """Return the currency of a price before a number, and which part of it the number is."""
    before = price_before(text, index, _FAR)
    if before is None:
        return None
    arrow = arrow_before(text, index)
    if before.end == arrow < index or _falls_to(text, before, index):
        return (before.codes, "now") if is_bare(text, end) else None
    role = _cued(text, index) or ("now" if _follows_the_former(text, before, index) else "")
    same = text.sentence[before.end - 1] == text.sentence[index]
    if not role and same and text.cue_at("off", end):
        return before.codes, "off"  # twelve less
    return (before.codes, role) if role and is_bare(text, end) else None


def _falls_to(text: Surroundings, before: Price, index: int) -> bool:
    """Say whether a number is what a price falls to: from twelve dollars *down to* nine."""
    words = text.words
    falls_to = words.listed("down_to")
    idle = {*falls_to, *words.listed("function")} | {
        word for name in ("now", "off") for cue in words.listed(name) for word in cue.split()
    }
    between = text.lows[before.end : index]
    falls = comes_from(text, before.start - 1) and any(word in falls_to for word in between)
    return falls and len(between) <= _CHAIN and idle.issuperset(between)


def _follows_the_former(text: Surroundings, before: Price, index: int) -> bool:
    """Say whether a number follows a price that was: it was twelve dollars *and is* nine."""
    words, place = text.words, before.end
    idle = (*words.listed("function"), *words.listed("joins"), ",")
    while place < index and place - before.end < 2 * _CHAIN:
        now = text.cue_at("now", place) or text.cue_at("pays", place)
        if not now and text.low(place) not in idle:
            break
        place = now.end if now else place + 1
    told = any(text.cue_before("was", before.start - step) for step in range(_FEW))
    return before.end < place == index and told


def _cued(text: Surroundings, index: int) -> str:
    """Return was or off by the word before a number, past small words: vorher waren es zwölf."""
    idle = tuple(w for one in ("article", "function", "others") for w in text.words.listed(one))
    for place in range(index, max(index - _CHAIN, 0), -1):
        for role in ("was", "off"):
            cue = text.cue_before(role, place)
            times = [time for label in _TIMES if (time := text.cue_before(label, place))]
            if cue and not any(time.start <= cue.start for time in times):
                return role
        same = text.clause[place - 1] == text.clause[index]
        pays = is_habit(text, place - 1) and text.cue_at("now", place - 1)
        if not same or not (pays or text.low(place - 1) in idle):
            return ""
    return ""
