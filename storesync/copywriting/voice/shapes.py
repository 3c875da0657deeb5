"""What each shape of rule finds in one text; `conditional`, which looks at several, is apart."""

from __future__ import annotations

from collections.abc import Collection, Iterator

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
        yield from _repetition(shown)
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
    """Return a word with a capital where the one that it is written for has one."""
    return better[:1].upper() + better[1:] if found[:1].isupper() else better


def _occurrence(rule: Occurrence, shown: str) -> Iterator[Found]:
    every = compiled([rule.token], ignorecase=rule.ignorecase)
    where = rule.scope.value
    for start, end in stretches(shown, rule.scope):
        marks = list(every.finditer(shown, start, end))
        what = f'times "{rule.token}"' if rule.token.strip("*") else "words"
        if rule.max is not None and len(marks) > rule.max:
            message = f"{len(marks)} {what} in a {where}: at most {rule.max}"
            first = marks[rule.max]
            yield Found(first.start(), first.end(), message, "take some out, or make it shorter")
        if rule.min is not None and len(marks) < rule.min:
            message = f"{len(marks)} {what} in a {where}: at least {rule.min}"
            yield Found(start, end, message, "say it")


def _repetition(shown: str) -> Iterator[Found]:
    before = None
    for word in WORD.finditer(shown):
        if (
            before is not None
            and before[0].casefold() == word[0].casefold()
            and not word[0].isdigit()
            and shown[before.end() : word.start()].isspace()
        ):
            message = f'"{before[0]} {word[0]}": a word twice in a row'
            fix = before[0]
            yield Found(before.start(), word.end(), message, f'write "{fix}" once', fix)
        before = word


def _readability(rule: Readability, shown: str, locale: str) -> Iterator[Found]:
    english = locale.partition("-")[0] == "en"
    most = rule.grade if english else rule.lix
    if most is None:
        return
    measured = grade_of(shown) if english else lix_of(shown)
    if measured.words >= rule.min_words and measured.value > most:
        message = f"hard to read: {measured.name} {measured.value}, at most {most}"
        yield Found(0, len(shown), message, "use shorter sentences and words")
