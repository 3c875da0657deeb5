"""The things that the words before an offer name: *lattes and mochas* are half price."""

from __future__ import annotations

from dataclasses import replace

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import OF, words_of
from storesync.copywriting.facts.reading.contacts import is_in_capitals
from storesync.copywriting.facts.reading.made_with import is_made_with
from storesync.copywriting.facts.reading.no_things import (
    ends_in_none,
    is_a_measure,
    is_bidden,
    is_caption,
    is_of_a_riddle,
)
from storesync.copywriting.facts.reading.price_labels import is_on_each
from storesync.copywriting.facts.reading.priced import price_before
from storesync.copywriting.facts.reading.surroundings import Surroundings

_FEW = 3  # words
_LONGEST = 24  # tokens
_PER = frozenset({"per", "pro", "je"})
_AU = "au"
_GLUE = frozenset("-'")
_PRICES = frozenset({"price", "prices", "preis", "preise", "prix", "precio", "precios"})
_UNNAMED = ("function", "generic", "uncounted", "scope")


def group_before(text: Surroundings, last: int) -> list[Item]:
    """Return the things listed up to a token, if they are all that their clause begins with."""
    words = text.words
    joins, calls, determiners = words.listed("joins"), words.listed("calls"), _determiners(text)
    known, seasons = words_of(words.language), words.listed("seasons")
    found: list[Item] = []
    end = place = last + 1
    while place > 0 and text.clause[place - 1] == text.clause[last]:
        if last - place > _LONGEST:  # no list that anybody reads
            return []
        low, before = text.low(place - 1), text.low(place - 2)
        begins = place == 1 or text.clause[place - 2] != text.clause[last]
        if low in determiners and before in calls:  # get a muffin for £2
            return [*found, *_named(text, place, end)]
        if low in calls and begins and place < end:  # get smoked mackerel at £12
            return [replace(one, role="loose") for one in (*found, *_named(text, place, end))]
        also = words.listed("also")  # auch Tassen, también las tazas
        opened = begins or before in joins or before in also
        if low in joins or (low in determiners and opened) or (low in also and begins):
            found += _named(text, place, end)
            end = place - 1
        elif text.kind(place - 1) == "n" or not (
            known.speaks(low)
            or low in _GLUE | OF
            or low in seasons
            or low in words.listed("made_with")
            or _owns(text, place - 1)
            or is_made_with(text, place - 1)
        ):
            return []  # a sentence with a verb of its own: join the club for £29
        place -= 1
    return [*found, *_named(text, place, end)]


def _owns(text: Surroundings, place: int) -> bool:
    """Say whether a token is the s of an owner: Mum's coffee is half price."""
    return text.low(place) == "s" and text.low(place - 1) == "'" and text.kind(place + 1) == "w"


def _determiners(text: Surroundings) -> set[str]:
    """Return the words that may stand before a thing."""
    return {word for one in ("article", "possessive", "scope") for word in text.words.listed(one)}


def _is_amount(text: Surroundings, start: int, end: int) -> bool:
    """Say whether some tokens are a number, or a percentage in words: de noventa."""
    while start < end and text.low(start) in OF:
        start += 1
    number = text.numbers.get(start)
    if number is None or number.end >= end:
        return number is not None
    per_cent = text.cue_at("percent", number.end)
    return per_cent is not None and per_cent.end == end


def _named(text: Surroundings, start: int, end: int) -> list[Item]:
    """Return the thing that some tokens name, if they are few, and no word for any thing."""
    words, known = text.words, words_of(text.words.language)
    ties = OF | {*words.listed("made_with")}
    said = tuple(
        _AU if text.low(place) == "à" and is_made_with(text, place) else text.low(place)
        for place in range(start, end)
        if text.low(place) not in _GLUE | OF
        and not _owns(text, place)
        and (text.low(place) == "à" or not is_made_with(text, place))
    )
    if said[:1] and said[0] in _PER:  # pro Topf 3 € gespart
        said = said[1:]
    if not said or len([word for word in said if word not in ties]) > _FEW:
        return []
    head = said[0] if known.thing_first else said[-1]
    verb = said[0] in words.listed("calls") or is_in_capitals(text, end - 1)
    if (
        verb
        or words.has(head, *_UNNAMED)
        or said[0] in _PRICES  # price drop
        or not known.times.isdisjoint({head, head.removesuffix("s")})  # mittwochs
        or head in words.listed("seasons")
    ):
        return []
    if _is_none(text, start, end, said) or price_before(text, end, end - start):
        return []  # da cinque a quattro, antes nove euros
    idle = set(said) <= {*words.listed("interjections")} or ends_in_none(text, said)
    if idle or _is_label(text, start, end):
        return []  # na gut, 51 €; neuer Preis: 2 €
    return [text.item(Kind.PRODUCT, start, end, said, role="on")]


def _is_none(text: Surroundings, start: int, end: int, said: tuple[str, ...]) -> bool:
    """Say whether some tokens are a number, a verb, a caption or people, and no thing."""
    words = text.words
    counted = len(said) == 1 and end - 1 in text.numbers
    people = said[0] if words_of(words.language).thing_first else said[-1]
    return (
        counted
        or _is_amount(text, start, end)
        or people in words.listed("people")
        or is_caption(words, said)
        or is_a_measure(text, start, end)
        or is_bidden(text, start, end)
        or is_of_a_riddle(text, start)
        or (said[0] in words.listed("limbs") and text.low(start - 1) in words.listed("possessive"))
    )


def _is_label(text: Surroundings, start: int, end: int) -> bool:
    """Say whether some tokens tell the part of an amount: save £2, neuer Preis: 2 €."""
    saved = any(
        (cue := text.cue_at("savings", place)) and (cue.end >= end or is_on_each(text, cue, end))
        for place in range(start, end)
    )
    price = any(
        (cue := text.cue_at(role, start)) and cue.end >= end and cue.end - start > 1
        for role in ("was", "now")
    )
    cut = any(text.cue_at(role, place) for role in ("off", "more") for place in range(start, end))
    return saved or price or cut
