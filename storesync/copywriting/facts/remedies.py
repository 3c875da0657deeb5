"""Reading claims of health that no list has whole: lowers your blood pressure, gegen Stress."""

from __future__ import annotations

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.surroundings import Surroundings

_REACH = 4  # tokens


def read_remedy(text: Surroundings, index: int) -> Read:
    """Read what does something to the body, as a claim up to the word for what is cured."""
    words = text.words
    does = words.remedies.longest(text.tokens, index, text.numbers)
    if does is None:
        return None
    for place in range(does.end, min(does.end + _REACH, len(text.tokens))):
        if text.clause[place] != text.clause[index]:
            return None
        cured = words.bodies.longest(text.tokens, place, text.numbers)
        if cured:
            end = cured.end
            return [text.item(Kind.CLAIM, index, end, tuple(text.lows[index:end]))], end
    return None
