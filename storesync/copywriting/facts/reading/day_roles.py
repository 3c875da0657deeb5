"""Which end of a time a day is, as the words and signs before and behind it say."""

from __future__ import annotations

from dataclasses import replace

from storesync.copywriting.facts.item import Item, Read
from storesync.copywriting.facts.reading.surroundings import ARROWS, DASHES, Surroundings

DAY_ARROWS = ARROWS | {">"}
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_BACK = 4  # tokens
_LONGEST = 10  # tokens of a time and what stands between it and a day
_BETWEEN = frozenset({"on", "am", "op", ","})
_CLOCK = frozenset({":", ".", "h", "am", "pm", "a", "p", "m", "uhr", "uur", "o", "'", "clock"})
_SKIPPED = (",", "dem", "del", "de", "las", "di")
_BEFORE_A_DAY = frozenset({":", "is", "on", "am", "dem", "zum", "einschließlich", "día", "dia"})


def role_before(text: Surroundings, start: int) -> str:
    """Return start or end, as the words before a day say.

    Look back over a day of the week, its comma and an article for from or until.
    """
    words = text.words
    for place in range(start, start - _BACK - 1, -1):
        for role in ("end", "start"):
            if text.cue_before(role, place):
                return role
        if _ends_a_range(text, place):
            return "end"
        low = text.low(place - 1)
        beside = low in {",", ".", "("} and text.names_day(place - 2 - (text.low(place - 2) == "."))
        if not (
            text.names_day(place - 1)
            or beside
            or low in words.listed("article")
            or low in _BEFORE_A_DAY
        ):
            break
    joined = text.low(start - 1) in DASHES | DAY_ARROWS
    return "end" if joined and _is_a_day(text, start - 2) else ""


def role_over_a_time(text: Surroundings, start: int) -> str:
    """Return the role that a time before a day has: until 8.30 pm on 16 October.

    Where a sentence is of opening hours, it is that of a time alone: open until 8 on Friday.
    """
    place = start - 1
    while _may_stand_between(text, place):
        place -= 1
    if text.in_sentence("hours_words", start):
        return ""
    while place > start - _LONGEST and _is_of_a_time(text, place):
        for role in ("end", "start"):
            if place in text.numbers and _is_told(text, role, place):
                return role
        place -= 1
    return ""


def _is_told(text: Surroundings, role: str, place: int) -> bool:
    """Say whether a cue for an end stands before a time: until 8, starts at 10."""
    at = text.cue_before("at", place)
    cue = text.cue_before(role, place) or (at and text.cue_before(role, at.start))
    return cue is not None


def _may_stand_between(text: Surroundings, place: int) -> bool:
    """Say whether a token may stand between a time and its day: on, le, Friday."""
    between = text.low(place) in _BETWEEN or text.low(place) in text.words.listed("article")
    return between or text.names_day(place)


def _is_of_a_time(text: Surroundings, place: int) -> bool:
    clock = text.low(place) in text.words.words["clock"] or text.low(place) in _CLOCK
    return place >= 0 and (place in text.numbers or text.kind(place) == "n" or clock)


def _ends_a_range(text: Surroundings, place: int) -> bool:
    """Say whether what begins at a token is the end of a range of days: 3 May to 8 May."""
    joined = text.ranges(place - 1) and not text.lists(place - 1)
    before = text.low(place - 2)
    dated = before in text.words.months or before in text.words.short_months
    dated = dated or (before.upper() in ROMAN_MONTHS and text.low(place - 3) == ".")
    return joined and (dated or text.kind(place - 2) == "n")


def _is_a_day(text: Surroundings, place: int) -> bool:
    """Say whether a token may end a day, so that a dash behind it leads to another one."""
    low, words = text.low(place), text.words
    if low == "." and text.tight(place):
        return not text.names_day(place - 1) and _is_a_day(text, place - 1)
    names = (words.months, words.short_months, words.listed("ordinal_suffixes"), {"now"})
    return text.kind(place) == "n" or text.names_day(place) or any(low in one for one in names)


def side(text: Surroundings, start: int) -> str:
    """Return under for what is before a day or a time, over for after: before Friday, the 1st."""
    place = start - 1
    skipped = {*text.words.weekdays, *text.words.listed("article"), *_SKIPPED}
    while text.low(place) in skipped and start - place < _BACK:
        place -= 1
    after = "over" if text.low(place) in text.words.listed("after_day") else ""
    return "under" if text.low(place) in text.words.listed("before_day") else after


def begun(text: Surroundings, index: int, items: list[Item], end: int) -> list[Item]:
    """Return a date that another follows as the one that begins: 4/19 through 4/25."""
    stop = text.low(end) == "." and text.low(end - 1) in text.words.short_months
    end += stop and text.tight(end)  # 17 déc. → 24 déc.
    cue = text.cue_at("range", end)
    after = cue.end if cue else end + 1  # 22-04 t/m 24-04
    after += text.names_day(after) and 1 + (text.low(after + 1) == ".")
    month = text.low(after) in text.words.months or text.low(after) in text.words.short_months
    clock = text.low(after + 1) == ":" and text.tight(after + 2) and text.kind(after + 2) == "n"
    timed = clock or text.cue_at("oclock", after + 1) is not None  # le 24.10.2027 à 19h30
    another = (after in text.numbers and not timed) or month
    dashed = items[0].role == "end" and text.low(index - 1) in DASHES  # $15 — June 30 to July 2
    dashed = dashed or (items[0].role == "end" and _is_behind_two_days(text, index))
    if len(items) > 1 or (items[0].role and not dashed) or not another or text.lists(end):
        return items
    ranged = text.ranges(end) or text.low(end) in DAY_ARROWS
    return [replace(items[0], role="start", extra="range")] if ranged else items


def _is_behind_two_days(text: Surroundings, index: int) -> bool:
    """Say whether the word for an end before a date is of days: Monday through Friday, 5/3."""
    last = index - 1 - (text.low(index - 1) == ",")
    cue = text.cue_before("range", last) if text.names_day(last) else None
    return cue is not None and text.names_day(cue.start - 1)


def ended(text: Surroundings, items: list[Item], end: int) -> Read:
    """Return days whose last one is said to be an end, with the words for it: is the last day."""
    end = _inclusive(text, end)
    for label, role in (("ends_behind", "end"), ("starts_behind", "start")):
        cue = text.cue_at(label, end)
        if cue and not (items[-1].role or _tells_a_day(text, cue.end)):
            return [*items[:-1], replace(items[-1], role=role)], cue.end
    return items, end


def _inclusive(text: Surroundings, end: int) -> int:
    """Return the token after what says that a day counts, too: jusqu'au 17 inclus, (inclusive)."""
    stop = text.low(end - 1) in text.words.short_months and text.low(end) == "."  # 24 déc. inclus
    opened = text.low(end) == "("
    place = end + (opened or (stop and text.tight(end)))
    if text.low(place) not in text.words.listed("inclusive"):
        return end
    if opened:
        return place + 2 if text.low(place + 1) == ")" else end
    thing = text.kind(place + 1) == "w" and text.low(place + 1) not in text.words.listed("we_do")
    return end if thing else place + 1


def _tells_a_day(text: Surroundings, place: int) -> bool:
    """Say whether another day follows: first day Sat 23 Jan, last day *Sun 31 Jan*."""
    if text.low(place) == ",":  # is when it starts, Saturday the 25th is when it stops
        return False
    place += text.low(place) == ":"
    return text.kind(place) == "n" or text.names_day(place) or _is_a_day(text, place)
