"""Numbers that may be days though no month stands beside them: Friday 6, bis zum 27."""

from __future__ import annotations

from storesync.copywriting.facts.reading.surroundings import Surroundings

_COUNTING = frozenset({"%", "‰", ":", "am", "pm", "a", "p", "h", "x", "k", "/"})


def is_alone(text: Surroundings, index: int) -> bool:
    """Say whether a number counts nothing: a sign or a short word follows, and no unit."""
    after = text.low(index + 1)
    counts = after in text.words.units or after in text.words.currencies or after in _COUNTING
    if text.ranges(index + 1) and index + 2 in text.numbers:  # Friday 9 to 5
        return False
    included = after in text.words.listed("inclusive")
    return not counts and (text.kind(index + 1) != "w" or len(after) <= 3 or included)


def can_only_be_a_day(text: Surroundings, index: int) -> bool:
    """Say whether a number can only be a day: bis zum 27., jusqu'au 27, hasta el 27."""
    before = f"{text.low(index - 2)} {text.low(index - 1)}"
    until = (
        before in {"bis zum", "hasta el", "fino al", "entro il", "até dia", "até o"}
        or before.endswith("à au")
        or (text.low(index - 1) == "au" and text.low(index - 2) == "'")
    )
    counted = text.low(index + 1) in text.words.listed("inclusive")
    closed = text.kind(index + 1) != "w" or counted
    return until and closed


def counts_something(text: Surroundings, index: int) -> bool:
    """Say whether a number is a percentage, a price or a time and no day: in November 30 % off."""
    after = text.low(index + 1)
    clock = after == ":" and text.tight(index + 2) and text.kind(index + 2) == "n"
    return (
        clock or after in {"%", "‰", "€", "£", "$"} or text.cue_at("percent", index + 1) is not None
    )
