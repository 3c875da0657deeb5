"""GitHub's own description of its API: does a request or an answer keep it, and what is like it?"""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any

from openapi_schema_validator import OAS30ReadValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

DESCRIPTION = json.loads(Path(__file__).with_name("openapi.json").read_text(encoding="utf-8"))
_MOMENT = "2026-11-28T12:00:00Z"


def _absolute(value: Any) -> Any:
    if isinstance(value, list):
        return [_absolute(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("nullable") and "oneOf" in value:
        # As GitHub means it: the validator lets `nullable` count beside `type` alone.
        value = {
            **value,
            "oneOf": [*value["oneOf"], {"type": "object", "nullable": True, "enum": [None]}],
        }
    return {
        key: f"urn:github{item}" if key == "$ref" else _absolute(item)
        for key, item in value.items()
    }


_REGISTRY = Registry().with_resource(
    "urn:github", Resource(contents=_absolute(DESCRIPTION), specification=DRAFT4)
)


@functools.cache
def operation(method: str, path: str) -> tuple[str, dict[str, Any]] | None:
    """Return the template of a path and what is described there, None where nothing is."""
    for template, methods in DESCRIPTION["paths"].items():
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template))
        if method.lower() in methods and re.fullmatch(pattern, path):
            return template, methods[method.lower()]
    return None


def faults(value: Any, schema: Any) -> list[str]:
    """Return what a value breaks of a schema in the description."""
    whole = _absolute(schema)
    validator = OAS30ReadValidator(whole, registry=_REGISTRY)
    return [f"{error.json_path}: …{error.message[-160:]}" for error in validator.iter_errors(value)]


def faults_of_request(method: str, path: str, query: dict[str, str], body: Any) -> list[str]:
    """Return what a request breaks: no such operation or parameter, or another body."""
    found = operation(method, path)
    if found is None:
        return [f"{method} {path} is not described"]
    allowed = {_resolved(item)["name"] for item in found[1].get("parameters", [])}
    unknown = [
        f"{method} {path} has no parameter {name}" for name in sorted(query.keys() - allowed)
    ]
    if body is None:
        return unknown
    schema = found[1]["requestBody"]["content"]["application/json"]["schema"]
    known = set(schema.get("properties", body))
    extra = [f"{method} {path} takes no {name}" for name in sorted(set(body) - known)]
    return unknown + extra + faults(body, schema)


def faults_of_answer(method: str, path: str, status: int, body: Any) -> list[str]:
    """Return what an answer that went well breaks; others have no shape to keep."""
    found = operation(method, path)
    if found is None or not 200 <= status < 300:
        return []
    answer = found[1]["responses"].get(str(status))
    if answer is None:
        return [f"{method} {path} never answers with {status}"]
    content = answer.get("content", {}).get("application/json")
    found_faults = faults(body, content["schema"]) if content else []
    return [f"{method} {path} {fault}" for fault in found_faults]


def like(name: str, /, **own: Any) -> Any:
    """Return a value as a schema describes: what is required, and `own` in its place."""
    schema = _resolved(DESCRIPTION["components"]["schemas"][name])
    return {**_made({**schema, "nullable": False}), **own}


def _made(schema: Any) -> Any:
    schema = _resolved(schema)
    for word in ("oneOf", "anyOf"):
        if word in schema and not schema.get("nullable"):
            return _made(schema[word][0])
    if "allOf" in schema:
        return {key: item for part in schema["allOf"] for key, item in _made(part).items()}
    if schema.get("nullable") or "enum" in schema:
        return None if schema.get("nullable") else schema["enum"][0]
    kind = schema.get("type", "object")
    if kind == "object":
        properties = schema.get("properties", {})
        return {key: _made(properties.get(key, {})) for key in schema.get("required", [])}
    if kind == "string":
        return {"date-time": _MOMENT, "uri": "https://example.com/"}.get(schema.get("format"), "x")
    return {"array": [], "integer": 1, "number": 1, "boolean": False}[kind]


def _resolved(schema: Any) -> Any:
    while "$ref" in schema:
        _, _, kind, name = schema["$ref"].split("/")
        schema = DESCRIPTION["components"][kind][name]
    return schema
