"""Reading weeks by their number in the year, as calendars of ISO 8601 count them: KW 15."""

from __future__ import annotations

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.language.given import words_of
from storesync.copywriting.facts.reading.digits import a_number, a_year
from storesync.copywriting.facts.reading.surroundings import Surroundings

_MOST = 53


def read_calendar_week(text: Surroundings, index: int) -> Read:
    """Read the number of a week, with its year where one follows; of several none is read."""
    if text.low(index) not in text.words.listed("calendar_weeks"):
        return None
    place = index + 1 + (text.low(index + 1) in {".", ":"})
    week = a_number(text, place, 1, _MOST)
    year_at = place + 1 + (text.low(place + 1) == "/")
    year = a_year(text, year_at)
    end = year_at + 1 if year else place + 1
    several = text.ranges(end) or text.lists(end) or text.low(end) in {"/", "+"}
    counts = text.kind(end) == "w" and words_of(text.words.language).speaks(text.low(end))
    if week is None or counts or (several and end + 1 in text.numbers):
        return None
    return [text.item(Kind.DATE, index, end, (year, None, week), role="calendar_week")], end
