"""Whether a price of a declared phrase is told in other words: *delivery* £6, we bring it for £6.

What limits the phrase has to be told as it is: its numbers with what they count, and for whom it
is. The other words may be verbs of the nouns that they are, taken apart (*wir lagern sie ein* under
Einlagerung). Or none of them is told: then a number of the phrase is, we are the ones who do it,
and the product is not spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from storesync.copywriting.facts.language.given import OF, Sentence, among
from storesync.copywriting.facts.language.lexicon import lexicon

_PART = 2  # letters


def is_retold(said: Sentence, lead: Sequence[str], declared: Sentence, locale: str) -> bool:
    """Say whether a sentence, with the one before it, tells in other words what a phrase says."""
    tokens = (*said.tokens, *lead)
    limits = list(_limits(declared))
    if not all(_is_told(word, tokens, locale) for word in limits):
        return False
    rest = [word for word in declared.tokens if declared.words.speaks(word)]
    rest = [word for word in rest if word not in limits and word not in _beyond(declared)]
    return all(_is_told(word, tokens, locale) for word in rest)


def _limits(declared: Sentence) -> Iterator[str]:
    """Yield the numbers of a phrase with what they count, and the words for whom it is."""
    words, tokens = declared.words, declared.tokens
    whom = next((at for at, token in enumerate(tokens) if token in words.fors), len(tokens))
    for place, token in enumerate(tokens):
        counted = place and tokens[place - 1].isdigit()
        if token.isdigit() or (words.speaks(token) and (counted or place > whom)):
            yield token


def _beyond(declared: Sentence) -> set[str]:
    """Return what only says from where something is counted: ten miles *of the shop*."""
    tokens = declared.tokens
    for place, token in enumerate(tokens):
        if token in OF and place > 1 and tokens[place - 2].isdigit():
            return set(tokens[place:])
    return set()


def _is_told(word: str, tokens: Sequence[str], locale: str) -> bool:
    """Say whether some tokens have a form of a word, its verb, or its parts: pick it up."""
    units = lexicon(locale).units
    if among(word, tokens) or (word in units and any(units.get(t) == units[word] for t in tokens)):
        return True
    kin = lexicon(locale).words["kin"]
    if any(among(word, [one]) and _is_kin(kin[one], tokens, kin) for one in kin):
        return True
    for cut in range(_PART, len(word) - 1):
        if word[:cut] in tokens and len(word) - cut >= _PART and among(word[cut:], tokens):
            return True
    return False


def _is_kin(service: str, tokens: Sequence[str], kin: Mapping[str, str]) -> bool:
    """Say whether some tokens tell a service in one of its words: *bring* is delivery."""
    return any(kin[one] == service and among(one, tokens) for one in kin)
