"""Reading things: what an offer or a price is said of, behind it and before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import GIVEN, OF, words_of
from storesync.copywriting.facts.reading.contacts import read_link
from storesync.copywriting.facts.reading.named_before import group_before
from storesync.copywriting.facts.reading.no_things import (
    is_a_call,
    is_shortened,
    is_vague,
    names_none,
)
from storesync.copywriting.facts.reading.on_what import after_on, right_after
from storesync.copywriting.facts.reading.priced import past_a_price, price_from
from storesync.copywriting.facts.reading.surroundings import Surroundings

_MOST = 6  # words
_MOST_IDLE = 24  # tokens
_NEAR = 7  # tokens
_HOW = frozenset({"to", "how"})
_ENDS = frozenset(".,;:!?)–-")
_PAIR = 2  # words
_FEW = 3  # words
_TIES = frozenset(",:–-")
# What may follow a thing behind its price: £2 lattes in Leith, all day.
_BEHIND = frozenset(
    {"and", "or", "at", "in", "on", "for", "from", "until", "till", "with", "all", "when"}
)
_AT = frozenset({"at", "à", "a", "um", "zum", "por", "za"})
# With one of these another part of a sentence begins: and enjoy, and more.
_UNNAMED = ("calls", "function", "generic", "uncounted", "scope")


def read_things(text: Surroundings, start: int, end: int, offers: Sequence[Item]) -> list[Item]:
    """Return what offers or prices over some tokens are said of, behind them and before them."""
    offer = next((one for one in offers if one.role != "was"), offers[0])
    is_price = offer.kind is Kind.MONEY and offer.role != "off"
    behind = _target(text, end, is_price=is_price)
    if behind or offer.role == "was" or offer.value in GIVEN:  # what is free, same_offer asks
        return behind
    known, low = words_of(text.words.language), text.low(end)
    if known.speaks(low) and low not in known.times and end not in text.begun:
        return _priced(text, end) if is_price else []
    return (
        _subjects(text, start, is_price=is_price)
        or _beside(text, start, offer)
        or _loosely(text, start, is_price=is_price)
        or _behind_a_colon(text, end)
    )


def _priced(text: Surroundings, end: int) -> list[Item]:
    """Return the things right behind a price, if they are several: £2 *flat whites*."""
    speaks, place = words_of(text.words.language).speaks, end
    if read_link(text, place):
        return []
    while place - end < _FEW and text.kind(place) == "w" and speaks(text.low(place)):
        place += 1
    said = tuple(text.lows[end:place])
    closed = text.low(place) in {"", *_ENDS, *_BEHIND}
    counted = any(at in text.numbers for at in range(end, place))
    if not said or not closed or counted or not _are_many(text, said):
        return []
    return [text.item(Kind.PRODUCT, end, place, said, role="on")]


def _are_many(text: Surroundings, said: Sequence[str]) -> bool:
    """Say whether words name several of a thing, in English, where no verb ends so."""
    verbs, speaks = text.words.listed("verbs"), words_of(text.words.language).speaks
    head = said[-1]
    plural = len(head) > _FEW and head.endswith("s") and not head.endswith("ss")
    verb = head[:-1] in verbs or said[0].removesuffix("s") in verbs
    return plural and not verb and all(map(speaks, said)) and text.words.language == "en"


def _beside(text: Surroundings, start: int, offer: Item) -> list[Item]:
    """Return what stands right before an offer without a verb: *lattes* 50 % off.

    Behind a comma or the like it may be anything, so that only another kind of the product counts.
    """
    last = start - 1
    marked = text.low(last) in _TIES
    found = group_before(text, last - marked) if last >= marked else []
    single = len(found) == 1 and len(found[0].value) == 1 and _are_many(text, found[0].value)
    if marked and not single:  # a plural by itself is a thing: gloves, 40 % off
        return [replace(item, role="beside") for item in found]
    if not marked and text.words.words.get("inflected") and offer.role == "off":
        return found  # torty 25 % taniej
    shared = text.words.language != "en" and offer.kind is Kind.OFFER
    return [
        one for one in found if _are_many(text, one.value) or (shared and one.value[-1][-1] == "s")
    ]


def _subjects(text: Surroundings, start: int, *, is_price: bool) -> list[Item]:
    """Return what stands before an offer that is said of it: *lattes and mochas* are half price.

    It begins the clause and is tied to the offer by a verb or by *for*; to a price by a mark, too.
    """
    words = text.words
    known = words_of(words.language)
    if not known.copulas:
        return []
    place, tied = _tied(text, start, is_price=is_price)
    if tied is None:
        return []
    marked = text.low(place + 1) in _TIES
    if text.low(place + 1) in words.listed("no_things") and text.low(place + 2) in _TIES:
        return []  # your bike deserves this: £45
    if marked and text.low(_clause_start(text, place) - 1) == ",":
        return []  # fluffy, buttery, £2
    found = group_before(text, place) if tied or marked else []
    if tied:
        return found
    group = tuple(word for item in found for word in item.value)
    return [replace(item, role="listed", unit=group) for item in found if len(found) > 1]


def _tied(text: Surroundings, start: int, *, is_price: bool) -> tuple[int, bool | None]:
    """Return the last token of what may be said to have an offer, and whether a word ties it.

    None where a mark stands before that word.
    """
    words, known = text.words, words_of(text.words.language)
    copulas = known.copulas | {*words.listed("totals")}
    idle = {*words.listed("function"), *words.listed("links"), *copulas, *_TIES}
    ties = copulas | known.fors | _AT | (_TIES if is_price else frozenset())
    least = text.cue_before("least", start)  # alterations start at £8
    place, tied = (least.start if least else start) - 1, False
    while place >= max(0, start - _MOST_IDLE):
        cue = text.cue_before("now", place + 1)
        if text.low(place) not in idle and not cue:
            break
        if text.low(place) in _TIES and tied:
            return place, None
        first = cue.start if cue and text.low(place) not in _TIES else place  # neuer Preis
        tied = tied or not ties.isdisjoint(text.lows[first : place + 1])
        place = first - 1
    return place, None if _is_an_article(text, place + 1) else tied  # stay a while, pay £36 less


def _is_an_article(text: Surroundings, place: int) -> bool:
    """Say whether a token is an article alone: English a, and not the Spanish one before prices."""
    low, words = text.low(place), text.words
    return low in words.listed("article") and (low not in _AT or words.language == "en")


def _loosely(text: Surroundings, start: int, *, is_price: bool) -> list[Item]:
    """Return what stands before an offer that nothing ties to it: *Tulpenstrauß* jetzt 14 €.

    It may be anything, so that only another kind of the product counts.
    """
    place, _ = _tied(text, start, is_price=is_price)
    beyond = place - _NEAR
    if _is_an_article(text, place + 1):
        return []
    if beyond >= 0 and text.clause[beyond] == text.clause[place]:
        return []
    return [replace(item, role="loose") for item in group_before(text, place)]


def _behind_a_colon(text: Surroundings, end: int) -> list[Item]:
    """Return what stands behind a colon, if that is all: only £12: *smoked mackerel*."""
    if text.low(end) != ":" or end + 1 >= len(text.tokens):
        return []
    first, place, words = _things(text, end + 1)
    if not 0 < len(words) <= _FEW or text.low(place) not in {"", *_ENDS}:
        return []
    return [text.item(Kind.PRODUCT, first, place, words, role="loose")]


def _clause_start(text: Surroundings, place: int) -> int:
    """Return the first token of the clause of one."""
    return bisect_left(text.clause, text.clause[place], 0, place) if place > 0 else place


def _target(text: Surroundings, end: int, *, is_price: bool) -> list[Item]:
    """Return what an offer before a token is said to be on: 30 % off *cinnamon swirls*."""
    start = after_on(text, end, is_price=is_price) or right_after(text, end)
    if start is None:
        return []
    first, place, words = _things(text, past_a_price(text, start))
    if is_vague(text, words) and text.low(place) in _TIES:  # something sweet: our muffins
        first, place, words = _things(text, place + 1)
    if (first in text.numbers and text.numbers[first].end >= place) or price_from(text, first):
        return []  # caiu para trinta; down to EUR 4
    whole = bool(words) and text.words.has(words[0], "scope")
    if whole and _is_when(text, first + 1):  # all through May
        return []
    if not words or (not whole and text.words.has(words[0], "generic")):
        return []
    learning = words[0].endswith("ing") and text.low(first + 1) in _HOW  # £20 off learning to swim
    if (learning and text.words.language == "en") or names_none(text, words, whole=whole):
        return []
    role = "all" if whole else "on"
    found = text.item(Kind.PRODUCT, first, place, words, role=role)
    return [found, *_listed_with(text, place)]


def _things(text: Surroundings, start: int) -> tuple[int, int, tuple[str, ...]]:
    """Return what is named from a token on: its first token, the one after it, and its words."""
    words = text.words
    ends = {*words.listed("joins"), *words.listed("links")} - OF - {*words.listed("made_with")}
    idle = {*words.listed("article"), *words.listed("possessive")}
    times = {*words.weekdays, *words.short_weekdays, *words.months, *words.listed("seasons")}
    found: list[str] = []
    first = place = start
    while place < len(text.tokens) and text.clause[place] == text.clause[start]:
        low = text.low(place)
        elided = len(low) == 1 and text.low(place + 1) == "'"  # l'abonnement
        if not found and (low in idle or low == "'" or elided):
            first = place = place + 1
            continue
        joined = text.low(place - 1) == "-" and text.tight(place) and text.tight(place - 1)
        if (low in ends and not joined) or (
            not found and low in times and not _names(text, place + 1, times)
        ):
            break
        ended = low in words.listed("made_with") and text.cue_at("was", place)  # au lieu de
        if len(found) == _MOST or ended or (found and is_a_call(text, place)):
            break
        if low in words.units or low in words.words["spans"]:  # for a limited time
            return start, place, ()
        if text.kind(place) == "w":
            found.append(low)
        elif low not in {"-", "'"}:
            break
        place += 1
    if found and is_shortened(text, place):
        found[-1] += "."
    return first, place, tuple(found)


def _is_when(text: Surroundings, place: int) -> bool:
    """Say whether a time follows all: through May, long, summer."""
    low, words = text.low(place), text.words
    return any(low in one for one in (words.months, *map(words.listed, ("seasons", "all_of"))))


def _names(text: Surroundings, place: int, times: set[str]) -> bool:
    """Say whether a day stands before a thing, and is part of its name: Sunday roasts."""
    low = text.low(place)
    speaks = text.kind(place) == "w" and words_of(text.words.language).speaks(low)
    return speaks and low not in times and place not in text.begun


def _listed_with(text: Surroundings, join: int) -> list[Item]:
    """Return what stands in a list with a thing that an offer is on: flat whites *and cakes*."""
    words = text.words
    if text.low(join) == ",":  # roses, pots and tools
        item, after = _next(text, join + 1)
        rest = _listed_with(text, after) if item else []
        return [*item, *rest] if rest else []
    if text.low(join) not in words.listed("joins") or text.clause[join] != text.clause[join - 1]:
        return []
    near = range(max(0, join - _MOST), join)
    if any(at in text.numbers and text.numbers[at].end > join for at in near):
        return []  # three hundred and twenty
    item, place = _next(text, join + 1)
    beyond = text.low(place)
    closed = place == len(text.tokens) or beyond in _ENDS or beyond in words.listed("links")
    return item if closed else []  # a sentence of its own


def _next(text: Surroundings, start: int) -> tuple[list[Item], int]:
    """Return the thing of a list that begins at a token, if one does, and the token after it."""
    first, place, found = _things(text, start)
    is_named = 0 < len(found) <= _PAIR and not text.words.has(found[0], *_UNNAMED)
    if not is_named or text.cue_at("off", first):
        return [], place
    return [text.item(Kind.PRODUCT, first, place, found, role="on")], place
