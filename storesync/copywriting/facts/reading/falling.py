"""What goes from a price, by verbs and by what it goes from: the price *falls by* £15.

And what answers the question how much one saves, and what is taken *from the price*.
"""

from __future__ import annotations

from storesync.copywriting.facts.reading.of_price import is_a_price
from storesync.copywriting.facts.reading.priced import comes_from, comes_to, currency_at
from storesync.copywriting.facts.reading.surroundings import Surroundings

_FAR = 9  # tokens between the verb and the amount
_NEAR = 4  # tokens
_FROM = frozenset({"from", "van", "vom", "von", "du", "des", "del", "de", "dal", "do", "da", "z"})
_OFF_LAST = frozenset({"af", "ab"})  # 3 euro van je bos rozen *af*
_SPLIT = frozenset({"van", "vom", "von"})


def is_what_goes(text: Surroundings, start: int, end: int) -> bool:
    """Say whether an amount is what goes from a price, and none that one pays."""
    ranged = text.low(start - 1) in text.words.listed("down_from")
    ranged = ranged and comes_to(text, end) and _is_amount(text, end + 1)  # baisse de 30 € à 21 €
    return (
        (not ranged and _falls_by(text, start, end))
        or _is_from_the_price(text, end)
        or _answers_how_much_is_saved(text, start)
        or _is_a_saving(text, start, end)
    )


def falls_to(text: Surroundings, start: int) -> bool:
    """Say whether a price falls to an amount, in its clause: the price *drops to* £45."""
    return comes_to(text, start - 1) and _verb_before(text, start - 1)


def falls_from(text: Surroundings, start: int) -> bool:
    """Say whether a price falls from an amount, told behind the one now: to £45 *from £60*."""
    if not comes_from(text, start - 1):
        return False
    near = range(max(0, start - _FAR), start - 1)
    same = [at for at in near if text.clause[at] == text.clause[start]]
    falls = [at for at in same if text.low(at) in text.words.listed("falls")]
    return bool(falls) and any(falls[0] < at and _is_amount(text, at) for at in same)


def _falls_by(text: Surroundings, start: int, end: int) -> bool:
    by = text.words.listed("falls_by")
    if not by:  # bajan 36 €
        return text.low(start - 1) in text.words.listed("falls")
    if text.low(start - 1) not in by:
        return False
    falls = text.words.listed("falls")
    behind = (at for at in range(end, end + _NEAR) if text.low(at) in falls)
    last = next(behind, None)  # um drei Euro gesunken
    if last is not None and text.clause[last] == text.clause[start]:
        return True
    return _verb_before(text, start - 1)


def _verb_before(text: Surroundings, place: int) -> bool:
    """Say whether a verb for a fall stands before a token in its clause, with no amount between."""
    falls = text.words.listed("falls")
    for at in range(place - 1, max(-1, place - _FAR), -1):
        if text.clause[at] != text.clause[place] or _is_amount(text, at):
            return False
        if text.low(at) in falls:
            return True
    return False


def _is_from_the_price(text: Surroundings, end: int) -> bool:
    """Say whether an amount is taken from the price: 36 € del precio, 3 euro van de bos af."""
    if text.low(end) not in _FROM:
        return False
    place = end + 1
    idle = (*text.words.listed("article"), *text.words.listed("possessive"))
    while place < end + _NEAR and text.low(place) in idle:
        place += 1
    if is_a_price(text.low(place)):
        return True
    return split_behind(text, end) > 0


def split_behind(text: Surroundings, end: int) -> int:
    """Return where the second part of a verb ends what an amount is off, or 0: van je bos *af*."""
    if text.low(end) not in _SPLIT:
        return 0
    for at in range(end + 1, min(end + _FAR, len(text.tokens))):
        if text.clause[at] != text.clause[end] or _is_amount(text, at):
            return 0
        if text.low(at) in _OFF_LAST:
            closes = at + 1 == len(text.tokens) or text.kind(at + 1) != "w"
            return at if closes else 0
    return 0


def _answers_how_much_is_saved(text: Surroundings, start: int) -> bool:
    """Say whether an amount begins the answer to how much one saves: Quanto si risparmia? 3 €."""
    mark = start - 1
    if text.low(mark) != "?" or "savings" not in text.cued:
        return False
    asked = range(max(0, mark - _FAR), mark)
    first = next((at for at in asked if text.sentence[at] == text.sentence[mark]), mark)
    how_much = tuple(text.lows[first : first + 2])
    listed = text.words.listed("how_much")
    begins = how_much[0] in listed or " ".join(how_much) in listed
    return begins and any(text.cue_at("savings", at) for at in range(first, mark))


def _is_a_saving(text: Surroundings, start: int, end: int) -> bool:
    """Say whether a noun for what is saved has an amount before it: pocket *the £15 difference*."""
    noun = text.cue_at("savings", end)
    return noun is not None and text.low(start - 1) in text.words.listed("article")


def _is_amount(text: Surroundings, index: int) -> bool:
    return index in text.numbers or currency_at(text, index) is not None
