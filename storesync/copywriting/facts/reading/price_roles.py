"""Which part of an offer a price is by the words around it: what is, what was, what is saved."""

from __future__ import annotations

from functools import lru_cache

from storesync.copywriting.facts.language.given import words_of
from storesync.copywriting.facts.language.lexicon import Lexicon
from storesync.copywriting.facts.language.word_lists import LISTED
from storesync.copywriting.facts.reading.additions import words_before
from storesync.copywriting.facts.reading.bare_prices import is_asked_why, is_denied, is_former
from storesync.copywriting.facts.reading.falling import falls_from, falls_to, is_what_goes
from storesync.copywriting.facts.reading.former_prices import ends_fraction, is_told_before
from storesync.copywriting.facts.reading.price_labels import (
    is_labelled_saved,
    is_told_saved,
    labelled,
)
from storesync.copywriting.facts.reading.price_marks import marked
from storesync.copywriting.facts.reading.priced import (
    arrow_before,
    arrow_behind,
    comes_from,
    comes_to,
    currency_at,
    price_before,
    price_from,
)
from storesync.copywriting.facts.reading.segments import parts
from storesync.copywriting.facts.reading.surroundings import Surroundings

_NEAR, _FAR = 6, 10  # tokens
_COSTING = frozenset({"à", "de", "da", "van", "von", "za"})  # una paleta de 30 €
_SAVED = 8  # tokens
_PAUSES = frozenset(",:;!?–") | {"and", "und", "et", "y", "e", "en", "i"}
RESULT = "result"  # what is saved, or the price now: 25 % off, that's £15
_TIES = frozenset("-:=(,")  # 20 % off: £4


def role_of(text: Surroundings, start: int, end: int) -> str:
    """Return was, now or off for an amount over some tokens, or nothing."""
    own = start - _own_words(text, start)
    role = text.nearest(("was", "now", "off"), start, end, before=min(4, own), after=0)
    if role == "now" and (_is_then(text, start) or _is_usual(text, start, min(_NEAR, own))):
        return "was"
    each = 2 * (text.low(end) in text.words.listed("for_each") and text.kind(end + 1) == "w")
    after = _less_behind(text, start, end, 2 + each)
    last = text.cue_at("was", end)
    if last and (
        last.end >= len(text.tokens)
        or text.clause[last.end] != text.clause[end - 1]
        or text.low(last.end) in ".,!)"
    ):
        return "was"
    beyond = not role and _is_saved_beyond(text, start, end)
    if text.negative(start) or beyond or is_what_goes(text, start, end):
        return "off"
    if _is_told_as_former(text, start, end):
        return "was"
    of_two = _of_two(text, start, end)
    if text.low(start - 1) == "auf" and of_two:
        return "now"  # von zwölf auf neun Euro gesenkt
    saved = is_labelled_saved(text, start) or is_told_saved(text, end)
    told = "off" if saved else of_two or labelled(text, start)
    told = after or told or role or _before_the_former(text, end)
    told = told or ("now" if falls_to(text, start) else "")
    told = told or ("off" if _is_saved(text, start) else "")
    told = told or (RESULT if _comes_of_a_share(text, start) else "")
    return told or marked(text, start, end)


def _comes_of_a_share(text: Surroundings, start: int) -> bool:
    """Say whether an amount is what a share right before it comes to: 25 % off. *That's* £15."""
    that_is = text.cue_before("that_is", start)
    if that_is is None:
        return False
    sentence = text.sentence[start]
    return any(
        sentence - text.sentence[at] <= 1 and (text.low(at) == "%" or text.cue_at("percent", at))
        for at in range(max(0, that_is.start - _FAR), that_is.start)
    )


def _is_saved(text: Surroundings, start: int) -> bool:
    """Say whether an amount is what one saves, with words between: sparst du bei uns ganze 24 €."""
    language = text.words.language
    if language not in LISTED or (text.low(start - 1),) in words_before(language, "priced"):
        return False
    for place in range(start, max(0, start - _SAVED), -1):
        stop = text.low(place - 1) == "." and text.kind(place - 2) != "n"  # bis 24. April
        if stop or text.low(place - 1) in _PAUSES:
            return False
        for phrase in words_before(language, "saves"):
            first = place - len(phrase)
            if first >= 0 and tuple(text.lows[first:place]) == phrase:
                return True
    return False


def _is_saved_beyond(text: Surroundings, start: int, end: int) -> bool:
    """Say whether a word for less without its own amount stands past a picture: SAVE ❄ £4."""
    first, last = start, end
    while first > 0 and text.kind(first - 1) == "s" and _parts(text, first - 1):
        first -= 1
    while text.kind(last) == "s" and text.low(last) != "|" and _parts(text, last):
        last += 1
    before = text.cue_before("off", first) if first < start else None
    behind = text.cue_at("off", last) if last > end else None
    if before and not (_ends_amount(text, before.start - 1) or _is_share(text, before.start - 1)):
        return True
    return behind is not None and not any(
        _begins_amount(text, at) for at in range(behind.end, behind.end + 2)
    )


def _parts(text: Surroundings, place: int) -> bool:
    return parts(text.tokens, place, text.words)


def _is_share(text: Surroundings, place: int) -> bool:
    return text.low(place) == "%" or text.cue_before("percent", place + 1) is not None


def _is_told_as_former(text: Surroundings, start: int, end: int) -> bool:
    """Say whether an amount is refused, headed as the former one, or that of what is reduced."""
    refused = text.low(end) == "?" and text.cue_at("denied", end + 1)
    if refused or is_denied(text, start, end) or is_asked_why(text, start, end):
        return True
    if is_former(text, start) or falls_from(text, start) or is_told_before(text, start, end):
        return True
    return _is_of_the_thing(text, start, end) or _is_what_is_cut(text, start)


def _is_what_is_cut(text: Surroundings, start: int) -> bool:
    """Say whether something is off an amount: 25 % off (the) £60, £15 reduction from £60."""
    place = start - (text.low(start - 1) in _determiners(text.words))
    less = {*text.words.listed("on"), *text.words.listed("down_from")} - {"off"}
    from_it = text.low(place - 1) in less
    cue = text.cue_before("off", place - from_it)
    if cue is None or not (from_it or cue.pattern == "off"):
        return False
    share = _is_share(text, cue.start - 1) or ends_fraction(text, cue.start)
    return share or (place < start and _ends_amount(text, cue.start - 1))


def _is_of_the_thing(text: Surroundings, start: int, end: int) -> bool:
    """Say whether an amount is what a thing cost that another one buys now: £9 for a £12 cake."""
    words, known = text.words, words_of(text.words.language)
    for place in range(start - 1, max(0, start - _FAR), -1):
        if text.clause[place] != text.clause[start]:
            return False
        before = price_before(text, place, _NEAR) if text.low(place) in known.fors else None
        if before and before.end == place:
            between = text.lows[place + 1 : start]
            behind = text.kind(end) == "w" or text.low(end) == "-"
            if len(between) == 1 and between[0] in words.listed("article"):
                return behind and not text.cue_at("off", end)
            return (
                len(between) > 1
                and between[-1] in _COSTING
                and between[0] in words.listed("article")
            )
    return False


@lru_cache(maxsize=64)
def _determiners(words: Lexicon) -> frozenset[str]:
    return frozenset((*words.listed("article"), *words.listed("possessive")))


def _before_the_former(text: Surroundings, end: int) -> str:
    """Return now for an amount right before the former one: £9 (was £12), £9 instead of £12."""
    place = end + (text.low(end) in {"(", ","})
    cue = text.cue_at("was", place)
    return "now" if cue and price_from(text, cue.end) else ""


def _is_then(text: Surroundings, start: int) -> bool:
    """Say whether a price has but *at* between it and the word for the former one: prima a 120."""
    now = text.cue_before("now", start)
    return now is not None and text.cue_before("was", now.start) is not None


def _is_usual(text: Surroundings, start: int, reach: int) -> bool:
    """Say whether an amount is what one pays without the offer: it *normally* goes for £12."""
    for place in range(start, start - reach, -1):
        if text.clause[place - 1] != text.clause[start]:
            return False
        if is_habit(text, place):
            return True
    return False


def is_habit(text: Surroundings, place: int) -> bool:
    """Say whether a word for what is usual ends before a token."""
    cue = text.cue_before("was", place)
    return cue is not None and cue.pattern in text.words.listed("habits")


def _less_behind(text: Surroundings, start: int, end: int, reach: int) -> str:
    """Return what words for less right behind an amount make of it: £2 off, £12 down to £9.

    They may be of the next amount: £9, *and save* £3; £12 *minus* £3.
    """
    role = text.nearest(("off",), start, end, before=0, after=reach)
    for place in range(end, end + reach) if role else ():
        less, now = text.cue_at("off", place), text.cue_at("now", place)
        if less and comes_to(text, less.end) and _begins_amount(text, less.end + 1):
            return "was"  # runter auf neun Euro
        if less and now and now.end > less.end and _begins_amount(text, now.end):
            return "was"
        lowers = less is not None and less.pattern in text.words.listed("below")
        if less and _begins_amount(text, less.end) and not lowers:
            return ""
    return role


def _own_words(text: Surroundings, start: int) -> int:
    """Return the token from which words may be of an amount: £12 off, at £48.

    What stands before another amount is said of that, and so is how much less it is.
    """
    near = range(max(0, start - _NEAR), start)
    former = [at for at in near if at in text.numbers and text.cue_before("was", at)]
    bare = max((text.numbers[at].end for at in former), default=0)  # por qué pagar 9.000 si son
    before = price_before(text, start, _NEAR)
    if before is None:
        return max(_behind_a_share(text, start), min(bare, start))
    less = text.cue_at("off", before.end)
    if less and (less.end < start or less.pattern in text.words.listed("below")):
        return min(less.end, start)
    return max(before.end, min(bare, start))


def _behind_a_share(text: Surroundings, start: int) -> int:
    """Return the token behind which no word is of a share: [20 % off] [£24], 20 % off → £24.

    A sign has to stand between: *20 % off £30* is of that.
    """
    for place in range(max(0, start - _NEAR), start):
        less = text.cue_at("off", place)
        if less is None or less.end >= start or not _is_share(text, place - 1):
            continue
        if all(text.kind(at) == "s" and text.low(at) not in _TIES for at in range(less.end, start)):
            return less.end
    return 0


def _of_two(text: Surroundings, start: int, end: int) -> str:
    """Return the role of a price in from £4 to £2, £4 → £2: the first was, the second is."""
    arrow = arrow_before(text, start)
    falls = arrow < start or comes_to(text, start - 1)
    if falls and _ends_amount(text, min(arrow, start - 1) - 1):
        return "now"
    arrow = arrow_behind(text, end)
    if arrow > end and _begins_amount(text, arrow):
        return "was"
    follows = _begins_amount(text, end + 1)
    return "was" if comes_to(text, end) and follows and comes_from(text, start - 1) else ""


def _begins_amount(text: Surroundings, index: int) -> bool:
    return index in text.numbers or currency_at(text, index) is not None


def _ends_amount(text: Surroundings, index: int) -> bool:
    known = text.low(index) in text.words.currencies or text.low(index) in text.words.words["notes"]
    spelled = any(
        text.numbers[at].end == index + 1
        for at in range(max(0, index - _NEAR), index + 1)
        if at in text.numbers
    )
    return text.kind(index) == "n" or known or spelled
