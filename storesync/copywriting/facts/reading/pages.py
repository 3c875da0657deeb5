"""What stands on the other lines around an offer: a list names what each is given with."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item

_WORD = re.compile(r"\w+|[^\w\s]")
# Of the lines around an offer, so that time stays linear.
_MOST_LINES, _MOST_WORDS = 8, 200


def with_pages(found: Sequence[Item], lines: Sequence[tuple[int, str]]) -> tuple[Item, ...]:
    """Return offers with the words of the lines around: a list names what each is given with."""
    begins = [one[0] for one in lines]
    words = [tuple(_WORD.findall(low)[:_MOST_WORDS]) for _, low in lines]
    kept: list[Item] = []
    for item in found:
        if item.kind is Kind.OFFER and item.extra is not None:
            at = bisect_right(begins, item.start) - 1
            beside = (*words[max(0, at - _MOST_LINES) : at], *words[at + 1 : at + 1 + _MOST_LINES])
            page = tuple(word for line in beside for word in (".", *line))
            kept.append(replace(item, extra=item.extra._replace(page=page[:_MOST_WORDS])))
        elif item.kind is Kind.PRODUCT and item.role == "lone":
            kept.append(replace(item, about=_beside(words, bisect_right(begins, item.start) - 1)))
        else:
            kept.append(item)
    return tuple(kept)


def _beside(words: Sequence[Sequence[str]], at: int) -> frozenset[str]:
    """Return the words of the lines around one."""
    near = (*words[max(0, at - _MOST_LINES) : at], *words[at + 1 : at + 1 + _MOST_LINES])
    return frozenset(word for line in near for word in line)
