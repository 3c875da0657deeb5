"""Words that promise nothing here: a day that is included, cheaper by so much."""

from __future__ import annotations

from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.priced import currency_at
from storesync.copywriting.facts.reading.surroundings import Surroundings

_THAN = frozenset({"que", "do", "di", "than", "als", "dan", "niż"})


def closes_a_date(text: Surroundings, match: Match) -> bool:
    """Say whether a day is *included*, and no thing: jusqu'au 17 inclus, bis 9. Mai inklusive."""
    words, before = text.words, match.start - 1
    if match.label != "offers" or words.given.get(match.pattern) != "included":
        return False
    if any(text.low(before) in one for one in (words.months, words.short_months, words.weekdays)):
        return True
    first = next((at for at in range(before, max(-1, before - 3), -1) if at in text.numbers), -1)
    if first < 0 or text.numbers[first].end != match.start:
        return False
    dated = text.low(first - 1) in words.months or (
        text.low(first - 1) in {"/", "."} and text.tight(first)
    )
    return dated or any(text.cue_before(label, first) for label in ("end", "range"))


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
