"""Capitalised words around a name: in a headline, capitals make no name of a word."""

from __future__ import annotations

from storesync.copywriting.facts.reading.surroundings import Surroundings

_REACH = 12  # tokens
_FEW = 3  # words


def shouted_beside(text: Surroundings, cue: int, index: int, end: int) -> tuple[str, ...]:
    """Return the other capitalised words of a sentence where most are so, as in a headline.

    Neither its first word counts, nor the name from an index on and those it is listed with, nor a
    month or a day, which have capitals anywhere.
    """
    low, high = max(0, index - _REACH), min(len(text.tokens), index + _REACH)
    calendar = text.words.months.keys() | text.words.weekdays.keys()
    near = [
        place
        for place in range(low, high)
        if text.sentence[place] == text.sentence[index] and text.kind(place) == "w"
    ]
    told = [
        place for place in near[1:] if not cue < place < end and text.low(place) not in calendar
    ]
    capital = [place for place in told if text.tokens[place].text[0].isupper()]
    if len(near) <= _FEW or len(capital) * 2 < len(told):
        return ()
    return tuple(map(text.low, capital))
