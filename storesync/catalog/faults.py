"""Pydantic's errors in plain words, with their places; imported where a file has a fault."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from storesync.diagnostics import Diagnostic, did_you_mean, printable
from storesync.model.base import (
    HASH_PATTERN,
    LINE_PATTERN,
    TEXT_PATTERN,
    WEB_ADDRESS_PATTERN,
)
from storesync.model.late import Imported
from storesync.model.settings import SERVER_PATTERN, SMTP_PATTERN
from storesync.model.team import LOGIN_PATTERN, MEMBER_PATTERN
from storesync.model.waiver import RULE_PATTERN
from storesync.source.document import At, Document

# More unknown keys than this, and more errors of all kinds in a file, are counted, not listed.
MOST_UNKNOWN = 20
MOST_ERRORS = 200
_BY_PATTERN = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "write an id: small letters, digits and hyphens, no space",
    r"^\+[1-9][0-9]{4,14}$": 'write the phone in international form, in quotes: "+15125550142"',
    r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$": (
        "write a folder below locations/, without a slash at its ends: us/texas"
    ),
    "^[A-Z]{3}$": "write a currency code of three capitals, such as USD",
    "^[A-Z]{2}$": "write a country code of two capitals, such as US",
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$": "write a language: en-US, fr-CA",
    RULE_PATTERN: "write a rule's id, as in a message's brackets: empty-part, voice.no-hurry",
    LINE_PATTERN: "write a text of one line",
    TEXT_PATTERN: "write a text",
    "^[a-z][a-z0-9_]*$": "write a name of small letters, digits and underscores: headline_2",
    r"^#[0-9a-fA-F]{6}$": 'write a colour in quotes: "#0b5d3b"',
    "^[a-z0-9-]+/[a-z0-9-]+$": "write folder and template: shared/seasonal-offer",
    r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$": "write a mail address: leith@example.com",
    LOGIN_PATTERN: "write a login without @: mia",
    MEMBER_PATTERN: "write, without @ before it, a login, a team or an address: mia, acme/brand",
    "^[a-z0-9]{16,64}$": "write the id that `storesync init` made: 16 to 64 letters and digits",
    WEB_ADDRESS_PATTERN: "write a web address that begins with https://",
    SMTP_PATTERN: "write a mail server and its port: mail.acme.example:587",
    SERVER_PATTERN: "write a server's address, without a path: http://127.0.0.1:8000",
    HASH_PATTERN: "write what `storesync generate` wrote here: 64 of the digits 0-9 and a-f",
}
_BY_TYPE = {
    "string_type": "write text here",
    "dict_type": "write a mapping here: key: value",
    "model_type": "write a mapping here: key: value",
    "model_attributes_type": "write a mapping here: key: value",
    "list_type": "write a list here: [one, two]",
}
_BY_BOUND = {
    "too_short": "write {min_length} or more here",
    "string_too_short": "write at least {min_length} character here",
    "string_too_long": "write at most {max_length} characters here",
    "greater_than_equal": "write {ge} or more",
    "less_than_equal": "write {le} or less",
}
# Fields as other programs name them.
_CALLED_HERE = {
    "opening_hours": "hours",
    "postal_code": "postcode",
    "province": "region",
    "state": "region",
    "time_zone": "timezone",
    "tz": "timezone",
    "zip": "postcode",
}


def faults_of(
    error: ValidationError, document: Document, model: type[BaseModel]
) -> list[Diagnostic]:
    """Return what is wrong with a document, each fault at its place; `model` did not take it."""
    found = list(_translate(error, document, model))
    return found if len(found) <= MOST_ERRORS else _cut(found)


def places_of(error: ValidationError, data: Any) -> set[At]:
    """Return where something is wrong; what is missing has a place, too, which data lack."""
    return {_place(item, data) for item in _errors(error)}


def _errors(error: ValidationError) -> list[ErrorDetails]:
    return error.errors(include_url=False)


def _translate(
    error: ValidationError, document: Document, model: type[BaseModel]
) -> Iterator[Diagnostic]:
    unknown = 0
    seen: set[tuple[At, str]] = set()
    every = [(_place(item, document.data), item) for item in _errors(error)]
    parents = {at[:count] for at, _ in every for count in range(len(at))}
    parents |= {at for at, item in every if item["type"] == "value_error"}
    for at, details in every:
        if details["type"] == "string_type" and at in parents:
            continue  # a union's other branch knows more of what is wrong there
        if details["type"] == "extra_forbidden":
            unknown += 1
            if unknown > MOST_UNKNOWN:
                continue
            yield _unknown_field(document.path, at, _fields_at(model, at[:-1]))
            continue
        rule, message = _describe(details, at)
        if (at, rule) not in seen:  # each branch of a union complains of its own
            seen.add((at, rule))
            yield Diagnostic(rule, message, document.path, at)
    if unknown > MOST_UNKNOWN:
        message = f"{unknown - MOST_UNKNOWN} more unknown fields"
        yield Diagnostic("unknown-field", message, document.path)


def _cut(found: list[Diagnostic]) -> list[Diagnostic]:
    message = f"{len(found) - MOST_ERRORS:,} more errors in this file"
    return [*found[:MOST_ERRORS], Diagnostic("invalid-value", message, found[0].path)]


def _place(details: ErrorDetails, data: Any) -> At:
    """Keep the parts of pydantic's path that the document has: it inserts tags of unions."""
    at: list[str | int] = []
    loc = details["loc"]
    for index, part in enumerate(loc):
        if isinstance(data, Mapping) and part in data:
            data = data[str(part)]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        elif details["type"] != "missing" or index + 1 < len(loc):
            continue  # what is missing is named all the same
        at.append(part)
    return tuple(at)


def _unknown_field(path: str, at: At, known: list[str]) -> Diagnostic:
    name = printable(str(at[-1]), limit=60)
    hint = did_you_mean(_CALLED_HERE.get(str(at[-1]), str(at[-1])), known)
    if at == ("id",):
        hint = "leave it out: the file's (or folder's) name is the id, without spaces"
    elif not hint and known:
        hint = f"known here: {', '.join(known[:24])}"
    return Diagnostic("unknown-field", f'unknown field "{name}"', path, at, hint=hint)


def _describe(details: ErrorDetails, at: At) -> tuple[str, str]:
    name = printable(str(next((part for part in reversed(at) if isinstance(part, str)), "file")))
    kind, context = details["type"], details.get("ctx", {})
    if kind == "missing":
        return "missing-field", f'"{name}" is missing'
    if kind in {"union_tag_not_found", "union_tag_invalid"}:
        return _no_shape(details, name)
    if kind == "value_error":
        return "invalid-value", f"{name}: {printable(str(context['error']))}{_seen(details)}"
    if kind in {"enum", "literal_error"}:
        return "invalid-value", f"{name}: write one of {context['expected']}{_seen(details)}"
    if kind == "string_pattern_mismatch":
        wanted = _BY_PATTERN.get(str(context["pattern"]), f"must match {context['pattern']}")
        return "invalid-value", f"{name}: {wanted}{_seen(details)}"
    wanted = _BY_TYPE.get(kind) or details["msg"][:1].lower() + details["msg"][1:]
    if kind in _BY_BOUND:
        wanted = _BY_BOUND[kind].format(**context)
    return "invalid-value", f"{name}: {wanted}{_seen(details)}"


def _no_shape(details: ErrorDetails, name: str) -> tuple[str, str]:
    """Describe what does not say, or not rightly, which of several models it is."""
    context = details.get("ctx", {})
    field = str(context["discriminator"]).strip("'")
    if details["type"] == "union_tag_not_found":
        return "missing-field", f'"{field}" is missing: it says what {name} is'
    tag = details["input"].get(field) if isinstance(details["input"], Mapping) else None
    seen = f', not "{printable(tag, limit=60)}"' if isinstance(tag, str) else ""
    return "invalid-value", f"{name}: write one of {context['expected_tags']}{seen}"


def _seen(details: ErrorDetails) -> str:
    value = details["input"]
    if not isinstance(value, str | int | Decimal) or isinstance(value, bool):
        return ""
    return f', not "{printable(str(value), limit=60)}"'


def _fields_at(model: type[BaseModel], at: At) -> list[str]:
    """Return the names that may stand at a place, by walking down the models' annotations."""
    models = [model]
    for part in at:
        if isinstance(part, str):
            models = [
                inner
                for outer in models
                if part in outer.model_fields
                for inner in _models_in(_hint(outer.model_fields[part]))
            ] or models
    return sorted(
        {info.alias or name for each in models for name, info in each.model_fields.items()}
    )


def _hint(field: FieldInfo) -> Any:
    """Return a field's type with what it is annotated with."""
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, Imported):
        return [annotation.model]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if typing.get_origin(annotation) or isinstance(annotation, types.UnionType):
        return [model for inner in typing.get_args(annotation) for model in _models_in(inner)]
    return []
