"""Reading times of day: 18:00, 6pm, 18h30, 18 Uhr, half past five, noon."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item, Read
from storesync.copywriting.facts.reading.between import (
    TELL_BEHIND,
    end_between,
    is_between,
    is_come_between,
    is_sure,
)
from storesync.copywriting.facts.reading.day_roles import side
from storesync.copywriting.facts.reading.hour_words import (
    DOTTED,
    counts_no_thing,
    half_day,
    hour_behind,
    in_half,
    is_a_while,
    is_before,
    is_dotted,
    is_dotted_range,
    is_of_an_article,
    is_till_a_time,
    ordinal_hour,
)
from storesync.copywriting.facts.reading.hours import days_of, is_often
from storesync.copywriting.facts.reading.minutes import (
    is_bare,
    of_either_half,
    read_minutes,
    shift_of,
)
from storesync.copywriting.facts.reading.plain_hours import read_full_hour, read_plain_hours
from storesync.copywriting.facts.reading.spelled import DOZENS
from storesync.copywriting.facts.reading.surroundings import Surroundings

_Clock = tuple[int, int, int, bool]  # hour, minute, the token after them, surely a time
_HOURS, _MINUTES = 24, 60
_DAY = _HOURS * _MINUTES
_HALF_DAY = 12 * 60
_FAR, _CLAUSE, _FEW = 20, 8, 4  # tokens
_AT = frozenset({"à", "a", "alle", "all", "às", "om"})
_SURE = frozenset({"de", "nl", "pl"})  # um vier, om 4 and o 4 are times
_NOON = 12
_HALF = Decimal("0.5")
_LETTER = frozenset({"fr", "es", "pt", "it", "ca"})  # write 18h for 6 pm


def read_time(text: Surroundings, index: int) -> Read:
    """Read a time of day that begins at a token; the minutes it may mean are its value."""
    word = text.words.words["clock"].get(text.low(index))
    if word:
        shift, end = read_minutes(text, index + 1)
        clocks = (one.split(":") for one in word.split("/"))  # halftwee is either
        return [_timed(text, (index, end), {int(h) * 60 + int(m) + shift for h, m in clocks})], end
    told = read_plain_hours(text, index) or _past(text, index)
    behind = None if told else hour_behind(text, index)
    if behind:
        return [_timed(text, (index, behind[1]), behind[0])], behind[1]
    return told or _written(text, index)


def _timed(text: Surroundings, span: tuple[int, int], minutes: set[int], extra: Any = None) -> Item:
    role = _role(text, span[0])
    if text.low(span[0] - 1) in {"-", "–"} and text.kind(span[0] - 2) in {"n", "w"}:
        role = "closes"
    value = frozenset(minute % _DAY for minute in minutes)
    unit = days_of(text, *span)
    if not role and text.ranges(span[1]) and _begins_a_time(text, span[1] + 1):
        role = "opens"
    about = frozenset() if text.in_sentence("hours_words", span[0]) else text.about(span[0])
    dated = any("-" in day for day in unit)
    more = {"role": role, "unit": unit, "extra": extra, "about": about}
    more["often"] = bool(unit) and not dated and is_often(text, *span)
    return text.item(Kind.TIME, *span, value, bound=side(text, span[0]), **more)


def _begins_a_time(text: Surroundings, place: int) -> bool:
    """Say whether a number, or a phrase such as half past, begins at a token."""
    half = place < len(text.tokens) and text.words.to_hour.longest(text.tokens, place, text.numbers)
    return place in text.numbers or bool(half) or text.low(place) in text.words.words["clock"]


def _role(text: Surroundings, start: int) -> str:
    """Return opens or closes, as the words before a time say, or nothing."""
    said = [cue for label in ("closes", "opens") if (cue := text.cue_before(label, start))]
    between = end_between(text, start)
    if between or not said:
        return between or _by_verb(text, start)
    cue = min(said, key=lambda one: one.start)
    if cue.label != "closes":
        return cue.label
    if text.low(cue.start) in _AT and not _ends_a_time(text, cue.start):
        return _by_verb(text, start)  # à 10 h, which only ends de 9 h à 10 h
    clause = range(max(0, cue.start - _CLAUSE), cue.start)
    before = [place for place in clause if text.clause[place] == text.clause[start]]
    denied = any(text.low(place) in text.words.listed("negative") for place in before)
    opens = denied and any(text.cue_at("opens", place) for place in before)
    return "opens" if opens else "closes"  # we don't open till ten


def _by_verb(text: Surroundings, start: int) -> str:
    """Return opens or closes by a verb near a time: schließen wir um vier, um acht öffnen wir."""
    near = range(max(0, start - _CLAUSE), min(len(text.tokens), start + _FEW))
    lows = [text.low(at) for at in near if text.clause[at] == text.clause[start]]
    verbs = (("closes", "closing"), ("opens", "opening"))
    known = {role for role, name in verbs if not {*text.words.listed(name)}.isdisjoint(lows)}
    return known.pop() if len(known) == 1 else ""


def _ends_a_time(text: Surroundings, place: int) -> bool:
    """Say whether an hour ends right before a token."""
    marked = any(text.cue_before(label, place) for label in ("oclock", "am", "pm"))
    near = (text.numbers.get(at) for at in range(max(0, place - _CLAUSE), place))
    return marked or any(number and number.end == place for number in near)


def _written(text: Surroundings, index: int) -> Read:
    clock = _clock(text, index)
    if clock is None:
        return None
    hour, minute, end, sure = clock
    half, after = half_day(text, end)
    if half is not None:
        return [_timed(text, (index, after), {in_half(text, after, hour, half) + minute})], after
    value = {hour * 60 + minute}
    spoken = text.numbers[index].spelled and text.words.language == "nl"  # zes uur, in the evening
    if hour < _NOON and (spoken or text.words.language == "en"):
        value.add(hour * 60 + minute + _HALF_DAY)
    oclock = text.cue_at("oclock", end)
    if oclock and not is_a_while(text, index, oclock.end):
        return _oclock(text, index, clock, oclock.end, value)
    if sure:
        return [_timed(text, (index, end), value)], end
    return _ranged(text, index, hour, minute, end)


def _oclock(text: Surroundings, index: int, clock: _Clock, end: int, value: set[int]) -> Read:
    """Read 18h, 18h30, 18 Uhr, 18 Uhr 30, 6 o'clock; eighteen hours may be how long it takes."""
    hour, minute, _, sure = clock
    sign = text.low(end - 1)
    minutes = text.kind(end) == "n" and text.tight(end) and len(text.low(end)) == len("00")
    if sign == "h" and text.words.language not in _LETTER and not (sure or minutes):  # 8h00
        return None
    if text.kind(end) == "n" and len(text.low(end)) == 2 and not minute:
        beside = text.low(end + 1) not in {"%", "€", "min"}
        if beside and int(text.low(end)) < 60:
            half, beyond = half_day(text, end + 1)
            at = in_half(text, beyond, hour, half) if half else hour * 60
            return [_timed(text, (index, beyond), {at + int(text.low(end))})], beyond
    shift, after = read_minutes(text, end)
    if shift and not minute:
        half, beyond = half_day(text, after)  # sept heures et demie du soir
        value = {in_half(text, beyond, hour, half)} if half else value
        return [_timed(text, (index, beyond), {one + shift for one in value})], beyond
    half, beyond = half_day(text, end)
    if half:  # ten o'clock in the evening
        return [_timed(text, (index, beyond), {in_half(text, beyond, hour, half) + minute})], beyond
    told = sign == "uhr" or minute or text.low(index - 1) in _AT  # à une heure is no hour long
    return [_timed(text, (index, end), value, None if told else hour)], end


def _clock(text: Surroundings, index: int) -> _Clock | None:
    """Return hour, minute, the token after them, and whether they can only be a time."""
    numeral = text.numbers.get(index)
    full = read_full_hour(text, index)
    if numeral is None or full:
        return (*full, True) if full else None
    if text.kind(index) == "n":
        token = text.tokens[index].low
        if text.low(index + 1) == ":" and text.tight(index + 1) and text.tight(index + 2):
            minute = text.low(index + 2)
            if token.isdigit() and len(minute) == 2 and minute.isdigit() and int(token) <= 24:
                end = index + 3
                if text.low(end) == ":" and text.tight(end) and text.kind(end + 1) == "n":
                    end += 2
                return (int(token), int(minute), end, True) if int(minute) < 60 else None
        if len(numeral.parts) == 2 and len(token.partition(".")[2]) == 2 and numeral.parts[1] < 60:
            end = index + 1
            marked = bool(half_day(text, end)[0] or text.cue_at("oclock", end))
            marked = marked or text.in_sentence("hours_words", index) or is_till_a_time(text, end)
            marked = marked or is_dotted_range(text, index, end) or is_dotted(text, index, end)
            marked = marked or bool(text.cue_before("at", index) and days_of(text, index, end))
            marked = marked or is_of_an_article(text, index, end) or is_come_between(text, index)
            known = marked and numeral.parts[0] <= _HOURS
            return (numeral.parts[0], numeral.parts[1], end, True) if known else None
    if numeral.value > _HOURS:
        return None
    hour, rest = divmod(numeral.value, 1)
    spanish = text.words.language in TELL_BEHIND
    half = bool(rest) and spanish and numeral.end > index + 1  # nueve y media
    if (rest and not half) or rest not in {0, _HALF}:
        return None
    behind = read_minutes(text, numeral.end) if spanish else (0, numeral.end)
    minutes, end = (30, numeral.end) if rest else behind
    return int(hour), minutes, end, False


def _ranged(text: Surroundings, index: int, hour: int, minute: int, end: int) -> Read:
    """Read 9 in 9 bis 19 Uhr, and the 8 of open 8 to 6 and abrimos a las 8."""
    match = text.cue_at("range", end) or text.cue_at("closes", end)
    place = end + 1 if text.low(end) in {"-", "–"} else match.end if match else 0
    other = _clock(text, place) if place else None
    marked = bool(match) and is_sure(text, place)  # nine till half five
    clock = text.words.words["clock"]  # nine till half five, nine to noon
    marked = marked or bool(place and (_past(text, place) or text.low(place) in clock))
    if other:
        half, _ = half_day(text, other[2])
        suffix = text.cue_at("oclock", other[2])
        letter = suffix is not None and text.low(other[2]) == "h"
        marked = (
            marked
            or bool(half or other[3])
            or (suffix is not None and (not letter or text.words.language in _LETTER))
        )
    opening = any(text.cue_before(name, index) for name in ("at", "opens", "closes"))
    about = opening and text.in_sentence("hours_words", index, 6) and is_bare(text, end)
    spanish = text.words.language in TELL_BEHIND and text.cue_before("at", index)
    by_word = bool(spanish) or _at(text, index, end) or _of_a_day(text, index, end)
    by_word = by_word or is_before(text, index, end) or is_between(text, index, end)
    if not marked and not about and not by_word:
        return None
    if (
        text.low(end) == "%"
        or text.low(end) in text.words.currencies
        or text.cue_at("percent", end)
        or hour > 24
    ):
        return None
    return [_timed(text, (index, end), of_either_half(hour * 60 + minute))], end


def _of_a_day(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a number is one end of hours that stand beside days: Sundays 10 till 4."""
    if text.ranges(end) and end + 1 in text.numbers:
        first, last = index, text.numbers[end + 1].end
    elif text.ranges(index - 1) and index - 2 in text.numbers:
        first, last = index - (4 if text.low(index - 3) == ":" else 2), end  # 7:30 to 6
    elif text.ranges(index - 1) and text.low(index - 2) in text.words.words["clock"]:
        return bool(days_of(text, index, end)) and is_bare(text, end)  # noon to 5
    else:
        return False
    if not _clock(text, first) or not _clock(text, index if first < index else end + 1):
        return False
    hours = any(text.cue_before(name, first) for name in ("opens", "hours_words"))
    before = text.low(first - 1).removesuffix("s")
    named = before in text.words.weekdays or before in text.words.short_weekdays
    named = named or text.low(first - 1) in text.words.words["day_groups"]
    joined = text.lists(first - 1) and text.in_sentence("hours_words", first, _FAR)  # and 10 to 4
    if text.kind(first - 1) == "w" and not named and not hours and not joined:
        return False  # sizes 10 to 16
    spoken = text.in_sentence("hours_words", index) or days_of(text, first, last)
    return bool(spoken) and is_bare(text, last)


def _at(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a number is a time for the word before it: at eight, um vier; at 8 is a price."""
    opens = text.cue_before("opens", index) or text.cue_before("closes", index)
    alone = text.numbers[index].spelled or text.words.language in DOTTED  # w sobotę do 15
    of_a_day = opens and alone and days_of(text, index, end)
    at = text.cue_before("at", index)
    if at and text.words.words.get("inflected") and days_of(text, index, end):
        return counts_no_thing(text, end)  # we wtorek o 16 degustacja
    if not at and not of_a_day:
        return False
    sure = text.words.language in _SURE or text.numbers[index].spelled or days_of(text, index, end)
    idle = any(text.low(end) in text.words.listed(one) for one in ("function", "links"))
    return bool(sure) and (idle or is_bare(text, end))


def _past(text: Surroundings, index: int) -> Read:
    """Read half past seven, quarter to nine, half nine, halb neun, which is 8:30."""
    match = text.words.to_hour.longest(text.tokens, index, text.numbers)
    numeral = text.numbers.get(match.end) if match else None
    shift = shift_of(text, match) if match else 0
    hour, end = ordinal_hour(text, match.end) if match else (0, index)
    if match and shift and hour:  # wpół do ósmej
        minutes = hour * 60 + shift
        return [_timed(text, (index, end), of_either_half(minutes))], end
    dozen = match and text.low(match.end) in DOZENS  # half dozijn
    if not match or not numeral or not shift or dozen or not 1 <= numeral.value <= _HOURS:
        return None
    alone = numeral.spelled and is_bare(text, numeral.end)
    if match.pattern == "half" and text.words.language == "en" and not alone:
        return None  # half nine
    at = int(numeral.value) * 60 + shift
    half, end = half_day(text, numeral.end)
    told = {in_half(text, end, int(numeral.value), half) + shift} if half else of_either_half(at)
    return [_timed(text, (index, end), told)], end
