"""The things that the words behind an offer name: 30 % off *cinnamon swirls and buns*."""

from __future__ import annotations

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import OF, words_of
from storesync.copywriting.facts.reading.made_with import ARTICLES, is_made_with
from storesync.copywriting.facts.reading.no_things import is_a_call, is_shortened
from storesync.copywriting.facts.reading.surroundings import Surroundings

ENDS = frozenset(".,;:!?)–-")
# With one of these another part of a sentence begins: and enjoy, and more.
UNNAMED = ("calls", "function", "generic", "uncounted", "scope")
_MOST = 6  # words
_PAIR = 2  # words


def things_from(text: Surroundings, start: int) -> tuple[int, int, tuple[str, ...]]:
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
        if found and low in ARTICLES and is_made_with(text, place):
            place += 1
            continue
        made = bool(found) and is_made_with(text, place)
        if (low in ends and not joined and not made) or (
            not found and low in times and not _names(text, place + 1, times)
        ):
            break
        ended = low in words.listed("made_with") and text.cue_at("was", place)  # au lieu de
        if len(found) == _MOST or ended or (found and is_a_call(text, place)):
            break
        if low in words.units or low in words.words["spans"]:  # for a limited time
            return start, place, ()
        if text.kind(place) == "w":
            found.append("au" if made else low)
        elif low not in {"-", "'"}:
            break
        place += 1
    if found and is_shortened(text, place):
        found[-1] += "."
    return first, place, tuple(found)


def is_when(text: Surroundings, place: int) -> bool:
    """Say whether a time follows all: through May, long, summer."""
    low, words = text.low(place), text.words
    return any(low in one for one in (words.months, *map(words.listed, ("seasons", "all_of"))))


def _names(text: Surroundings, place: int, times: set[str]) -> bool:
    """Say whether a day stands before a thing, and is part of its name: Sunday roasts."""
    low = text.low(place)
    speaks = text.kind(place) == "w" and words_of(text.words.language).speaks(low)
    return speaks and low not in times and place not in text.begun


def listed_with(text: Surroundings, join: int) -> list[Item]:
    """Return what stands in a list with a thing that an offer is on: flat whites *and cakes*."""
    words = text.words
    if text.low(join) == ",":  # roses, pots and tools
        item, after = _next(text, join + 1)
        rest = listed_with(text, after) if item else []
        return [*item, *rest] if rest else []
    if text.low(join) not in words.listed("joins") or text.clause[join] != text.clause[join - 1]:
        return []
    near = range(max(0, join - _MOST), join)
    if any(at in text.numbers and text.numbers[at].end > join for at in near):
        return []  # three hundred and twenty
    item, place = _next(text, join + 1)
    beyond = text.low(place)
    closed = place == len(text.tokens) or beyond in ENDS or beyond in words.listed("links")
    return item if closed else []  # a sentence of its own


def _next(text: Surroundings, start: int) -> tuple[list[Item], int]:
    """Return the thing of a list that begins at a token, if one does, and the token after it."""
    first, place, found = things_from(text, start)
    is_named = 0 < len(found) <= _PAIR and not text.words.has(found[0], *UNNAMED)
    if not is_named or text.cue_at("off", first):
        return [], place
    return [text.item(Kind.PRODUCT, first, place, found, role="on")], place
