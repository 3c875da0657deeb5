"""Texts against a brand's rules of style; no model, and the same answer every time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from storesync.catalog.catalog import Brand
from storesync.copywriting.voice.hit import Found, Hit, Passage
from storesync.copywriting.voice.phrase import compiled
from storesync.copywriting.voice.reading import WORD, Reading, read
from storesync.copywriting.voice.shapes import find
from storesync.diagnostics import Severity, printable
from storesync.model.brand import AVOID
from storesync.model.voice import (
    Conditional,
    Existence,
    Repetition,
    Rule,
    Substitution,
    Voice,
)

# A rule is not told of more often than this in one text.
_MOST = 20


def rules_of(voice: Voice | None) -> Mapping[str, Rule]:
    """Return a brand's rules by id. Words to avoid are one of them, and an error in any language.

    "Never" is what the field says; a rule of the same id says it otherwise.
    """
    if voice is None:
        return {}
    if not voice.avoid:
        return voice.rules
    avoid = Existence(extends="existence", tokens=voice.avoid, severity=Severity.ERROR)
    return {AVOID: avoid, **voice.rules}


def names_of(brand: Brand) -> list[str]:
    """Return a brand's name and those of its products: their capitals are their own."""
    if brand.file is None:
        return []
    names = [brand.file.name]
    for name in brand.file.products.values():
        names += [name] if isinstance(name, str) else name.values()
    return names


def check(
    passages: Sequence[Passage], rules: Mapping[str, Rule], names: Iterable[str] = ()
) -> list[Hit]:
    """Return what rules find in the texts of one file, in the order of texts and places.

    `names` are those of the brand, its products and the like: their capitals are their own.
    """
    spared = frozenset(word for name in names for word in WORD.findall(name.casefold()))
    readings = [read(passage.text) for passage in passages]
    said = _Said(passages, readings)
    hits: list[Hit] = []
    for passage, reading in zip(passages, readings, strict=True):
        for name, rule in rules.items():
            if not applies(rule, passage):
                continue
            if isinstance(rule, Conditional):
                is_said = _language(passage.locale) in said.languages(rule)
                found = () if is_said else _conditional(rule, reading.shown)
            else:
                found = find(rule, reading.shown, passage.locale, spared)
            hits += _hits(name, rule, passage, reading, found)
    return hits


def applies(rule: Rule, passage: Passage) -> bool:
    """Say whether a rule is for a passage: its language, channels, variable and kind of text.

    Words that are no whole text, such as "until", are only looked at for what they hold.
    """
    if rule.locales and not any(_speaks(passage.locale, wanted) for wanted in rule.locales):
        return False
    if rule.channels and passage.channels and passage.channels.isdisjoint(rule.channels):
        return False
    if rule.variables and passage.variable not in rule.variables:
        return False
    return passage.is_whole or isinstance(rule, Existence | Substitution | Repetition)


def _speaks(locale: str, wanted: str) -> bool:
    """Say whether a text in a language may be read in another: en in en-GB, en-GB in en."""
    return f"{locale}-".startswith(f"{wanted}-") or f"{wanted}-".startswith(f"{locale}-")


class _Said:
    """Knows in which languages something is said in the texts of a file."""

    def __init__(self, passages: Sequence[Passage], readings: Sequence[Reading]) -> None:
        self._texts = [
            (_language(passage.locale), reading.shown)
            for passage, reading in zip(passages, readings, strict=True)
        ]
        self._known: dict[int, frozenset[str]] = {}

    def languages(self, rule: Conditional) -> frozenset[str]:
        """Return the languages in which what a rule asks for is said."""
        if id(rule) not in self._known:
            second = compiled([rule.second], ignorecase=rule.ignorecase)
            self._known[id(rule)] = frozenset(
                language for language, shown in self._texts if second.search(shown)
            )
        return self._known[id(rule)]


def _language(locale: str) -> str:
    return locale.partition("-")[0]


def _conditional(rule: Conditional, shown: str) -> Iterator[Found]:
    for first in compiled([rule.first], ignorecase=rule.ignorecase).finditer(shown):
        message = f'"{first[0]}" is said, and "{rule.second}" is not'
        yield Found(first.start(), first.end(), message, f'say "{rule.second}" as well')


def _hits(
    name: str, rule: Rule, passage: Passage, reading: Reading, found: Iterable[Found]
) -> Iterator[Hit]:
    spared = _exceptions(rule, reading.shown)
    most = 1 if isinstance(rule, Conditional) else _MOST
    count = 0
    for item in found:
        place = bisect_right(spared, (item.start, len(reading.shown))) - 1
        if place >= 0 and item.end <= spared[place][1]:
            continue
        count += 1
        if count > most:
            return
        start, end = reading.span(item.start, item.end)
        message = _said(rule, item, reading.shown)
        yield Hit(name, rule.severity, passage, start, end, message, item.hint, item.fix)


def _exceptions(rule: Rule, shown: str) -> list[tuple[int, int]]:
    if not rule.exceptions:
        return []
    every = compiled(rule.exceptions, ignorecase=rule.ignorecase)
    return [(mark.start(), mark.end()) for mark in every.finditer(shown)]


def _said(rule: Rule, item: Found, shown: str) -> str:
    if rule.message is None:
        return printable(item.message)
    words = [shown[item.start : item.end]]
    if isinstance(rule, Substitution):  # as Vale has it: what to write, then what was found
        words.insert(0, item.fix if item.fix is not None else item.hint.removeprefix("write "))
    first, *rest = rule.message.split("%s")
    for index, part in enumerate(rest):
        first += words[min(index, len(words) - 1)] + part
    return printable(first)
