"""Where capitals stand in a text, and where they should: sentences, titles, and shouting."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from storesync.copywriting.voice.hit import Found
from storesync.copywriting.voice.reading import WORD, stretches
from storesync.model.voice import Capitalization, Capitals, Scope

# Languages in which every noun has a capital: within a sentence nobody can tell.
_NOUNS_IN_CAPITALS = frozenset({"de", "lb"})
# Words that stay small within a title (The Associated Press Stylebook, "composition titles").
_SMALL = frozenset(
    {
        *("a", "an", "and", "as", "at", "but", "by", "for", "if", "in", "nor", "of", "off", "on"),
        *("or", "per", "so", "the", "to", "up", "via", "yet"),
    }
)
# What may stand before the first word of a sentence: quotes, brackets, Spanish marks.
_OPENING = " \t\n\"'\u201c\u201e\u00ab\u2018(\xa1\xbf"
_AFTER_COLON = re.compile(r":\s+\Z")


def check_capitals(
    rule: Capitalization, shown: str, locale: str, spared: Collection[str]
) -> Iterator[Found]:
    """Yield words whose capitals are not as a rule has them.

    `spared` are words, case folded, that are as they are: names, and the rule's exceptions.
    """
    if rule.match is Capitals.FEW:
        yield from _few(rule, shown, spared)
    elif rule.match is Capitals.SENTENCE:
        yield from _sentences(shown, locale, spared)
    elif rule.match is Capitals.TITLE:
        yield from _title(shown, spared)
    else:
        yield from _all_of_a_kind(shown, spared, upper=rule.match is Capitals.UPPER)


def _few(rule: Capitalization, shown: str, spared: Collection[str]) -> Iterator[Found]:
    loud = [
        word
        for word in WORD.finditer(shown)
        if len(word[0]) > 1 and word[0].isupper() and word[0].casefold() not in spared
    ]
    for word in loud[rule.max :]:
        most = "a word" if not rule.max else f"more than {rule.max} of {len(loud)} words"
        message = f'"{word[0]}": {most} in capitals alone'
        starts = _begins_sentence(shown, word.start())
        yield _found(word, message, word[0].capitalize() if starts else word[0].lower())


def _sentences(shown: str, locale: str, spared: Collection[str]) -> Iterator[Found]:
    nouns = locale.partition("-")[0] in _NOUNS_IN_CAPITALS
    for start, end in stretches(shown, Scope.SENTENCE):
        for index, word in enumerate(WORD.finditer(shown, start, end)):
            first = word[0][0]
            if word[0].casefold() in spared or not first.isalpha():
                continue
            # What stands before the first word is filled in, or a number: then nobody can tell.
            if index == 0 and shown[start : word.start()].strip(
                "\"'\u201c\u201e\u00ab\u2018( \t\n\xa1\xbf"
            ):
                continue
            if index == 0 and first.islower():
                message = f'"{word[0]}" begins a sentence: with a capital'
                yield _found(word, message, first.upper() + word[0][1:])
            elif (
                index
                and not nouns
                and _is_capitalised(word[0])
                and not _AFTER_COLON.search(shown, max(start, word.start() - 3), word.start())
            ):
                message = f'"{word[0]}" stands within a sentence: without a capital'
                yield _found(word, message, first.lower() + word[0][1:])


def _is_capitalised(word: str) -> bool:
    """Say whether a word has a capital in front alone: not "I", "TV" or "iPhone"."""
    return (
        len(word) > 1
        and word[0].isupper()
        and word[1:].islower()
        and word[:2] not in {"I'", "I\u2019"}
    )


def _title(shown: str, spared: Collection[str]) -> Iterator[Found]:
    words = list(WORD.finditer(shown))
    for index, word in enumerate(words):
        inner = 0 < index < len(words) - 1
        first = word[0][0]
        if word[0].casefold() in spared or not first.isalpha():
            continue
        if inner and word[0].casefold() in _SMALL:
            if _is_capitalised(word[0]):
                message = f'"{word[0]}" within a title: without a capital'
                yield _found(word, message, word[0].lower())
        elif first.islower() and word[0].islower():
            message = f'"{word[0]}" in a title: with a capital'
            yield _found(word, message, first.upper() + word[0][1:])


def _all_of_a_kind(shown: str, spared: Collection[str], *, upper: bool) -> Iterator[Found]:
    for word in WORD.finditer(shown):
        wanted = word[0].upper() if upper else word[0].lower()
        if wanted != word[0] and word[0].casefold() not in spared:
            message = f'"{word[0]}": in {"capital" if upper else "small"} letters'
            yield _found(word, message, wanted)


def _begins_sentence(shown: str, place: int) -> bool:
    before = shown[max(0, place - 8) : place].rstrip(" \"'\u201c\u201e\u00ab")
    return not before or before[-1] in ".!?\u2026\n"


def _found(word: re.Match[str], message: str, fix: str) -> Found:
    return Found(word.start(), word.end(), message, f'write "{fix}"', fix)
