"""Numbers that nothing else reads: an ordinal by itself, and thousands that nobody counted."""

from __future__ import annotations

from decimal import Decimal

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.reading.spelled import ordinal_of
from storesync.copywriting.facts.reading.surroundings import Surroundings
from storesync.copywriting.facts.reading.weekdays import is_nth_of_a_month


def vague(text: Surroundings, index: int) -> list[Item]:
    """Return an ordinal from third on; and thousands, a number that nobody counted."""
    low = text.low(index)
    ordinal = ordinal_of(low, text.words)
    told = ordinal > 2 and low not in text.words.listed("no_ordinals")
    if told and not (_is_last(text, index) or is_nth_of_a_month(text, index)):
        return [text.item(Kind.NUMBER, index, index + 1, Decimal(ordinal), unit=("ordinal",))]
    return (
        [text.item(Kind.NUMBER, index, index + 1, None)]
        if low in text.words.listed("vague")
        else []
    )


def _is_last(text: Surroundings, index: int) -> bool:
    """Say whether an ordinal ends what first and second order: jump first, cry third."""
    ordinals = text.words.words["ordinals"]
    closing = [
        text.low(place)
        for place in range(index + 1)
        if text.sentence[place] == text.sentence[index]
        and text.low(place) in ordinals
        and text.kind(place + 1) != "w"
    ]
    return [ordinals[low] for low in closing] == list(range(1, len(closing) + 1)) and bool(closing)
