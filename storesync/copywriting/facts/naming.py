"""Reading names: places, by their cues, and what an offer is said to be on."""

from __future__ import annotations

from collections.abc import Sequence

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.given import OF
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.lexicon import places
from storesync.copywriting.facts.surroundings import Surroundings

Read = tuple[list[Item], int] | None
_LINKS = frozenset(
    {"de", "du", "des", "la", "le", "les", "l", "d", "del", "los", "las", "'", "-", "of", "the"}
)
_PREMISES = frozenset({"store", "stores", "shop", "branch", "café", "cafe", "bakery", "restaurant"})
_LIST = 8  # tokens
_UNSURE = frozenset({"st", "close", "court", "drive", "row", "square", "walk", "parade", "quay"})


def read_place(text: Surroundings, index: int) -> Read:
    """Read a street, a known town after a word such as in, or a capitalised name after it."""
    return _street(text, index) or _town(text, index)


def _capital(text: Surroundings, index: int) -> bool:
    token = text.tokens[index] if 0 <= index < len(text.tokens) else None
    return token is not None and token.kind == "w" and token.text[0].isupper() and not token.breaks


def _street(text: Surroundings, index: int) -> Read:
    if text.low(index) in text.words.listed("street_before"):
        return _street_before(text, index)
    if text.kind(index) != "w" or not _capital(text, index):
        return None
    return _street_in_one(text, index) or _street_after(text, index)


def _street_before(text: Surroundings, index: int) -> Read:
    """Read rue de la République and calle Toro."""
    end = index + 1
    while text.low(end) in _LINKS and end - index < 5:
        end += 1
    if not _capital(text, end):
        return None
    while _capital(text, end) or (text.low(end) in _LINKS and _capital(text, end + 1)):
        end += 1
    return [text.item(Kind.PLACE, index, end, _name(text, index, end))], end


def _street_in_one(text: Surroundings, index: int) -> Read:
    """Read Deichstraße."""
    low = text.low(index)
    for ending in text.words.listed("street_endings"):
        if low.endswith(ending) and len(low) > len(ending) + 2:
            return [text.item(Kind.PLACE, index, index + 1, (low,))], index + 1
    return None


def _street_after(text: Surroundings, index: int) -> Read:
    """Read Leith Walk and Gloucester Road."""
    words, end = text.words, index + 1
    while _capital(text, end) and end - index < 5:
        if text.low(end) in words.listed("street_after"):
            cued = text.low(index - 1) in words.listed("street_cues") or text.kind(index - 1) == "n"
            if text.low(end) in _UNSURE and not cued:
                return None
            return [text.item(Kind.PLACE, index, end + 1, _name(text, index, end + 1))], end + 1
        end += 1
    return None


def _town(text: Surroundings, index: int) -> Read:
    known, cues = places()
    if not _capital(text, index):
        return None
    cue = _cue_of_list(text, index)
    before = text.low(cue)
    match = known.longest(text.tokens, index, text.numbers)
    if match and (before in cues or before in {"the", "our"} or text.low(match.end) in _PREMISES):
        return [text.item(Kind.PLACE, index, match.end, _name(text, index, match.end))], match.end
    words = text.words
    low = text.low(index)
    if (
        before not in cues
        or text.low(index - 1) == ","
        or before not in words.listed("places_in")
        or low in words.listed("not_places")
    ):
        return None
    if low in words.weekdays or low in words.months or _shouted(text, cue, index):
        return None
    if low.endswith(("ish", "ese", "ian", "ean")):
        return None
    end = index + 1
    while _capital(text, end) and end - index < 4:
        end += 1
    return [text.item(Kind.PLACE, index, end, _name(text, index, end), role="guess")], end


def _cue_of_list(text: Surroundings, index: int) -> int:
    """Return the token before a name, or before those it is listed with: in Cork and Limerick."""
    place = index - 1
    joined = text.low(place) in text.words.listed("joins") or text.low(place) == ","
    if not joined or not _capital(text, place - 1):
        return place
    while index - place < _LIST and (_capital(text, place - 1) or text.low(place - 1) == ","):
        place -= 1
    return place - 1


def _shouted(text: Surroundings, cue: int, index: int) -> bool:
    """Say whether most words of a sentence are capitalised, as in a headline.

    Neither its first word counts nor the names of the list from a word such as in.
    """
    low, high = max(0, index - 12), min(len(text.tokens), index + 12)
    near = [
        place
        for place in range(low, high)
        if text.sentence[place] == text.sentence[index] and text.kind(place) == "w"
    ]
    told = [place for place in near[1:] if not cue < place < index]
    capital = sum(text.tokens[place].text[0].isupper() for place in told)
    return len(near) > 3 and capital > 1 and capital * 2 >= len(told)


def _name(text: Surroundings, start: int, end: int) -> tuple[str, ...]:
    return tuple(
        text.low(place) for place in range(start, end) if text.low(place) not in {"-", "'"}
    )


def read_target(text: Surroundings, end: int) -> list[Item]:
    """Return what an offer before a token is said to be on: 30 % off *cinnamon swirls*."""
    place = _after_on(text, end) or _right_after(text, end)
    if place is None:
        return []
    words: list[str] = []
    first, whole = 0, False
    clause = text.clause[place]
    generic, scope = text.words.listed("generic"), text.words.listed("scope")
    articles = text.words.listed("article")
    ends = set(text.words.listed("links")) - OF
    start = place
    while place < len(text.tokens) and len(words) < 6 and text.clause[place] == clause:
        low = text.low(place)
        if text.kind(place) != "w":
            if low in {"-", "'"}:
                place += 1
                continue
            break
        if not words and low in articles:
            start = place = place + 1
            continue
        if not words and _listed(low, scope):
            whole = True
        elif not words and _listed(low, generic):
            return []
        elif words and low in ends:  # 3 % on savings for three months
            break
        words.append(low)
        first = first or place
        place += 1
    if not words:
        return []
    last = start + 1 if whole else min(place, start + 3)
    return [text.item(Kind.PRODUCT, start, last, tuple(words), role="all" if whole else "on")]


def _right_after(text: Surroundings, end: int) -> int | None:
    """Return the token after half price, before which nothing is needed: half price buns."""
    beside = text.kind(end) == "w" and text.clause[end] == text.clause[end - 1]
    return end if beside and text.low(end - 1) == "price" else None


def _after_on(text: Surroundings, end: int) -> int | None:
    """Return the token after off, on or their like, which stand within a few words."""
    for place in range(end, min(end + 4, len(text.tokens))):
        if text.clause[place] != text.clause[end - 1]:
            return None
        match = text.cue_at("on", place)
        if match:
            following = text.cue_at("on", match.end)
            after = following.end if following else match.end
            if text.words.language == "en" and text.low(after) in {"of", "on"}:
                after += 1
            inside = after < len(text.tokens) and text.clause[after] == text.clause[end - 1]
            return after if inside else None
    return None


def _listed(low: str, patterns: Sequence[str]) -> bool:
    return any(
        low == pattern or (pattern.endswith("*") and low.startswith(pattern[:-1]))
        for pattern in patterns
    )
