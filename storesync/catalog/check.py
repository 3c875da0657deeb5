"""One file against its model: the model, or what is wrong in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from storesync.diagnostics import Diagnostic, Severity, printable
from storesync.source.document import At, Document
from storesync.source.scalar import Plain

M = TypeVar("M", bound=BaseModel)


def check(document: Document, model: type[M]) -> tuple[M | None, list[Diagnostic]]:
    """Return the model of a document, or None, and all that is wrong with it."""
    try:
        value = model.model_validate(document.data)
    except ValidationError as error:
        from storesync.catalog.faults import faults_of

        return None, faults_of(error, document, model)
    return value, list(unquoted(document, value))


def unquoted(document: Document, value: BaseModel) -> Iterator[Diagnostic]:
    """Yield warnings of text that other YAML readers, such as editors, read as something else."""
    plains = document.plains
    for at in _plains(document.data, ()) if plains is None else plains:
        # A Plain in the model is still undecided: a value of some variable.
        if type(_value_at(value, at)) is str:
            text = printable(_value_at(document.data, at), limit=40)
            message = f'{at[-1]}: put "{text}" in quotes, it is text'
            hint = "other programs read it as a number, true/false or nothing"
            yield Diagnostic(
                "quote-text", message, document.path, at, hint=hint, severity=Severity.WARNING
            )


def _plains(data: Any, at: At) -> Iterator[At]:
    if isinstance(data, Plain):
        yield at
    elif isinstance(data, dict):
        for key, inner in data.items():
            if not isinstance(inner, str) or isinstance(inner, Plain):
                yield from _plains(inner, (*at, key))
    elif isinstance(data, list):
        for index, inner in enumerate(data):
            yield from _plains(inner, (*at, index))


def _value_at(value: Any, at: At) -> Any:
    """Return what the model holds at a place; None where the type is decided elsewhere."""
    for part in at:
        if isinstance(value, BaseModel):
            value = getattr(value, "exclude" if part == "except" else str(part), None)
        elif isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int):
            value = value[part]
        else:
            return None
    return value
