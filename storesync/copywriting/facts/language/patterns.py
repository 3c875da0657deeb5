"""The patterns of a language's lists of words, each with the label of its list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

CUES = [
    "off",
    "more",
    "share",
    "pays",
    "left_at",
    "bound",
    "on_top",
    "over",
    "under",
    "least",
    "or_more",
    "or_less",
    "up_to",
    "savings",
    "that_is",
    "each_unit",
    "told_saved",
    "thought",
    "will_do",
    "lowered_to",
    "was",
    "own_price",
    "becomes",
    "takes_away",
    "makes",
    "now",
    "denied",
    "start",
    "end",
    "ends_behind",
    "starts_behind",
    "first_days",
    "goes_on",
    "last_days",
    "range",
    "week_of",
    "month_starts",
    "month_middles",
    "month_ends",
    "opens",
    "closes",
    "at",
    "closed",
    "hours_words",
    "percent",
    "on",
    "you_have",
    "waking",
    "oclock",
    "am",
    "pm",
]
# Lists whose phrases are cues of another label.
PRICE_NAMES: dict[str, str] = {"former_prices": "was", "offer_prices": "now"}
PRICE_NAMES |= {"reductions": "off"}
_GROUPS = (
    "innocent",
    "spare",
    "leaks",
    "every_day",
    "always",
    "offers",
    "multiples",
    "relative",
    "claims",
    "prizes",
)
# What may stand between a label and its number: rule no. 1.
_NUMBERED = tuple(
    f"{word}{mark}"
    for word in ("", "no ", "nr ", "n ° ", "n º ", "number ", "nummer ", "numéro ", "número ")
    for mark in ("", ". ", ": ")
)
_FREE = re.compile(r"(\w+) free|(\w{4,})frei\*?")


def patterns(words: Mapping[str, Any], months: Iterable[str]) -> list[tuple[str, str]]:
    """Return the patterns of phrases with their labels; 100 % is 100 per cent, too, in an idiom."""
    found = [(pattern, name) for name in _GROUPS for pattern in without(words, name)]
    found += [
        (pattern.replace("%", sign), "innocent")
        for pattern in words["innocent"]
        if "%" in pattern
        for sign in words["percent"]
    ]
    found += [(pattern, "multibuys") for pattern in words["multibuys"]]
    found += [(f"{one} {sign}#", "innocent") for one in words["labels"] for sign in _NUMBERED]
    found += [
        (f"{month} {mood}", "innocent")  # January blues
        for mood in words["moods"]
        for month in months
    ]
    return found


def without(words: Mapping[str, Any], name: str) -> Iterator[str]:
    """Yield the patterns of a group, those for none of something with each word for none.

    Under no fee*, zero fees are an offer, too, and under sugar free no sugar is a claim.
    """
    for pattern in words[name]:
        yield pattern
        first, _, rest = pattern.partition(" ")
        free = _FREE.fullmatch(pattern) if name == "claims" else None
        rest = f"{free[1] or free[2]}*" if free else rest if first in words["none"] else ""
        yield from (f"{none} {rest}" for none in words["none"] if rest and none != first)
