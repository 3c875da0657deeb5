"""Whether an offer is a declared one: the same thing given, on the same terms.

A declared phrase such as *netting is free* founds an offer in a text only as a whole. All its words
with a meaning of their own have to stand in the sentence, or in the question before it; what the
text gives away has to be what the phrase does; and nothing else may be given along with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.lexicon import lexicon
from storesync.copywriting.facts.reach import alike
from storesync.copywriting.facts.surroundings import Surroundings

_REACH = 24
_WORD = re.compile(r"\w+|[^\w\s]")
_TIES = frozenset(",;/")
_STOPS = frozenset(".!…;|•·")
_PAUSES = frozenset(",:?¿–")
_OPEN = frozenset("-'\"“”„«»()")
_COMMA = frozenset({","})
_OF = frozenset({"of", "de", "d", "du", "des", "del", "von", "vom"})
_THING_FIRST = frozenset({"fr", "es"})  # café offert; English and German say free netting
_ENDINGS = frozenset({"s", "es", "e", "n", "en", "x"})


class Around(NamedTuple):
    """The tokens of a sentence before and behind an offer, and of a question before it."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a language that say nothing about what is given, and those that link it."""

    thing_first: bool
    links: frozenset[str]
    joins: frozenset[str]
    also: tuple[str, ...]
    singular: frozenset[str]
    copulas: frozenset[str]
    function: frozenset[str]
    times: frozenset[str]
    negative: frozenset[str]
    ordinals: frozenset[str]
    generic: tuple[str, ...]
    articles: frozenset[str]

    def speaks(self, word: str) -> bool:
        """Say whether a word has a meaning of its own, as nouns and figures do."""
        known = word in self.function or word in self.links or word in self.joins
        return word[:1].isalnum() and (len(word) > 1 or word.isdigit()) and not known


class _Given(NamedTuple):
    """What is given: its words, and from where to where they stand in the sentence."""

    words: tuple[str, ...]
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The tokens around an offer, which stands at `at` as an empty one."""

    tokens: tuple[str, ...]
    at: int
    words: _Words


def around(text: Surroundings, start: int, end: int) -> Around:
    """Return what stands around some tokens, on their line, as far as it can matter."""
    first = start
    while first > max(0, start - _REACH) and not text.tokens[first].breaks:
        if text.low(first - 1) in _STOPS:
            break
        first -= 1
    last = end
    while last < min(len(text.tokens), end + _REACH):
        token = text.tokens[last]
        if token.breaks or token.low in _STOPS or token.low == "?":
            break
        last += 1
    return Around(tuple(text.lows[first:start]), tuple(text.lows[end:last]))


def same_offer(item: Item, stated: Item, locale: str, product: Sequence[str]) -> bool:
    """Say whether an offer in a text of a language is the one that a declared phrase makes.

    `product` are the words for what the campaign is about: *the tenth* is *your tenth coffee*.
    """
    if item.value != stated.value:
        return False
    words = _words(locale)
    declared, said = _sentence(stated, words), _sentence(item, words)
    if words.negative.intersection(declared.tokens):
        return False
    terms = [word for word in declared.tokens if words.speaks(word)]
    if not all(_among(term, said.tokens) for term in terms):
        return False
    names = [word for given in _given(declared) for word in given.words]
    if names and all(word in words.ordinals or word.isdigit() for word in names):
        names += [*product, *(word for word in said.tokens if word.startswith(words.generic))]
    return any(_fits(said, given, names, terms) for given in _given(said))


def _fits(said: _Sentence, given: _Given, names: Sequence[str], terms: Sequence[str]) -> bool:
    """Say whether what a text gives is what the phrase gives, and nothing along with it."""
    if not names:
        return not given.words
    if not given.words or not all(_among(word, names) for word in given.words):
        return False
    more = _listed_before if given.start < said.at else _listed_after
    return not more(said, given, terms)


def stands_alone(before: str, after: str, locale: str) -> bool:
    """Say whether a declared phrase is all that is said, by the words before and behind it.

    In *bird netting is free* and *free netting and stakes*, it is a part of something else.
    """
    words = _words(locale)
    ties = {*words.joins, *words.links, *_OF}
    left, right = _WORD.findall(before)[-1:], _WORD.findall(after)[:1]
    tied = any(token in ties or words.speaks(token) for token in left)
    return not tied and not any(
        token in words.joins or token in _TIES or words.speaks(token) for token in right
    )


@lru_cache(maxsize=64)
def _words(locale: str) -> _Words:
    known = lexicon(locale)
    times = {*known.units, *known.weekdays, *known.short_weekdays, *known.months}
    singular = frozenset(known.listed("singular"))
    return _Words(
        thing_first=known.language in _THING_FIRST,
        links=frozenset(known.listed("links")),
        joins=frozenset(known.listed("joins")),
        also=tuple(known.listed("also")),
        singular=singular,
        copulas=singular | {"are", "re", "sind", "sont", "son", "están"},
        function=frozenset(known.listed("function")),
        times=frozenset(times),
        negative=frozenset(known.listed("negative")),
        ordinals=frozenset(known.words["ordinals"]),
        articles=frozenset(known.listed("article")),
        generic=tuple(one[:-1] for one in known.listed("generic") if one.endswith("*")),
    )


def _sentence(item: Item, words: _Words) -> _Sentence:
    before, after = item.extra or Around((), ())
    return _Sentence((*before, "", *after), len(before), words)


def _among(word: str, others: Iterable[str]) -> bool:
    return any(_form(word, other) for other in others)


def _form(word: str, other: str) -> bool:
    """Say whether two words are forms of one; short ones differ in an ending at most."""
    short, long = sorted((word, other), key=len)
    if len(short) > 3 and alike(word, other):
        return True
    return short == long or (
        len(short) > 1 and long[: len(short)] == short and long[len(short) :] in _ENDINGS
    )


def _given(said: _Sentence) -> list[_Given]:
    """Return what an offer may give: the words next to it on one side, or on either."""
    before, after = _before(said), _after(said)
    found = [one for one in (before, after) if one.words]
    if len(found) == 2 and not said.words.thing_first:
        return [before if _is_said_of(said, before) else after]
    return found or [_Given((), said.at, said.at)]


def _is_said_of(said: _Sentence, before: _Given) -> bool:
    """Say whether an offer is said of what stands before it: netting is always free."""
    for token in reversed(said.tokens[before.stop : said.at]):
        if token in said.words.links:  # comes with a free guide
            return False
        if token in said.words.copulas:
            return True
    return False


def _after(said: _Sentence) -> _Given:
    place = said.at + 1
    if said.tokens[place : place + 1] == (":",):  # free: netting
        place += 1
    while place < len(said.tokens) and _is_idle(said.tokens[place], said.words):
        place += 1
    return _group(said, place, 1)


def _is_idle(word: str, words: _Words) -> bool:
    """Say whether a word may stand between an offer and what it gives: free is *our* netting."""
    if word in words.joins or word in words.links:
        return False
    letter = len(word) == 1 and word.isalpha()
    return letter or word in words.function or word in words.times or word in _OPEN


def _before(said: _Sentence) -> _Given:
    place = said.at - 1
    while place >= 0:
        token = said.tokens[place]
        if token in said.words.joins or (
            said.words.speaks(token) and token not in said.words.times
        ):
            break
        if not (token[:1].isalnum() or token in _OPEN or token in _PAUSES):
            break
        place -= 1
    return _group(said, place, -1)


def _group(said: _Sentence, place: int, step: int) -> _Given:
    """Return the words with a meaning of their own that stand together from a place on."""
    found: list[str] = []
    begin = place
    while 0 <= place < len(said.tokens):
        token = said.tokens[place]
        if said.words.speaks(token):
            found.append(token)
        elif token not in {"-", "'"}:
            break
        place += step
    if step < 0:
        return _Given(tuple(reversed(found)), place + 1, begin + 1)
    return _Given(tuple(found), begin, place)


def _listed_after(said: _Sentence, given: _Given, terms: Sequence[str]) -> bool:
    """Say whether another thing follows in a list: free netting and stakes."""
    rest = said.tokens[given.stop :]
    if not rest:
        return False
    if rest[0] in said.words.joins:
        return any(not _among(word, terms) for word in _first_spoken(said, rest[1:]))
    listed = rest[0] in _COMMA and said.words.joins.intersection(rest[1:6])
    return bool(listed) and any(not _among(word, terms) for word in _first_spoken(said, rest[1:]))


def _listed_before(said: _Sentence, given: _Given, terms: Sequence[str]) -> bool:
    """Say whether another thing is given, too: stakes and netting are free, netting is free too."""
    words = said.words
    behind = said.tokens[said.at + 1 :]
    after = f" {' '.join(behind)} "
    if any(f" {word} " in after for word in words.also) or _is_afterthought(said, behind):
        return True
    place = given.start - 1
    while place >= 0 and said.tokens[place] in words.function and said.tokens[place] not in _OF:
        place -= 1
    if place < 1:
        return False
    token, beyond = said.tokens[place], said.tokens[:place]
    alone = bool(words.singular.intersection(said.tokens[given.stop : said.at]))
    if token in _OF or token in words.links:  # trees with netting: free
        return any(not _among(word, terms) for word in _first_spoken(said, reversed(beyond)))
    if token in words.joins:
        if alone and (place < given.start - 1 or beyond[-1] == ","):
            return False  # a tree, and the netting is free
        return any(not _among(word, terms) for word in _first_spoken(said, reversed(beyond)))
    listed = token in _COMMA and not alone and _is_list(said, beyond)
    return listed and any(not _among(word, terms) for word in _first_spoken(said, reversed(beyond)))


def _is_afterthought(said: _Sentence, behind: Sequence[str]) -> bool:
    """Say whether a thing by itself follows an offer: netting is free, and trees."""
    rest = list(behind)
    while rest and rest[0] in {*_COMMA, ";"}:
        rest.pop(0)
    if not rest or rest[0] not in {*said.words.joins, "/"}:
        return len(rest) < len(behind) and _is_list(said, rest)
    return _is_list(said, rest[1:])


def _first_spoken(said: _Sentence, tokens: Iterable[str]) -> Iterator[str]:
    """Yield the first word with a meaning of its own, if there is one."""
    for token in tokens:
        if said.words.speaks(token) and token not in said.words.times:
            yield token
            return


def _is_list(said: _Sentence, tokens: Sequence[str]) -> bool:
    """Say whether tokens end in a thing by itself: stakes, as in stakes, netting."""
    count = 0
    for token in reversed(tokens):
        if token in _PAUSES:
            break
        if not said.words.speaks(token) and token not in _OPEN and token not in said.words.articles:
            return False
        count += 1
    return 0 < count <= 3
