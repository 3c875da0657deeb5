"""Reading holidays: until Christmas Eve names a date, until Labor Day none that holds."""

from __future__ import annotations

from storesync.copywriting.facts.digits import a_year, dated, role_before
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.surroundings import Surroundings

MOVABLE = "movable"


def read_holiday(text: Surroundings, index: int) -> Read:
    """Read a holiday that begins or ends something; one in passing is no date."""
    match = text.words.holidays.longest(text.tokens, index, text.numbers)
    if match is None or not role_before(text, index):
        return None
    if match.label == MOVABLE:
        words = tuple(text.lows[index : match.end])
        return [text.item(Kind.DATE, index, match.end, words, role="relative")], match.end
    year = a_year(text, match.end)
    end = match.end + (year is not None)
    return [dated(text, (index, end), (year, *month_and_day(match.label)))], end


def month_and_day(label: str) -> tuple[int, int]:
    """Return the month and day of a holiday's label: 12-24."""
    month, _, day = label.partition("-")
    return int(month), int(day)


def fixed(text: Surroundings, index: int, end: int | None = None) -> str:
    """Return the label of a holiday with a date at a token, which ends at another if given."""
    match = text.words.holidays.longest(text.tokens, index, text.numbers)
    known = match is not None and match.label != MOVABLE and end in {None, match.end}
    return match.label if match and known else ""
