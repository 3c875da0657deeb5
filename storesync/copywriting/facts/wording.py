"""Reading words that promise: offers, claims, relative days, and echoes of a prompt."""

from __future__ import annotations

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.phrases import Match
from storesync.copywriting.facts.surroundings import Surroundings

Read = tuple[list[Item], int] | None
_KINDS = {
    "leaks": Kind.LEAK,
    "always": Kind.TIME,
    "offers": Kind.OFFER,
    "multiples": Kind.OFFER,
    "relative": Kind.DATE,
    "claims": Kind.CLAIM,
}


def read_wording(text: Surroundings, index: int) -> Read:
    """Read a listed phrase that begins at a token; innocent ones are passed over."""
    share = text.words.shares.longest(text.tokens, index, text.numbers)
    if share:
        return [text.item(Kind.OFFER, index, share.end, ("share", int(share.label)))], share.end
    if text.low(index) == "#" and index + 1 in text.numbers and text.tight(index + 1):
        end = text.numbers[index + 1].end
        return [text.item(Kind.CLAIM, index, end, _said(text, index, end))], end
    match = text.words.phrases.longest(text.tokens, index, text.numbers)
    if match is None or _breaks_off(text, match):
        return None
    if match.label == "innocent":
        return [], match.end
    number = text.numbers.get(index)
    if number and (text.low(number.end) == "%" or text.cue_at("percent", number.end)):
        return None
    said = _said(text, index, match.end)
    value = ("always",) if match.label == "always" else said
    kind = _KINDS[match.label]
    role = match.label if kind is Kind.DATE else ""
    return [text.item(kind, index, match.end, value, role=role)], match.end


def _breaks_off(text: Surroundings, match: Match) -> bool:
    """Say whether a phrase runs over the end of a line."""
    return any(token.breaks for token in text.tokens[match.start + 1 : match.end])


def _said(text: Surroundings, start: int, end: int) -> tuple[str, ...]:
    """Return the words of a phrase with numbers as digits: three for two is 3 for 2."""
    said, place = [], start
    while place < end:
        number = text.numbers.get(place)
        if number and number.end <= end:
            said.append(str(number.value.normalize()))
            place = number.end
            continue
        if text.low(place) not in {"-", "'"}:
            said.append(text.low(place))
        place += 1
    return tuple(said)
