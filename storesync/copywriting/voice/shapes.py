"""What each shape of rule finds in one text; `conditional`, which looks at several, is apart."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from storesync.copywriting.voice.capitals import check_capitals
from storesync.copywriting.voice.hit import Found
from storesync.copywriting.voice.measure import grade_of, lix_of
from storesync.copywriting.voice.phrase import compiled
from storesync.copywriting.voice.reading import WORD, stretches
from storesync.model.voice import (
    Capitalization,
    Existence,
    Occurrence,
    Readability,
    Repetition,
    Rule,
    Substitution,
)

# Words that grammar puts behind themselves: "vous vous offrez", "die die Nacht lieben".
_RIGHT_TWICE: Mapping[str, frozenset[str]] = {
    "de": frozenset({"das", "der", "die", "sie"}),
    "en": frozenset({"had", "that"}),
    "fr": frozenset({"nous", "vous"}),
}
# Languages that write no blanks between words: there are none to be counted.
_WITHOUT_BLANKS = frozenset({"ja", "km", "lo", "my", "th", "yue", "zh"})
_TIMES = {2: "twice", 3: "three times"}


def find(rule: Rule, shown: str, locale: str, names: Collection[str]) -> Iterator[Found]:
    """Yield what a rule finds in a text as it is read, exceptions not yet set aside.

    `names` are words, case folded, whose capitals are their own.
    """
    if isinstance(rule, Existence):
        yield from _existence(rule, shown)
    elif isinstance(rule, Substitution):
        yield from _substitution(rule, shown)
    elif isinstance(rule, Occurrence):
        yield from _occurrence(rule, shown)
    elif isinstance(rule, Capitalization):
        spared = {word for phrase in rule.exceptions for word in phrase.casefold().split()}
        yield from check_capitals(rule, shown, locale, spared | set(names))
    elif isinstance(rule, Repetition):
        yield from _repetition(shown, locale)
    elif isinstance(rule, Readability):
        yield from _readability(rule, shown, locale)


def _existence(rule: Existence, shown: str) -> Iterator[Found]:
    for mark in compiled(rule.tokens, ignorecase=rule.ignorecase).finditer(shown):
        yield Found(mark.start(), mark.end(), f'avoid "{mark[0]}"', "write it in other words")


def _substitution(rule: Substitution, shown: str) -> Iterator[Found]:
    every = compiled(rule.swap, ignorecase=rule.ignorecase)
    for mark in every.finditer(shown):
        said = next(
            better
            for phrase, better in rule.swap.items()
            if compiled([phrase], ignorecase=rule.ignorecase).fullmatch(mark[0])
        )
        choices = [_as_written(choice.strip(), mark[0]) for choice in said.split("|")]
        if mark[0] in choices:
            continue
        hint = "write " + " or ".join(f'"{choice}"' for choice in choices)
        message = f'{hint}, not "{mark[0]}"'
        fix = choices[0] if len(choices) == 1 else None
        yield Found(mark.start(), mark.end(), message, hint, fix)


def _as_written(better: str, found: str) -> str:
    """Return a word with capitals where the one that it is written for has them.

    One with capitals of its own, such as iPhone, stays as the rule has it.
    """
    if not better.islower() or not found[:1].isupper():
        return better
    if len(found) > 1 and found.isupper():
        return better.upper()
    return better[:1].upper() + better[1:]


def _occurrence(rule: Occurrence, shown: str) -> Iterator[Found]:
    is_any_word = not rule.token.strip("*")
    every = WORD if is_any_word else compiled([rule.token], ignorecase=rule.ignorecase)
    where = rule.scope.value
    for start, end in stretches(shown, rule.scope):
        marks = list(every.finditer(shown, start, end))
        what = "word" if is_any_word else "time"
        what += "" if len(marks) == 1 else "s"
        what += "" if is_any_word else f' "{rule.token}"'
        if rule.max is not None and len(marks) > rule.max:
            message = f"{len(marks)} {what} in a {where}: at most {rule.max}"
            first = marks[rule.max]
            yield Found(first.start(), first.end(), message, "take some out, or make it shorter")
        if rule.min is not None and len(marks) < rule.min:
            message = f"{len(marks)} {what} in a {where}: at least {rule.min}"
            yield Found(start, end, message, "say it")


def _repetition(shown: str, locale: str) -> Iterator[Found]:
    spared = _RIGHT_TWICE.get(locale.partition("-")[0], frozenset())
    for row in _rows(shown):
        first, last = row[0], row[-1]
        if len(row) > 1 and not first[0].isdigit() and first[0].casefold() not in spared:
            message = f'"{first[0]} {row[1][0]}": a word {_TIMES.get(len(row), "often")} in a row'
            yield Found(first.start(), last.end(), message, f'write "{first[0]}" once', first[0])


def _rows(shown: str) -> Iterator[list[re.Match[str]]]:
    """Yield words, those that stand behind each other and are the same together."""
    row: list[re.Match[str]] = []
    for word in WORD.finditer(shown):
        if row and not (
            row[-1][0].casefold() == word[0].casefold()
            and shown[row[-1].end() : word.start()].isspace()
        ):
            yield row
            row = []
        row.append(word)
    if row:
        yield row


def _readability(rule: Readability, shown: str, locale: str) -> Iterator[Found]:
    language = locale.partition("-")[0]
    english = language == "en"
    most = rule.grade if english else rule.lix
    if most is None or language in _WITHOUT_BLANKS:
        return
    measured = grade_of(shown) if english else lix_of(shown)
    if measured.words >= rule.min_words and measured.value > most:
        message = f"hard to read: {measured.name} {measured.value}, at most {most}"
        yield Found(0, len(shown), message, "use shorter sentences and words")
