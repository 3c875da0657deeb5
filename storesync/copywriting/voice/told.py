"""A brand's rules of style in words, for whoever is to write by them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from storesync.copywriting.voice.check import applies
from storesync.copywriting.voice.hit import Passage
from storesync.model.voice import (
    Capitalization,
    Capitals,
    Conditional,
    Existence,
    Occurrence,
    Readability,
    Repetition,
    Rule,
    Substitution,
)

_CAPITALS = {
    Capitals.SENTENCE: "capitals as in a sentence: at its beginning and in names",
    Capitals.TITLE: "capitals as in a title",
    Capitals.LOWER: "small letters only",
    Capitals.UPPER: "capital letters only",
}


def told(
    rules: Mapping[str, Rule], channel: str, locale: str, variables: Collection[str]
) -> Iterator[str]:
    """Yield the rules that are for any of `variables` on a channel in a language, one text each."""
    for rule in rules.values():
        names = [
            name
            for name in variables
            if applies(rule, Passage("", locale, name, frozenset({channel})))
        ]
        words = _words(rule, locale) if names else ""
        if words:
            where = "" if len(names) == len(variables) else f"in {', '.join(names)}: "
            spared = f"; all right: {', '.join(rule.exceptions)}" if rule.exceptions else ""
            yield f"{where}{words}{spared}"


def _words(rule: Rule, locale: str) -> str:
    """Return what a rule asks for, "" where it asks for nothing in a language."""
    match rule:
        case Existence():
            said = f"never say {', '.join(rule.tokens)}"
        case Substitution():
            said = f"say {'; '.join(map(_swap, rule.swap.items()))}"
        case Occurrence():
            said = _occurrence(rule)
        case Capitalization():
            most = f"at most {rule.max}" if rule.max else "no"
            said = _CAPITALS.get(rule.match) or f"{most} words in capitals alone"
        case Conditional():
            said = f'where "{rule.first}" is said, say "{rule.second}", too'
        case Readability():
            said = _readability(rule, locale)
        case Repetition():
            said = "no word twice in a row"
    return said


def _swap(pair: tuple[str, str]) -> str:
    word, better = pair
    return f"{better.replace('|', ' or ')}, not {word}"


def _occurrence(rule: Occurrence) -> str:
    what = f'"{rule.token}"' if rule.token.strip("*") else "words"
    bounds = (("at least", rule.min), ("at most", rule.max))
    said = " and ".join(f"{which} {count}" for which, count in bounds if count is not None)
    said = "no" if rule.max == 0 else said
    return f"{said} {what} in a {rule.scope.value}"


def _readability(rule: Readability, locale: str) -> str:
    english = locale.partition("-")[0] == "en"
    most, name = (rule.grade, "Flesch-Kincaid grade") if english else (rule.lix, "LIX")
    return "" if most is None else f"short words and sentences: {name} {most} at most"
