"""Whether an amount in a text is told on the terms of a declared phrase: ten off *for members*.

All words of the phrase with a meaning of their own have to stand in the sentence, or in the
question before it: none of them denied, nothing listed beside them. What stands right behind the
amount has to be one of them, and nothing may be said to hold for everyone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.listing import first_spoken, listed_after
from storesync.copywriting.facts.founding.offers import all_told, sentence_of
from storesync.copywriting.facts.founding.retold import is_retold
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import OF, Given, Sentence, Words, among
from storesync.copywriting.facts.language.lexicon import lexicon

# Words that make an amount off, more, was or now are no terms: 10 % less is 10 % off.
_CUES = (
    "off",
    "more",
    "was",
    "now",
    "pays",
    "up_to",
    "bound",
    "percent",
    "on",
    "start",
    "end",
    "amounts",
)
_BESIDE = frozenset({"-", "'", ""})
# Behind an and, what somebody does, and no other thing: and get £5 more.
_GETS = frozenset({"get", "take", "receive", "save", "recevez", "profitez", "recibe", "ahorra"}) | {
    *("ricevi", "risparmi", "receba", "economize"),
}
_CLAUSE = 5  # tokens
_CLOSES = frozenset({",", ":", "–", ""})
# With one of these another part of the sentence begins: 10 % vous attendent.
_PRONOUNS = frozenset(
    [
        "you",
        "we",
        "they",
        "it",
        "vous",
        "nous",
        "te",
        "os",
        "se",
        "sie",
        "wir",
        "ihnen",
        "dir",
        "du",
    ]
)


def keeps_terms(item: Item, stated: Item, locale: str, product: Sequence[str]) -> bool:
    """Say whether an amount in a text of a language holds on the terms of a declared one.

    `product` are the words for what the campaign is about: they may stand beside the amount.
    """
    declared, said = _bare(stated, locale), _bare(item, locale)
    terms = [word for word in declared.tokens if declared.words.speaks(word) and word != "1"]
    if not terms:
        return True
    lead = item.extra.lead if item.kind is Kind.MONEY and item.extra else ()
    if not all_told(said, terms, product, locale) and not (
        item.kind is Kind.MONEY and is_retold(said, lead, declared, locale)
    ):
        return False
    denied = is_denied(said, terms, locale) and not is_denied(declared, terms, locale)
    if denied or (
        is_said_of_all(said, terms, locale) and not is_said_of_all(declared, terms, locale)
    ):
        return False
    units = lexicon(locale).units  # £25 a month, and the first is free
    runs = [run for run in _runs(said, terms) if not units.keys() >= set(run.words)]
    joined = not said.words.joins.isdisjoint(declared.tokens)
    if any(
        _is_listed(said, run, terms) and not (joined and _goes_on(said, run, terms)) for run in runs
    ):
        return False
    behind = _behind(said)
    if lexicon(locale).words.get("joined"):  # the verb ends the sentence: 10 % auf Tee sichern
        behind = behind[:1]
    verbs = lexicon(locale).listed("verbs")
    if item.kind is Kind.MONEY and behind[:1] and behind[0].removesuffix("s") in verbs:
        behind = behind[1:]  # two dollars buys a hot shower
    allowed = [*terms, *product, *lexicon(locale).listed("purchase")]  # 5 % off your order
    return all(among(word, allowed) or word in said.words.times for word in behind)


def has_terms(stated: Item, locale: str) -> bool:
    """Say whether a declared amount stands with words of a meaning of their own."""
    declared = _bare(stated, locale)
    return any(map(declared.words.speaks, declared.tokens))


def _bare(item: Item, locale: str) -> Sentence:
    """Return the sentence around an amount, without the words that only make it one."""
    found = sentence_of(item, locale)
    links = found.words.links - found.words.fors - OF - set(lexicon(locale).listed("on"))
    words = found.words
    kept = {*words.joins, *words.function, *words.times, *links, *OF, *_denials(locale)}
    cues, beginnings = _cues(locale)
    tokens = [
        ""
        if _is_amount(found.tokens, place)
        or (token not in kept and (token in cues or token.startswith(beginnings)))
        else token
        for place, token in enumerate(found.tokens)
    ]
    return replace(found, tokens=tuple(tokens))


def _is_amount(tokens: Sequence[str], place: int) -> bool:
    """Say whether a token is part of another amount: £4 a pot, £2 a cup."""

    def is_sign(token: str) -> bool:
        return token in {"%", "‰", "£", "€", "$", "¥"}

    near = tokens[max(0, place - 1) : place + 2]
    return is_sign(tokens[place]) or (tokens[place][:1].isdigit() and any(map(is_sign, near)))


@lru_cache(maxsize=64)
def _cues(locale: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words that make an amount one, and beginnings of others."""
    known = lexicon(locale)
    listed = [word for label in _CUES for cue in known.listed(label) for word in cue.split()]
    money = [*known.currencies, *known.words["minor"]]
    beginnings = tuple(word[:-1] for word in listed if word.endswith("*") and len(word) > 3)
    return frozenset([*listed, *money]), beginnings


@lru_cache(maxsize=64)
def _denials(locale: str) -> frozenset[str]:
    known = lexicon(locale)
    return frozenset([*known.listed("negative"), *known.listed("without")])


def is_denied(said: Sentence, terms: Sequence[str], locale: str) -> bool:
    """Say whether a term does not count: not only for members, members or not."""
    denials = _denials(locale)
    for place, token in enumerate(said.tokens):
        if not token or not among(token, terms):
            continue
        behind = said.tokens[place + 1 : place + 3]
        if len(behind) == 2 and behind[0] in said.words.joins and behind[1] in denials:
            return True
        before = place - 1
        while before >= 0 and said.tokens[before] not in denials:
            near = said.tokens[before]
            if said.words.speaks(near) or not (near in _BESIDE or near.isalpha()):
                break
            before -= 1
        else:
            if before >= 0:
                return True
    return False


def is_said_of_all(said: Sentence, terms: Sequence[str], locale: str) -> bool:
    """Say whether a sentence speaks of everyone or everything, and not of every member."""
    known = lexicon(locale)
    for place, token in enumerate(said.tokens):
        if token and token in known.listed("everyone"):
            return True
        if not token or token not in known.listed("scope") or _is_elsewhere(said, place):
            continue
        following = next(
            (
                word
                for word in said.tokens[place + 1 :]
                if word not in said.words.function or word in terms
            ),
            "",
        )
        idle = said.tokens[place + 1 : place + 2]
        if idle and idle[0] in known.listed("all_of"):
            continue
        if following in said.words.ordinals:  # every fifth bath
            continue
        if following and said.words.speaks(following):
            if not (among(following, terms) or following in said.words.times):
                return True
        elif not (idle and idle[0] in said.words.function):
            return True
    return False


def _is_elsewhere(said: Sentence, place: int) -> bool:
    """Say whether every stands in another clause, of each of so many: , and every fifth is free."""
    after = said.tokens[place + 1 : place + 2]
    apart = "," in said.tokens[said.at + 1 : place] or "," in said.tokens[place : said.at]
    return apart and bool(after) and after[0] in said.words.ordinals


def _runs(said: Sentence, terms: Sequence[str]) -> Iterator[Given]:
    """Yield the terms that stand together in a sentence."""
    place = 0
    while place < len(said.tokens):
        start = place
        while place < len(said.tokens) and said.tokens[place] and among(said.tokens[place], terms):
            place += 1
        if place > start:
            yield Given(said.tokens[start:place], start, place)
        place += 1


def _is_listed(said: Sentence, run: Given, terms: Sequence[str]) -> bool:
    """Say whether something else stands in a list with terms: members and friends."""
    rest = said.tokens[run.stop :]
    behind = f" {' '.join(rest)} "
    # Spend £30 in store and take £4 off: what stands behind the amount is no part of a list.
    ahead = said if said.at < run.stop else replace(said, tokens=said.tokens[: said.at])
    listed = listed_after(ahead, run, terms) and not _goes_elsewhere(said, rest)
    listed = listed or _is_wider(said, rest, terms)
    if listed or any(f" {word} " in behind for word in said.words.also):
        return True
    place = run.start - 1
    while place >= 0 and (not said.tokens[place] or said.tokens[place] in said.words.function):
        place -= 1
    if place < 1 or said.tokens[place] not in said.words.joins:
        return False
    if said.at > place > 1 and said.tokens[place - 2 : place] == ("", ","):
        return False  # one for £25, or two for £40
    if said.at < place and not any(map(said.words.speaks, said.tokens[said.at : place])):
        return True  # 10 % off, and members get more
    before = first_spoken(said, said.tokens[place - 1 :: -1])
    return any(not among(word, terms) for word in before)


def _goes_on(said: Sentence, run: Given, terms: Sequence[str]) -> bool:
    """Say whether an and before terms joins them to others: pick your pup up *and* drop it off."""
    before = said.tokens[max(0, run.start - _CLAUSE) : run.start]
    return (
        before[-1:] != ()
        and before[-1] in said.words.joins
        and any(token and among(token, terms) for token in before)
    )


def _is_wider(said: Sentence, rest: Sequence[str], terms: Sequence[str]) -> bool:
    """Say whether what follows terms makes more of them: members/guests, members of the public."""
    spoken = list(first_spoken(said, rest[1:4]))
    if not spoken or among(spoken[0], terms):
        return False
    if rest[0] in OF or rest[0] == "/":
        return True
    # Members, guests: a thing by itself between commas.
    return rest[0] == "," and rest[1] == spoken[0] and "".join(rest[2:3]) in _CLOSES


def _goes_elsewhere(said: Sentence, rest: Sequence[str]) -> bool:
    """Say whether an and begins another part of a sentence: , and into the snow; and get £5."""
    if rest[:1] and rest[0] in said.words.joins and "".join(rest[1:2]) in _GETS:
        return True
    after = rest[2] if len(rest) > 2 else ""
    joined = rest[:1] == (",",) and rest[1] in said.words.joins
    return joined and after in said.words.links and after not in said.words.fors | OF


def _is_idle(token: str, words: Words) -> bool:
    return token in words.function or token in words.fors | OF or token in _BESIDE


def _behind(said: Sentence) -> list[str]:
    """Return the words right behind an amount: 10 % off *green tea*."""
    place, words = said.at + 1, said.words
    found: list[str] = []
    while place < len(said.tokens):
        token = said.tokens[place]
        if words.speaks(token):
            found.append(token)
        elif found or token in _PRONOUNS or not _is_idle(token, words):
            break
        place += 1
    return found
