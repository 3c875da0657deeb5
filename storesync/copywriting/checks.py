"""What a draft is held against, in the order it runs. Copy is wrong until all of it finds nothing.

Each check takes texts by variable and returns what is wrong, in words for a person and for the
next attempt. These need no model, and pass nothing for being likely.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from storesync.copywriting.facts.check import check as check_facts
from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.scene import Sample, Scene
from storesync.copywriting.walk import Check
from storesync.diagnostics import printable
from storesync.model.slot import slots_in, strange_in
from storesync.plugins.copywriter import Brief
from storesync.render.slots import SlotError, fill
from storesync.source.prescan import describe, refused

# No copy is longer, and what is cannot be checked in seconds.
_MOST_CHARACTERS = 5_000
# So many words of the instructions in a row are no chance.
_RUN = 6
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|\]\(|\*\*|^#+ |^[-*] |`", re.MULTILINE)
_WORD = re.compile(r"\w+")
# Fractions, superscripts and enclosed figures that NFKC leaves, and the percent signs.
_NUMERIC = re.compile(
    "[\u00bc-\u00be\u2150-\u218b\u2460-\u249b\u24ea-\u24ff\u2776-\u2793%\u066a\u2030]"
)

Texts = Mapping[str, Sequence[str]]


def own_checks(
    scene: Scene, brief: Brief, instructions: str, statements: Sequence[str] = ()
) -> dict[str, Check]:
    """Return the checks that need nothing but the scene, by the name that provenance gives them.

    `statements` are declared phrases: a figure may stand in one of them, word for word.
    """
    return {
        "shape": lambda texts: list(_shape(texts, brief)),
        "slots": lambda texts: list(_slots(texts, scene)),
        "figures": lambda texts: list(_figures(texts, statements)),
        "leak": lambda texts: list(_leak(texts, brief, instructions)),
        "length": lambda texts: list(_length(texts, scene)),
    }


def fact_check(scene: Scene, facts_of: Callable[[Sample], Facts]) -> Check:
    """Return the check that everything stated, slots filled, traces to a fact at every sample."""
    # A location may be there twice: with its own values, and after these have ended.
    known = [(item.context, facts_of(item)) for item in scene.samples]

    def check(texts: Texts) -> list[str]:
        found: dict[tuple[str, str, str], str] = {}
        for name, text in _each(texts):
            for context, facts in known:
                locale = str(context["locale"])
                for finding in check_facts(fill(text, context, locale), locale, facts):
                    # Said once, by the facts of the first place where it is wrong.
                    key = (name, finding.kind, finding.text)
                    found.setdefault(key, f"{name}: {printable(finding.message)}")
        return list(found.values())

    return check


def _each(texts: Texts) -> Iterator[tuple[str, str]]:
    for name, options in texts.items():
        for text in options:
            yield name, text


def _shape(texts: Texts, brief: Brief) -> Iterator[str]:
    """Find what is no plain line of words."""
    wanted = [item.name for item in brief.fields]
    if list(texts) != wanted:
        yield f"the texts are {', '.join(texts)} instead of {', '.join(wanted)}"
    for name, options in texts.items():
        if len({_plain(text) for text in options}) < brief.variants:
            yield f"{name}: two of the texts are the same"
    for name, text in _each(texts):
        for what in _odd_in(text):
            yield f"{name} {what}"


def _odd_in(text: str) -> Iterator[str]:
    if len(text) > _MOST_CHARACTERS:
        yield f"has {len(text):,} characters"
    elif not text.strip():
        yield "is empty"
    elif text != text.strip():
        yield "begins or ends with blanks"
    if hidden := refused(text):
        yield f"holds {describe(hidden[0][0])}"
    elif any(unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} for char in text):
        yield "holds a line end or an invisible character"
    if found := _MARKUP.search(text):
        yield f'holds markup: "{printable(found[0], limit=40)}"'


def _slots(texts: Texts, scene: Scene) -> Iterator[str]:
    known = {slot.name for slot in scene.slots}
    for name, text in _each(texts):
        if strange := strange_in(text):
            yield f'{name}: "{printable(strange, limit=40)}" is no slot'
        for slot in slots_in(text):
            if slot.name not in known:
                can = ", ".join(sorted(known)) or "none"
                yield f"{name}: there is no slot {printable(slot.name)} here; there are {can}"


def _figures(texts: Texts, statements: Sequence[str]) -> Iterator[str]:
    """Find figures that are written out: they would be the same at ten thousand locations.

    Whether a figure is right, and number words, are the fact check's.
    """
    declared = sorted((_plain(text) for text in statements), key=len, reverse=True)
    for name, text in _each(texts):
        left = _plain("".join(_between_slots(text)))
        for phrase in declared:
            left = left.replace(phrase, " ")
        figure = re.search(r"\S*\d\S*", left) or _NUMERIC.search(left)
        if figure:
            shown = printable(figure[0], limit=40)
            yield f'{name}: the figure "{shown}" is written out; it comes in through a slot'


def _between_slots(text: str) -> Iterator[str]:
    at = 0
    for slot in slots_in(text):
        yield text[at : slot.start]
        yield " "
        at = slot.end
    yield text[at:]


def _leak(texts: Texts, brief: Brief, instructions: str) -> Iterator[str]:
    """Find what repeats the instructions: then the model did something else than it was told."""
    told = _runs(instructions)
    for name, text in _each(texts):
        canary = brief.canary and _plain(brief.canary) in _plain(text)
        if canary or told.intersection(_runs(text)):
            yield f"{name} repeats the instructions of the prompt"


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(_plain(text))
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if unicodedata.category(char) != "Cf")


def _length(texts: Texts, scene: Scene) -> Iterator[str]:
    """Find what is too long or short at the samples, the longest names among them."""
    for name, text in _each(texts):
        variable = scene.variables[name]
        for item in scene.samples:
            try:
                filled = fill(text, item.context, str(item.context["locale"]))
            except SlotError as error:
                yield f"{name}: {printable(error.message)}"
                break
            if variable.maxLength is not None and len(filled) > variable.maxLength:
                yield (
                    f"{name} has {len(filled)} characters with its slots filled;"
                    f" at most {variable.maxLength} fit"
                )
                break
            if variable.minLength is not None and len(filled) < variable.minLength:
                yield f"{name} has {len(filled)} characters; at least {variable.minLength} are due"
                break
