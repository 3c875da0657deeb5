"""Which line of a text in several languages is in which of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from storesync.copywriting.facts.language.lexicon import lexicon

_WORD = re.compile(r"[^\W\d_]+")


def apart(text: str, locales: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each language with what of a text is in it; what is not is blank, and of its length.

    A line is in the languages that know most of its small words: in several where they know the
    same, as where it has none.
    """
    if len(locales) == 1:
        yield locales[0], text
        return
    lines = text.split("\n")
    spoken = [_spoken(line, locales) for line in lines]
    for locale in locales:
        kept = (
            line if locale in known else " " * len(line)
            for line, known in zip(lines, spoken, strict=True)
        )
        yield locale, "\n".join(kept)


def _spoken(line: str, locales: Sequence[str]) -> set[str]:
    words = set(_WORD.findall(line.lower()))
    known = {locale: len(words & _small_words(locale)) for locale in locales}
    most = max(known.values())
    return {locale for locale, count in known.items() if count == most}


@lru_cache(maxsize=64)
def _small_words(locale: str) -> frozenset[str]:
    known = lexicon(locale)
    names = ("function", "links", "joins", "article", "start", "end", "off")
    return frozenset(word for name in names for word in known.listed(name))
