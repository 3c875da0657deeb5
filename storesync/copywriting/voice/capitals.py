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
# Words with so few letters may be small in a title of any other language: de, la, und, van.
_SHORT = 3
# Names that English writes with a capital wherever they stand.
_ENGLISH_NAMES = frozenset(
    {
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
        *("october", "november", "december"),
    }
)
# What may stand before the first word of a sentence: quotes, brackets, Spanish marks.
_OPENING = " \t\n\xa0\u202f\"'\u201c\u201e\u00ab\u00bb\u2018\u201a(\xa1\xbf"
_QUOTES = "\"'\u201c\u201e\u00ab\u00bb\u2018\u201a"
_HYPHENS = "-\u2010"
_AFTER_COLON = re.compile(r":\s+\Z")


def check_capitals(
    rule: Capitalization, shown: str, locale: str, spared: Collection[str]
) -> Iterator[Found]:
    """Yield words whose capitals are not as a rule has them.

    `spared` are words, case folded, that are as they are: names, and the rule's exceptions.
    """
    if rule.match is Capitals.FEW:
        yield from _few(rule, shown, locale, spared)
    elif rule.match is Capitals.SENTENCE:
        yield from _sentences(shown, locale, spared)
    elif rule.match is Capitals.TITLE:
        yield from _title(shown, locale, spared)
    else:
        yield from _all_of_a_kind(shown, spared, upper=rule.match is Capitals.UPPER)


def _few(rule: Capitalization, shown: str, locale: str, spared: Collection[str]) -> Iterator[Found]:
    # With a figure in it, it is a code, a size or a unit: PIE20, 2XL.
    loud = [
        word
        for word in WORD.finditer(shown)
        if len(word[0]) > 1
        and word[0].isupper()
        and word[0].casefold() not in spared
        and not any(char.isdigit() for char in word[0])
    ]
    for word in loud[rule.max :]:
        most = "a word" if not rule.max else f"more than {rule.max} of {len(loud)} words"
        message = f'"{word[0]}": {most} in capitals alone'
        starts = _begins_sentence(shown, word.start())
        fix = word[0].capitalize() if starts else word[0].lower()
        # It may be a noun, or be spelled out letter by letter.
        is_certain = starts or not _has_capital_nouns(locale)
        yield _found(word, message, fix, is_certain=is_certain and len(fix) > _SHORT)


def _sentences(shown: str, locale: str, spared: Collection[str]) -> Iterator[Found]:
    for start, end in stretches(shown, Scope.SENTENCE):
        for index, word in enumerate(WORD.finditer(shown, start, end)):
            if word[0].casefold() in spared or not word[0][0].isalpha():
                continue
            if index:
                yield from _within(shown, start, word, locale)
            # What stands before the first word is filled in, or a number: then nobody can tell.
            elif not shown[start : word.start()].strip(_OPENING) and word[0].islower():
                message = f'"{word[0]}" begins a sentence: with a capital'
                yield _found(word, message, _capital(word[0], locale))


def _within(shown: str, start: int, word: re.Match[str], locale: str) -> Iterator[Found]:
    """Yield a word with a capital within the sentence that begins at `start`."""
    english = locale.partition("-")[0] == "en"
    if (
        _has_capital_nouns(locale)
        or not _is_capitalised(word[0])
        or (english and re.split("['\u2019]", word[0].casefold())[0] in _ENGLISH_NAMES)
        or shown[word.start() - 1] in _QUOTES
        or _AFTER_COLON.search(shown, max(start, word.start() - 3), word.start())
    ):
        return
    message = f'"{word[0]}" stands within a sentence: without a capital'
    small = word[0][0].lower() + word[0][1:]
    hint = f'write "{small}"; if it is a name, add it to the rule\'s exceptions'
    yield Found(word.start(), word.end(), message, hint)


def _has_capital_nouns(locale: str) -> bool:
    return locale.partition("-")[0] in _NOUNS_IN_CAPITALS


def _is_capitalised(word: str) -> bool:
    """Say whether a word has a capital in front alone: not "I", "TV", "T-shirt" or "iPhone"."""
    return (
        len(word) > 1
        and word[0].isupper()
        and word[1:].islower()
        and word[1] not in _HYPHENS
        and word[:2] not in {"I'", "I\u2019"}
    )


def _title(shown: str, locale: str, spared: Collection[str]) -> Iterator[Found]:
    english = locale.partition("-")[0] == "en"
    words = list(WORD.finditer(shown))
    for index, word in enumerate(words):
        inner = 0 < index < len(words) - 1
        if word[0].casefold() in spared or not word[0][0].isalpha():
            continue
        if inner and english and word[0].casefold() in _SMALL:
            if _is_capitalised(word[0]):
                message = f'"{word[0]}" within a title: without a capital'
                yield _found(word, message, word[0].lower())
        elif word[0].islower() and not (inner and not english and len(word[0]) <= _SHORT):
            message = f'"{word[0]}" in a title: with a capital'
            yield _found(word, message, _capital(word[0], locale))


def _all_of_a_kind(shown: str, spared: Collection[str], *, upper: bool) -> Iterator[Found]:
    for word in WORD.finditer(shown):
        wanted = word[0].upper() if upper else word[0].lower()
        if wanted != word[0] and word[0].casefold() not in spared:
            message = f'"{word[0]}": in {"capital" if upper else "small"} letters'
            yield _found(word, message, wanted)


def _capital(word: str, locale: str) -> str:
    """Return a word with a capital in front; in Dutch, ij is one letter."""
    length = 2 if word.startswith("ij") and locale.partition("-")[0] == "nl" else 1
    return word[:length].upper() + word[length:]


def _begins_sentence(shown: str, place: int) -> bool:
    before = shown[max(0, place - 8) : place]
    plain = before.rstrip(_OPENING)
    return not plain or plain[-1] in ".!?\u2026" or "\n" in before[len(plain) :]


def _found(word: re.Match[str], message: str, fix: str, *, is_certain: bool = True) -> Found:
    return Found(word.start(), word.end(), message, f'write "{fix}"', fix if is_certain else None)
