"""What is read as one word and written as several: fine settimana, 2ª-feira, l'ora."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from storesync.copywriting.facts.language.lexicon import Lexicon
from storesync.copywriting.facts.language.phrases import Phrases
from storesync.copywriting.facts.language.tokens import Token

_AFTER_A_DAY = frozenset({",", ":", "tem", "é"})
_ACCENTED = ("a", "e", "i", "o", "u")
_DAY_AFTER = frozenset({"", "-", "–", ",", ".", "!", "?", ":", ";", ")"})


def as_one_word(tokens: list[Token], words: Lexicon) -> list[Token]:
    """Return tokens without the apostrophes of elisions, and with listed phrases as one."""
    if words.words.get("elides"):
        quotes = (at for at, token in enumerate(tokens) if token.low == "'" and token.gap)
        quote = next(quotes, len(tokens))
        tokens = [token for at, token in enumerate(tokens) if not _elides(tokens, at, quote)]
    if words.words["one_word"]:
        tokens = _joined(tokens, words)
    if words.words["lone_days"]:
        tokens = [_day(tokens, at, words) for at in range(len(tokens))]
    return tokens


def _elides(tokens: Sequence[Token], at: int, quote: int) -> bool:
    """Say whether a token is an apostrophe between words, or for an accent: l'ora, lunedi' 14.

    From the first quote on, one behind a word may close it.
    """
    if tokens[at].low != "'" or not 0 < at < len(tokens) - 1:
        return False
    if at < quote and tokens[at + 1].gap and tokens[at - 1].low.endswith(_ACCENTED):
        return True
    beside = (tokens[at - 1], tokens[at + 1])
    tight = not tokens[at].gap and not beside[1].gap
    return tight and beside[0].kind == "w" and beside[1].kind in {"w", "n"}


def _joined(tokens: Sequence[Token], words: Lexicon) -> list[Token]:
    known, found, at = _phrases(words), list[Token](), 0
    while at < len(tokens):
        match = known.longest(tokens, at, {})
        if match is None:
            found.append(tokens[at])
            at += 1
            continue
        first, last = tokens[at], tokens[match.end - 1]
        found.append(first._replace(kind="w", low=match.label, end=last.end, text=first.text))
        at = match.end
    return found


@lru_cache(maxsize=8)
def _phrases(words: Lexicon) -> Phrases:
    return Phrases(words.words["one_word"].items())


def _day(tokens: Sequence[Token], at: int, words: Lexicon) -> Token:
    """Return a token that is a day of the week where it counts nothing: na quinta, de 2ª a 6ª."""
    token, table = tokens[at], words.words["lone_days"]
    day = table.get(token.low)
    if day is None or not _is_a_day(tokens, at, words):
        return token
    return token._replace(low=day)


def _is_a_day(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """Say whether an ordinal stands as a day does: até sexta, de segunda a sexta, quinta às 18h."""
    before = tokens[at - 1].low if at else ""
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    follows = after in _DAY_AFTER or any(
        after in words.listed(name) for name in ("function", "links", "joins", "day_parts")
    )
    if not follows:
        return False
    beside = at > 1 and _names_day(tokens[at - 2].low, words)
    beyond = tokens[at + 2].low if at + 2 < len(tokens) else ""
    ranged = after in words.listed("joins_days") and _names_day(beyond, words)
    said = before in words.listed("before_lone_days")
    listed = beside and (before in words.listed("joins_days") or before == ",")
    first = not before and (after in _AFTER_A_DAY or after in words.listed("at"))
    return said or listed or ranged or first


def _names_day(low: str, words: Lexicon) -> bool:
    return low in words.words["lone_days"] or low in words.weekdays
