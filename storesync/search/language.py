"""Which words say nothing, and which language a text is in, by those very words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from storesync.search.text import words


@cache
def stopwords() -> Mapping[str, frozenset[str]]:
    """Return folded words that say nothing, by language."""
    text = resources.files(__package__).joinpath("stopwords.toml").read_text(encoding="utf-8")
    return {language: frozenset(listed.split()) for language, listed in tomllib.loads(text).items()}


@cache
def says_nothing() -> frozenset[str]:
    """Return such words of all languages."""
    return frozenset(word for listed in stopwords().values() for word in listed)


def language_of(text: str, among: Sequence[str]) -> str:
    """Return the language of a text among some (ISO 639-1), by its small words.

    The first of them where nothing tells; there is at least one.
    """
    found = words(text)
    counts = {
        language: sum(word in stopwords().get(language, ()) for word in found) for language in among
    }
    return max(among, key=lambda language: counts[language])
