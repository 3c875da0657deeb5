"""Reading dates in digits: ISO 8601, and day and month in the order of a language."""

from __future__ import annotations

from collections.abc import Iterator

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item, Read
from storesync.copywriting.facts.reading.day_roles import (
    DAY_ARROWS,
    role_before,
    role_over_a_time,
    side,
)
from storesync.copywriting.facts.reading.surroundings import DASHES, Surroundings

When = tuple[int | None, int | None, int | None]  # year, month, day: None where not said
_MONTHS, _DAYS, _HOURS = 12, 31, 24
FRACTION_BOTTOMS = frozenset({2, 3, 4, 5, 6, 8, 10})
_SIGNS = (("年", "년"), ("月", "월"), ("日", "일"))  # year, month, day
_PRICED = frozenset({"price", "prix", "preis", "precio", "prezzo", "preço", "prijs", "ceny"})
_NO_DATE = frozenset({"%", "‰", "€", "$", "£", "uhr", "uur", "h", "am", "pm", "a", "p", "u"})


def read_numeric(text: Surroundings, index: int) -> Read:
    """Read a date in digits that begins at a token."""
    return _iso(text, index) or _slashed(text, index) or _suffixed(text, index)


def _iso(text: Surroundings, index: int) -> Read:
    year = a_year(text, index)
    if year is None:
        return None
    for sign in "-/.":
        if text.low(index + 1) == sign == text.low(index + 3):
            month = a_number(text, index + 2, 1, 12)
            day = a_number(text, index + 4, 1, 31)
            if month and day and all(text.tight(index + step) for step in (1, 2, 3, 4)):
                end = index + 5
                if text.low(end) == "t" and text.tight(end) and text.kind(end + 1) == "n":
                    end += 1
                return [dated(text, (index, index + 5), (year, month, day))], end
    return None


def _suffixed(text: Surroundings, index: int) -> Read:
    """Read 2026年12月4日, each part before the sign that says what it is."""
    year, place = a_year(text, index), index
    if year is not None and text.low(index + 1) in _SIGNS[0]:
        place = index + 2
    elif year is not None:
        return None
    month, day = a_number(text, place, 1, 12), a_number(text, place + 2, 1, 31)
    signed = text.low(place + 1) in _SIGNS[1] and text.low(place + 3) in _SIGNS[2]
    if month is None or day is None or not signed:
        return None
    return [dated(text, (index, place + 4), (year, month, day))], place + 4


def _slashed(text: Surroundings, index: int) -> Read:
    numeral = text.numbers.get(index)
    if numeral is None or text.kind(index) != "n":
        return None
    if len(numeral.parts) in {2, 3} and "." in text.tokens[index].low:
        return _dotted(text, index, numeral.parts)
    sign, third = text.low(index + 1), index + 3
    first, second = a_number(text, index, 1, 31), a_number(text, index + 2, 1, 31)
    near = text.tight(index + 1) and text.tight(index + 2)
    if sign not in {"/", "-"} or not near or first is None or second is None:
        return None
    year = None
    if text.low(third) == sign and text.tight(third) and text.tight(third + 1):
        year = a_year(text, third + 1) or _short_year(text, third + 1)
    dashed = sign == "-" and not _is_one_of_two(text, index)
    priced = text.low(third) in _PRICED or text.cue_at("off", third) is not None
    other = priced or dashed or text.low(third) == "/" or _is_fraction(text, index, first, second)
    if year is None and other:
        return None
    return _in_order(text, (index, third + 2 if year else third), (first, second), year)


def _is_one_of_two(text: Surroundings, index: int) -> bool:
    """Say whether day and month with a dash are one end of two: 22-04 t/m 24-04."""
    return any(
        text.low(at + 1) == "-"
        and all(len(text.low(one)) == 2 and text.kind(one) == "n" for one in (at, at + 2))
        and ("0" in {text.low(at)[0], text.low(at + 2)[0]} or _are_no_hours(text, index, at))
        for at in _other_ends(text, index, index + 3)
    ) and all(len(text.low(one)) == 2 for one in (index, index + 2))


def _are_no_hours(text: Surroundings, *days: int) -> bool:
    """Say whether a day of two is past any hour, and the months are: 29-10 t/m 31-10."""
    past = any(a_number(text, day, _HOURS + 1, 31) for day in days)
    return past and all(a_number(text, day + 2, 1, _MONTHS) for day in days)


def _other_ends(text: Surroundings, start: int, end: int) -> Iterator[int]:
    """Yield where the other end of a time may begin, behind a word for a range or before one."""
    cue = text.cue_at("range", end)
    if cue or text.low(end) in DAY_ARROWS:
        place = cue.end if cue else end + 1
        yield place + text.names_day(place)
    before = start - text.names_day(start - 1)
    cue = text.cue_before("range", before)
    if cue or text.low(before - 1) in DAY_ARROWS:
        yield (cue.start if cue else before - 1) - 3


def _short_year(text: Surroundings, index: int) -> int | None:
    short = a_number(text, index, 0, 99)
    return None if short is None or len(text.low(index)) != 2 else 2000 + short


def _is_fraction(text: Surroundings, index: int, first: int, second: int) -> bool:
    """Say whether two numbers with a slash are no date: 1/2, 24/7."""
    common = first < second and second in FRACTION_BOTTOMS
    common = common or (first, second) in {(24, 7), (7, 7)}  # always open
    other = index + 4 + text.names_day(index + 4)
    other += text.low(other) == "."
    another = text.ranges(index + 3) and text.low(other + 1) == "/"  # 4/5–4/9, 3/5 to Sun. 3/7
    named = _is_named(text, index)  # Fri 3/5
    return common and not another and not named and not role_before(text, index)


def _in_order(
    text: Surroundings, span: tuple[int, int], pair: tuple[int, int], year: int | None
) -> Read:
    """Return a date whose day and month stand in the order of the language."""
    order = text.words.order.replace("y", "")
    day, month = pair if order.index("d") < order.index("M") else (pair[1], pair[0])
    if min(pair) > _MONTHS:  # 20/20 vision
        return None
    return [dated(text, span, (year, month, day))], span[1]


def _dotted(text: Surroundings, index: int, parts: tuple[int, ...]) -> Read:
    """Read 15.11.2026, and 15.11. where the language writes dates so."""
    if any(mark in text.tokens[index].low for mark in ",'"):
        return None
    end = index + 1
    if len(parts) == 3:
        year = parts[2] if parts[2] > 99 else 2000 + parts[2]
        return _in_order(text, (index, end), (parts[0], parts[1]), year)
    dot = text.low(end) == "." and text.tight(end)
    european = text.words.dotted or text.words.decimal == ","
    said = european and (bool(role_before(text, index)) or (dot and text.words.dotted))
    if not (said or _is_named(text, index) or _is_an_end(text, index, end + dot)):
        return None
    marked = text.low(end) in _NO_DATE or text.cue_at("percent", end)
    found = None if marked else _in_order(text, (index, end), (parts[0], parts[1]), None)
    _, month, day = found[0][0].value if found else (None, 0, 0)
    return (found[0], end + dot) if found and 1 <= month <= _MONTHS and 1 <= day <= 31 else None


def _is_named(text: Surroundings, index: int) -> bool:
    """Say whether a day of the week stands right before: sam. 11.12, Saturday + Sunday 4.17."""
    name = index - 1 - (text.low(index - 1) == "." and text.tight(index - 1))
    if text.low(index - 1) == "(" and ")" in (text.low(index + 1), text.low(index + 2)):
        name -= 1  # wtorek (16.11)
    return text.names_day(name) and text.low(name) not in text.words.currencies  # Fr. 5.10


def _is_padded(text: Surroundings, index: int) -> bool:
    low = text.low(index)
    return len(low) == len("26.02") and low[2] == "." and text.words.order[0] == "d"


def _is_an_end(text: Surroundings, index: int, end: int) -> bool:
    """Say whether a day and its month are one end of two that have a stop or a year: 1.3.–9.3."""
    for place in (end, index - 1):
        joined = text.low(place) in DASHES | DAY_ARROWS or text.low(place) in {"+", "&"}
        cue = text.cue_at("range", place) if place == end else text.cue_before("range", index)
        if not (joined or cue):
            continue
        if place == end:
            other = place + 1 if joined or not cue else cue.end
        else:
            last = place - 1 if joined or not cue else cue.start - 1
            other = last - (text.low(last) == ".")
        numeral = text.numbers.get(other)
        parts = numeral.parts if numeral and text.kind(other) == "n" else ()
        stops = text.low(end - 1) == "." and text.low(other + 1) == "." and text.tight(other + 1)
        named = _is_named(text, index) or _is_named(text, other)
        padded = _is_padded(text, index) and _is_padded(text, other)  # 26.02 to 04.03
        padded = padded and "0" in {text.low(index)[0], text.low(other)[0]}
        day = len(parts) == 1 and stops and place < index  # 17.–19.12.
        sure = stops or named or padded or are_two_days(text, *sorted((index, other)))
        if len(parts) == 3 or day or (len(parts) == 2 and sure):
            return True
    return False


def are_two_days(text: Surroundings, first: int, last: int) -> bool:
    """Say whether two numbers with a dot are days where decimals have a comma: 16.11-22.11.

    They are no hours (*open 9.10-17.10*), and no amounts.
    """
    if text.words.decimal != "," or not is_plain(text, first, last + 1):
        return False
    pairs = [numeral.parts for at in (first, last) if (numeral := text.numbers.get(at))]
    days = [_month_and_day(text, parts) for parts in pairs if len(parts) == 2]
    return len(days) == 2 and all(days) and days[0] < days[1]


def _month_and_day(text: Surroundings, pair: tuple[int, ...]) -> tuple[int, ...]:
    """Return month and day of two numbers in the order of the language, empty for others."""
    day, month = pair if text.words.order[0] == "d" else pair[::-1]
    return (month, day) if 1 <= month <= _MONTHS and 1 <= day <= _DAYS else ()


def is_plain(text: Surroundings, start: int, end: int) -> bool:
    """Say whether nothing makes an amount or hours of numbers with a dot."""
    low, before = text.low(end), text.low(start - 1)
    words = text.words
    hours = any(text.cue_before(label, start) for label in ("opens", "at", "hours_words"))
    unit = low in words.units or low in words.currencies or low in _NO_DATE
    signed = before in words.currencies or before in {"€", "$", "£"}
    return not (
        hours or unit or signed or text.cue_at("percent", end) or text.cue_at("oclock", end)
    )


def a_number(text: Surroundings, index: int, low: int, high: int) -> int | None:
    """Return the whole number of at most four digits at a token, within bounds."""
    token = text.tokens[index] if 0 <= index < len(text.tokens) else None
    if token is None or token.kind != "n" or not token.low.isdigit() or len(token.low) > 4:
        return None
    value = int(token.low)
    return value if low <= value <= high else None


def a_year(text: Surroundings, index: int) -> int | None:
    """Return the year that a token says."""
    token = text.tokens[index] if 0 <= index < len(text.tokens) else None
    if token is None or token.kind != "n" or len(token.low) != 4:
        return None
    return a_number(text, index, 1900, 2199)


def dated(text: Surroundings, span: tuple[int, int], when: When, role: str = "") -> Item:
    """Return a date over tokens; its role is read from the words before it if not given."""
    role = role or role_before(text, span[0]) or role_over_a_time(text, span[0])
    bound = side(text, span[0])
    if bound == "under" and _is_timed(text, span[1]):  # before 5 May, 6 pm: still on that day
        bound = ""
    return text.item(Kind.DATE, *span, when, role=role, bound=bound)


def _is_timed(text: Surroundings, end: int) -> bool:
    clock = text.low(end + 2) in {":", "h", "am", "pm", "uhr", "uur"}
    return text.low(end) == "," and text.kind(end + 1) == "n" and clock
