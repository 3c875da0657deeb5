"""Reading days of the week, with the dates and hours they stand beside."""

from __future__ import annotations

from collections.abc import Iterator

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.dates import read_date
from storesync.copywriting.facts.reading.day_lists import (
    BEFORE_A_DATE,
    date_in_list,
    is_told_twice,
    listed_days,
)
from storesync.copywriting.facts.reading.day_roles import ended, role_before
from storesync.copywriting.facts.reading.digits import When
from storesync.copywriting.facts.reading.hours import is_of_each_week
from storesync.copywriting.facts.reading.surroundings import DASHES, Surroundings
from storesync.copywriting.facts.reading.times import read_time

_NEAR = 12  # tokens on either side
_WEEK = 7
_DATE = 6  # tokens
_SIGNS = frozenset("%‰£€$")
_ON, _STOPS = frozenset({"on", "am", "op"}), frozenset({",", ".", "!", "?", ";", ")", "|"})


def read_weekday(text: Surroundings, index: int) -> Read:
    """Read a day of the week; one that belongs to a date carries it."""
    token = text.tokens[index]
    low = token.low
    day = text.words.weekdays.get(low)
    if day is None and low.endswith("s"):
        day = text.words.weekdays.get(low[:-1])
    short = False
    end = index + 1
    if day is None:
        day, short = text.words.short_weekdays.get(low), True
        if day is None or (not token.text[0].isupper() and text.words.language in {"en", "de"}):
            return None
        end += text.low(end) == "." and text.tight(end)
        if not _belongs(text, index, end):
            return None
    if _is_any(text, index) and not short:
        return [], end
    nth = _nth(text, index, end)
    if not nth and _is_from_today(text, index, end):
        return [text.item(Kind.DATE, index, end, (low,), role="relative")], end
    plural = is_of_each_week(text, index)
    between, other = _in_range(text, index, end)
    first = other if between == "end" else index  # Monday, of Monday to Thursday
    timed = listed_days(text, index)[-1] if short and not between else first  # Mo., Di. und Mi. 9
    date = date_in_list(text, index) or _date_beside(text, end, is_last=between == "end")
    date = date or _date_before(text, index, end)
    role = role_before(text, index - 1 if nth else index)
    extra = {
        "date": date,
        "plural": plural,
        "range": between,
        "days": _days_between(text, first, other if between == "start" else index),
        "from": bool(role_before(text, first)),
        "hours": (_about_hours(text, timed) or _is_timed(text, timed, between))
        and not (between and _is_offered_apart(text, first)),
        "closed": _is_closed(text, index),
        "open": text.in_sentence("hours_words", first),
        "offered": is_of_an_offer(text, index),
        "nth": nth,
        "nth_of": _month_behind(text, end) if nth else None,
        "asked": text.is_asked(index),
        "twice": is_told_twice(text, index),
    }
    about = text.about(index)
    found = text.item(Kind.WEEKDAY, index, end, day, role=role, extra=extra, about=about)
    return ended(text, [found], end)


def _is_from_today(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a day is told from today on, and without its date: this Friday, next Monday."""
    told = text.words.listed("from_today")
    near = any(text.low(one) in told for one in (index - 1, end))
    date = _date_beside(text, end) if near else None
    return near and (date is None or date[1] is None)


def _is_any(text: Surroundings, index: int) -> bool:
    """Say whether any such day is meant: on a Sunday, and not Italian *fino a domenica*."""
    return text.low(index - 1) in text.words.listed("any_one")


def _nth(text: Surroundings, index: int, end: int) -> str:
    """Return which of a month's days is meant: the last Sunday of the month."""
    before = text.low(index - 1)
    number = text.words.words["ordinals"].get(before)
    if text.low(end) not in text.words.listed("of_month") or not (
        number or before in text.words.listed("last")
    ):
        return ""
    return text.words.nth[number] if number else "last"


def is_nth_of_a_month(text: Surroundings, index: int) -> bool:
    """Say whether an ordinal is of a day of a named month, as third Saturday in May."""
    day = text.names_day(index + 1) and text.low(index + 2) in text.words.listed("of_month")
    return day and _month_behind(text, index + 2) is not None


def _month_behind(text: Surroundings, end: int) -> int | None:
    """Return the month of which a day is told: the last Monday of December, im April."""
    return text.words.months.get(text.low(end + 1))


def _is_offered_apart(text: Surroundings, index: int) -> bool:
    """Say whether a clause has an offer, and another one the hours.

    *Half off Tuesday to Friday, and we're open from four.*
    """
    clause = [at for at in _all_near(text, index) if text.clause[at] == text.clause[index]]
    offered = any(
        text.low(at) in _SIGNS
        or text.cue_at("off", at)
        or text.words.shares.longest(text.tokens, at, text.numbers)
        for at in clause
    )
    hours = any(text.cue_at("hours_words", at) or read_time(text, at) for at in clause)
    return offered and not hours


def _all_near(text: Surroundings, index: int) -> range:
    return range(max(0, index - _NEAR), min(index + _NEAR, len(text.tokens)))


def is_of_an_offer(text: Surroundings, index: int) -> bool:
    """Say whether the sentence of a day promises something: half price on Tuesdays."""
    if text.in_sentence("off", index):
        return True
    for place in range(max(0, index - _NEAR), min(index + _NEAR, len(text.tokens))):
        if text.sentence[place] != text.sentence[index]:
            continue
        match = text.words.phrases.longest(text.tokens, place, text.numbers)
        shared = text.words.shares.longest(text.tokens, place, text.numbers)
        if (
            text.low(place) in _SIGNS
            or shared
            or (match and match.label in {"offers", "multibuys"})
        ):
            return True
    return False


def _is_closed(text: Surroundings, index: int) -> bool:
    """Say whether the day is one without hours: closed, we close on Sundays, and not at one."""
    near = range(max(0, index - _NEAR), min(len(text.tokens), index + _NEAR))
    for place in (at for at in near if text.sentence[at] == text.sentence[index]):
        shut, closes = text.cue_at("closed", place), text.cue_at("closes", place)
        if shut and (
            closes is None or (shut.end > closes.end and not _is_timed_behind(text, shut))
        ):
            return True
    return False


def _is_timed_behind(text: Surroundings, shut: Match) -> bool:
    """Say whether a time follows: we close on Sundays *at six*."""
    behind = range(shut.end, min(len(text.tokens), shut.end + _DATE))
    said = (at for at in behind if text.sentence[at] == text.sentence[shut.start])
    return any(at in text.numbers or text.low(at) in text.words.words["clock"] for at in said)


def _belongs(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a short name is a day: beside a date, a time or another day."""
    if _date_beside(text, end) or _in_range(text, index, end)[0] or date_in_list(text, index):
        return True
    if text.names_day(index - 2) and text.lists(index - 1):  # Fri, Sat & Sun
        return True
    if text.lists(end) and text.names_day(end + 1) and text.kind(index - 1) != "w":
        return True
    if (
        _date_before(text, index, end)
        or len(listed_days(text, index)) > 1
        or _is_on(text, index, end)
    ):
        return True
    listed = end
    while text.lists(listed) and text.names_day(listed + 1):  # Mo, Mi und Fr 9–18 Uhr
        listed += 2
    if listed > end and text.kind(listed) == "n":
        return True
    after = end + (text.low(end) in {",", ":"})
    return text.kind(after) == "n" and text.low(after + 1) in {
        ":",
        "uhr",
        "uur",
        "u",
        "h",
        "am",
        "pm",
        "-",
        "–",
    }


def _is_on(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a short name ends a clause behind *on*: totes are $9 on Sat."""
    closes = end >= len(text.tokens) or text.clause[end] != text.clause[index]
    return text.low(index - 1) in _ON and (closes or text.low(end) in _STOPS)


def _in_range(text: Surroundings, index: int, end: int) -> tuple[str, int]:
    """Return start or end for a day of Friday to Sunday, or nothing; and where the other stands."""
    for place, step, role in ((end, 1, "start"), (index - 1, -1, "end")):
        other = place + step
        if text.low(place) not in DASHES:
            cue = text.cue_at("range", end) if step > 0 else text.cue_before("range", index)
            if cue is None or text.lists(cue.start):
                continue
            other = cue.end if step > 0 else cue.start - 1
        if text.names_day(other):
            return role, other
    return "", index


def _days_between(text: Surroundings, first: int, last: int) -> frozenset[int]:
    """Return the days of each week that two days are the ends of: Tuesday to Friday.

    From Friday to Sunday, and Friday to Sunday week, are the ends of something else.
    """
    known = {**text.words.short_weekdays, **text.words.weekdays}
    ends = [known[text.low(at)] for at in sorted({first, last}) if text.low(at) in known]
    later = text.words.units.get(text.low(last + 1)) == "week"
    if len(ends) < 2 or later or (role_before(text, first) and not _is_whole_range(text, first)):
        return frozenset()
    return frozenset((ends[0] + step) % _WEEK for step in range((ends[1] - ends[0]) % _WEEK + 1))


def _is_whole_range(text: Surroundings, first: int) -> bool:
    """Say whether a language tells days of each week with from, too: du mardi au samedi."""
    return text.low(first - 1) in text.words.listed("range_from")


def _date_beside(text: Surroundings, end: int, *, is_last: bool = False) -> When | None:
    """Return the date right after a day of the week; of two, as in Mon–Fri 4/5–4/9, its own."""
    place = end
    while text.low(place) in BEFORE_A_DATE and place - end < 2:
        place += 1
    found = read_date(text, place) if place < len(text.tokens) else None
    if found and is_last and text.ranges(found[1]):
        found = read_date(text, found[1] + 1) or found
    when = found[0][-1 if is_last else 0].value if found else None
    return when if when and when[2] else None


def _date_before(text: Surroundings, index: int, end: int) -> When | None:
    """Return the date that a day of the week in brackets is of: 31 May (Mon)."""
    if text.low(index - 1) != "(" or text.low(end) != ")":
        return None
    for place in range(max(0, index - 1 - _DATE), index - 1):
        found = read_date(text, place)
        if found and found[0] and found[1] == index - 1:
            when: When = found[0][-1].value
            return when if len(when) == len(("y", "m", "d")) and when[2] else None
    return None


def _about_hours(text: Surroundings, index: int) -> bool:
    if text.in_sentence("hours_words", index):
        return True
    return any(
        text.low(place) in {":", "am", "pm", "uhr", "uur", "h"}
        and text.kind(place - 1) == "n"
        and (text.low(place) != ":" or text.kind(place + 1) == "n")  # £5: Friday and Saturday
        for place in _near(text, index)
    )


def _is_timed(text: Surroundings, index: int, between: str) -> bool:
    """Say whether hours stand near: Tuesday to Friday at nine, on Saturday from nine."""
    clock = text.words.words["clock"]
    places = [one for one in _near(text, index) if one in text.numbers or text.low(one) in clock]
    read = [read_time(text, at) for place in places for at in (place - 1, place)]  # half nine
    return any(between or item.role for found in read if found for item in found[0])


def _near(text: Surroundings, index: int) -> Iterator[int]:
    for place in range(max(index - 6, 1), min(index + 10, len(text.tokens))):
        if text.sentence[place] == text.sentence[index]:
            yield place
