"""The models and the JSON Schemas made from them say the same of every file."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from casefile import CASES, cases, read_case

from storesync.catalog.check import check
from storesync.catalog.layout import Kind, place_of
from storesync.catalog.models import MODELLED, model_of
from storesync.catalog.schema import schemas, verify
from storesync.diagnostics import Diagnostic, has_errors
from storesync.source.scalar import Plain
from storesync.source.yaml import read

ROOT = Path(__file__).parents[2]
FOLDERS = ("brands", "templates", "storesync/scaffold")
TABLE = read_case(CASES / "fields.txt").sections
WORDS = {"true": True, "false": False, "~": None, "null": None}


def core(value: Any) -> Any:
    """Return data as a YAML 1.2 reader has it: editors and check-jsonschema."""
    if isinstance(value, dict):
        return {key: core(item) for key, item in value.items()}
    if isinstance(value, list):
        return [core(item) for item in value]
    if type(value) is not Plain:
        return value
    if value in WORDS:
        return WORDS[value]
    return int(value) if re.fullmatch(r"[-+]?[0-9]+", value) else float(value)


@cache
def validator(kind: Kind) -> Any:
    name = Kind.LOCATION if kind is Kind.DEFAULTS else kind
    schema = json.loads(schemas()[f"{name.value}.json"])
    checker = jsonschema.Draft202012Validator
    return checker(schema, format_checker=checker.FORMAT_CHECKER)


def model_says(kind: Kind, text: str) -> list[Diagnostic]:
    document, found = read("a.yaml", text.encode())
    assert document is not None
    assert not found
    return check(document, model_of(kind))[1]


def schema_says(kind: Kind, text: str) -> list[str]:
    document, _ = read("a.yaml", text.encode())
    assert document is not None
    return [error.message for error in validator(kind).iter_errors(core(document.data))]


def shipped() -> list[Any]:
    """Return every file of a known kind that the repository ships, and those of valid cases."""
    found = []
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.yaml")):
            name = path.relative_to(ROOT).as_posix()
            place = place_of(
                name[max(0, name.find("/brands/") + 1, name.find("/templates/") + 1) :]
            )
            if place is not None:
                found.append(pytest.param(place.kind, path.read_text("utf-8"), id=name))
    for case in (*(item.values[0] for item in cases("valid")), read_case(CASES / "base.txt")):
        for name, text in case.sections.items():
            place = place_of(name)
            if place is not None and place.kind in MODELLED:
                found.append(pytest.param(place.kind, text, id=f"{case.path.stem}:{name}"))
    return found


def table(*headings: str) -> list[Any]:
    """Return the snippets under some headings of the table: separated by lines of `---`."""
    return [
        pytest.param(Kind(heading.split()[0]), text, id=f"{heading}: {text.splitlines()[-1]}")
        for heading, block in TABLE.items()
        if heading.split()[1] in headings
        for text in block.split("---\n")
    ]


@pytest.mark.parametrize(("kind", "text"), shipped())
def test_what_is_shipped_is_sound_for_both(kind: Kind, text: str):
    assert model_says(kind, text) == []
    assert schema_says(kind, text) == []


@pytest.mark.parametrize(("kind", "text"), table("right"))
def test_both_take(kind: Kind, text: str):
    assert model_says(kind, text) == []
    assert schema_says(kind, text) == []


@pytest.mark.parametrize(("kind", "text"), table("wrong"))
def test_both_refuse(kind: Kind, text: str):
    assert has_errors(model_says(kind, text))
    assert schema_says(kind, text)


@pytest.mark.parametrize(("kind", "text"), table("deeper"))
def test_only_the_model_sees(kind: Kind, text: str):
    """What JSON Schema has no words for; where it learns them, the snippet moves to "wrong"."""
    assert has_errors(model_says(kind, text))
    assert not schema_says(kind, text)


@pytest.mark.parametrize(("kind", "text"), table("quotes"))
def test_only_editors_mind_the_quotes(kind: Kind, text: str):
    """Text without its quotes is taken with a warning, a number in quotes without one."""
    assert not has_errors(model_says(kind, text))
    assert schema_says(kind, text)


def test_schemas_are_themselves_sound():
    verify(schemas().values())


@pytest.mark.parametrize(
    "text", ['{"type": "strnig"}', '{"items": {"pattern": "["}}', '{"required": "name"}', "7"]
)
def test_what_is_no_schema_is_found(text: str):
    with pytest.raises(jsonschema.SchemaError):
        verify(['{"type": "object"}', text])


def test_checked_in_schemas_are_current():
    kept = {path.name: path.read_text("utf-8") for path in (ROOT / "schemas").glob("*.json")}
    assert kept == schemas()
