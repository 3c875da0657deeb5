"""What names a day and states nothing: a call to act today, a morning as in May."""

from __future__ import annotations

from collections.abc import Sequence

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.reading.aside import is_aside
from storesync.copywriting.facts.reading.dates import read_date
from storesync.copywriting.facts.reading.surroundings import Surroundings
from storesync.copywriting.facts.reading.weekdays import is_of_an_offer

_REACH, _PARTS = 6, 3  # tokens, year, month and day
_ENDS = frozenset(".!?,;:…|–-)")
_SAYS_MORE = ("off", "more", "now", "was", "start", "end", "opens", "closes", "closed", "bound")
_ASKED = ("off", "more", "closed", "hours_words")
_OFFERED = ("off", "more", "was", "closed", "hours_words")


def in_passing(text: Surroundings, item: Item, start: int, end: int) -> bool:
    """Say whether a day at some tokens is only part of a call or of a simile.

    *Order yours today* holds on every day that it is read on; *today only* does not.
    """
    if item.kind is Kind.DATE and item.role == "relative":
        called = _is_called_for(text, start, end) or _is_asked(text, start, end)
        return called or _is_dated(text, start, end) or is_aside(text, item, start, end)
    if is_aside(text, item, start, end):
        return True
    if item.role or item.kind not in {Kind.DATE, Kind.WEEKDAY}:
        return False
    phrase = text.words.phrases.longest(text.tokens, start, text.numbers)
    known = phrase is not None and phrase.label == "innocent" and phrase.end > end
    if item.kind is Kind.DATE:
        undated = isinstance(item.value, tuple) and item.value[-1] is None
        return known or (undated and _is_likened(text, start, end))  # 10/10 would lick the plate
    lone = item.extra["date"] is None and not item.extra["hours"]
    return lone and (known or _is_likened(text, start, end))


def _is_dated(text: Surroundings, start: int, end: int) -> bool:
    """Say whether the dates of this weekend stand behind it: this weekend, 4 to 6 December."""
    if text.low(start) not in text.words.listed("this"):
        return False
    for place in range(end, text.sentence_end(start)):
        found = read_date(text, place)
        when = found[0][-1].value if found and found[0] else None
        if isinstance(when, tuple) and len(when) == _PARTS and all(when[1:]):
            return True
    return False


def _is_called_for(text: Surroundings, start: int, end: int) -> bool:
    """Say whether today stands behind an imperative, and nothing narrows it: order yours today."""
    words = text.words
    if " ".join(text.lows[start:end]).replace(" ' ", " ") not in words.listed("call_days"):
        return False
    if text.low(end) in words.listed("call_ends"):  # kommen Sie heute vorbei
        end += 1
    after = text.low(end)
    thing = after in words.listed("call_things")  # prenota oggi il tuo tagliando
    inside = end < len(text.tokens) and not thing and not _is_of_yours(text, end)
    if inside and not (after in _ENDS or after in words.listed("joins")):
        return False
    place = start - 1
    while place >= 0 and text.clause[place] == text.clause[start] and start - place <= _REACH:
        if text.low(place) in words.listed("calls"):
            return _begins(text, place) and not _says_more(text, place + 1, start)
        place -= 1
    return False


def _is_of_yours(text: Surroundings, end: int) -> bool:
    """Say whether the clause ends with what is ordered: bestel vandaag nog *je brood*."""
    last = end
    while last < len(text.tokens) and text.clause[last] == text.clause[end]:
        last += 1
    owned = text.low(end) in text.words.listed("possessive")
    return owned and last - end <= _REACH and not _says_more(text, end, last)


def _is_asked(text: Surroundings, start: int, end: int) -> bool:
    """Say whether today ends a question that promises nothing: what is for dinner today?"""
    low = " ".join(text.lows[start:end]).replace(" ' ", " ")
    named = (*text.words.listed("call_days"), *text.words.listed("asked_days"))
    asked = text.low(end) == "?" and low in named
    first = max(0, start - 2 * _REACH)
    while asked and first < start and text.sentence[first] != text.sentence[start]:
        first += 1
    return asked and not _says_more(text, first, start, _ASKED) and not is_of_an_offer(text, start)


def _begins(text: Surroundings, place: int) -> bool:
    """Say whether a word is the first of its clause, or follows an and."""
    first = place == 0 or text.clause[place - 1] != text.clause[place]
    return first or text.low(place - 1) in text.words.listed("joins")


def _is_likened(text: Surroundings, start: int, end: int) -> bool:
    """Say whether a month or a day is likened to: fresh as a morning in May."""
    first = start
    while first > 0 and text.clause[first - 1] == text.clause[start] and start - first < _REACH:
        first -= 1
    like = any(text.low(place) in text.words.listed("like") for place in range(first, start))
    last = min(end + _REACH, len(text.tokens))
    return like and not _says_more(text, first, last, _OFFERED)


def _says_more(
    text: Surroundings, start: int, end: int, labels: Sequence[str] = _SAYS_MORE
) -> bool:
    """Say whether a number, or a word of offers and hours, stands among some tokens."""
    idle = {*text.words.listed("plain"), *text.words.listed("function")}
    return any(
        (place in text.numbers and text.low(place) not in idle)
        or any(text.cue_at(label, place) for label in labels)
        for place in range(start, end)
    )
