"""Whether a share is of a price: a third of the usual price, 80 % of what it did."""

from __future__ import annotations

from storesync.copywriting.facts.reading.priced import currency_at
from storesync.copywriting.facts.reading.surroundings import Surroundings

_PRICE_WORDS = (
    *("price", "prix", "preis", "precio", "prezzo", "preço", "preco"),
    *("prijs", "prijzen", "ceny", "cenie", "cenę", "tarif", "tarief"),
)
_OF = frozenset({"-", "of", "d", "'", "de", "einer", "di"})
_ENDS = frozenset({"", ".", ",", "!", "?", ";", ":"})
_REACH = 8  # tokens
_PART_OF = frozenset({"of", "des", "de", "del", "der", "di", "dei", "della", "do", "da", "dos"})


def is_of_price(text: Surroundings, end: int) -> bool:
    """Say whether a fraction is what is left to pay: a third of the usual price."""
    near = [text.low(end + step) for step in range(4) if text.low(end + step) != "-"]
    priced = [low for low in near if is_a_price(low)]
    what = end + 1 + (text.low(end + 1) == ",")  # trzy czwarte tego, co płacisz
    if near[0] in _OF | {"des", "von", "van", "do", "tego"} and _is_usual(text, what):
        return True
    beside = near[0] in _PART_OF | {"the", "du", "vom", "von", "van"}
    if beside and _is_former(text, end + 1):
        return True
    beside = beside or near[0] in priced
    return bool(priced) and beside


def is_a_price(low: str) -> bool:
    """Say whether a word is one for a price, of any language that has a list."""
    return low.startswith(_PRICE_WORDS) or "preis" in low


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
