"""Reading months by themselves: in October, all May, the end of March, the end of the month."""

from __future__ import annotations

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.day_roles import role_before
from storesync.copywriting.facts.reading.days_of_month import month_before
from storesync.copywriting.facts.reading.digits import a_year
from storesync.copywriting.facts.reading.surroundings import DASHES, Surroundings

# Words that are months, verbs and names: they are a month after some words only.
_DOUBTFUL = frozenset({"may", "march", "mars"})
_BEFORE_A_MONTH = 5  # tokens
_LONGEST = 8  # tokens of a phrase for the end of a month
_PARTS = ("month_starts", "month_middles", "month_ends")


def read_month(text: Surroundings, index: int) -> Read:
    """Read a month by itself, with its year where one follows."""
    low = text.low(index)
    month = text.words.months.get(low)
    if month is None:
        return None
    year_at = index + 1 + (text.low(index + 1) in {"de", "di", "of", ","})
    year = a_year(text, year_at)
    if low in _DOUBTFUL and not (year or _is_when(text, index)):
        return None
    end = year_at + 1 if year else index + 1
    part = _part(text, index)
    if part is None:
        whole = "whole" if _is_whole(text, index) else None
        return [text.item(Kind.DATE, index, end, (year, month, None), extra=whole)], end
    role = _role(text, part.start)
    return [text.item(Kind.DATE, index, end, (year, month, None), role=role, extra=part.label)], end


def read_end_of_month(text: Surroundings, index: int) -> Read:
    """Read the end of the month that the sentence has named: from 18 May to the end of the month.

    Without one it is that of another month on another day.
    """
    end = _phrase(text, index)
    month = month_before(text, index) if end else None
    if month is None:
        return None
    when = (None, month, None)
    return [text.item(Kind.DATE, index, end, when, role="end", extra="month_ends")], end


def _phrase(text: Surroundings, index: int) -> int:
    """Return the token after a phrase for the end of a month that begins at a token, or 0."""
    most = min(index + _LONGEST, len(text.tokens))
    near = [at for at in range(index, most) if text.low(at) != "'"]
    lows = [text.low(at) for at in near]
    said = (one.split() for one in text.words.listed("ends_of_month"))
    return max((near[len(one) - 1] + 1 for one in said if lows[: len(one)] == one), default=0)


def _part(text: Surroundings, index: int) -> Match | None:
    """Return what says which part of a month is meant: the end of May, Anfang Mai, mid-May."""
    end = index - (text.low(index - 1) in DASHES and text.tight(index))
    cues = (text.cue_before(label, end) for label in _PARTS)
    return next((cue for cue in cues if cue), None)


def _role(text: Surroundings, start: int) -> str:
    """Return which end of a time a part of a month is, by words before it or by a dash."""
    while text.low(start - 1) in text.words.listed("article") or text.low(start - 1) == "very":
        start -= 1
    ranged = text.cue_before("range", start) and not text.lists(start - 1)
    return role_before(text, start) or ("end" if ranged or text.low(start - 1) in DASHES else "")


def _is_whole(text: Surroundings, index: int) -> bool:
    """Say whether all of a month is meant: all October, throughout October, tout le mois d'août."""
    whole = text.words.listed("whole")
    near = [text.low(place) for place in range(max(0, index - _BEFORE_A_MONTH), index)]
    behind = text.low(index + 1) in text.words.listed("whole_behind")
    return behind or any(" ".join(near[at:]) in whole for at in range(len(near)))


def _is_when(text: Surroundings, index: int) -> bool:
    """Say whether the word before a month says when: in, until, this, early."""
    if _part(text, index):
        return True
    before, words = text.low(index - 1), text.words
    said = any(text.cue_before(label, index) for label in ("start", "end"))
    if words.language == "en" and _is_a_name(text, index):
        return True
    said = said or before in words.listed("parts")  # fin mars
    return said or any(before in words.listed(one) for one in ("links", "whens", "month_glue"))


def _is_a_name(text: Surroundings, index: int) -> bool:
    """Say whether a capital tells a month from a verb: it's March, not Prices May Vary."""
    before = text.tokens[index - 1] if index else None
    inside = before is not None and text.clause[index - 1] == text.clause[index]
    small = before is not None and before.kind == "w" and before.text.islower()
    return inside and small and text.tokens[index].text.istitle()
