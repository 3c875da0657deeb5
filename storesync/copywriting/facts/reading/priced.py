"""Where money stands: its signs and words, the price before a token, and what leads to the next."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from storesync.copywriting.facts.language.abroad import (
    begin_abroad,
    behind_abroad,
    glued_abroad,
    is_word,
    signs_abroad,
)
from storesync.copywriting.facts.language.beginnings import begin_money, codes
from storesync.copywriting.facts.language.lexicon import Lexicon
from storesync.copywriting.facts.reading.cents import cents_behind, change_behind
from storesync.copywriting.facts.reading.surroundings import Surroundings

_ISO = re.compile(r"[A-Z]{3}(?![A-Za-z])")
_ARROWS = frozenset(
    {"→", "->", "-->", "–>", "=>", ">", "➜", "➔", "➡", "⇒", "⟶", ">>", "»", "👉", "▶"}
)
_LONGEST_ARROW = 3  # tokens
_LONGEST = 8  # tokens of a number
_EUROS = frozenset({"EUR"})


class Price(NamedTuple):
    """An amount of money with its currencies: its first token, and the one after it."""

    codes: frozenset[str]
    start: int
    end: int


def comes_from(text: Surroundings, place: int) -> bool:
    """Say whether a token stands before a price that falls: *from* twelve dollars to nine."""
    return text.low(place) in text.words.listed("down_from")


def comes_to(text: Surroundings, place: int) -> bool:
    """Say whether a token stands before the price that another falls to: *to* nine."""
    return text.low(place) in text.words.listed("down_to")


def currency_at(text: Surroundings, index: int) -> tuple[frozenset[str], int] | None:
    """Return what currencies a sign, code or word at a token means, and the token after it."""
    if not 0 <= index < len(text.tokens) or text.kind(index) == "n":
        return None
    token = text.tokens[index]
    known = text.words.currencies
    short = token.kind == "w" and len(token.text) == 3  # as few are
    code = _ISO.match(text.folded.text, token.start) if short else None
    if code and code[0] in codes():
        following = text.low(index + 1)
        if following in known and not text.tokens[index + 1].gap and following in "$€£¥":
            return known[following], index + 2
        return frozenset({code[0]}), index + 1
    if token.text == "E" and _is_short_euro(text, index):
        return _EUROS, index + 1
    begins = token.low in begin_money(text.words)  # few do
    sign = text.words.sign.at(text.folded.low, token.start) if begins else ""
    place = _past_sign(text, index, len(sign))
    return (known[sign], place) if place else _abroad(text, index)


def _past_sign(text: Surroundings, index: int, length: int) -> int:
    """Return the token after a sign that begins at one, 0 where it ends within a token."""
    place, end = index, text.tokens[index].start + length
    while place < len(text.tokens) and text.tokens[place].start < end:
        place += 1
    return place if length and text.tokens[place - 1].end <= end else 0


def _abroad(text: Surroundings, index: int) -> tuple[frozenset[str], int] | None:
    """Return the currencies of a sign of another country beside a figure: RM66, 450 Kč."""
    if text.tokens[index].low not in begin_abroad():
        return None
    behind = text.kind(index - 1) == "n"
    for signs, glued, after in (
        (glued_abroad(), True, False),
        (signs_abroad(), False, False),
        (behind_abroad(), False, True),
    ):
        known, meant = signs.at(text.folded.text, text.tokens[index].start)
        place = _past_sign(text, index, len(known))
        stop = place + (text.low(place) == "." and not glued)  # Rp. 12.000
        before = bool(place) and text.kind(stop) == "n"
        fits = (behind and not before) if after else before and (text.tight(stop) or not glued)
        other = before and is_word(known, text.words.language)
        other = other or (after and known.lower() in text.words.units)  # 80 pounds of dog
        if place and fits and not other:
            return meant, place
    return None


def _is_short_euro(text: Surroundings, index: int) -> bool:
    """Say whether a capital is for euros, as in French text messages: 12E."""
    beside = text.tight(index) and text.kind(index - 1) == "n"
    place = text.low(index - 2) in text.words.listed("where")  # porte 12E
    goes_on = text.tight(index + 1) and text.kind(index + 1) in "wn"
    return text.words.language == "fr" and beside and not (place or goes_on)


def price_before(text: Surroundings, index: int, reach: int) -> Price | None:
    """Return the last price before a token, not farther than so many tokens."""
    for place in range(index - 1, max(-1, index - 1 - reach), -1):
        found = currency_at(text, place)
        if not found:
            continue
        known, after = found
        for first in range(max(0, place - _LONGEST), place):
            if first in text.numbers and text.numbers[first].end == place:
                return Price(known, first, min(index, cents_behind(text, after)[1]))
        if after in text.numbers and text.numbers[after].end <= index:  # £60
            return Price(known, place, text.numbers[after].end)
    return None


def price_from(text: Surroundings, place: int) -> frozenset[str]:
    """Return the currencies of the price that begins at a token, none where none does."""
    sign = currency_at(text, place)
    if sign:
        return sign[0] if sign[1] in text.numbers else frozenset()
    if place not in text.numbers:
        return frozenset()
    ends = (text.numbers[place].end, change_behind(text, place)[1])
    return next((found[0] for end in ends if (found := currency_at(text, end))), frozenset())


def past_a_price(text: Surroundings, start: int) -> int:
    """Return the token after a price in a noun's words from a token on: off the £9 *mug*."""
    words = text.words
    place = start + (text.low(start) in {*words.listed("article"), *words.listed("possessive")})
    if place == start:
        return start
    sign, number = currency_at(text, place), text.numbers.get(place)
    if sign and sign[1] in text.numbers:
        end = text.numbers[sign[1]].end
    else:
        joined = number.end + (text.low(number.end) == "-") if number else place
        named = currency_at(text, joined) if number else None
        end = named[1] if named else start
    return end + (text.low(end) == "-") if end > start else start


def arrow_before(text: Surroundings, start: int) -> int:
    """Return the first token of an arrow, or *becomes*, that leads to a token; that where none."""
    verb = text.low(start - 1) in _becomes(text.words)[1]
    becomes = text.cue_before("becomes", start) if verb else None
    if becomes:
        return becomes.start
    for first in range(start - 1, max(-1, start - 1 - _LONGEST_ARROW), -1):
        if "".join(text.lows[first:start]) in _ARROWS:
            longer = first and "".join(text.lows[first - 1 : start]) in _ARROWS
            return first - longer
    return start


def arrow_behind(text: Surroundings, end: int) -> int:
    """Return the token after an arrow, or *becomes*, that begins at one; that where none does."""
    verb = text.low(end) in _becomes(text.words)[0]
    becomes = text.cue_at("becomes", end) if verb else None
    if becomes:
        return becomes.end
    for last in range(end + _LONGEST_ARROW, end, -1):
        if "".join(text.lows[end:last]) in _ARROWS:
            return last
    return end


@lru_cache(maxsize=64)
def _becomes(words: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """Return with which words *becomes* and its like begin, and with which they end."""
    said = [cue.split() for cue in words.listed("becomes")]
    return frozenset(one[0] for one in said), frozenset(one[-1] for one in said)
