"""Putting words together that were taken apart: F R E E, Fr€€, s3venty."""

from __future__ import annotations

from collections.abc import Sequence

from storesync.copywriting.facts.lexicon import Lexicon
from storesync.copywriting.facts.tokens import Token

_LETTERS = str.maketrans("€£$@013457!|", "eesaoleastil")
_FEWEST = 3
_MOST = 16


def undisguise(tokens: Sequence[Token], words: Lexicon) -> list[Token]:
    """Return tokens in which a word that matters is one token, though letters stood apart."""
    found: list[Token] = []
    index = 0
    while index < len(tokens):
        end, word = _hidden(tokens, index, words)
        if not end:
            found.append(tokens[index])
            index += 1
            continue
        first, last = tokens[index], tokens[end - 1]
        found.append(Token("w", word, word, first.start, last.end, first.gap, first.breaks))
        index = end
    return found


def _hidden(tokens: Sequence[Token], index: int, words: Lexicon) -> tuple[int, str]:
    """Return the token after a word that was taken apart, and the word; 0 for none."""
    token = tokens[index]
    end = _spaced(tokens, index) if len(token.low) == 1 and token.kind == "w" else index
    if end - index >= _FEWEST:
        word = "".join(token.low for token in tokens[index:end])
        if word in words.watched:
            return end, word
    end = _glued(tokens, index)
    if end - index >= 2:
        word = "".join(token.low for token in tokens[index:end]).translate(_LETTERS)
        if word in words.watched:
            return end, word
    return 0, ""


def _spaced(tokens: Sequence[Token], index: int) -> int:
    """Return the token after a run of single letters with a space before each."""
    end = index
    while end < len(tokens) and end - index < _MOST:
        token = tokens[end]
        apart = end == index or (token.gap and not token.breaks)
        if token.kind != "w" or len(token.low) != 1 or not apart:
            break
        end += 1
    return end


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
