"""Reading superlatives that no list has: the coldest beer in town, the nation's most punctual.

A listed one is a claim wherever it stands (`wording`); these are where a rank is said of a place.
"""

from __future__ import annotations

from functools import lru_cache

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.item import Read
from storesync.copywriting.facts.language.given import OF, words_of
from storesync.copywriting.facts.language.word_lists import places
from storesync.copywriting.facts.reading.contacts import read_link
from storesync.copywriting.facts.reading.percentages import is_tagged_share
from storesync.copywriting.facts.reading.phrase_values import said_in
from storesync.copywriting.facts.reading.spelled import ordinal_of
from storesync.copywriting.facts.reading.surroundings import Surroundings

_REACH = 6
_SHORTEST = 5
_WORDS = 3
_SHORES = ("see", "küste", "meer", "kust")  # am Bodensee
_GENITIVE = frozenset({"de", "nl"})  # Österreichs, Nederlands
_IN = OF | {"in", "on", "around", "this", "s", "der", "im", "am", "an", "aller", "weit", "en"}
_IN |= {"em", "no", "na", "dos", "das", "te", "w", "we"}
_THAN = frozenset({"que", "de", "che", "di", "do", "d"})  # más que
_BEHIND = frozenset({"es", "it", "pt"})  # say the thing first: la funda más dura
_IDLE = frozenset({"our", "this", "all", "und", "s"})


def read_superlative(text: Surroundings, index: int) -> Read:
    """Read a superlative beside what it is the first of."""
    end = _degree(text, index)
    if not end or text.low(index - 1) in text.words.listed("yours"):  # your closest shop
        return None
    said = tuple(text.lows[index:end])
    if _is_of_a_place(text, end) or _is_owned(text, index):
        return [text.item(Kind.CLAIM, index, end, said)], end
    # Hay's favourite, if Hay is where we are; the silkiest noodles, if it is noodles that we sell.
    whose = _owner(text, index) or _thing(text, index, end)
    return ([text.item(Kind.CLAIM, index, end, said, extra=whose)], end) if whose else None


def _degree(text: Surroundings, index: int) -> int:
    """Return the token after a superlative that begins at a token, 0 where none does."""
    low, words = text.low(index), text.words
    following = text.kind(index + 1) == "w" and text.low(index + 1) not in _THAN
    if low in words.listed("most"):
        return index + 2 if following else 0
    ending = low.endswith(words.superlative) and len(low) >= _SHORTEST
    ending = ending or low in words.listed("favourites")
    other = low in words.listed("no_superlatives") or ordinal_of(low, words)
    return index + 1 if ending and not other else 0


def _is_of_a_place(text: Surroundings, end: int) -> bool:
    """Say whether a place or a market follows: in town, der Stadt, de Sevilla; or ever."""
    for place in range(end, min(end + _REACH, len(text.tokens))):
        if text.clause[place] != text.clause[end - 1]:
            break
        if text.low(place) in text.words.listed("ranked_ever"):
            return True
        genitive = text.words.language in _GENITIVE and text.low(place).endswith("s")
        if genitive and text.low(place) in text.words.listed("ranked_in"):  # Österreichs
            return True
        if text.low(place) not in _IN:
            continue
        noun = place + 1
        while text.low(noun) in _IDLE or text.low(noun) in text.words.listed("article"):
            noun += 1
        if noun < len(text.tokens) and read_link(text, noun):  # más detalles en alba.example
            break
        if _is_ranked_in(text, noun):
            return True
        named = noun < len(text.tokens) and text.tokens[noun].text[0].isupper()
        beside = noun == place + 1 or text.words.language in _BEHIND  # de la Condesa
        if named and beside and text.words.language != "de":
            return True
    return False


def _is_ranked_in(text: Surroundings, noun: int) -> bool:
    """Say whether a token is a place that something may be the first of."""
    low = text.low(noun)
    shore = text.words.language in _GENITIVE and low.endswith(_SHORES)
    return shore or low in text.words.listed("ranked_in") or low in _known_places()


def _owner(text: Surroundings, index: int) -> str:
    """Return a name with 's right before a token, or nothing."""
    apostrophe = text.low(index - 1) == "s" and text.low(index - 2) == "'"
    named = apostrophe and index > 2 and text.tokens[index - 3].text[0].isupper()
    return text.low(index - 3) if named else ""


def _thing(text: Surroundings, index: int, end: int) -> tuple[str, ...]:
    """Return the words that a superlative with an article is said of, or nothing."""
    before, known = text.low(index - 1), words_of(text.words.language)
    begins = index == 0 or text.clause[index - 1] != text.clause[index]
    articled = before in known.articles or before in text.words.listed("possessive")
    said: list[str] = []
    if text.words.language in _BEHIND and not articled:  # la funda más dura, and not más vale
        place = index - 1
        while place >= 0 and known.speaks(text.low(place)) and len(said) < _WORDS:
            said.append(text.low(place))
            place -= 1
        return tuple(said) if text.low(place) in known.articles else ()
    if not (begins or articled):
        return ()
    while text.kind(end) == "w" and known.speaks(text.low(end)) and len(said) < _WORDS:
        said.append(text.low(end))
        end += 1
    return tuple(said)


def _is_owned(text: Surroundings, index: int) -> bool:
    """Say whether a market stands before: the nation's coldest, Deutschlands leiseste."""
    apostrophe = text.low(index - 1) == "s" and text.low(index - 2) == "'"
    owner = text.low(index - 3 if apostrophe else index - 1)
    genitive = apostrophe or (text.words.language in _GENITIVE and owner.endswith("s"))
    return genitive and (owner in text.words.listed("ranked_in") or owner in _known_places())


@lru_cache(maxsize=1)
def _known_places() -> frozenset[str]:
    return places()[0].starts()[0]


def read_rank(text: Surroundings, index: int) -> Read:
    """Read #1."""
    if text.low(index) != "#" or index + 1 not in text.numbers or not text.tight(index + 1):
        return None
    if is_tagged_share(text, index + 1):  # #25off
        return None
    end = text.numbers[index + 1].end
    if text.low(index - 1) in text.words.listed("labels"):  # rule #1
        return [], end
    return [text.item(Kind.CLAIM, index, end, said_in(text, index, end))], end
