"""Amounts that are the price before by their sentence: what a question names, what a share is of.

What do you pay *for a £60 service*? £45. A quarter *off £60*. *Half of £18*.
"""

from __future__ import annotations

from storesync.copywriting.facts.language.given import OF
from storesync.copywriting.facts.reading.of_price import is_a_price
from storesync.copywriting.facts.reading.priced import currency_at
from storesync.copywriting.facts.reading.surroundings import Surroundings

_NEAR, _FAR = 4, 10  # tokens
_WHICH = frozenset({"que", "che", "qu"})
_COSTING = frozenset({"at", "à", "de", "da", "van", "von", "za", "zu"})  # een bos van 12 euro
_OF = OF | {"von", "van", "z", "des", "di", "de", "d", "'"}


def is_told_before(text: Surroundings, start: int, end: int) -> bool:
    """Say whether the sentence of an amount makes it the price without the offer."""
    return (
        _is_answered(text, start, end)
        or _is_what_a_share_is_of(text, start)
        or _is_a_price_less_something(text, start)
        or (text.low(end) in _WHICH and text.cue_at("was", end + 1) is not None)  # que costaban
    )


def ends_fraction(text: Surroundings, end: int) -> bool:
    """Say whether a fraction in words ends before a token: a quarter, half."""
    listed = text.words.words["fractions"]
    return text.low(end - 1) in listed or any(
        text.words.shares.longest(text.tokens, at, text.numbers)
        for at in range(max(0, end - _NEAR), end)
        if _share_end(text, at) == end
    )


def _share_end(text: Surroundings, at: int) -> int:
    found = text.words.shares.longest(text.tokens, at, text.numbers)
    return found.end if found else at


def _is_what_a_share_is_of(text: Surroundings, start: int) -> bool:
    """Say whether an amount is what a share is of: half of £18, drie kwart van 12 euro."""
    place = start - 1 - (text.low(start - 1) in text.words.listed("article"))
    if text.low(place) not in _OF:
        return False
    while text.low(place - 1) in _OF:
        place -= 1
    percent = text.low(place - 1) == "%" or text.cue_before("percent", place)
    return bool(percent) or ends_fraction(text, place)


def _is_answered(text: Surroundings, start: int, end: int) -> bool:
    """Say whether a question names an amount, and another one answers it.

    Either it is that of the thing (what is *a £60* service?), or what was thought to be paid.
    """
    if not (text.is_asked(start) and _is_followed_by_an_amount(text, start)):
        return False
    thought = any(
        text.cue_at("thought", at)
        for at in range(max(0, start - _FAR), start)
        if text.sentence[at] == text.sentence[start]
    )
    article = text.low(start - 1) in text.words.listed("article")
    thing = text.kind(end) == "w" or text.low(end) == "-"
    thing = (article and thing) or text.low(start - 1) in _COSTING
    return thought or (thing and _asks_how_much(text, start))


def _asks_how_much(text: Surroundings, start: int) -> bool:
    first = start
    while first and text.sentence[first - 1] == text.sentence[start] and start - first < _FAR:
        first -= 1
    begun, listed = tuple(text.lows[first : first + 2]), text.words.listed("how_much")
    return begun[0] in listed or " ".join(begun) in listed


def _is_followed_by_an_amount(text: Surroundings, start: int) -> bool:
    """Say whether an amount follows a question's mark, right away or past a word or two."""
    beyond = text.sentence_end(start)
    near = range(beyond, min(beyond + _NEAR, len(text.tokens)))
    plain = text.words.listed("plain")  # Que faire de 21 € ? Un bouquet.
    counted = (at in text.numbers and text.numbers[at].single not in plain for at in near)
    return any(counted) or any(currency_at(text, at) is not None for at in near)


def _is_a_price_less_something(text: Surroundings, start: int) -> bool:
    """Say whether something is off a price of so much: 36 € sobre el precio de 90 €."""
    place = start - 1 - (text.low(start - 1) in text.words.listed("article"))
    if text.low(place) not in _OF or not is_a_price(text.low(place - 1)):
        return False
    on = (*text.words.listed("on"), "from")
    for at in range(place - 2, max(0, place - _FAR), -1):
        if text.clause[at] != text.clause[start]:
            return False
        if text.low(at) in on:
            return text.in_sentence("off", at)
    return False
