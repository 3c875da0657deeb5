"""A template's own variables: their names, whether their bounds can be met, their defaults."""

from __future__ import annotations

from collections.abc import Iterator

from storesync.catalog.catalog import Template
from storesync.diagnostics import Diagnostic
from storesync.model.template import NUMBERS, Variable, VariableType
from storesync.resolve.convert import check_pattern
from storesync.resolve.layers import BUILT_IN, template_layer
from storesync.resolve.typed import type_layer

_TEXTS = frozenset({VariableType.STRING, VariableType.URL})
_BOUNDS = {
    "enum": NUMBERS | _TEXTS,
    "minimum": NUMBERS,
    "maximum": NUMBERS,
    "minLength": _TEXTS,
    "maxLength": _TEXTS,
    "pattern": _TEXTS,
}


def check_variables(template: Template) -> Iterator[Diagnostic]:
    """Yield variables that take a built-in name, bounds that bind nothing, defaults outside."""
    for name, variable in template.file.variables.items():
        if name in BUILT_IN:
            message = f'"{name}" is a name every template has; a variable cannot take it'
            yield Diagnostic("reserved-variable", message, template.path, ("variables", name))
        for word, problem in _bounds(variable):
            at = ("variables", name, word)
            yield Diagnostic("invalid-value", f"{name}: {problem}", template.path, at)
    yield from type_layer(template_layer(template), template.file.variables)[1]


def _bounds(variable: Variable) -> Iterator[tuple[str, str]]:
    for word, types in _BOUNDS.items():
        if getattr(variable, word) is not None and variable.type not in types:
            yield word, f"{word} does not bind a value of type {variable.type.value}"
    for least, most in (("minimum", "maximum"), ("minLength", "maxLength")):
        low, high = getattr(variable, least), getattr(variable, most)
        if low is not None and high is not None and low > high:
            yield most, f"{most} {high} is less than {least} {low}, so that no value fits"
    if variable.pattern is not None:
        try:
            check_pattern(variable.pattern)
        except ValueError as error:
            yield "pattern", str(error)
