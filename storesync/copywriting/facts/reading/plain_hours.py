"""Opening and closing time as one range, as short as may be: 9–5, 0830–1730, ten till four.

A range of two numbers counts nothing where it stands by itself, or behind a word for hours:
*lamps ~ 10–7 ~ Leeds*, *open 9–5*. *Sizes 9–5* and *9–5 trees* are no hours.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.reading.between import is_visited
from storesync.copywriting.facts.reading.day_roles import DAY_ARROWS
from storesync.copywriting.facts.reading.hour_words import from_twelve, half_day, is_before
from storesync.copywriting.facts.reading.hours import days_of, is_often
from storesync.copywriting.facts.reading.minutes import is_bare
from storesync.copywriting.facts.reading.surroundings import DASHES, Surroundings

_HOURS, _MINUTES, _NOON = 24, 60, 12
_DAY, _HALF_DAY = 24 * 60, 12 * 60
_HALVES = {"a": "am", "p": "pm"}  # 8a–8p
_UNITS = frozenset({"h", "hr", "hrs", "hs", "u", "uur", "uhr", "std"})
_AMOUNTS = frozenset("%€$£¥+°*#=<>'\"&")
_PRICED = ("off", "was", "now", "pays", "becomes")
_FULL = re.compile(r"([01]?[0-9]|2[0-4])([.:]?)([0-5][05])")
_TWO = re.compile(rf"{_FULL.pattern}[ \u00a0]?[-–][ \u00a0]?{_FULL.pattern}")
_MARKS = frozenset({"h", "hr", "hrs"})
_FALLS = frozenset({"to", "a", "à", "al", "ao"})  # between hours, and between prices
_HALF = Decimal("0.5")
_FEW, _REACH = 6, 20  # tokens


class _Hour(NamedTuple):
    """One end of a range: minutes that it may mean, the token after it, whether surely a time."""

    minutes: frozenset[int]
    end: int
    is_sure: bool
    written: int  # as it stands, in minutes


def is_two_hours(written: str) -> bool:
    """Say whether digits are two times in full with a dash, and no phone: 0830–1730, 9.30–17.30."""
    return _TWO.fullmatch(written) is not None


def read_plain_hours(text: Surroundings, index: int) -> Read:
    """Read two times of day that begin at a token and are told as a range."""
    first = _hour(text, index)
    place = _joined(text, first.end) if first else 0
    last = _hour(text, place) if first and place else None
    if first is None or last is None:
        return None
    unit = text.low(last.end) in _UNITS and text.kind(last.end - 1) == "n"
    end = last.end + unit
    if not _is_range(text, (index, first.end, end), first, last):
        return None
    days = days_of(text, index, end)
    often = bool(days) and not any("-" in day for day in days) and is_often(text, index, end)
    about = frozenset[str]() if text.in_sentence("hours_words", index) else text.about(index)
    opens = text.item(Kind.TIME, index, first.end, first.minutes, role="opens")
    closes = text.item(Kind.TIME, place, end, last.minutes, role="closes")
    return [replace(one, unit=days, often=often, about=about) for one in (opens, closes)], end


def _hour(text: Surroundings, place: int) -> _Hour | None:
    """Return the time that a token may be: 9, 0830, 5.15, 5:15, 8h30, eight, five-thirty, 8a."""
    number = text.numbers.get(place)
    if number is None:
        return None
    if number.spelled:
        hour, minute, end = _in_words(text, place)
        shape = bool(minute)
    else:
        hour, minute, end, shape = _in_digits(text, place)
    if not 0 <= hour <= _HOURS or number.suffix:
        return None
    half, after = half_day(text, end)
    letter = _HALVES.get(text.low(end)) if text.tight(end) and text.kind(end - 1) == "n" else None
    if letter and not half:
        half, after = letter, end + 1
    at = hour * 60 + minute
    if half and hour <= _NOON:
        at = from_twelve(hour, half) + minute
        return _Hour(frozenset({at % _DAY}), after, is_sure=True, written=at)
    exact = hour > _NOON or (text.low(place)[0] == "0")
    both = {at, at + (0 if exact else _HALF_DAY)}
    return _Hour(frozenset(one % _DAY for one in both), end, is_sure=shape, written=at)


def _in_words(text: Surroundings, place: int) -> tuple[int, int, int]:
    """Return hour, minute and the token after of eight, five-thirty; -1 for what is none."""
    number = text.numbers[place]
    if number.value % 1 or not 1 <= number.value <= _HOURS:
        return -1, 0, number.end
    hour = int(number.value)
    return (hour, *spelled_minutes(text, number.end))


def spelled_minutes(text: Surroundings, end: int) -> tuple[int, int]:
    """Return minutes that stand in words behind an English hour, and the token after them."""
    place = end + (text.low(end) == "-")
    more = text.numbers.get(place)
    told = more is not None and more.spelled and more.value in {15, 20, 30, 40, 45, 50, 10}
    if more is None or not told or text.words.language != "en":
        return 0, end
    return int(more.value), more.end


def _in_digits(text: Surroundings, place: int) -> tuple[int, int, int, bool]:
    """Return hour, minute, the token after and whether there are minutes; -1 for what is none."""
    token, end, number = text.low(place), place + 1, text.numbers[place]
    if number.end > end and number.value % 1 == _HALF:  # 8 y media
        return int(number.value), 30, number.end, True
    sign, minute = text.low(end), text.low(end + 1)
    if token.isdigit() and len(token) <= 2:
        parted = sign in {":", "h"} and text.tight(end) and text.tight(end + 1)
        if parted and len(minute) == 2 and minute.isdigit() and int(minute) < _MINUTES:
            return int(token), int(minute), end + 2, True
        return int(token), 0, end + (sign == "h" and text.tight(end)), sign == "h"
    full = _FULL.fullmatch(token)
    if full and (full[2] or len(token) == len("0830")):
        return int(full[1]), int(full[3]), end, bool(full[2])
    return -1, 0, end, False


def _joined(text: Surroundings, place: int) -> int:
    """Return where the second end of a range begins, 0 where a token joins no two ends."""
    low = text.low(place)
    if low in DASHES | DAY_ARROWS or (low == "/" and ":" in text.lows[max(0, place - 2) : place]):
        return place + 1
    cues = [text.cue_at("range", place), text.cue_at("closes", place)]
    ends = [cue.end for cue in cues if cue and not text.lists(place)]
    return max(ends, default=0)


def _is_range(text: Surroundings, span: tuple[int, int, int], first: _Hour, last: _Hour) -> bool:
    """Say whether two ends are told as hours, and nothing makes something else of them."""
    index, joint, end = span
    told_twice = text.low(joint) == "/" and not (first.is_sure and last.is_sure)
    if told_twice or not is_bare(text, end) or _is_an_amount(text, end):
        return False
    unit = text.low(end - 1) in _UNITS and text.kind(end - 1) == "w"
    if unit and len(text.low(index)) == len(text.low(end - 2)) == len("0830"):
        return True
    before = _before(text, index, is_sure=unit or (first.is_sure and last.is_sure))
    if before == "hours" or (unit and before) or _is_of_a_visit(text, index, end):
        return True
    by_sign = text.low(joint) in DASHES or text.low(joint) == "/"
    parted = before == "apart" and _is_apart(text, end)
    if not parted or _is_priced(text, index, by_sign=by_sign):
        return False
    # Lamps, 10 to 8: a price falls, hours do not say so by themselves.
    sinks = last.written < first.written and text.low(joint) in _FALLS
    if text.low(joint) in DAY_ARROWS and not (last.is_sure and first.written < last.written):
        return False  # 12 > 9
    return not sinks or _speaks_of_hours(text, index, end) or _is_parted(text, index, end)


def _is_of_a_visit(text: Surroundings, index: int, end: int) -> bool:
    """Say whether people are called to come at some hours: find us from nine to seven."""
    begins = text.low(index - 1) in text.words.listed("hours_from")
    return begins and is_visited(text, index) and _is_apart(text, end)


def _is_an_amount(text: Surroundings, end: int) -> bool:
    """Say whether what follows a number makes an amount, a date or a part of a word of it."""
    low = text.low(end)
    if _is_star(text, end):
        return False
    joined = low in {*DASHES, "/", ".", ":"} and text.tight(end) and text.tight(end + 1)
    known = low in text.words.currencies or low in text.words.words["minor"]
    measured = any(text.cue_at(label, end) for label in ("percent", "off", "more", "share"))
    dated = low in text.words.months or low in text.words.short_months
    return joined or known or measured or dated or low in _AMOUNTS


def _before(text: Surroundings, index: int, *, is_sure: bool) -> str:
    """Return what stands before a range: hours for a word of them, apart where it begins."""
    place = index
    for _ in range(_FEW):  # words such as from, behind what has to begin: no price falls from 9
        said = _right_before(text, place, is_sure=is_sure)
        if said:
            return said
        cue = text.cue_before("opens", place) or text.cue_before("at", place)
        if cue is None:
            break
        place = cue.start
    return ""


def _right_before(text: Surroundings, index: int, *, is_sure: bool) -> str:
    """Return what ends right before a token: a word for hours, a clause or a sign, or nothing."""
    low = text.low(index - 1)
    if index == 0 or text.clause[index - 1] != text.clause[index]:
        return "apart"
    if _is_star(text, index - 1):
        return "apart"
    if text.kind(index - 1) == "s":
        amount = (
            low in _AMOUNTS
            or text.tight(index)
            or (low in DASHES and not _is_gapped(text, index, is_sure=is_sure))
        )
        return "" if amount and low not in "([|" else "apart"
    spoken = _names_days(text, index - 1) or is_behind_hours(text, index)
    return "hours" if spoken else ""


def _is_star(text: Surroundings, place: int) -> bool:
    """Say whether a token is a star in white space, which parts a headline: * 9A-7P *."""
    return text.low(place) == "*" and text.tokens[place].gap and not text.tight(place + 1)


def is_behind_hours(text: Surroundings, index: int) -> bool:
    """Say whether a word for hours stands before a token: hours are nine to seven, hours: 9–7."""
    between = text.low(index - 1) in {":", *text.words.listed("copulas")}
    return text.cue_before("hours_words", index - between) is not None


def _names_days(text: Surroundings, place: int) -> bool:
    """Say whether a token is of a day, a group of them or a month."""
    low, words = text.low(place), text.words
    known = (words.words["day_groups"], words.months, words.short_months)
    return text.names_day(place) or any(low in one for one in known)


def _is_gapped(text: Surroundings, index: int, *, is_sure: bool) -> bool:
    """Say whether a dash has white space on both sides, and no number before it to go on from."""
    return text.tokens[index - 1].gap and (is_sure or text.kind(index - 2) != "n")


def _is_apart(text: Surroundings, end: int) -> bool:
    """Say whether a range ends what it stands in, or a day follows."""
    if text.kind(end) != "w":
        return True
    return _names_days(text, end) or text.words.has(text.low(end), "after_times")


def _is_parted(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a range is all of a piece between signs or line ends, or of its sentence."""
    signs = {",", ":", ";"}
    begins = index == 0 or (text.kind(index - 1) == "s" and text.low(index - 1) not in signs)
    return begins and text.kind(end) != "w" and text.low(end) not in signs


def _is_priced(text: Surroundings, index: int, *, by_sign: bool) -> bool:
    """Say whether a colon before a range ends what speaks of prices: now: 8–6."""
    if text.low(index - 1) != ":":
        return False
    near = range(max(0, index - _FEW), index - 1)
    same = [at for at in near if text.sentence[at] == text.sentence[index]]
    priced = any(text.cue_at(label, at) for label in _PRICED for at in same)
    return priced or not (by_sign or _speaks_of_hours(text, index, index + 1))


def _speaks_of_hours(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a sentence speaks of hours or days beside a range: eight hours a day: 9 to 5."""
    near = range(max(0, index - _REACH), text.sentence_end(index))
    units = (
        text.words.units.get(text.low(at))
        for at in near
        if text.sentence[at] == text.sentence[index]
    )
    return (
        text.in_sentence("hours_words", index) or "hour" in units or bool(days_of(text, index, end))
    )


def read_full_hour(text: Surroundings, index: int) -> tuple[int, int, int] | None:
    """Return hour, minute and the token after of 0830 hrs, doors 0830 and close at five thirty."""
    number, low = text.numbers.get(index), text.low(index)
    if number is None:
        return None
    told = any(text.cue_before(label, index) for label in ("at", "opens", "closes"))
    told = told and text.in_sentence("hours_words", index, _FEW)
    if number.spelled:
        hour, minute, end = _in_words(text, index)
        said = (
            (told or is_before(text, index, end))
            and is_bare(text, end)
            and not _is_an_amount(text, end)
        )
        return (hour, minute, end) if minute and (said or half_day(text, end)[0]) else None
    full = _FULL.fullmatch(low)
    if full is None or full[2] or len(low) != len("0830"):
        return None
    end, unit = index + 1, text.low(index + 1) in _MARKS
    bare = is_bare(text, end) and not _is_an_amount(text, end)
    return (int(full[1]), int(full[3]), end + unit) if unit or (told and bare) else None
