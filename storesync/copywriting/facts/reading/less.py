"""Words for less that say nothing of what is off: drop-off, a cut and colour."""

from __future__ import annotations

from collections.abc import Sequence

from storesync.copywriting.facts.language.lexicon import Lexicon
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.language.tokens import Token

_PARTS = 2  # tokens before the end of a word in two parts


def is_no_less(tokens: Sequence[Token], off: Match, words: Lexicon) -> bool:
    """Say whether a word for less is a part of another word, or what is sold."""
    return _ends_a_word(tokens, off.start) or _is_sold(tokens, off, words)


def _ends_a_word(tokens: Sequence[Token], index: int) -> bool:
    """Say whether a token is the end of a word in two parts: drop-*off*, and no 20-off."""
    if index < _PARTS or tokens[index].low != "off" or tokens[index].gap:
        return False
    dash = tokens[index - 1]
    return dash.low == "-" and not dash.gap and tokens[index - _PARTS].kind == "w"


def _is_sold(tokens: Sequence[Token], off: Match, words: Lexicon) -> bool:
    """Say whether a word for less is what is sold beside another thing: a *cut* and colour."""
    if off.pattern not in words.listed("trades"):
        return False
    around = (*tokens[max(0, off.start - 1) : off.start], *tokens[off.end : off.end + 1])
    return any(one.low in words.listed("joins") for one in around)
