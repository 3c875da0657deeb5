"""Reading German towns by their names, since every noun has a capital: auf Rodeln in Hallein."""

from __future__ import annotations

from storesync.copywriting.facts.language.word_lists import german_towns
from storesync.copywriting.facts.reading.surroundings import Surroundings

_BEFORE = frozenset({"in", "nach", "aus", "bei", "von", "um", "nahe"})
_BEFORE |= {"stadtteil", "ortsteil", "bezirk", "viertel"}
_TIES = frozenset({"-", ".", "'"})
_MOST = 4  # words: Neunkirchen am Potzberg has three


def town_at(text: Surroundings, index: int, cue: int) -> int:
    """Return the token behind a German town that a word such as in leads to, or 0.

    Nothing is read as one that a number or a hyphen goes on: in Halle 3, in Bonn-Qualität.
    """
    if text.words.language != "de" or text.low(cue) not in _BEFORE:
        return 0
    known, words, end, place = german_towns(), "", 0, index
    for _ in range(_MOST):
        words = f"{words} {text.low(place)}".strip()
        place += 1
        if words in known:
            end = place
        while text.low(place) in _TIES and text.kind(place + 1) == "w":
            place += 1
        if text.kind(place) != "w":
            break
    goes_on = text.low(end) == "-" and text.tight(end)
    return 0 if goes_on or text.kind(end) == "n" else end
