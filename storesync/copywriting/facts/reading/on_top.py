"""Whether an amount comes on top of another: 20 % off totes, on top of our sale."""

from __future__ import annotations

from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.surroundings import Surroundings

_AHEAD = 8  # tokens around an amount
_SHORT = 3  # tokens of a cue
_DENIED = 4  # tokens: no es acumulable


def is_on_top(text: Surroundings, start: int, end: int) -> bool:
    """Say whether an amount over some tokens is said to come on top of another."""
    if "on_top" not in text.cued:
        return False
    cues = (
        text.cue_at("on_top", place)
        for place in range(max(0, start - _AHEAD), min(end + _AHEAD, len(text.tokens)))
    )
    return any(_adds(text, cue, start) for cue in cues if cue)


def _adds(text: Surroundings, cue: Match, start: int) -> bool:
    """Say whether a cue is of the amount that begins at a token, and nothing denies it."""
    place, negative = cue.start, text.words.listed("negative")
    behind = text.low(place - 1) == "," and text.sentence[place] == text.sentence[start]
    near = text.clause[place] == text.clause[start] or (behind and cue.end - place > _SHORT)
    return near and not any(text.low(place - step) in negative for step in range(1, _DENIED))
