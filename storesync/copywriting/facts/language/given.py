"""What a sentence gives away: the thing that an offer is said of, and what is listed with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.language.reach import alike

PAUSES = frozenset(",:?¿–")
OPEN = frozenset("-'\"“”„«»()")
_SIGNS = frozenset("£€$¥")
OF = frozenset({"of", "de", "d", "du", "des", "del", "von", "vom", "van"})
OF |= {"di", "dello", "della", "dell", "dei", "degli", "delle", "do", "da"}
GIVEN = frozenset({("given",), ("included",)})  # what an offer of something for nothing is
# Café offert; English and German say free netting.
_THING_FIRST = frozenset({"fr", "es", "it", "pt"})
# Endings that make a noun and a verb of one word: Lieferung and liefern, prêté and prêtons.
_PAIRS = tuple(
    (noun, verb)
    for nouns, verbs in (
        (("ung",), ("en", "n", "t")),
        (("ing",), ("en", "t")),
        (("é", "ée", "és", "ation", "aison", "age", "ement"), ("ons", "ez", "er")),
        (("ación", "ión", "ado"), ("ar", "a", "as", "an", "amos")),
        (("ida", "ido", "o", "a"), ("er", "ir", "emos", "imos", "amos")),
        (("zione",), ("re", "no", "te", "")),
        (("azione", "izione", "o", "a"), ("iamo",)),
        (("ação", "ão"), ("ar", "a", "am", "amos")),
    )
    for noun in nouns
    for verb in verbs
)
_MADE = frozenset({"ing", "ation", "lation", "ion", "ment", "al"})  # park and parking
_STEM = 3  # letters
_COMES = frozenset({"come", "comes", "kommt", "kommen", "vient", "viennent", "viene", "vienen"})
_COMES |= {"vengono", "vem", "vêm", "komt", "komen"}
_ENDINGS = frozenset({"s", "es", "e", "n", "en", "x"})


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language that say nothing about what is given, and those that link it."""

    thing_first: bool
    links: frozenset[str]
    fors: frozenset[str]
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
    bounds: tuple[str, ...]
    each: frozenset[str]

    def speaks(self, word: str) -> bool:
        """Say whether a word has a meaning of its own, as nouns and figures do."""
        known = word in self.function or word in self.links or word in self.joins
        return word[:1].isalnum() and (len(word) > 1 or word.isdigit()) and not known


class Given(NamedTuple):
    """What is given: its words, and from where to where they stand in the sentence."""

    words: tuple[str, ...]
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens around an offer, which stands at `at` as an empty one.

    `told` are those of the sentences around it.
    """

    tokens: tuple[str, ...]
    at: int
    words: Words
    told: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def words_of(locale: str) -> Words:
    """Return the words of a language that matter to what is given."""
    known = lexicon(locale)
    times = {*known.units, *known.weekdays, *known.short_weekdays, *known.months}
    singular = frozenset(known.listed("singular"))
    # Il lunedì is every Monday, and la tua auto no other car.
    each = {*known.listed("every"), *known.listed("scope")}
    return Words(
        thing_first=known.language in _THING_FIRST,
        links=frozenset(known.listed("links")),
        fors=frozenset(known.listed("for")),
        joins=frozenset(known.listed("joins")),
        also=tuple(known.listed("also")),
        singular=singular,
        copulas=singular | {*known.listed("copulas")},
        function=frozenset(known.listed("function")),
        times=frozenset(times - known.words["ordinals"].keys()),
        negative=frozenset(known.listed("negative")),
        ordinals=frozenset(known.words["ordinals"]),
        articles=frozenset(known.listed("article")),
        each=frozenset(each - {*known.listed("article"), *known.listed("links")}),
        bounds=tuple(f" {word}" for word in (*known.listed("over"), *known.listed("under"))),
        generic=tuple(one[:-1] for one in known.listed("generic") if one.endswith("*")),
    )


def among(word: str, others: Iterable[str]) -> bool:
    """Say whether a word is a form of one of others: netting, nettings."""
    return any(_form(word, other) for other in others)


@lru_cache(maxsize=65536)
def _form(word: str, other: str) -> bool:
    """Say whether two words are forms of one; short ones differ in an ending at most."""
    if word.isdigit() or other.isdigit():
        return word == other
    short, long = sorted((word, other), key=len)
    if tells_a_deed(word, other) or (len(short) > _STEM and alike(word, other)):
        return True
    return short == long or (
        len(short) > 1 and long[: len(short)] == short and long[len(short) :] in _ENDINGS
    )


@lru_cache(maxsize=16384)
def tells_a_deed(word: str, other: str) -> bool:
    """Say whether one of two words is a verb for the other: collect, collection."""
    if word[: _STEM + 1] != other[: _STEM + 1]:  # as most: the stem of a pair is longer
        return False
    short, long = sorted((word, other), key=len)
    made = len(short) > _STEM and long.removeprefix(short) in _MADE
    return made or any(
        _is_pair(word, other, *pair) or _is_pair(other, word, *pair) for pair in _PAIRS
    )


def _is_pair(noun: str, verb: str, ending: str, other: str) -> bool:
    stem = noun.removesuffix(ending)
    return len(stem) > _STEM and noun != stem and verb == stem + other


def given_in(said: Sentence) -> list[Given]:
    """Return what an offer may give: the words next to it on one side, or on either."""
    before, after = _before(said), given_after(said)
    found = [one for one in (before, after) if one.words]
    if len(found) == 2 and not said.words.thing_first:
        found = [before if _is_said_of(said, before) else after]
    found = [_subject(said, one) if one is before else one for one in found]
    return found or [Given((), said.at, said.at)]


def beside(said: Sentence) -> Given:
    """Return what stands right before an offer, whatever it is tied to by phrases."""
    return _before(said)


def _subject(said: Sentence, given: Given) -> Given:
    """Return what a copula ties to an offer over phrases: the *dip* is with every pizza free."""
    function, found = said.words.function, given
    while True:
        place = found.start - 1
        while place >= 0 and said.tokens[place] in function - said.words.copulas:
            place -= 1
        if place < 1 or said.tokens[place] not in said.words.links - OF:
            break
        if said.tokens[place - 1] in _COMES:  # every cut comes with a hot towel, free
            break
        while place > 0 and said.tokens[place - 1] in function:
            place -= 1
        found = _group(said, place - 1, -1)
        if not found.words:
            return given
    return found


def _is_said_of(said: Sentence, before: Given) -> bool:
    """Say whether an offer is said of what stands before it: netting is always free."""
    for token in reversed(said.tokens[before.stop : said.at]):
        if token in said.words.links:  # comes with a free guide
            return False
        if token in said.words.copulas:
            return True
    return False


def given_after(said: Sentence) -> Given:
    """Return what stands behind an offer: free *netting*."""
    place = said.at + 1
    if said.tokens[place : place + 1] == (":",):  # free: netting
        place += 1
    while place < len(said.tokens) and _is_idle(said.tokens[place], said.words):
        place += 1
    found = _group(said, place, 1)
    measures = all(word.isdigit() or word in said.words.times for word in found.words)
    return Given((), place, place) if measures else found  # free up to 48 hours before


def _is_idle(word: str, words: Words) -> bool:
    """Say whether a word may stand between an offer and what it gives: free is *our* netting."""
    if word in words.joins or word in words.links:
        return False
    letter = len(word) == 1 and word.isalpha()
    return letter or word in words.function or word in words.times or word in OPEN


def _before(said: Sentence) -> Given:
    place = said.at - 1
    while place >= 0:
        token = said.tokens[place]
        if token in said.words.joins or (
            said.words.speaks(token)
            and not _is_amount(said, place)
            and (
                said.words.times.isdisjoint({token, token.removesuffix("s")})
                or (place and said.tokens[place - 1] in said.words.ordinals)  # the first month
            )
        ):  # Tuesdays: two for one
            break
        if not (token[:1].isalnum() or token in OPEN or token in PAUSES or token in _SIGNS):
            break
        place -= 1
    return _group(said, place, -1)


def _is_amount(said: Sentence, place: int) -> bool:
    """Say whether a token is the number of an amount of money: delivery £4, from £50 free."""
    beside = {*said.tokens[max(0, place - 1) : place], *said.tokens[place + 1 : place + 2]}
    return said.tokens[place].isdigit() and not beside.isdisjoint(_SIGNS)


def _group(said: Sentence, place: int, step: int) -> Given:
    """Return the words with a meaning of their own that stand together from a place on."""
    found: list[str] = []
    begin = place
    while 0 <= place < len(said.tokens):
        token = said.tokens[place]
        if said.words.speaks(token):
            found.append(token)
        elif token not in {"-", "'"} and not (found and _is_of_another(said, place + step, token)):
            break
        place += step
    if step < 0:
        return Given(tuple(reversed(found)), place + 1, begin + 1)
    return Given(tuple(found), begin, place)


def _is_of_another(said: Sentence, beyond: int, token: str) -> bool:
    """Say whether a word such as of ties one to another beyond it: prueba de nivel."""
    near = said.tokens[beyond : beyond + 1] if beyond >= 0 else ()
    return token in OF and any(map(said.words.speaks, near))
