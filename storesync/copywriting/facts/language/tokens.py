"""From folded text to tokens: words, numerals, signs; whatever is glued together comes apart."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<c>[〇零一二三四五六七八九十百千万]+)"
    r"|(?P<w>[^\W\d_〇零一二三四五六七八九十百千万]+)"
    r"|(?P<n>[0-9]+(?:[.,'\u066b\u066c·][0-9]+|\u00a0[0-9]{3}(?![0-9]))*)"
    r"|(?P<s>[^\w\s]|_|[^\W\d])"
)


class Token(NamedTuple):
    """A piece of text; `kind` is w for a word, n for digits, c for Chinese numerals, s for a sign.

    `gap` says that white space stands before it.
    """

    kind: str
    low: str
    text: str
    start: int
    end: int
    gap: bool


def tokenise(text: str, low: str) -> list[Token]:
    """Return the tokens of a text, in order."""
    found: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        found.append(
            Token(
                match.lastgroup or "s",
                low[start:end],
                match[0],
                start,
                end,
                start > last or not found,
            )
        )
        last = end
    return found
