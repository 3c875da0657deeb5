"""Numbers that are prices though they name no money: Twenty bucks? Not this time. Fourteen!"""

from __future__ import annotations

from storesync.copywriting.facts.reading.priced import price_before
from storesync.copywriting.facts.reading.surroundings import Surroundings

_NEAR = 14  # tokens
_ENDS = frozenset({"", ".", "!", "?", ",", ";", ":", ")"})


def told_by_itself(text: Surroundings, index: int, end: int) -> tuple[frozenset[str], str] | None:
    """Return in which currency a number is a price by an amount before it, and its role if new.

    It ends its clause, and is all of its sentence, or what is saved or was: *you save eighteen*.
    """
    closes = end >= len(text.tokens) or text.low(end) in _ENDS
    before = price_before(text, index, _NEAR) if closes else None
    if not before:
        return None
    if _is_answer(text, index, end):
        return before.codes, "now"
    cued = text.cue_before("off", index) or text.cue_before("was", index)
    return (before.codes, "") if cued else None


def _is_answer(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a number is all that its sentence says, but for a word such as just."""
    cue, links = (
        text.cue_before("now", index) or text.cue_before("denied", index),
        text.words.listed("links"),
    )
    first = cue.start if cue and text.low(index - 1) not in links else index
    begins = first == 0 or text.sentence[first - 1] != text.sentence[index]
    return begins and text.low(end) in {"", ".", "!"}


def is_former(text: Surroundings, start: int) -> bool:
    """Say whether the word that makes a price the former one stands before a comma: Before, £8."""
    cue = text.cue_before("was", start - 1) if text.low(start - 1) in {",", ":"} else None
    return cue is not None and (
        cue.start == 0 or text.clause[cue.start - 1] != text.clause[cue.start]
    )
