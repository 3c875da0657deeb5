"""Reading months by themselves: in October, all May, the end of March."""

from __future__ import annotations

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.reading.digits import a_year
from storesync.copywriting.facts.reading.surroundings import Surroundings

# Words that are months, verbs and names: they are a month after some words only.
_DOUBTFUL = frozenset({"may", "march", "mars"})
_BEFORE_A_MONTH = 5  # tokens


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
    whole = "whole" if _is_whole(text, index) else None
    return [text.item(Kind.DATE, index, end, (year, month, None), extra=whole)], end


def _is_whole(text: Surroundings, index: int) -> bool:
    """Say whether all of a month is meant: all October, throughout October, tout le mois d'août."""
    whole = text.words.listed("whole")
    near = [text.low(place) for place in range(max(0, index - _BEFORE_A_MONTH), index)]
    behind = text.low(index + 1) in text.words.listed("whole_behind")
    return behind or any(" ".join(near[at:]) in whole for at in range(len(near)))


def _is_when(text: Surroundings, index: int) -> bool:
    """Say whether the word before a month says when: in, until, this, early."""
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
