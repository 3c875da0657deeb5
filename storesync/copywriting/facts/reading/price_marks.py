"""What signs and turns make of a price: ~~£12~~, a tick, £12 a loaf → £9, £12 less 25 %."""

from __future__ import annotations

from storesync.copywriting.facts.reading.priced import (
    arrow_before,
    arrow_behind,
    comes_from,
    comes_to,
    price_before,
    price_from,
)
from storesync.copywriting.facts.reading.surroundings import DASHES, Surroundings

_CROSSES = frozenset("❌✖✗✘☒☐❎🚫")
_TICKS = frozenset("✅✔☑✓")
_FEW, _FAR = 5, 9  # tokens


def marked(text: Surroundings, start: int, end: int) -> str:
    """Return was or now for an amount by the signs and turns beside it, or nothing."""
    if text.lows[max(0, start - 2) : start] == ["~", "~"] and text.low(end) == "~":
        return "was"
    role = _ticked(text, start, end) or _falls(text, start, end)
    if role:
        return role
    cue = text.cue_before("was", start)
    lowered = cue is not None and text.cue_before("off", start) is not None
    former = lowered or _is_lessened(text, end) or _is_asked_of_before(text, start)
    former = former or _is_reckoned_from(text, start, end)
    return "was" if former else ""


def _ticked(text: Surroundings, start: int, end: int) -> str:
    """Return the role by a cross or tick beside an amount: all stand before, or all behind."""
    known = _CROSSES | _TICKS
    before, behind = text.low(start - 1) in known, text.low(end) in known
    if not (before or behind):
        return ""
    first = next(at for at, low in enumerate(text.lows) if low in known)
    lead = any(text.kind(at) == "n" for at in range(first))
    mark = text.low(end) if behind and (lead or not before) else text.low(start - 1)
    both = all(any(low in some for low in text.lows) for some in (_CROSSES, _TICKS))
    if mark in _CROSSES:
        return "was"
    return "now" if both else ""


def _falls(text: Surroundings, start: int, end: int) -> str:
    """Return the role in $18 tote → $20, and in drops to €10 from €12.50."""
    arrow = arrow_before(text, start)
    if arrow < start and price_before(text, arrow, _FAR):
        return "now"
    for place in range(end, min(end + _FEW, len(text.tokens))):
        arrow = arrow_behind(text, place)
        if arrow > place:
            return "was" if price_from(text, arrow) else ""
        if place in text.numbers or text.sentence[place] != text.sentence[start]:
            break
    if comes_from(text, start - 1):  # drops to £9 (from £12)
        first = start - 1 - (text.low(start - 2) == "(")
        before = price_before(text, first, _FEW)
        fell = before is not None and before.end == first
        return "was" if before and fell and comes_to(text, before.start - 1) else ""
    end += text.low(end) == "("
    falls = comes_to(text, start - 1) and comes_from(text, end)
    return "now" if falls and price_from(text, end + 1) else ""


def _is_lessened(text: Surroundings, end: int) -> bool:
    """Say whether a share is taken off an amount right behind it: $48, less 75 %."""
    place = end + (text.low(end) == ",")
    less = text.cue_at("takes_away", place)
    share = text.numbers.get(less.end) if less else None
    return share is not None and (
        text.low(share.end) == "%" or text.cue_at("percent", share.end) is not None
    )


def _is_asked_of_before(text: Surroundings, start: int) -> bool:
    """Say whether an amount answers what the price was: How much was it? $14."""
    if text.low(start - 1) != "?":
        return False
    asked, own = text.sentence[start - 1], text.words.listed("was")  # Was in German is what
    return any(
        text.sentence[place] == asked and cue.pattern in own
        for place in range(max(0, start - _FAR), start - 1)
        if (cue := text.cue_at("was", place))
    )


def _is_reckoned_from(text: Surroundings, start: int, end: int) -> bool:
    """Say whether brackets hold an amount and what goes off it: £45 the lamp (£60 -25%)."""
    opened = text.low(start - 1) == "("
    minus = text.low(end) in DASHES and end + 1 in text.numbers
    return opened and minus and text.low(text.numbers[end + 1].end) == "%"
