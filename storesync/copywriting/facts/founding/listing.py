"""What a sentence lists along with a thing or somebody: netting and stakes, guests and friends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from storesync.copywriting.facts.language.given import OF, OPEN, PAUSES, Given, Sentence, among

_COMMA = frozenset({","})


def is_shared(said: Sentence, word: str, terms: Sequence[str]) -> bool:
    """Say whether somebody else is named with a word of some terms: for guests and friends."""
    for place, token in enumerate(said.tokens[:-2]):
        join, other = said.tokens[place + 1 : place + 3]
        joined = join in said.words.joins or join == "/"
        if joined and among(token, [word]) and said.words.speaks(other):
            rest = said.tokens[place + 3 : place + 4]
            alone = not rest or not rest[0][:1].isalnum()
            if alone and not among(other, terms):
                return True
    return False


def is_listed(said: Sentence, given: Given, terms: Sequence[str]) -> bool:
    """Say whether something else than some terms is given along with a thing."""
    more = _listed_before if given.start < said.at else listed_after
    return more(said, given, terms)


def listed_after(said: Sentence, given: Given, terms: Sequence[str]) -> bool:
    """Say whether another thing follows in a list: free netting and stakes."""
    rest = said.tokens[given.stop :]
    if not rest:
        return False
    if rest[0] in said.words.joins:
        return any(not among(word, terms) for word in first_spoken(said, rest[1:]))
    listed = rest[0] in _COMMA and said.words.joins.intersection(rest[1:6])
    return bool(listed) and any(not among(word, terms) for word in first_spoken(said, rest[1:]))


def _listed_before(said: Sentence, given: Given, terms: Sequence[str]) -> bool:
    """Say whether another thing is given, too: stakes and netting are free, netting is free too."""
    words = said.words
    behind = said.tokens[said.at + 1 :]
    after = f" {' '.join(behind)} "
    if any(f" {word} " in after for word in words.also) or _is_afterthought(said, behind):
        return True
    place = given.start - 1
    while place >= 0 and said.tokens[place] in words.function and said.tokens[place] not in OF:
        place -= 1
    if place < 1 or not _is_tied(said, given, place):
        return False
    return any(not among(one, terms) for one in first_spoken(said, said.tokens[place - 1 :: -1]))


def _is_tied(said: Sentence, given: Given, place: int) -> bool:
    """Say whether the token at a place ties what is given to what stands before it."""
    words, token, before = said.words, said.tokens[place], said.tokens[:place]
    if token in OF:
        return True
    alone = bool(words.singular.intersection(said.tokens[given.stop : said.at]))
    if token in _COMMA:
        return not alone and _is_list(said, before)
    if token not in words.joins:
        return False
    if before[-1] in _COMMA:  # twenty trees by the gate, and advice for nothing
        return not alone and _is_list(said, before[:-1])
    return not (alone and place < given.start - 1)  # buy a tree and the netting is free


def _is_afterthought(said: Sentence, behind: Sequence[str]) -> bool:
    """Say whether a thing by itself follows an offer: netting is free, and trees."""
    rest = list(behind)
    while rest and rest[0] in {*_COMMA, ";"}:
        rest.pop(0)
    if not rest or rest[0] not in {*said.words.joins, "/"}:
        return len(rest) < len(behind) and _is_list(said, rest)
    return _is_list(said, rest[1:])


def first_spoken(said: Sentence, tokens: Iterable[str]) -> Iterator[str]:
    """Yield the first word with a meaning of its own, if there is one."""
    for token in tokens:
        if said.words.speaks(token) and token not in said.words.times:
            yield token
            return


def _is_list(said: Sentence, tokens: Sequence[str]) -> bool:
    """Say whether tokens end in a thing by itself: stakes, as in stakes, netting."""
    count = 0
    for token in reversed(tokens):
        if token in PAUSES:
            break
        if not said.words.speaks(token) and token not in OPEN and token not in said.words.articles:
            return False
        count += 1
    return 0 < count <= 3
