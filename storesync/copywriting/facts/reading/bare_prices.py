"""Numbers that are prices though they name no money: Twenty bucks? Not this time. Fourteen!"""

from __future__ import annotations

from decimal import Decimal

from storesync.copywriting.facts.reading.cents import is_bare
from storesync.copywriting.facts.reading.priced import Price, price_before, price_from
from storesync.copywriting.facts.reading.surroundings import Surroundings

_NEAR = 14  # tokens
_LONGEST = 8  # tokens of a number
_ENDS = frozenset({"", ".", "!", "?", ",", ";", ":", ")"})


def told_by_itself(text: Surroundings, index: int, end: int) -> tuple[frozenset[str], str] | None:
    """Return in which currency a number is a price by an amount before it, and its role if new.

    It ends its clause, and is all of its sentence, or what is saved or was: *you save eighteen*.
    """
    closes = end >= len(text.tokens) or text.low(end) in _ENDS or text.cue_at("will_do", end)
    last = text.cue_at("was", end)
    former = last is not None and text.low(last.end) in _ENDS  # sixty pounds (seventy-five before)
    before = price_before(text, index, _NEAR) if closes or former else None
    if not before:
        return None
    if former and not closes:
        return before.codes, "was"
    again = text.numbers[index].value == _value_of(text, before)  # twelve euros! Not 16: twelve!
    answer = _is_answer(text, index, end) or _will_do(text, index, end, before)
    if answer or (again and _is_behind_a_denied(text, index)):
        return before.codes, "now"
    cued = text.cue_before("off", index) or text.cue_before("was", index)
    if is_denied(text, index, end):
        return before.codes, "was"
    return (before.codes, "") if cued else None


def _will_do(text: Surroundings, index: int, end: int, before: Price) -> bool:
    """Say whether a number answers what was thought to be paid: ne bastano quaranta."""
    asked = text.is_asked(before.start) and text.sentence[before.start] + 1 == text.sentence[index]
    cue = text.cue_before("will_do", index) or text.cue_at("will_do", end)
    return asked and cue is not None


def _value_of(text: Surroundings, price: Price) -> Decimal | None:
    """Return the whole number of a price, behind its sign or before it."""
    places = range(price.start, price.end)
    return next((text.numbers[at].value for at in places if at in text.numbers), None)


def is_price_by_its_words(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a whole number is a price by the words around it, without a currency.

    It is what somebody pays, what is not asked any more, or what that has become: nicht sechzehn,
    sondern zwölf Euro; why pay 16 if it goes for 12?
    """
    if is_asked_why(text, index, end) or _is_all_that_is_saved(text, index, end):
        return True
    if not is_bare(text, end):
        return False
    pays = text.cue_before("pays", index)
    if pays and pays.pattern.split()[-1] not in text.words.listed("article"):  # paga el 12
        return True
    if text.low(end - 1) == "k" and any(text.cue_at(one, end) for one in ("was", "now")):
        return True  # 12.5k earlier, 10k now
    if is_denied(text, index, end):
        return _is_before_a_price(text, end)
    return _leads_to_a_price(text, index) and _follows_a_former(text, index)


def _is_all_that_is_saved(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a clause begins with save so much: *save fifteen* on a service."""
    saves = text.cue_before("savings", index)
    begins = saves and (saves.start == 0 or text.clause[saves.start - 1] != text.clause[index])
    return bool(begins) and (text.low(end) in _ENDS or text.cue_at("on", end) is not None)


def _is_before_a_price(text: Surroundings, end: int) -> bool:
    """Say whether an amount of money follows behind a number."""
    return any(price_from(text, at) for at in range(end, min(end + _NEAR, len(text.tokens))))


def _leads_to_a_price(text: Surroundings, index: int) -> bool:
    words = text.words
    tied = {*words.listed("singular"), *words.listed("copulas")}
    return bool(text.cue_before("now", index)) or text.low(index - 1) in tied


def _follows_a_former(text: Surroundings, index: int) -> bool:
    """Say whether a number that was asked stands before another one, in its sentence."""
    return any(
        text.sentence[at] == text.sentence[index]
        and (text.cue_before("was", at) or is_asked_why(text, at, text.numbers[at].end))
        for at in range(max(0, index - _NEAR), index)
        if at in text.numbers
    )


def is_asked_why(text: Surroundings, start: int, end: int) -> bool:
    """Say whether it is asked why one should pay so much: waarom 12 betalen?"""
    why = text.low(start - 1) in text.words.listed("whys")
    return why and text.low(end) in text.words.listed("spends")


def is_denied(text: Surroundings, start: int, end: int) -> bool:
    """Say whether an amount is said not to be asked: pas seize, no son nueve mil; no: why not?"""
    words, place = text.words, start - 1
    if text.low(place) in {*words.listed("copulas"), *words.listed("singular")}:
        place -= 1
    beside = place >= 0 and text.clause[place] == text.clause[start]
    return beside and text.low(place) in words.listed("negative") and text.low(end) != "?"


def _is_answer(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a number is all that its sentence says, but for a word such as just."""
    cue, links = (
        text.cue_before("now", index) or text.cue_before("denied", index),
        text.words.listed("links"),
    )
    first = cue.start if cue and text.low(index - 1) not in links else index
    begins = first == 0 or text.sentence[first - 1] != text.sentence[index]
    return begins and text.low(end) in {"", ".", "!"}


def _is_behind_a_denied(text: Surroundings, index: int) -> bool:
    """Say whether but one denied stands before a number in its sentence: pas 16 : *douze*."""
    if text.low(index - 1) not in {":", ","}:
        return False
    for first in range(max(0, index - _LONGEST), index - 1):
        number = text.numbers.get(first)
        if number and number.end == index - 1 and is_denied(text, first, number.end):
            place = first - 1
            return place < 1 or text.sentence[place - 1] != text.sentence[index]
    return False


def is_former(text: Surroundings, start: int) -> bool:
    """Say whether the word that makes a price the former one stands before a comma: Before, £8."""
    paused = text.low(start - 1) in {",", ":"}
    cue = (text.cue_before("was", start - 1) or text.cue_before("was", start)) if paused else None
    return cue is not None and (
        cue.start == 0 or text.clause[cue.start - 1] != text.clause[cue.start]
    )
