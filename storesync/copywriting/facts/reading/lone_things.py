"""The thing that shares a sentence with nothing but an offer: *Sandalen* mit 20 % Rabatt."""

from __future__ import annotations

from dataclasses import replace

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import words_of
from storesync.copywriting.facts.language.word_lists import LISTED
from storesync.copywriting.facts.reading.named_before import group_before
from storesync.copywriting.facts.reading.named_behind import ENDS, UNNAMED, things_from
from storesync.copywriting.facts.reading.surroundings import Surroundings

_FEW = 3  # words
_CODE = 3  # letters of a currency
_STOPS = frozenset(".!?")
_TIES = frozenset(",:–-")
_FARTHEST = 12  # tokens
_MARKS = frozenset(",:–-(")
_CENTS = frozenset(".,")
_BEGINS = frozenset(":•·|*")


def lone_things(text: Surroundings, start: int) -> list[Item]:
    """Return what the sentence of an offer before a token begins with, if that is all before it.

    Between them stand at most words that tell how it has the offer: with, reduced by, now. The
    words of the whole list go with each, as the product may be among them.
    """
    if text.words.language not in LISTED:
        return []
    last = _last_before(text, start)
    found = group_before(text, last) if last >= 0 else []
    begins = min((item.start for item in found), default=-1)
    first = next((at for at, token in enumerate(text.tokens) if token.start == begins), -1)
    if first < 0 or not _begins_a_sentence(text, first):
        return []
    group = tuple(word for item in found for word in item.value)
    return [
        replace(item, role="lone", unit=group) for item in found if may_be_had(text, item, start)
    ]


def behind_a_colon(text: Surroundings, end: int) -> list[Item]:
    """Return what stands behind a colon, if that is all: only £12: *smoked mackerel*."""
    if text.low(end) in text.words.listed("article") and text.low(end + 2) == ":":
        end += 2  # £12 a bunch: roses
    if text.low(end) != ":" or end + 1 >= len(text.tokens):
        return []
    first, place, words = things_from(text, end + 1)
    if not 0 < len(words) <= _FEW or text.low(place) not in {"", *ENDS}:
        return []
    found = text.item(Kind.PRODUCT, first, place, words, role="loose", unit=words)
    return [replace(found, role="lone") if may_be_had(text, found, first + 1) else found]


def all_behind(text: Surroundings, start: int, end: int) -> list[Item]:
    """Return what is all that follows an offer with which a sentence begins: -20 % *vases*."""
    first = start
    while first > 0 and text.kind(first - 1) == "s" and text.low(first - 1) not in ENDS - {"-"}:
        first -= 1
    begins = first == 0 or text.sentence[first - 1] != text.sentence[start]
    while text.words.has(text.low(end), "lowers"):  # 20 % Rabatt – Vasen
        end += 1
    place = end + (text.low(end) in _TIES - {","})
    if text.low(place) in text.words.listed("article"):  # 2 € la pièce
        return []
    if not begins or text.words.language not in LISTED:
        return []
    thing, after, words = things_from(text, place)
    closed = (
        after == len(text.tokens)
        or text.sentence[after] != text.sentence[start]
        or text.low(after) in _STOPS
    )
    if not closed or not 0 < len(words) <= _FEW or text.words.has(words[0], *UNNAMED):
        return []
    found = text.item(Kind.PRODUCT, thing, after, words, role="lone", unit=words)
    return [found] if may_be_had(text, found, thing) else []


def _last_before(text: Surroundings, start: int) -> int:
    """Return the last token before an offer and the words that tie it to a thing."""
    words = text.words
    idle = {*words.listed("function"), *words.listed("links"), *words_of(words.language).copulas}
    place = start - 1
    while place >= max(0, start - _FARTHEST) and text.sentence[place] == text.sentence[start]:
        cue = text.cue_before("now", place + 1)
        if cue:
            place = cue.start - 1
            continue
        was = text.cue_before("was", place + 1)
        if was and text.low(place) not in idle:
            place = was.start - 1
            continue
        low = text.low(place)
        cents = low in _CENTS and place + 1 in text.numbers
        if text.kind(place) == "n" or low in words.currencies or low == "%" or cents:
            place -= 1
            continue
        if low in words.listed("no_things"):  # picture this: 40 % off
            return -1
        if low not in idle and low not in _MARKS and not words.has(low, "lowers"):
            break
        place -= 1
    return place


def _begins_a_sentence(text: Surroundings, first: int) -> bool:
    """Say whether nothing but signs or a label stands before a token in its sentence."""
    place = first - 1
    if text.low(place) in text.words.listed("yours"):  # your morning ritual, half price
        return False
    listed = text.words.listed
    idle = {*listed("article"), *listed("possessive"), *listed("also")}
    if text.words.words.get("inflected"):
        idle |= {*listed("calls")}  # kup wazon za 12 zł, without an article
    while place >= 0 and text.low(place) in idle:
        place -= 1
    while place >= 0 and text.kind(place) == "s" and text.low(place) not in _BEGINS:
        if text.sentence[place] != text.sentence[first]:
            return True
        place -= 1
    return place < 0 or text.low(place) in _BEGINS or text.sentence[place] != text.sentence[first]


def may_be_had(text: Surroundings, item: Item, start: int) -> bool:
    """Say whether words are a thing, and no mood or quality, which nobody sells.

    In German it has a capital. In English one of a thing behind which a mark stands may be
    anything: coffee break: half price.
    """
    words, language = text.words, text.words.language
    places = [at for at, one in enumerate(text.tokens) if item.start <= one.start < item.end]
    last = places[-1]
    thing_first = words_of(language).thing_first
    head: str = item.value[0] if thing_first else item.value[-1]
    noun = language != "de" or text.tokens[last].text[0].isupper()
    plural = head.endswith("s") and not head.endswith("ss")
    single = language == "en" and not plural
    does = language == "en" and head[:-1] in words.listed("verbs")  # winter brings 50 % off
    marked = any(text.low(place) in _MARKS for place in range(last + 1, start))
    money = text.low(last + 1) in words.currencies and text.tight(last + 1)  # CA$4
    code = len(head) == _CODE and text.tokens[last].text.isupper() and last + 1 in text.numbers
    money = money or code or any(text.low(at) in words.currencies for at in places)
    return (
        noun
        and not money
        and item.value[0] not in words.listed("spends")
        and not (single and marked)
        and not does
        and not any(at in text.numbers for at in places)
        and not words.has(head, "unsold")
        and not head.endswith(tuple(words.listed("unsold_endings")))
    )
