"""A layer's values in their types, checked against their variables where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from storesync.diagnostics import Diagnostic, did_you_mean, nearest, printable
from storesync.model.template import Lock, Variable
from storesync.resolve.convert import convert, is_blank
from storesync.resolve.copy import CopyError, forms_of, read_copy, why_no_copy
from storesync.resolve.layers import At, Entry, Layer
from storesync.resolve.vary import Varied, options_of, texts_of

# Layers that only this campaign's template can use: a name it does not know is a mistake there.
# Names in the others, which serve several templates, are checked in `validate.names`.
_STRICT = frozenset({"campaign", "copy", "override"})
# What is set, and wrong: it is not missing as well.
_FAULTS = frozenset({"out-of-bounds", "unknown-slot", "repeated-sign"})


def type_layer(
    layer: Layer, variables: Mapping[str, Variable]
) -> tuple[dict[str, Any], list[Diagnostic]]:
    """Return a layer's values in their types, and what is wrong with them where they stand."""
    typed: dict[str, Any] = {}
    found: list[Diagnostic] = []
    for name, entry in layer.entries.items():
        variable = variables.get(name)
        if variable is None:
            if layer.name in _STRICT:
                found.append(_unknown(layer, name, entry, variables))
        elif layer.local and variable.lock is Lock.BRAND:
            found.append(_locked(layer, name, entry))
        elif layer.name == "copy" and (why := why_no_copy(name, variable)):
            found.append(_no_copy(layer, name, entry, why))
        else:
            values, problems = _read(layer, name, entry, variables)
            found += problems
            if not problems:
                is_varied = options_of(entry.value) is not None
                typed[name] = Varied(tuple(values)) if is_varied else values[0]
    return typed, found


def faulty(layer: Layer, found: list[Diagnostic], variables: Mapping[str, Variable]) -> set[str]:
    """Return the names that a layer sets to something wrong, or means and writes wrongly."""
    wrong = {item.at for item in found if item.rule in _FAULTS}
    names = {
        name
        for name, entry in layer.entries.items()
        if any(at[: len(entry.at)] == entry.at for at in wrong)
    }
    unknown = {item.at[-1] for item in found if item.rule == "unknown-variable"}
    return names | {near for name in unknown if (near := nearest(str(name), variables))}


def _read(
    layer: Layer, name: str, entry: Entry, variables: Mapping[str, Variable]
) -> tuple[list[Any], list[Diagnostic]]:
    variable, values, found = variables[name], [], []
    try:
        texts = list(texts_of(variable, entry))
    except ValueError as error:
        message = f"{name}: {error}"
        return [], [Diagnostic("out-of-bounds", message, layer.path, entry.at)]
    forms = forms_of(variables) if layer.name == "copy" else {}
    for raw, at in texts:
        try:
            if len(texts) > 1:
                _seen(raw)
            if layer.name == "copy":
                values.append(read_copy(variable, raw, layer.path, forms))
            else:
                values.append(convert(variable, raw))
        except ValueError as error:
            found.append(_wrong(layer, name, at, raw, error))
    return values, found


def _seen(option: object) -> None:
    """Raise ValueError for a text to choose from of which nothing is seen."""
    if any(isinstance(text, str) and is_blank(text) for text in _in_languages(option)):
        message = "nothing is seen of it; write a text for the locations that show this one"
        raise ValueError(message)


def _in_languages(option: object) -> Iterable[object]:
    return option.values() if isinstance(option, Mapping) else (option,)


def _wrong(layer: Layer, name: str, at: At, raw: object, error: ValueError) -> Diagnostic:
    if isinstance(error, CopyError):
        message = f"{name}: {error.message}"
        return Diagnostic(error.rule, message, layer.path, at, hint=error.hint)
    message = f"{name}: {printable(_with_value(str(error), raw))}"
    return Diagnostic("out-of-bounds", message, layer.path, at)


def _no_copy(layer: Layer, name: str, entry: Entry, why: str) -> Diagnostic:
    message = f'copy cannot set "{name}": it {why}'
    hint = "set it in campaign.yaml; copy holds words, and shows facts through slots"
    return Diagnostic("copy-sets-fact", message, layer.path, entry.at, hint=hint)


def _with_value(problem: str, value: object) -> str:
    """Name the value that is wrong, where the words about it do not begin with it."""
    if not isinstance(value, str) or problem.startswith(f"{value} "):
        return problem
    said, semicolon, advice = problem.partition("; ")
    joint = ", not" if said.startswith(("write", "must")) else ":"
    return f'{said}{joint} "{printable(value, limit=60)}"{semicolon}{advice}'


def _unknown(
    layer: Layer, name: str, entry: Entry, variables: Mapping[str, Variable]
) -> Diagnostic:
    message = f'unknown variable "{printable(name)}": the template does not declare it'
    hint = did_you_mean(name, variables) or f"it knows {', '.join(sorted(variables))}"
    return Diagnostic("unknown-variable", message, layer.path, entry.at, hint=hint)


def _locked(layer: Layer, name: str, entry: Entry) -> Diagnostic:
    message = f'"{name}" is locked: only headquarters may set it, not a location'
    hint = "take it out, or ask for `lock: location` with bounds in the template"
    return Diagnostic("locked-value", message, layer.path, entry.at, hint=hint)
