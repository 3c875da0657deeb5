"""Where the thing begins that an offer or a price is on: 20 % off *your order*."""

from __future__ import annotations

from storesync.copywriting.facts.language.phrases import Match
from storesync.copywriting.facts.reading.surroundings import Surroundings


def _is_longer_cue(text: Surroundings, on: Match) -> bool:
    """Say whether *on* or its like begins words for a former price, or for what is saved."""
    was, off = text.cue_at("was", on.start), text.cue_at("off", on.start)
    return was is not None or (off is not None and off.end > on.end)


def right_after(text: Surroundings, end: int) -> int | None:
    """Return the token after half price, before which nothing is needed: half price buns."""
    beside = text.kind(end) == "w" and text.clause[end] == text.clause[end - 1]
    return end if beside and text.low(end - 1) in {"price", "off"} else None


def after_on(text: Surroundings, end: int, *, is_price: bool) -> int | None:
    """Return the token after off, on or their like, within a few words; or for after a price."""
    priced = is_price and text.low(end) in text.words.listed("for")
    if priced and text.clause[end] == text.clause[end - 1]:
        return end + 1 if end + 1 < len(text.tokens) else None
    for place in range(end, min(end + 4, len(text.tokens))):
        if text.clause[place] != text.clause[end - 1]:
            return None
        match = text.cue_at("on", place)
        if match and not _is_longer_cue(text, match):  # en vez de, en el bolsillo
            following = text.cue_at("on", match.end)
            after = following.end if following else match.end
            if text.words.language == "en" and text.low(after) in {"of", "on"}:
                after += 1
            inside = after < len(text.tokens) and text.clause[after] == text.clause[end - 1]
            return after if inside else None
    return None
