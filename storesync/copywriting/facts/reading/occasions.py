"""Reading what an offer is for: a Memorial Day sale, roses for Mother's Day, all summer."""

from __future__ import annotations

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.reading.priced import currency_at
from storesync.copywriting.facts.reading.surroundings import Surroundings
from storesync.copywriting.facts.reading.weekdays import is_of_an_offer

_NEAR = 30  # tokens
_SEASONS = frozenset({"spring", "summer", "autumn", "winter"})
_OFFERS = frozenset({"off", "now"})
_SIGNS = frozenset("%£€$")


def read_occasion(text: Surroundings, index: int) -> Read:
    """Read a holiday, a whole weekend or a season in a sentence that has an offer.

    Its other words are read by themselves, Easter *Monday*, unless they are a saying: Black Friday.
    """
    match = text.words.occasions.longest(text.tokens, index, text.numbers)
    if match is None or not _is_offered(text, index):
        return None
    if match.label.split()[-1] in _SEASONS and not _is_when(text, index, match.end):
        return None
    saying = text.words.phrases.longest(text.tokens, index, text.numbers)
    passed = saying is not None and saying.label == "innocent"
    end = saying.end if saying and passed else index + 1
    if saying and passed and end > match.end:
        return None
    words = tuple(text.lows[index : match.end])
    when = tuple(match.label.split())
    return [text.item(Kind.DATE, index, match.end, words, role="relative", extra=when)], end


def _is_when(text: Surroundings, start: int, end: int) -> bool:
    """Say whether a season tells when an offer is, beside it or in front; boots warm all winter."""
    if start == 0 or text.sentence[start - 1] != text.sentence[start]:
        return True
    behind = start - (text.low(start - 1) == ",")
    before = any(match.label in _OFFERS for match in text.ended.get(behind, ()))
    after = any(match.label in _OFFERS for match in text.begun.get(end, ()))
    amount = end in text.numbers or text.kind(behind - 1) == "n" or text.low(behind - 1) in _SIGNS
    return before or after or amount


def _is_offered(text: Surroundings, index: int) -> bool:
    """Say whether the sentence of a token has an offer or a price."""
    if is_of_an_offer(text, index):
        return True
    near = range(max(0, index - _NEAR), min(len(text.tokens), index + _NEAR))
    return any(
        at in text.numbers
        and text.sentence[at] == text.sentence[index]
        and (currency_at(text, text.numbers[at].end) or currency_at(text, at - 1))
        for at in near
    )
