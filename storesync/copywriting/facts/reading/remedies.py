"""Reading claims of health that no list has whole: lowers your blood pressure, gegen Stress."""

from __future__ import annotations

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.surroundings import Surroundings

_REACH = 4  # tokens
# What the verbs of each list do something to, by the lists of those words.
_OBJECTS = {
    "remedies": frozenset({"bodies"}),
    "acts": frozenset({"bodies", "parts_of_body"}),
    "spares_nature": frozenset({"nature"}),
}
_ENDING = 4  # letters


def read_remedy(text: Surroundings, index: int) -> Read:
    """Read what does something to the body, as a claim up to the word for what is cured."""
    words = text.words
    does = words.remedies.longest(text.tokens, index, text.numbers)
    if does is None:
        return None
    objects = _objects(text, index)
    if not objects or does.label not in _OBJECTS:
        return _ended(text, does)
    if words.words.get("joined"):  # German and Dutch, where verbs stand last: der Stress abbaut
        behind = _behind(text, does.start, does.end, objects)
        if behind:
            return behind
    for place in range(does.end, min(does.end + _REACH, len(text.tokens))):
        if text.clause[place] != text.clause[index]:
            return None
        cured = _cured(text, place, objects)
        if cured or ("bodies" in objects and _ends_so(text, place)):
            end = cured or place + 1
            return [text.item(Kind.CLAIM, index, end, tuple(text.lows[index:end]))], end
    return None


def _objects(text: Surroundings, index: int) -> frozenset[str]:
    """Return the lists of what the verb at a token may do something to."""
    found = text.words.remedies.at(text.tokens, index, text.numbers)
    return frozenset().union(*(_OBJECTS.get(one.label, ()) for one in found))


def _cured(text: Surroundings, place: int, objects: frozenset[str]) -> int:
    """Return the token after a word of some lists that begins at a token, 0 where none does."""
    found = text.words.bodies.at(text.tokens, place, text.numbers)
    return max((one.end for one in found if one.label in objects), default=0)


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


def _behind(text: Surroundings, start: int, end: int, objects: frozenset[str]) -> Read:
    """Read what is cured right before the word for what does it."""
    place = start - 1
    same = place >= 0 and text.clause[place] == text.clause[start]
    if not same or _cured(text, place, objects) != start:
        return None
    return [text.item(Kind.CLAIM, place, end, tuple(text.lows[place:end]))], end
