"""Where a text says declared words: names, legal texts, claims and statements, as whole phrases."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from storesync.copywriting.facts.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.fold import fold
from storesync.copywriting.facts.read import read

# A name that holds one of these vouches for nothing: a location may be called "99% off".
_NO_NAME = frozenset(
    {Kind.PERCENT, Kind.MONEY, Kind.OFFER, Kind.CLAIM, Kind.LEAK, Kind.URL, Kind.PHONE}
)
Span = tuple[int, int]


def masks(low: str, facts: Facts) -> list[Span]:
    """Return the spans of a folded text that declared phrases cover."""
    found = []
    for name in (*facts.names, *_streets(facts.names)):
        spans = list(occurrences(low, name))
        if spans and _is_name(name, facts.locale):
            found += spans
    for phrase in (*facts.legal, *facts.claims, *facts.statements):
        found += occurrences(low, phrase)
    return found


def occurrences(low: str, phrase: str) -> Iterator[Span]:
    """Yield where a phrase stands in a folded text in lower case, as a whole."""
    wanted = plain(phrase)
    if not wanted:
        return
    start = low.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        inside = (start and _joins(low[start - 1], wanted[0])) or (
            end < len(low) and _joins(low[end], wanted[-1])
        )
        if not inside:
            yield start, end
        start = low.find(wanted, end)


def _joins(outside: str, inside: str) -> bool:
    return outside.isalnum() and inside.isalnum()


@lru_cache(maxsize=65536)
def plain(phrase: str) -> str:
    """Return a phrase as it stands in a folded text in lower case, spaces as one."""
    return " ".join(fold(phrase).low.split())


@lru_cache(maxsize=4096)
def _is_name(name: str, locale: str) -> bool:
    words = [word for word in plain(name).split() if sum(map(str.isalpha, word)) > 1]
    numbered = any(char.isdigit() for char in name)
    if not words and not (numbered and any(map(str.isalpha, name))):
        return False
    return not any(item.kind in _NO_NAME for item in read(name, locale).items)


def _streets(names: tuple[str, ...]) -> Iterator[str]:
    """Yield names without a number at either end: a street without the house."""
    for name in names:
        shorter = name.strip("0123456789 ,-")
        if shorter != name and len(shorter) > 4:
            yield shorter
