"""Where a text goes on to something else without a stop: a picture, brackets, a slash in space."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from storesync.copywriting.facts.language.lexicon import Lexicon
from storesync.copywriting.facts.language.tokens import Token

_ENDS = frozenset({"", ".", ",", ";", "!", "?", "/", "|", "(", ")"})
_ARROWS = "➜➔➡⟶"
_BRACKETS = frozenset("[]")
_NO_PICTURES = frozenset("°©®™№")


def parts(tokens: Sequence[Token], index: int, words: Lexicon) -> bool:
    """Say whether a token parts what stands before it from what follows, as a comma does."""
    low = tokens[index].low
    if low in _BRACKETS or low in _ARROWS:
        return True
    pictured = not low.isascii() and low not in _NO_PICTURES and tokens[index].kind == "s"
    return (pictured and unicodedata.category(low[0]) == "So") or is_bar(tokens, index, words)


def is_bar(tokens: Sequence[Token], index: int, words: Lexicon) -> bool:
    """Say whether a slash in white space is a bar between two segments: was £60 / now £48.

    Before a noun it is none: something costs so much for one of that, £9 / kilo of plums.
    """
    if tokens[index].low != "/" or not tokens[index].gap or index + 1 >= len(tokens):
        return False
    following = tokens[index + 1]
    if not following.gap:
        return False
    if following.kind == "n":  # 24 / 7
        return index > 0 and tokens[index - 1].kind != "n"
    beyond = tokens[index + 2] if index + 2 < len(tokens) else None
    if _names_a_day(tokens, index + 1, words):
        return True
    if following.kind != "w" or beyond is None or beyond.low in _ENDS:
        return following.kind != "w" or _is_address(tokens, index + 1)
    first, begun = _beginnings(words)
    return following.low in first or following.low.startswith(begun)


def _names_a_day(tokens: Sequence[Token], index: int, words: Lexicon) -> bool:
    """Say whether a day of the week with a number begins at a token: / ma 19 – za 24 okt /."""
    low, near = tokens[index].low, [one for one in tokens[index + 1 : index + 3] if one.low != "."]
    dated = bool(near) and near[0].kind == "n"
    return dated and (low in words.weekdays or low in words.short_weekdays)


def _is_address(tokens: Sequence[Token], index: int) -> bool:
    """Say whether a word goes on behind a stop: shop.example."""
    near = tokens[index + 1 : index + 3]
    return len(near) > 1 and near[0].low == "." and not (near[0].gap or near[1].gap)


@lru_cache(maxsize=64)
def _beginnings(words: Lexicon) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return what a segment may begin with and no thing does: now, ab, save*."""
    said = {
        cue.split()[0]
        for name in ("was", "now", "off", "pays", "start", "end", "links", "calls", "function")
        for cue in words.listed(name)
    }
    each = {one.split()[0] for name in ("per", "for_each") for one in words.listed(name)}
    first = {one for one in said if one.isalpha()} - each - {*words.listed("article")}
    return frozenset(first), tuple(one[:-1] for one in said if one.endswith("*"))
