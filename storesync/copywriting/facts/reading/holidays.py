"""Reading holidays: until Christmas Eve names a date, until Labor Day none that holds."""

from __future__ import annotations

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.reading.day_roles import role_before
from storesync.copywriting.facts.reading.digits import a_year, dated
from storesync.copywriting.facts.reading.surroundings import Surroundings

MOVABLE = "movable"
FEAST = "feasts"  # an offer is for it wherever it stands: this Diwali
_LONGEST = 5  # tokens


def read_holiday(text: Surroundings, index: int) -> Read:
    """Read a holiday that begins or ends something; one in passing is no date."""
    match = text.words.holidays.longest(text.tokens, index, text.numbers)
    if match is None:
        return _unlisted(text, index)
    if not role_before(text, index) and match.label != FEAST:
        return None
    if match.label in {MOVABLE, FEAST}:
        words = tuple(text.lows[index : match.end])
        return [text.item(Kind.DATE, index, match.end, words, role="relative")], match.end
    year = a_year(text, match.end)
    end = match.end + (year is not None)
    return [dated(text, (index, end), (year, *month_and_day(match.label)))], end


def _unlisted(text: Surroundings, index: int) -> Read:
    """Read a holiday by what it ends in, capitalised as its names are: until Australia Day."""
    if text.low(index) not in text.words.listed("holiday_ends") or not _is_capital(text, index):
        return None
    start = index
    while index - start < _LONGEST and (
        _is_capital(text, start - 1) or text.low(start - 1) in {"'", "s", "."}
    ):
        start -= 1
    named = start < index and _is_capital(text, start) and not text.names_day(index - 1)
    if not named or not role_before(text, start) or text.words.has(text.low(start), "scope"):
        return None
    words = tuple(text.lows[start : index + 1])
    return [text.item(Kind.DATE, start, index + 1, words, role="relative")], index + 1


def _is_capital(text: Surroundings, place: int) -> bool:
    return text.kind(place) == "w" and text.tokens[place].text[0].isupper()


def month_and_day(label: str) -> tuple[int, int]:
    """Return the month and day of a holiday's label: 12-24."""
    month, _, day = label.partition("-")
    return int(month), int(day)


def fixed(text: Surroundings, index: int, end: int | None = None) -> str:
    """Return the label of a holiday with a date at a token, which ends at another if given."""
    match = text.words.holidays.longest(text.tokens, index, text.numbers)
    known = match is not None and match.label not in {MOVABLE, FEAST} and end in {None, match.end}
    return match.label if match and known else ""
