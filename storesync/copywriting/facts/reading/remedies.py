"""Reading claims of health that no list has whole: lowers your blood pressure, gegen Stress."""

from __future__ import annotations

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.surroundings import Surroundings

_REACH = 4  # tokens
_ENDING = 4  # letters


def read_remedy(text: Surroundings, index: int) -> Read:
    """Read what does something to the body, as a claim up to the word for what is cured."""
    words = text.words
    does = words.remedies.longest(text.tokens, index, text.numbers)
    if does is None:
        return None
    if does.label != "remedies":
        return _ended(text, does)
    if words.words.get("joined"):  # German and Dutch, where verbs stand last: der Stress abbaut
        behind = _behind(text, does.start, does.end)
        if behind:
            return behind
    for place in range(does.end, min(does.end + _REACH, len(text.tokens))):
        if text.clause[place] != text.clause[index]:
            return None
        cured = words.bodies.longest(text.tokens, place, text.numbers)
        if cured or _ends_so(text, place):
            end = cured.end if cured else place + 1
            return [text.item(Kind.CLAIM, index, end, tuple(text.lows[index:end]))], end
    return None


def _ended(text: Surroundings, said: Match) -> Read:
    """Read the end of an ailment, told before it or behind: no more headaches, allergies? gone."""
    words, index = text.words, said.start
    wanted = words.remedies if said.label == "farewells" else words.in_the_past
    other = "ailments" if said.label == "farewells" else "in_the_past"
    # Goodbye, headaches: a comma may stand before them.
    place = said.end + (text.low(said.end) == ("?" if said.label == "ailments" else ","))
    for at in range(place, min(place + _REACH, len(text.tokens))):
        if text.clause[at] != text.clause[place]:
            return None
        found = wanted.longest(text.tokens, at, text.numbers)
        if found and found.label == other:
            return [text.item(Kind.CLAIM, index, found.end, tuple(text.lows[index : found.end]))], (
                found.end
            )
    return None


def _ends_so(text: Surroundings, place: int) -> bool:
    """Say whether a German compound ends in a part of the body or an illness: Hautkrebs."""
    low, bodies = text.low(place), text.words.listed("bodies")
    if not text.words.words.get("joined"):
        return False
    begun = any(one[:-1] in low for one in bodies if one.endswith("*") and len(one) > _ENDING)
    return begun or low.endswith(tuple(one for one in bodies if len(one) > _ENDING))


def _behind(text: Surroundings, start: int, end: int) -> Read:
    """Read what is cured right before the word for what does it."""
    place = start - 1
    same = place >= 0 and text.clause[place] == text.clause[start]
    cured = text.words.bodies.longest(text.tokens, place, text.numbers) if same else None
    if cured is None or cured.end != start:
        return None
    return [text.item(Kind.CLAIM, place, end, tuple(text.lows[place:end]))], end
