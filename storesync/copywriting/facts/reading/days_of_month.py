"""A day of a month and its month, in figures and words: 15, 15th, fifteenth, of March, 5.IV."""

from __future__ import annotations

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.reading.day_roles import ROMAN_MONTHS
from storesync.copywriting.facts.reading.digits import When, a_number, a_year
from storesync.copywriting.facts.reading.spelled import ordinal_of
from storesync.copywriting.facts.reading.surroundings import Surroundings

_TEN = 10
_DAYS = 31
_REACH = 14  # tokens between a month and a day that is of it
# Where a stop behind a day ends the sentence: Open 9–5. June 1–30.
_NO_STOPS = frozenset({"en", "es", "fr", "it", "nl", "pt"})


def named_month(text: Surroundings, index: int) -> int | None:
    """Return the month that a token names."""
    low = text.low(index)
    return text.words.months.get(low) or text.words.short_months.get(low)


def a_day(text: Surroundings, index: int) -> tuple[int, int] | None:
    """Return a day of the month at a token and the token after it: 15, 15., 15th, fifteenth."""
    ordinals = text.words.words["ordinals"]
    word = ordinals.get(text.low(index)) or _in_one_word(text, index)
    numeral = text.numbers.get(index)
    day, end = a_number(text, index, 1, _DAYS), index + 1
    if numeral is not None and day is None and numeral.spelled and 1 <= numeral.value <= _DAYS:
        day, end = int(numeral.value), numeral.end
        if text.low(end) == "-" and text.low(end + 1) in ordinals:
            day, end = day + ordinals[text.low(end + 1)], end + 2  # twenty-fifth
    if word and (day is None or text.low(index) in ordinals):
        day, end = word, max(end, index + 1)
        more = ordinals.get(text.low(end), _TEN)
        if not word % _TEN and more < _TEN:  # dwudziestego piątego lutego
            day, end = word + more, end + 1
    if day is None:
        return None
    stops = text.words.language not in _NO_STOPS
    end += stops and text.low(end) == "." and text.tight(end)
    if text.low(end) in text.words.listed("ordinal_suffixes") and text.tight(end):
        end += 1
    return day, end


def _in_one_word(text: Surroundings, index: int) -> int:
    """Return the ordinal that a language writes as one word: vierundzwanzigster."""
    if not text.words.words.get("joined") or text.kind(index) != "w":
        return 0
    number = ordinal_of(text.low(index), text.words)
    return number if number <= _DAYS else 0


def month_after(text: Surroundings, end: int) -> tuple[int, int | None, int] | None:
    """Return the month and year that follow a day, and the token after them."""
    place = end
    glued = text.low(end) in {"/", "-"} and text.tight(end) and text.tight(end + 1)
    if glued and named_month(text, end + 1):  # 16/ago, 16-Aug-2027
        year = a_year(text, end + 3) if text.low(end + 2) == text.low(end) else None
        return named_month(text, end + 1) or 0, year, end + 4 if year else end + 2
    while text.low(place) in text.words.listed("month_glue") or text.low(place) == "'":
        place += 1
    roman = _roman_month(text, place)
    place += roman is not None and text.low(place) == "."
    month = named_month(text, place) or roman
    if month is None:
        return None
    place += 1
    if text.low(place) == "." and text.tight(place) and a_year(text, place + 1):
        place += 1
    after = place
    while text.low(after) in {",", "de", "del", "di"} and after - place < 2:
        after += 1
    if text.low(after) == "'" and len(text.low(after + 1)) == 2 and text.tight(after + 1):
        short = a_number(text, after + 1, 0, 99)  # 26 Feb '28
        return month, short and 2000 + short, after + 2 if short else place
    year = a_year(text, after)
    return month, year, after + 1 if year else place


def _roman_month(text: Surroundings, place: int) -> int | None:
    """Return the month of 5.IV and, in Polish, of 5 IV; 12 V is no day."""
    stop = text.low(place) == "." and text.tight(place) and text.tight(place + 1)
    glued = stop or (text.low(place - 1) == "." and text.tight(place))
    at = place + stop
    if at >= len(text.tokens) or not (glued or text.words.language == "pl"):
        return None
    said = text.tokens[at].text
    known = said in ROMAN_MONTHS and (glued or len(said) > 1)
    return ROMAN_MONTHS.index(said) + 1 if known else None


def month_before(text: Surroundings, index: int) -> int | None:
    """Return the month that the sentence of a day has named: in March, from the 5th to the 9th."""
    if index >= len(text.tokens):
        return None
    for place in range(index - 1, max(-1, index - _REACH), -1):
        if text.sentence[place] != text.sentence[index]:
            break
        month = text.words.months.get(text.low(place))
        if month:
            return month
    return None


def may_precede(text: Surroundings, place: int) -> bool:
    """Say whether a token may stand before the number of a day: Friday 4, ven. 4, dem 4., le 4."""
    stop = text.low(place) == "." and text.names_day(place - 1) and text.tight(place)
    return stop or text.names_day(place) or text.low(place) in text.words.listed("article")


def weekdays_between(text: Surroundings, start: int, end: int, when: When) -> list[Item]:
    """Return the days of the week before a day that a date was found to hold."""
    names = {**text.words.short_weekdays, **text.words.weekdays}
    extra = {"date": when, "plural": False, "range": "", "hours": False, "closed": False}
    return [
        text.item(Kind.WEEKDAY, place, place + 1, names[text.low(place)], extra=extra)
        for place in range(start, end)
        if text.low(place) in names
    ]
