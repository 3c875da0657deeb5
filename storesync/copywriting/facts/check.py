"""From a text and what is declared to what is unfounded in it."""

from __future__ import annotations

from storesync.copywriting.facts.facts import Facts
from storesync.copywriting.facts.finding import Finding


def check(text: str, locale: str, facts: Facts) -> list[Finding]:
    """Return everything that a text in a language states and no fact does, in reading order."""
    raise NotImplementedError
