"""Reading what is off, or paid, of each unit of money: 70 cents on the dollar, ogni 100 franchi.

So much of so much is a percentage, and is asked as one: exactly the rate that is declared.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item, Read
from storesync.copywriting.facts.language.given import OF, words_of
from storesync.copywriting.facts.reading.amounts import read_amount
from storesync.copywriting.facts.reading.priced import currency_at
from storesync.copywriting.facts.reading.surroundings import Surroundings

_FEW = 3  # tokens between an amount and what it is of: 15 franchi di sconto ogni 100
_FAR = 12  # tokens: de cada euro de palmera de chocolate, pagas 70 céntimos
_WHOLE = 100
# Of these an amount is what is paid, without a word that says so: 70 cents on the dollar.
_IDIOMS = frozenset({"on the", "in the"})


class _Unit(NamedTuple):
    """So much money of which a part is told, with its currencies, and the token after it."""

    value: Decimal
    codes: frozenset[str]
    end: int


def read_ratio(text: Surroundings, index: int) -> Read:
    """Read an amount of each unit of money that begins at a token, or that unit and an amount."""
    if "each_unit" not in text.cued:
        return None
    cue = text.cue_at("each_unit", index)
    if cue:
        unit = _unit(text, cue.end)
        told = unit and _behind(text, index, unit)
        return (_of_what(text, unit.end), unit.end) if unit and told else None
    if index not in text.numbers and currency_at(text, index) is None:
        return None
    return _of_one_before(text, index) or _amount_first(text, index)


def _unit(text: Surroundings, place: int) -> _Unit | None:
    """Return the money that begins at a token: dollar, 100 pesos, £4, 100."""
    sign = currency_at(text, place)
    number = text.numbers.get(sign[1] if sign else place)
    if number is None or number.suffix or number.value <= 0:
        named = sign and text.kind(place) == "w" and text.kind(sign[1]) != "n"
        return _Unit(Decimal(1), sign[0], sign[1]) if sign and named else None
    behind = sign or currency_at(text, number.end)
    end = number.end if sign or not behind else behind[1]
    return _Unit(number.value, behind[0] if behind else frozenset(), end)


def _amount(text: Surroundings, place: int) -> tuple[Item, int] | None:
    """Return the amount of money, or the bare number, that begins at a token."""
    if place not in text.numbers and currency_at(text, place) is None:
        return None
    found = read_amount(text, place)
    items = found[0] if found else []
    if found is None or len(items) != 1 or not isinstance(items[0].value, Decimal):
        return None
    return (items[0], found[1]) if items[0].kind in {Kind.MONEY, Kind.NUMBER} else None


def _amount_first(text: Surroundings, index: int) -> Read:
    """Read 70 cents on the dollar, 35¢ off every dollar, 15 franchi di sconto ogni 100."""
    near = range(index + 1, index + _FAR)
    cues = [cue for place in near if (cue := text.cue_at("each_unit", place))]
    told = _amount(text, index) if cues else None
    for cue in cues if told else ():
        item, end = told or (None, 0)
        unit = _unit(text, cue.end) if item and end <= cue.start <= end + _FEW else None
        if unit is None or item is None or text.clause[index] != text.clause[unit.end - 1]:
            continue
        each = text.low(cue.end - 1) in text.words.listed("every")
        if not (each or unit.codes) or (cue.pattern in _IDIOMS and unit.value != 1):
            continue  # $1.50 on the 7UP
        role = _role(text, (index, end), item)
        if not role and cue.pattern in _IDIOMS and text.words.language == "en":
            role = "pay"
        share = _share(item, unit)
        if role and share is not None:
            return [text.item(Kind.PERCENT, index, unit.end, share, role=role)], unit.end
    return None


def _of_one_before(text: Surroundings, index: int) -> Read:
    """Read twenty cents behind for every dollar, and 20 behind por cada 100 pesos."""
    for place in range(max(0, index - _FAR), index):
        cue = text.cue_at("each_unit", place)
        unit = (
            _unit(text, cue.end) if cue and text.sentence[place] == text.sentence[index] else None
        )
        told = _behind(text, place, unit) if unit and unit.end <= index else None
        if told and told[0] == index:
            return told[1]
    return None


def _behind(text: Surroundings, index: int, unit: _Unit) -> tuple[int, Read] | None:
    """Return the amount behind the money that it is of, as a percentage, and where it begins.

    Between the two only what the money is of may stand: *for every £10 you spend* is another offer.
    """
    for start in range(unit.end, min(unit.end + _FAR, len(text.tokens))):
        found = _amount(text, start) if text.sentence[start] == text.sentence[index] else None
        if found is None:
            continue
        item, end = found
        role, share = _role(text, (start, end), item), _share(item, unit)
        if not role or share is None or not _is_of_it(text, unit.end, start):
            return None
        return start, ([text.item(Kind.PERCENT, start, end, share, role=role)], end)
    return None


def _of_what(text: Surroundings, place: int) -> list[Item]:
    """Return the thing that money is of: for every pound *of your bike service*."""
    if text.low(place) not in OF:
        return []
    end, known = place + 1, words_of(text.words.language)
    idle = (*text.words.listed("article"), *text.words.listed("possessive"))
    while text.kind(end) == "w" and (known.speaks(text.low(end)) or text.low(end) in (*OF, *idle)):
        end += 1
    said = [at for at in range(place + 1, end) if text.low(at) not in (*OF, *idle)]
    words = tuple(text.low(at) for at in said)
    return [text.item(Kind.PRODUCT, said[0], end, words, role="on")] if words else []


def _is_of_it(text: Surroundings, place: int, start: int) -> bool:
    """Say whether what stands between money and its part is what that is of, or says nothing."""
    if text.low(place) in OF:
        return True
    spent = (text.words.has(text.low(at), "costs") for at in range(place, start))
    paid = text.cue_before("pays", start) is not None
    words = [at for at in range(place, start) if text.kind(at) == "w"]
    cues = {at for at in words for label in ("off", "pays") if _is_in_cue(text, label, at)}
    idle = (*text.words.listed("function"), *text.words.listed("article"))
    plain = all(at in cues or text.low(at) in idle for at in words)
    return plain and (paid or not any(spent))


def _is_in_cue(text: Surroundings, label: str, at: int) -> bool:
    """Say whether a token is one of a cue of a label."""
    near = (text.cue_at(label, place) for place in range(max(0, at - _FEW), at + 1))
    return any(cue is not None and cue.end > at for cue in near)


def _role(text: Surroundings, span: tuple[int, int], item: Item) -> str:
    """Return off or pay for an amount by the words around it, or nothing."""
    if item.role == "off" or text.cue_at("off", span[1]):
        return "off"
    return "pay" if text.cue_before("pays", span[0]) else ""


def _share(item: Item, unit: _Unit) -> Decimal | None:
    """Return how many per cent of some money an amount is, None if it is no part of it."""
    codes = set(item.unit) if item.kind is Kind.MONEY else set[str]()
    if codes and unit.codes and codes.isdisjoint(unit.codes):
        return None
    if not (codes or unit.codes) or not 0 < item.value < unit.value:
        return None
    return Decimal(item.value) / unit.value * _WHOLE
