"""Reading things: what an offer or a price is said of, behind it and before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import GIVEN, words_of
from storesync.copywriting.facts.reading.contacts import read_link
from storesync.copywriting.facts.reading.lone_things import (
    all_behind,
    behind_a_colon,
    lone_things,
)
from storesync.copywriting.facts.reading.named_before import group_before
from storesync.copywriting.facts.reading.named_behind import (
    ENDS,
    is_when,
    listed_with,
    things_from,
)
from storesync.copywriting.facts.reading.no_things import (
    is_vague,
    names_none,
)
from storesync.copywriting.facts.reading.on_what import after_on, right_after
from storesync.copywriting.facts.reading.priced import past_a_price, price_from
from storesync.copywriting.facts.reading.surroundings import Surroundings
from storesync.copywriting.facts.reading.whose_price import whose_price

_MOST_IDLE = 24  # tokens
_NEAR = 7  # tokens
_HOW = frozenset({"to", "how"})
_LOOSE = frozenset({"beside", "listed"})
_FEW = 3  # words
_TIES = frozenset(",:–-")
# What may follow a thing behind its price: £2 lattes in Leith, all day.
_BEHIND = frozenset(
    {"and", "or", "at", "in", "on", "for", "from", "until", "till", "with", "all", "when"}
)
_AT = frozenset({"at", "à", "a", "um", "zum", "por", "za"})


def read_things(text: Surroundings, start: int, end: int, offers: Sequence[Item]) -> list[Item]:
    """Return what offers or prices over some tokens are said of, behind them and before them."""
    offer = next((one for one in offers if one.role != "was"), offers[0])
    is_price = offer.kind is Kind.MONEY and offer.role != "off"
    behind = _target(text, end, is_price=is_price)
    if not behind and offer.kind is Kind.MONEY:
        behind = whose_price(text, start, end)
    falls = text.low(start - 2) in text.words.listed("falls")  # drops from £60 to £45
    former = offer.role == "was" and not falls
    if behind or former or offer.value in GIVEN:  # what is free, same_offer asks
        return behind or behind_a_colon(text, end)
    known, low = words_of(text.words.language), text.low(end)
    if known.speaks(low) and low not in known.times and end not in text.begun:
        return (_priced(text, end) if is_price else []) or all_behind(text, start, end)
    beside = _subjects(text, start, is_price=is_price) or _beside(text, start, offer)
    loosely = not beside or all(one.role in _LOOSE for one in beside)
    return (
        (lone_things(text, start) if loosely else [])
        or beside
        or _loosely(text, start, is_price=is_price)
        or behind_a_colon(text, end)
        or all_behind(text, start, end)
    )


def _priced(text: Surroundings, end: int) -> list[Item]:
    """Return the things right behind a price, if they are several: £2 *flat whites*."""
    speaks, place = words_of(text.words.language).speaks, end
    if read_link(text, place):
        return []
    while place - end < _FEW and text.kind(place) == "w" and speaks(text.low(place)):
        place += 1
    said = tuple(text.lows[end:place])
    closed = text.low(place) in {"", *ENDS, *_BEHIND}
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
    copulas = known.copulas | {*words.listed("totals"), *words.listed("falls")}
    idle = {*words.listed("function"), *words.listed("links"), *copulas, *_TIES}
    idle.update(words.listed("falls_by"))
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


def _clause_start(text: Surroundings, place: int) -> int:
    """Return the first token of the clause of one."""
    return bisect_left(text.clause, text.clause[place], 0, place) if place > 0 else place


def _target(text: Surroundings, end: int, *, is_price: bool) -> list[Item]:
    """Return what an offer before a token is said to be on: 30 % off *cinnamon swirls*."""
    start = after_on(text, end, is_price=is_price) or right_after(text, end)
    if start is None:
        return []
    first, place, words = things_from(text, past_a_price(text, start))
    if (
        len(words) > 1
        and words[0] in text.words.listed("every")
        and not text.words.has(words[0], "scope")
    ):
        first, words = first + 1, words[1:]  # sur chaque vase
    if is_vague(text, words) and text.low(place) in _TIES:  # something sweet: our muffins
        first, place, words = things_from(text, place + 1)
    if (first in text.numbers and text.numbers[first].end >= place) or price_from(text, first):
        return []  # caiu para trinta; down to EUR 4
    whole = bool(words) and text.words.has(words[0], "scope")
    if whole and is_when(text, first + 1):  # all through May
        return []
    if not words or (not whole and text.words.has(words[0], "generic")):
        return []
    mine = len(words) == 1 and text.low(first - 1) in text.words.listed("possessive")
    limb = mine and words[0] in text.words.listed("limbs")  # £18 off on your head
    learning = words[0].endswith("ing") and text.low(first + 1) in _HOW  # £20 off learning to swim
    if limb or (learning and text.words.language == "en") or names_none(text, words, whole=whole):
        return []
    role = "all" if whole else "on"
    found = text.item(Kind.PRODUCT, first, place, words, role=role)
    return [found, *listed_with(text, place)]
