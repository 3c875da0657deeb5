"""Copy as a layer: which file a placement takes its words from, and what such words may hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from storesync.catalog.catalog import Campaign, Copy
from storesync.diagnostics import did_you_mean, printable
from storesync.model.slot import SLOTS, Form, Slot, slots_in
from storesync.model.template import Variable, VariableType
from storesync.resolve.convert import LONGEST, convert
from storesync.resolve.layers import OFFER_VARIABLES
from storesync.resolve.localise import nearest

# How a template's own variables are written where a slot bears their name; texts are no slots.
_BY_TYPE = {
    VariableType.INTEGER: Form.NUMBER,
    VariableType.NUMBER: Form.NUMBER,
    VariableType.MONEY: Form.MONEY,
    VariableType.DATE: Form.DAY,
}
_PERCENT_UNITS = frozenset({"%", "percent", "per cent"})
_ONE_BRACE = re.compile(r"(?<!\{)\{ *([a-z][a-z0-9_]*) *\}(?!\})")
_PERCENT_SIGNS = frozenset("%‰٪")


class Slotted(NamedTuple):
    """A text with slots, the copy file it stands in, and its bounds once they are filled."""

    text: str
    path: str
    shortest: int
    longest: int


class CopyError(ValueError):
    """What is wrong with a text of a copy file, by a rule's id."""

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.hint = hint


def nearest_copy(campaign: Campaign, channel: str, locale: str) -> Copy | None:
    """Return the copy for a channel and language: of fr-CA, of fr, of another fr-…, or none."""
    of_channel = {copy.locale: copy for copy in campaign.copies.values() if copy.channel == channel}
    return nearest(of_channel, locale)


def forms_of(variables: Mapping[str, Variable]) -> dict[str, Form]:
    """Return how a template's own variables are written in slots, by name; texts are none."""
    return {
        name: Form.PERCENT if variable.unit in _PERCENT_UNITS else _BY_TYPE[variable.type]
        for name, variable in variables.items()
        if name not in SLOTS and variable.type in _BY_TYPE
    }


def why_no_copy(name: str, variable: Variable) -> str:
    """Return why copy may not set a variable, "" where it may: words may vary, facts may not."""
    if variable.type is not VariableType.STRING:
        return f"is of type {variable.type.value}"
    if name in OFFER_VARIABLES:
        return "is part of the offer"
    return "is a fact, by its template" if variable.fact else ""


def read_copy(variable: Variable, text: str, path: str, forms: Mapping[str, Form]) -> str | Slotted:
    """Return a text of a copy file as far as it can be checked before its slots are filled.

    `forms` are those of the template's own variables. Raises CopyError, or ValueError as
    `convert` does.
    """
    slots = slots_in(text)
    for problem in _problems(text, slots, forms):
        raise problem
    if not slots:
        return str(convert(variable, text))
    if variable.enum is not None or variable.pattern is not None:
        message = "only a text without slots can match what the template asks for"
        raise CopyError("out-of-bounds", message)
    shortest = variable.minLength or 0
    longest = LONGEST if variable.maxLength is None else variable.maxLength
    least = len(text) - sum(slot.end - slot.start - 1 for slot in slots)
    if least > longest:
        message = f"at least {least} characters with its slots filled, at most {longest} fit"
        raise CopyError("out-of-bounds", message)
    return Slotted(text, path, shortest, longest)


def _problems(text: str, slots: list[Slot], forms: Mapping[str, Form]) -> Iterator[CopyError]:
    known = {**{name: kind.form for name, kind in SLOTS.items()}, **forms}
    for slot in slots:
        if slot.name not in known:
            message = f"there is no slot {{{{ {printable(slot.name)} }}}}"
            hint = did_you_mean(slot.name, known) or f"there are {', '.join(sorted(known))}"
            yield CopyError("unknown-slot", message, hint)
        elif _says_sign(text, slot, known[slot.name]):
            message = f"{{{{ {slot.name} }}}} writes its sign itself"
            yield CopyError("repeated-sign", message, "take the sign beside it out")
    for match in _ONE_BRACE.finditer(text):
        if match[1] in known:
            hint = f"write {{{{ {match[1]} }}}}"
            yield CopyError("unknown-slot", f"{match[0]} is no slot: one brace is too few", hint)


def _says_sign(text: str, slot: Slot, form: Form) -> bool:
    before, after = text[: slot.start].rstrip()[-1:], text[slot.end :].lstrip()[:1]
    if form is Form.PERCENT:
        return after in _PERCENT_SIGNS and bool(after)
    signs = [char for char in (before, after) if char and unicodedata.category(char) == "Sc"]
    return form is Form.MONEY and bool(signs)
