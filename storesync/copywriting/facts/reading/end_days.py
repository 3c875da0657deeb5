"""Reading that a day is the last or the first one, where its date is told: last day: 17 October."""

from __future__ import annotations

from collections.abc import Iterable

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item, Read
from storesync.copywriting.facts.language.lexicon import Lexicon
from storesync.copywriting.facts.reading.dates import read_date
from storesync.copywriting.facts.reading.surroundings import Surroundings

_ROLES = {"last_days": "end", "first_days": "start"}
_BACK = 12  # tokens
_PARTS = 3  # year, month and day


def begins_end_day(low: str, words: Lexicon) -> bool:
    """Say whether a word can begin what says that a day is the last or the first."""
    return any(phrase.split()[0] == low for name in _ROLES for phrase in words.listed(name))


def read_end_day(text: Surroundings, index: int) -> Read:
    """Read the last day with the date that its sentence tells; one without holds on no day.

    *Last day for a service: 17 October* says that 17 October is the end.
    """
    for label, role in _ROLES.items():
        cue = text.cue_at(label, index)
        if cue is None:
            continue
        saying = text.words.phrases.longest(text.tokens, index, text.numbers)
        if saying and saying.label == "innocent" and saying.end > cue.end:
            return None
        ahead = range(cue.end, text.sentence_end(index))
        behind = range(index - 1, max(-1, index - _BACK), -1)
        date = _told(text, ahead, index) or _told(text, behind, index)
        if date is None:
            return None
        return [text.item(Kind.DATE, index, cue.end, date.value, role=role)], cue.end
    return None


def _told(text: Surroundings, places: Iterable[int], index: int) -> Item | None:
    """Return the first date that begins at one of some tokens in the sentence of another."""
    for place in places:
        if text.sentence[place] != text.sentence[index]:
            return None
        found = read_date(text, place)
        dates = [item for item in found[0] if item.kind is Kind.DATE] if found else []
        if not dates or any(len(one.value) != _PARTS or not one.value[2] for one in dates):
            continue
        return dates[0] if len(dates) == 1 and dates[0].extra != "range" else None
    return None
