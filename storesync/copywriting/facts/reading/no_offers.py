"""Words that promise nothing here: cheaper by so much."""

from __future__ import annotations

from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.priced import currency_at
from storesync.copywriting.facts.reading.surroundings import Surroundings

_THAN = frozenset({"que", "do", "di", "than", "als", "dan", "niż"})


def is_measured(text: Surroundings, match: Match) -> bool:
    """Say whether an amount right before tells by how much something is cheaper: 2 € más barato.

    Cheaper than something is a claim.
    """
    cheaper = text.cue_at("off", match.start)
    if match.label != "claims" or not cheaper or cheaper.end != match.end:
        return False
    before = match.start - 1
    amount = text.low(before) == "%" or currency_at(text, before)
    return (
        bool(amount or text.cue_before("percent", match.start)) and text.low(match.end) not in _THAN
    )
