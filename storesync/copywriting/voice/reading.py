"""A text as it is read: composed letters, no invisible characters, no slots or addresses.

Places in it are places in the text as written, so that whoever finds something can point at it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from storesync.model.voice import Scope

# What is filled in or linked to is nobody's wording: a character that belongs to no word.
_NO_WORDS = "\ufffc"
_FILLED = re.compile(
    r"\{\{[^{}]*\}\}|(?:https?://|www\.)(?:\{\{[^{}]*\}\}|\S)+|(?<![^\s@])[^\s@]+@[^\s@]+\.[^\s@]+",
    re.IGNORECASE,
)
_WIDTHLESS = frozenset("\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff")
# Letters of another look: ligatures, wide ones, and the bold ones of social media.
_STYLED = re.compile("[\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]")
# A letter with more marks than this is no letter of any language; composing it takes long.
_MOST_MARKS = 8
# Behind the marks of Chinese and Japanese stands no blank.
_SENTENCE_END = re.compile(
    r"(?<![.!?\u2026\u3002\uff01\uff1f])"
    r"(?:[.!?\u2026]*[\u3002\uff01\uff1f]+|[.!?\u2026]+[\"'\u201d\u2019\u00bb)]*(?=\s|$))|\n"
)
_ELLIPSIS = re.compile(r"\u2026|\.\.")
# What a full stop belongs to, besides single letters and the like of "a.m.", casefolded.
_ABBREVIATIONS = frozenset(
    {
        *("approx", "dept", "dr", "etc", "ft", "inc", "incl", "lb", "ltd", "max", "min"),
        *("mr", "mrs", "ms", "oz", "st", "vs"),
        *("bzw", "ca", "evtl", "exkl", "ggf", "inkl", "nr", "str", "tel", "usw", "zzgl"),
        *("av", "bd", "env", "ex", "mme"),
    }
)
_LONGEST = 12
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
WORD = re.compile(r"\w+(?:['\u2019\u2010-]\w+)*")


class Reading(NamedTuple):
    """What is read, and for each character of it, and for its end, the place in the text."""

    shown: str
    places: tuple[int, ...] | None  # None: the same

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the text a stretch of what is read begins and ends."""
        if self.places is None:
            return start, end
        if end == start:
            return self.places[start], self.places[start]
        # Of a ligature all is meant, where a part of it is.
        while end + 1 < len(self.places) and self.places[end] == self.places[end - 1]:
            end += 1
        return self.places[start], self.places[end]


def read(text: str) -> Reading:
    """Return a text as it is read."""
    if text.isascii():
        return Reading(_masked(text), None)
    plain = unicodedata.is_normalized("NFC", text) and not _STYLED.search(text)
    if plain and _WIDTHLESS.isdisjoint(text):
        return Reading(_masked(text), None)
    shown: list[str] = []
    places: list[int] = []
    for start, cluster in _clusters(text):
        few = len(cluster) <= _MOST_MARKS
        form: Literal["NFC", "NFKC"] = "NFKC" if _STYLED.match(cluster) else "NFC"
        whole = unicodedata.normalize(form, cluster) if few else cluster
        shown.append(whole)
        apart = len(whole) == len(cluster)
        places += [start + index * apart for index in range(len(whole))]
    return Reading(_masked("".join(shown)), (*places, len(text)))


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Yield letters with the marks upon them, and where each begins; none of no width."""
    start = 0
    for place in range(1, len(text) + 1):
        if place < len(text) and unicodedata.combining(text[place]):
            continue
        if text[start] not in _WIDTHLESS:
            yield start, text[start:place]
        start = place


def _masked(text: str) -> str:
    if not any(mark in text for mark in ("{{", "://", "@", "www.", "WWW.")):
        return text
    return _FILLED.sub(lambda found: _NO_WORDS * len(found[0]), text)


def stretches(shown: str, scope: Scope) -> Iterator[tuple[int, int]]:
    """Yield where each sentence or paragraph of what is read begins and ends, or all of it."""
    if scope is Scope.TEXT:
        yield 0, len(shown)
        return
    begin = 0
    ends = _SENTENCE_END if scope is Scope.SENTENCE else _PARAGRAPH_END
    for mark in ends.finditer(shown):
        if scope is Scope.SENTENCE and _goes_on(shown, mark):
            continue
        if shown[begin : mark.end()].strip():
            yield begin, mark.end()
        begin = mark.end()
    if shown[begin:].strip():
        yield begin, len(shown)


def _goes_on(shown: str, mark: re.Match[str]) -> bool:
    """Say whether a sentence goes on behind what may end one, since a small letter follows.

    Behind a break of a line it does, behind three dots, and behind an abbreviation.
    """
    behind = shown[mark.end() : mark.end() + _LONGEST].lstrip(" \t")
    if not behind[:1].islower():
        return False
    if mark[0] == "\n" or _ELLIPSIS.match(mark[0]):
        return True
    before = shown[max(0, mark.start() - _LONGEST) : mark.start()].split()
    last = before[-1].lstrip("(\"'\u201c\u201e\u00ab") if before else ""
    return mark[0] == "." and (
        (len(last) == 1 and last.isalpha()) or "." in last or last.casefold() in _ABBREVIATIONS
    )
