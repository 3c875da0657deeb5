"""Labels of prices: your saving: £8, Ersparnis pro Topf = 3 €, sparen (24 €)."""

from __future__ import annotations

from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.priced import price_before, price_from
from storesync.copywriting.facts.reading.surroundings import Surroundings

_MARKS, _BRACKETS = frozenset(":="), frozenset("([")
_BULLETS = frozenset("-–*•·")
_LONGEST = 9  # tokens between the label and its mark: saving per tarte aux pommes
_ON_EACH = frozenset({"per", "pro", "par", "por", "je", "na", "za", "su", "sur", "on", "auf", "op"})


def labelled(text: Surroundings, start: int) -> str:
    """Return was or now for an amount by the label before it: alt: 80 €, neuer Preis: 56 €."""
    for role in ("was", "now"):
        own = text.cue_before(role, start)  # a label by its colon alone
        if own and own.pattern.endswith(":"):
            return role
        cue = text.cue_before(role, start - 1) if text.low(start - 1) in _MARKS else None
        first = cue.start - (text.low(cue.start - 1) in _BULLETS) if cue else 0
        begins = cue and (first == 0 or text.clause[first - 1] != text.clause[cue.start])
        if cue and begins:  # you pay 60 % of the old price: £9
            return role
    return ""


def is_told_saved(text: Surroundings, end: int) -> bool:
    """Say whether what follows an amount says that it is saved: £8. *That is what you save*."""
    place = end + (text.kind(end) == "s")
    return text.cue_at("told_saved", place) is not None


def is_saved_by(text: Surroundings, start: int, end: int) -> bool:
    """Say whether some words are a part of what says how much is saved: vous *gagnez* 9 €."""
    before = text.cue_before("off", end)
    if before and before.start < start and price_from(text, end):
        return True
    reach = range(max(0, start - _LONGEST), start)
    told = [cue for place in reach if (cue := text.cue_at("told_saved", place))]
    return any(
        cue.end >= end and price_before(text, cue.start - 1, _LONGEST) is not None for cue in told
    )


def is_labelled_saved(text: Surroundings, start: int) -> bool:
    """Say whether a label before an amount says that it is what is saved."""
    mark = start - 1
    if "savings" not in text.cued or text.low(mark) not in _MARKS | _BRACKETS:
        return False
    cue = text.cue_before("savings", mark)
    if cue or text.low(mark) in _BRACKETS:
        return cue is not None
    return any(
        is_on_each(text, cue, mark)
        for place in range(max(0, mark - _LONGEST), mark)
        if (cue := text.cue_at("savings", place)) and text.clause[place] == text.clause[mark]
    )


def is_on_each(text: Surroundings, label: Match, mark: int) -> bool:
    """Say whether a label goes on with what the saving is on, and no number, up to its mark."""
    each = text.low(label.end) in _ON_EACH or text.low(label.end) in text.words.listed("on")
    return each and not any(at in text.numbers for at in range(label.end, mark))
