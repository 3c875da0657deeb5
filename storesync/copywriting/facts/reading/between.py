"""Hours between two ends: between nine and half past five, entre las diez y las ocho y media."""

from __future__ import annotations

from storesync.copywriting.facts.reading.minutes import is_bare, read_minutes
from storesync.copywriting.facts.reading.surroundings import Surroundings

_REACH, _FAR = 8, 20  # tokens
_HOURS = 24
TELL_BEHIND = frozenset({"es", "it", "pt"})  # tell minutes behind the hour: nueve y media
_BEFORE_AN_HOUR = frozenset({"las", "la", "le", "as", "às", "the"})


def end_between(text: Surroundings, index: int) -> str:
    """Return opens or closes for a time that begins at a token as an end of hours, or nothing."""
    first = _behind_between(text, index)
    if first >= 0:
        return "opens" if _other(text, index) else ""
    joined = _before(text, index)
    if not text.lists(joined) or text.low(joined) == ",":
        return ""
    for place in range(joined - 1, max(joined - _REACH, -1), -1):
        if text.clause[place] != text.clause[index]:
            return ""
        if _behind_between(text, place) >= 0:
            return "closes"
    return ""


def is_between(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a number is an end of hours, and counts nothing: between ages six and twelve.

    The other end can only be a time, or the sentence speaks of hours, or calls to come.
    """
    if text.ranges(index - 1) and _ends_a_time(text, index - 1):  # 7:30 to 4
        return is_bare(text, end) and text.low(end) not in {"%", "/"}
    role = end_between(text, index)
    if not role or not is_bare(text, end) or text.low(end) in {"%", "/"}:
        return False
    place = _other(text, index) if role == "opens" else _first(text, index)
    plain = text.numbers.get(place)
    if plain and (plain.value > _HOURS or not is_bare(text, plain.end)):
        return False
    calls = text.words.listed("calls")
    called = any(
        text.low(at) in calls and text.sentence[at] == text.sentence[index]
        for at in range(max(0, index - _REACH), index)
    )
    sure = is_sure(text, place) or is_sure(text, index)
    return sure or called or text.in_sentence("hours_words", index)


def is_visited(text: Surroundings, index: int) -> bool:
    """Say whether the sentence of a token calls people to come, before it."""
    return any(
        text.low(at) in text.words.listed("visits") and text.sentence[at] == text.sentence[index]
        for at in range(max(0, index - _FAR), index)
    )


def is_come_between(text: Surroundings, index: int) -> bool:
    """Say whether a number is an end of hours between which to come: pop in between 9.15 and 5."""
    return bool(end_between(text, index)) and is_visited(text, index)


def _ends_a_time(text: Surroundings, end: int) -> bool:
    """Say whether what can only be a time ends right before a token."""
    starts = range(max(0, end - _REACH), end)
    return any(_end_of_time(text, place) == end for place in starts)


def _before(text: Surroundings, index: int) -> int:
    """Return the token before an hour and its article."""
    return index - 1 - (text.low(index - 1) in _BEFORE_AN_HOUR)


def _behind_between(text: Surroundings, index: int) -> int:
    """Return the token of *between* right before one, -1 if there is none."""
    place = _before(text, index)
    return place if text.low(place) in text.words.listed("between") else -1


def _first(text: Surroundings, index: int) -> int:
    """Return where the first end begins of the hours that a token ends."""
    place = next(
        at for at in range(index - 1, -1, -1) if text.low(at) in text.words.listed("between")
    )
    return place + 1 + (text.low(place + 1) in _BEFORE_AN_HOUR)


def _other(text: Surroundings, index: int) -> int:
    """Return where the second end begins of the hours that a token begins, 0 if there is none."""
    for place in range(index + 1, min(index + _REACH, len(text.tokens) - 1)):
        if text.clause[place] != text.clause[index]:
            return 0
        after = place + 1 + (text.low(place + 1) in _BEFORE_AN_HOUR)
        joined = text.lists(place) and text.low(place) != ","
        if joined and (after in text.numbers or is_sure(text, after)):
            return after
    return 0


def is_sure(text: Surroundings, place: int) -> bool:
    """Say whether what begins at a token can only be a time: half past five, 9:30, 5 pm, noon."""
    return place < len(text.tokens) and bool(_end_of_time(text, place))


def _end_of_time(text: Surroundings, place: int) -> int:
    """Return the token after what can only be a time, 0 where none begins at a token."""
    words, number = text.words, text.numbers.get(place)
    if text.low(place) in words.words["clock"]:
        return place + 1
    to_hour = words.to_hour.longest(text.tokens, place, text.numbers)
    hour = text.numbers.get(to_hour.end) if to_hour else None
    if hour or number is None:
        return hour.end if hour else 0
    if text.low(place + 1) == ":" and text.kind(place + 2) == "n":
        return place + 3
    marked = [text.cue_at(label, number.end) for label in ("am", "pm", "oclock")]
    ends = [cue.end for cue in marked if cue]
    if not ends and number.spelled:
        if number.value % 1 and words.language in TELL_BEHIND:  # ocho y media
            return number.end
        ends = [read_minutes(text, number.end)[1]]
        ends = ends if ends[0] > number.end else []
    return max(ends, default=0)
