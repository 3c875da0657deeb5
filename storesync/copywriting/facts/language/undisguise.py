"""Words as they are read where they are written apart or together: F R E E, Fr€€, b4, #FreeTea."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from storesync.copywriting.facts.language.lexicon import Lexicon
from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.language.tokens import Token

_LETTERS = str.maketrans("€£$@013457!|", "eesaoleastil")
_BETWEEN = frozenset(".-*_·~")
_PERCENT = ("percent", "pct")
_CAPITALS = re.compile(r"[A-Z]{2,}(?=[a-z]{2})")
_FEWEST = 3
_MOST = 16
_SHORTEST = 5  # letters: gratis, and not the free of freedom


def undisguise(tokens: Sequence[Token], words: Lexicon) -> list[Token]:
    """Return tokens in which a word that matters is one token, though letters stood apart."""
    found: list[Token] = []
    index = 0
    while index < len(tokens):
        end, word = _hidden(tokens, index, words)
        if not end:
            found += _of_tag(tokens, index, words) or [tokens[index]]
            index += 1
            continue
        first, last = tokens[index], tokens[end - 1]
        found.append(Token("w", word, word, first.start, last.end, first.gap))
        index = end
    return found


def _hidden(tokens: Sequence[Token], index: int, words: Lexicon) -> tuple[int, str]:
    """Return the token after a word that was taken apart, and the word; 0 for none."""
    token = tokens[index]
    end = _spaced(tokens, index) if len(token.low) == 1 and token.kind == "w" else index
    if end - index >= _FEWEST:
        word = "".join(token.low for token in tokens[index:end] if token.kind == "w")
        if word in words.watched:
            return end, word
    end = _glued(tokens, index)
    if end - index >= 2:
        word = "".join(token.low for token in tokens[index:end])
        if word in words.words["shorthand"]:  # b4
            return end, words.words["shorthand"][word]
        word = word.translate(_LETTERS)
        if word in words.watched:
            return end, word
    return 0, ""


def _of_tag(tokens: Sequence[Token], index: int, words: Lexicon) -> list[Token]:
    """Return the words of a hashtag that promises something: #FreeTea, and no #TacoTuesday."""
    token = tokens[index]
    if token.kind != "w" or token.gap or not index:
        return []
    if tokens[index - 1].kind == "n" and index > 1 and tokens[index - 2].low == "#":
        return _of_share(token, words)
    if tokens[index - 1].low == "%" or tokens[index - 1].kind == "n":
        return _of_capitals(token, words)
    if tokens[index - 1].low != "#":
        return []
    text, begins = token.text, token.start
    humps = [at for at in range(1, len(text)) if text[at].isupper() and text[at - 1].islower()]
    free = (one for one in words.given if one.isalpha() and _SHORTEST < len(one) < len(text))
    humps = humps or [len(one) for one in free if token.low.startswith(one)][:1]
    found = [
        Token("w", token.low[at:to], text[at:to], begins + at, begins + to, gap=False)
        for at, to in pairwise([0, *humps, len(text)])
    ]
    promises = any(
        words.shares.longest(found, place, {}) or _is_offer(words.phrases.longest(found, place, {}))
        for place in range(len(found))
    )
    return found if promises else []


def _of_capitals(token: Token, words: Lexicon) -> list[Token]:
    """Return a word in capitals for less and the one glued behind it: 30%OFFbikes, £4NOWonly."""
    capitals = _CAPITALS.match(token.text)
    at = capitals.end() if capitals else 0
    said = {*words.listed("off"), *words.listed("now"), "off"}
    return _cut(token, at) if at and token.low[:at] in said else []


def _of_share(token: Token, words: Lexicon) -> list[Token]:
    """Return the two words behind the number of a hashtag: #40percentoff, #30procentkorting."""
    listed = (*words.listed("percent"), *_PERCENT)
    at = max((len(one) for one in listed if token.low.startswith(one)), default=0)
    if not 0 < at < len(token.low):
        return []
    return _cut(token, at)


def _cut(token: Token, at: int) -> list[Token]:
    middle = token.start + at
    return [
        Token("w", token.low[:at], token.text[:at], token.start, middle, gap=False),
        Token("w", token.low[at:], token.text[at:], middle, token.end, gap=False),
    ]


def _is_offer(match: Match | None) -> bool:
    return match is not None and match.label in {"offers", "multiples", "multibuys", "claims"}


def _spaced(tokens: Sequence[Token], index: int) -> int:
    """Return the token after a run of single letters with a space or a sign before each."""
    end = last = index
    while end < len(tokens) and end - index < _MOST:
        token = tokens[end]
        signed = token.low in _BETWEEN and not token.gap and last == end
        if not signed:
            apart = end == index or last < end or token.gap
            if token.kind != "w" or len(token.low) != 1 or not apart:
                break
            last = end + 1
        end += 1
    return last


def _glued(tokens: Sequence[Token], index: int) -> int:
    """Return the token after a run without spaces that holds both letters and what is like them."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or following.gap or "w" not in (tokens[index].kind, following.kind):
        return index
    end = index
    while end < len(tokens) and end - index < _MOST:
        token = tokens[end]
        apart = end > index and token.gap
        if apart or not (token.kind in "wn" or token.low in "€£$@!|"):
            break
        end += 1
    while end > index and tokens[end - 1].low in "!|":
        end -= 1
    kinds = {token.kind for token in tokens[index:end]}
    return end if "w" in kinds and len(kinds) > 1 else index
