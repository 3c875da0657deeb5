"""What a location may say of itself that its files do not: behind which gates, on which floor."""

from __future__ import annotations

import re
from typing import Any

_DECLARED = frozenset({"number", "time", "place", "date", "weekday", "product"})
# In these roles it is an offer all the same, or the end of one: 30 off, until tomorrow.
_OFFERING = frozenset({"off", "more", "was", "now", "end", "relative"})
_BESIDE = 2
_WORD = re.compile(r"[^\W\d_]+")


def is_of_itself(row: list[Any], text: str, locale: str, *, is_fact: bool) -> bool:
    """Say whether a finding in a location's own text, as a row, is about the location alone.

    Places are, and numbers beside words such as gate or floor. In a variable that its template
    calls a fact (`is_fact`) so are times, days, products and all numbers. Offers never are.
    """
    kind, _, start, end, *_ = row
    if row[-1] in _OFFERING:
        return False
    if is_fact:
        return kind in _DECLARED
    if kind == "place":
        return True
    return kind == "number" and (_is_all(text, start, end) or _is_where(text, (start, end), locale))


def _is_all(text: str, start: int, end: int) -> bool:
    """Say whether a number is all that a text says: 40, of an attribute such as seats."""
    return not text[:start].strip() and not text[end:].strip()


def _is_where(text: str, span: tuple[int, int], locale: str) -> bool:
    from storesync.copywriting.facts.language.lexicon import lexicon

    where = lexicon(locale).listed("where")
    before = _WORD.findall(text[: span[0]].lower())[-_BESIDE:]
    after = _WORD.findall(text[span[1] :].lower())[:_BESIDE]
    return any(word == one or word.startswith(one) for word in (*before, *after) for one in where)
