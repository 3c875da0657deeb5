"""Reading the minutes of a time in words: et demie, y cuarto, half past."""

from __future__ import annotations

from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.surroundings import Surroundings

_MINUTES = 60
_HALF_DAY = 12 * _MINUTES
_PAST_NOON = 13 * _MINUTES
_SHORT = 2  # letters: 8 pm


def read_minutes(text: Surroundings, place: int) -> tuple[int, int]:
    """Return the minutes that stand behind an hour, and the token after them: et demie."""
    inside = place < len(text.tokens)
    match = text.words.past_hour.longest(text.tokens, place, text.numbers) if inside else None
    shift = shift_of(text, match) if match else 0
    if match and shift and ("#" not in match.pattern or is_bare(text, match.end)):
        return shift, match.end
    return 0, place


def shift_of(text: Surroundings, match: Match) -> int:
    """Return the minutes that a phrase adds to its hour, 0 for what are none."""
    if "#" not in match.pattern:
        return int(match.label)
    told = next(text.numbers[at] for at in range(match.start, match.end) if at in text.numbers)
    return int(match.label) * int(told.value) if told.spelled and told.value < _MINUTES else 0


def is_bare(text: Surroundings, end: int) -> bool:
    """Say whether no noun follows: open at 8, not open at 8 branches."""
    after = text.low(end)
    day = after.removesuffix("s") in text.words.weekdays or text.names_day(end)
    if after == "-" and text.tight(end) and text.tight(end + 1) and text.kind(end + 1) == "w":
        return False  # open 15-day returns
    return (
        text.kind(end) != "w"
        or len(after) <= _SHORT
        or any(after in text.words.listed(name) for name in ("function", "links", "joins"))
        or after in text.words.listed("after_times")
        or (text.cue_at("hours_words", end) is not None and after not in text.words.units)
        or day
    )


def of_either_half(minutes: int) -> set[int]:
    """Return a time of the clock's face in both halves of the day, one past noon as itself."""
    return {minutes} if minutes >= _PAST_NOON else {minutes, minutes + _HALF_DAY}
