"""What a listed phrase says, in one form: three for two is 3 for 2, gratis is free."""

from __future__ import annotations

from decimal import Decimal

from storesync.copywriting.facts.language.given import words_of
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.around import Around
from storesync.copywriting.facts.reading.surroundings import Surroundings

_ALWAYS = frozenset({24, 7})  # hours, days
_WEEK = 7  # days


def value_of(text: Surroundings, match: Match) -> tuple[str, ...]:
    """Return what a phrase says, comparable with what others say."""
    if match.label == "always":
        number = text.numbers.get(match.start)
        return ("always",) if number is None or number.value in _ALWAYS else ("often",)
    if match.label == "every_day":
        told = [
            text.numbers[at].value for at in range(match.start, match.end) if at in text.numbers
        ]
        return (f"{next(iter(told), _WEEK)} days",)
    if match.label == "multibuys":
        return _multibuy(text, match)
    # All ways to say that something costs nothing say the same.
    given = text.words.given.get(match.pattern)
    return (given,) if given else said_in(text, match.start, match.end)


def _multibuy(text: Surroundings, match: Match) -> tuple[str, ...]:
    """Return of how many things how many are paid: buy two get one free is three for two."""
    told = [text.numbers[at].value for at in range(match.start, match.end) if at in text.numbers]
    named = dict(zip("ab", told, strict=False))
    if "b" in named:
        named["h"] = named["b"] / 2
    many, paid = text.words.multibuys[match.pattern].split()
    sums = (
        sum((named[one] if one in named else Decimal(one) for one in side.split("+")), Decimal(0))
        for side in (many, paid)
    )
    return ("multibuy", *(format(total.normalize(), "f") for total in sums))


def on_what(text: Surroundings, match: Match, beside: Around) -> Around:
    """Return what stands around a multibuy as if its thing came last: 3 for 2 *on paperbacks*."""
    known = {*match.pattern.split(), *text.words.words["ordinals"]}
    said = (place for place in range(match.start, match.end) if place not in text.numbers)
    gap = [text.low(place) for place in said if text.low(place) not in known]
    on = [word for word in gap if words_of(text.words.language).speaks(word)]
    link = text.words.listed("on")[-1:]
    return beside._replace(after=(*link, *on, *beside.after)) if on else beside


def said_in(text: Surroundings, start: int, end: int) -> tuple[str, ...]:
    """Return the words of a phrase with numbers as digits: three for two is 3 for 2."""
    said, place = [], start
    if text.low(start) in text.words.listed("none"):  # without fees are no fees
        said, place = [text.words.listed("none")[0]], start + 1
    while place < end:
        number = text.numbers.get(place)
        if number and number.end <= end:
            said.append(str(number.value.normalize()))
            place = number.end
            continue
        if text.low(place) not in {"-", "'"}:
            said.append(text.low(place))
        place += 1
    return tuple(said)
