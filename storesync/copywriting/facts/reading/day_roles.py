"""Which end of a time a day is, as the words and signs before and behind it say."""

from __future__ import annotations

from dataclasses import replace

from storesync.copywriting.facts.item import Item, Read
from storesync.copywriting.facts.reading.surroundings import ARROWS, DASHES, Surroundings

_BACK = 4  # tokens
_SKIPPED = (",", "dem", "del", "de", "las", "di")
_BEFORE_A_DAY = frozenset({":", "is", "on", "am", "dem", "zum", "einschließlich"})


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
        beside = low in {",", "."} and text.names_day(place - 2 - (text.low(place - 2) == "."))
        if not (
            text.names_day(place - 1)
            or beside
            or low in words.listed("article")
            or low in _BEFORE_A_DAY
        ):
            break
    joined = text.low(start - 1) in DASHES | ARROWS
    return "end" if joined and _is_a_day(text, start - 2) else ""


def _ends_a_range(text: Surroundings, place: int) -> bool:
    """Say whether what begins at a token is the end of a range of days: 3 May to 8 May."""
    joined = text.ranges(place - 1) and not text.lists(place - 1)
    before = text.low(place - 2)
    dated = before in text.words.months or before in text.words.short_months
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


def begun(text: Surroundings, items: list[Item], end: int) -> list[Item]:
    """Return a date that another follows as the one that begins: 4/19 through 4/25."""
    cue = text.cue_at("range", end)
    after = cue.end if cue else end + 1  # 22-04 t/m 24-04
    month = text.low(after) in text.words.months or text.low(after) in text.words.short_months
    another = after in text.numbers or month
    if len(items) > 1 or items[0].role or not another or text.lists(end):
        return items
    ranged = text.ranges(end) or text.low(end) in ARROWS
    return [replace(items[0], role="start", extra="range")] if ranged else items


def ended(text: Surroundings, items: list[Item], end: int) -> Read:
    """Return days whose last one is said to be an end, with the words for it: is the last day."""
    end = _inclusive(text, end)
    cue = text.cue_at("ends_behind", end)
    if cue is None or items[-1].role or _tells_a_day(text, cue.end):
        return items, end
    return [*items[:-1], replace(items[-1], role="end")], cue.end


def _inclusive(text: Surroundings, end: int) -> int:
    """Return the token after what says that a day counts, too: jusqu'au 17 inclus, (inclusive)."""
    opened = text.low(end) == "("
    place = end + opened
    if text.low(place) not in text.words.listed("inclusive"):
        return end
    if opened:
        return place + 2 if text.low(place + 1) == ")" else end
    return end if text.kind(place + 1) == "w" else place + 1


def _tells_a_day(text: Surroundings, place: int) -> bool:
    """Say whether another day follows: first day Sat 23 Jan, last day *Sun 31 Jan*."""
    place += text.low(place) == ":"
    return text.kind(place) == "n" or text.names_day(place) or _is_a_day(text, place)
