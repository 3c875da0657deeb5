r"""Phrases of rules -> patterns: words, and `*` for any letters of a word; nothing else is special.

No pattern made here can take long, whatever it is held against: one with a repetition begins at
the beginning of a word only, each word holds one repetition, and between words there has to be
white space, so that there is one way to match and no other to try.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_APOSTROPHES = "'\u2019\u2018\u02bc\xb4`"
_EVERY_APOSTROPHE = f"[{_APOSTROPHES}]"
_EVERY_HYPHEN = "[-\u2010\u2011]"
# Scripts that are written without blanks between words, so that a word begins and ends anywhere:
# Thai and Lao, Burmese, Khmer, kana, and Chinese characters.
_WITHOUT_BLANKS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)


def compiled(phrases: Iterable[str], *, ignorecase: bool) -> re.Pattern[str]:
    """Return a pattern that finds any of some phrases, the longest one where several begin."""
    plain = {unicodedata.normalize("NFC", phrase).strip() for phrase in phrases}
    return _compiled(tuple(sorted(plain, key=lambda each: (-len(each), each))), ignorecase)


@lru_cache(maxsize=8192)
def _compiled(phrases: tuple[str, ...], ignorecase: bool) -> re.Pattern[str]:  # noqa: FBT001 - cached
    # Words share what they begin with, so that they are looked for at beginnings of words alone.
    words = [_pattern(each) for each in phrases if _has_bound(each, each[0])]
    marks = [_pattern(each) for each in phrases if not _has_bound(each, each[0])]
    either = [rf"(?<!\w)(?:{'|'.join(words)})"] if words else []
    return re.compile("|".join([*either, *marks]), re.IGNORECASE if ignorecase else 0)


def _pattern(phrase: str) -> str:
    pattern = r"\s+".join(map(_word, phrase.split()))
    return rf"{pattern}(?!\w)" if _has_bound(phrase, phrase[-1]) else pattern


def _has_bound(phrase: str, end: str) -> bool:
    """Say whether a word has to begin, or end, where a phrase does with the character `end`."""
    if end not in {"*", "_"} and not end.isalnum():
        return False
    return "*" in phrase or _WITHOUT_BLANKS.match(end) is None


def _word(word: str) -> str:
    if word == "*":
        return r"\w+"
    return "".join(map(_character, word))


def _character(char: str) -> str:
    if char == "*":
        return r"\w*"
    if char in _APOSTROPHES:
        return _EVERY_APOSTROPHE
    if char in "\xdf\u1e9e":  # written SS in capitals, and ss in Switzerland
        return "(?:\xdf|\u1e9e|ss)"
    if char in "-\u2010\u2011":
        return _EVERY_HYPHEN
    return re.escape(char)
