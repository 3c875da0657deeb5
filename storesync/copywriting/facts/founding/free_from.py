"""What a thing is free of: fragrance-free, sin lactosa, which a declared phrase may say of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.finding import Kind
from storesync.copywriting.facts.founding.masks import words_of_name
from storesync.copywriting.facts.item import Item
from storesync.copywriting.facts.language.given import among, words_of
from storesync.copywriting.facts.language.lexicon import lexicon

_FREE = re.compile(r"(?:\w-free|\w free|frei(?:e[nmrs]?)?)\Z|\A(?:sans|sin|ohne)\b")
_OF_WHAT = re.compile(r"(\w+)-\Z")
_REACH, _FAR = 40, 300  # characters, so that time stays linear
_ENDS = re.compile(r"[.!?\n]")


def is_free_from(item: Item, low: str, facts: Facts) -> bool:
    """Say whether a text, `low`, says that a thing is without something, as a phrase does."""
    said = _property(item, low)
    if not said:
        return False
    wanted = words_of_name(said, facts.locale)
    sentence = words_of_name(_sentence(low, item), facts.locale)
    words, scope = words_of(facts.locale), lexicon(facts.locale).listed("scope")
    if not words.negative.isdisjoint(sentence) or any(word in scope for word in sentence):
        return False
    return any(
        _is_said_so(wanted, sentence, words_of_name(phrase, facts.locale), facts.locale)
        for phrase in (*facts.statements, *facts.claims)
    )


def _property(item: Item, low: str) -> str:
    """Return the words for what a thing is free of, or nothing: fragrance-free."""
    if item.kind is Kind.CLAIM and _FREE.search(low[item.start : item.end]):
        return low[item.start : item.end]
    free = item.kind is Kind.OFFER and low[item.start : item.end] == "free"
    before = _OF_WHAT.search(low[max(0, item.start - _REACH) : item.start]) if free else None
    return f"{before[1]}-free" if before else ""


def _sentence(low: str, item: Item) -> str:
    """Return the sentence around an item; a question belongs to its answer."""
    first = max(0, item.start - _FAR)
    begins = max(low.rfind(stop, first, item.start) for stop in ".!\n") + 1 or first
    ends = _ENDS.search(low, item.end, item.end + _FAR)
    return re.sub(r"[^\w\s'-]", " ", low[begins : ends.start() if ends else item.end + _FAR])


def _is_said_so(wanted: list[str], sentence: list[str], phrase: list[str], locale: str) -> bool:
    """Say whether a phrase has a property, and a sentence says it of the same things.

    The thing stands beside the property, and the numbers of the phrase say of how many.
    """
    known, words = lexicon(locale), words_of(locale)
    size = len(wanted)
    for place in range(len(phrase) - size + 1):
        if not all(map(lambda one, other: among(one, [other]), wanted, phrase[place:])):
            continue
        before = [one for one in phrase[:place] if words.speaks(one)]
        after = [
            one for one in _until_link(phrase[place + size :], words.links) if words.speaks(one)
        ]
        things = (before[-1:] if words.thing_first else after[:1]) or before[-1:] or after[:1]
        if not all(among(one, sentence) for one in things):
            continue
        values = [_value(one, known.numbers) for one in phrase]
        told = {_value(one, known.numbers) for one in sentence}
        if all(value in told for value in values if value):
            return True
    return False


def _until_link(tokens: list[str], links: frozenset[str]) -> list[str]:
    end = next((at for at, one in enumerate(tokens) if one in links), len(tokens))
    return tokens[:end]


def _value(word: str, numbers: Mapping[str, int]) -> int:
    """Return the number that a word is, but for one, which is an article, too."""
    value = int(word) if word.isdigit() else numbers.get(word, 0)
    return value if value > 1 else 0
