"""Whether a text takes a term of a gift back: no purchase needed, for guests and friends, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from storesync.copywriting.facts.founding.gifts import Term, parts
from storesync.copywriting.facts.founding.offers import sentence_of
from storesync.copywriting.facts.founding.terms import is_denied, is_said_of_all
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import GIVEN, Sentence, among, tells_a_deed
from storesync.copywriting.facts.language.lexicon import lexicon
from storesync.copywriting.facts.reading.around import Around

_FEW = 2  # words


def is_waived(item: Item, stated: Item, locale: str, product: Sequence[str]) -> bool:
    """Say whether a text takes a term of a gift back: no purchase needed, à chaque séance."""
    if item.value not in GIVEN:
        return False
    said, declared = sentence_of(item, locale), sentence_of(stated, locale)
    gift, terms = parts(declared, locale)
    words = [word for term in terms for word in term.words]
    if not words:
        return False
    who = any(term.link in said.words.fors for term in terms)
    return (
        _is_taken_back(item, said, declared, locale)
        or _is_swapped(said, terms, (*words, *product), gift, locale)
        or _is_needless(said, words, locale)
        or (is_denied(said, words, locale) and not is_denied(declared, words, locale))
        or _is_said_of_each(said, declared, words)
        or _is_for_others(said, words, locale)
        or (
            who
            and is_said_of_all(said, words, locale)
            and not is_said_of_all(declared, words, locale)
        )
    )


def _is_swapped(
    said: Sentence, terms: Sequence[Term], known: Sequence[str], gift: Sequence[str], locale: str
) -> bool:
    """Say whether a sentence has another thing in the place of a term: with every cat harness."""
    words, links = said.words, {term.link for term in terms}
    idle = {*lexicon(locale).currencies, *lexicon(locale).listed("full")}
    bought = {(one,) for one in lexicon(locale).listed("purchase") if not among(one, known)}
    for place, token in enumerate(said.tokens):
        if token not in links and token not in words.each:
            continue
        behind = place + 1
        while behind < len(said.tokens) and said.tokens[behind] in words.function:
            behind += 1
        group = list[str]()
        while behind < len(said.tokens) and words.speaks(said.tokens[behind]):
            group.append(said.tokens[behind])
            behind += 1
        own = [
            word
            for word in group
            if not (among(word, known) or word in idle)
            and not any(one == word or tells_a_deed(word, one) for one in gift)
        ]
        if token in words.each and said.tokens[place + 1 : place + 2] in bought:
            return True  # with every order
        head = group[:1] if words.thing_first else group[-1:]  # a cat harness for a dog harness
        if own and (token in words.each or (head != own[:1] and head != own[-1:])):
            return True
    return False


def _is_taken_back(item: Item, said: Sentence, declared: Sentence, locale: str) -> bool:
    """Say whether a text has words that no term stands beside: nothing else to buy."""
    known, own = lexicon(locale), _text(declared.tokens)
    around: Around = item.extra
    told = _text((*said.tokens, ".", *said.told, ".", *around.page))
    near = _text(said.tokens)
    return any(
        _begins(one) in text and _begins(one) not in own
        for name, text in (("waivers", near), ("waives", told))
        for one in known.listed(name)
    )


def _begins(pattern: str) -> str:
    return f" {pattern[:-1]}" if pattern.endswith("*") else f" {pattern} "


def _text(tokens: Sequence[str]) -> str:
    """Return tokens as a text to find words in, without apostrophes: d achat."""
    return f" {' '.join(token for token in tokens if token not in {chr(39), '-', ''})} "


def _is_needless(said: Sentence, words: Sequence[str], locale: str) -> bool:
    """Say whether there may be none of a term: no lesson needed."""
    none = {*lexicon(locale).listed("none")} - said.words.negative
    return any(before in none and among(after, words) for before, after in pairwise(said.tokens))


def _is_said_of_each(said: Sentence, declared: Sentence, words: Sequence[str]) -> bool:
    """Say whether every session is said under the first one."""
    first = {
        after
        for before, after in pairwise(declared.tokens)
        if before in declared.words.ordinals and after in words
    }
    return any(
        before in said.words.each and among(after, first) for before, after in pairwise(said.tokens)
    )


def _is_for_others(said: Sentence, words: Sequence[str], locale: str) -> bool:
    """Say whether another thing stands in a list with a term: every tree or shrub."""
    new = lexicon(locale).listed("newcomers")
    for place, token in enumerate(said.tokens[:-1]):
        if token not in said.words.joins or not place or not among(said.tokens[place - 1], words):
            continue
        spoken = list(_until_end(said.tokens[place + 1 :]))
        own = [one for one in spoken if said.words.speaks(one)]
        if said.tokens[place - 1] in new and own and own[0] not in words:  # new and old members
            return True
        if 0 < len(own) == len(spoken) <= _FEW and not any(among(one, words) for one in own):
            return True
    return False


def _until_end(tokens: Sequence[str]) -> Iterator[str]:
    for token in tokens:
        if not token or not token[0].isalnum():
            return
        yield token
