"""Signs of money of other countries, which a figure beside them tells: RM66, 450 Kč, S/ 12."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from storesync.copywriting.facts.language.currencies import Signs
from storesync.copywriting.facts.language.fold import fold
from storesync.copywriting.facts.language.word_lists import listed

# Words of a language that stand before and behind figures.
_WORDS = {"it": {"lei"}, "en": {"ft"}}


class Abroad:
    """The signs of a list, as they are written, with the currencies that each may mean."""

    def __init__(self, *names: str) -> None:
        """Take the names of lists of `money`."""
        self._codes: dict[str, set[str]] = {}
        for code, signs in ((code, some) for one in names for code, some in _listed(one)):
            for sign in signs:
                self._codes.setdefault(fold(sign).text, set()).add(code)
        self._signs = Signs(self._codes)

    def at(self, text: str, start: int) -> tuple[str, frozenset[str]]:
        """Return the sign at a place of a folded text with what it means, or an empty one."""
        sign = self._signs.at(text, start)
        return sign, frozenset(self._codes.get(sign, ()))

    def begin(self) -> Iterator[str]:
        """Yield in lower case the first token of each sign."""
        for sign in self._codes:
            found = re.match(r"[^\W\d_]+|.", sign)
            yield found[0].lower() if found else sign


def _listed(name: str) -> Iterator[tuple[str, list[str]]]:
    yield from listed("money")[name].items()
    yield from ((code.upper(), [code, code.title()]) for code in listed("money")["small"])


@lru_cache(maxsize=1)
def signs_abroad() -> Abroad:
    """Return the signs that a figure may stand beside, on either side."""
    return Abroad("abroad")


@lru_cache(maxsize=1)
def glued_abroad() -> Abroad:
    """Return the signs that stand right before a figure, those of either side as well."""
    return Abroad("abroad", "abroad_glued")


@lru_cache(maxsize=1)
def behind_abroad() -> Abroad:
    """Return the signs that stand behind a figure, those of either side as well."""
    return Abroad("abroad", "abroad_behind")


@lru_cache(maxsize=1)
def begin_abroad() -> frozenset[str]:
    """Return with which tokens such signs begin."""
    return frozenset({*glued_abroad().begin(), *behind_abroad().begin()})


def is_word(sign: str, language: str) -> bool:
    """Say whether a sign is another word of a language: *lei*, which is she in Italian."""
    return sign.lower() in _WORDS.get(language, ())
