"""JSON Schemas of all file kinds, from the models, as editors and other programs read them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from storesync.catalog.layout import Kind
from storesync.catalog.models import model_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TITLES: Mapping[Kind, str] = {
    Kind.SETTINGS: "storesync.yaml: settings of the repository",
    Kind.BRAND: "brand.yaml: a brand",
    Kind.LOCATION: "A location",
    Kind.CAMPAIGN: "campaign.yaml: a campaign",
    Kind.OVERRIDE: "A location's own file in a campaign",
    Kind.RESULTS: "results.yaml: what a campaign achieved",
    Kind.COPY: "Words of a campaign for one channel in one language",
    Kind.TEMPLATE: "template.yaml: a template",
}


class _Schema(GenerateJsonSchema):
    """Leaves out what YAML files do not have: null, and the defaults of Python."""

    def nullable_schema(self, schema: Any) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        is_late = schema["type"] == "function-plain"  # and so a model, which has a title itself
        return not is_late and super().field_title_should_be_set(schema)

    def default_schema(self, schema: Any) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])


def _close(schema: Any) -> None:
    """Forbid keys that match no pattern, wherever keys have one: pydantic only says so of some."""
    if isinstance(schema, dict):
        if "patternProperties" in schema:
            schema.setdefault("additionalProperties", False)
        for inner in schema.values():
            _close(inner)
    elif isinstance(schema, list):
        for inner in schema:
            _close(inner)


def verify(texts: Iterable[str]) -> None:
    """Raise SchemaError where a text is no JSON Schema by its meta-schema, patterns included.

    pydantic writes them, in whatever version of its range is installed; this is what editors and
    other programs hold it to. Loads jsonschema (80 ms), so only the command `schema` asks for it.
    """
    from jsonschema import Draft202012Validator

    checker = Draft202012Validator.FORMAT_CHECKER
    for text in texts:
        Draft202012Validator.check_schema(json.loads(text), format_checker=checker)


def schemas() -> dict[str, str]:
    """Return file name -> text of every schema, ready to be written to `schemas/`."""
    texts = {}
    for kind, title in _TITLES.items():
        schema = model_of(kind).model_json_schema(schema_generator=_Schema)
        _close(schema)
        schema = {"$schema": DIALECT, "$id": f"{kind.value}.json", **schema, "title": title}
        texts[f"{kind.value}.json"] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return texts
