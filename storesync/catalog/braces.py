"""Values that are written as if they were templates: customers would read the braces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from storesync.diagnostics import Diagnostic, printable
from storesync.model.slot import strange_in
from storesync.source.document import At, Document

# What customers come to see of a brand, location, campaign, override or template; notes, reasons
# and descriptions are for people.
_SHOWN = frozenset(
    {
        *("name", "names", "address", "attributes", "values", "legal", "products", "offer"),
        *("texts", "variables"),
    }
)
# Of a template's variables only these are values.
_OF_VARIABLE = frozenset({"default", "enum"})
_BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{\{|\{%", re.DOTALL)
_HINT = (
    "write the words themselves; what differs by location belongs into the template's part, "
    "{{ headline }} {{ location_name }}, or into a copy file, where slots are filled in"
)


def braces(document: Document, raw: bytes) -> Iterator[Diagnostic]:
    """Yield the values of a file that hold `{{` or `{%`. `raw` are the file's bytes."""
    if (b"{{" not in raw and b"{%" not in raw) or not isinstance(document.data, dict):
        return
    for name in document.data.keys() & _SHOWN:
        for at, text in _texts(document.data[name], (name,)):
            found = _BRACES.search(text)
            if found and (name != "variables" or (at[2:3] and at[2] in _OF_VARIABLE)):
                written = printable(found[0], limit=60)
                message = f"a value is no template: customers would read {written}"
                yield Diagnostic("template-in-value", message, document.path, at, hint=_HINT)


def strange_braces(document: Document) -> Iterator[Diagnostic]:
    """Yield the words of copy that hold what looks like a template and is no slot."""
    data = document.data
    for at, text in _texts(data.get("values"), ("values",)) if isinstance(data, dict) else ():
        strange = strange_in(text)
        if strange:
            message = f"{printable(strange, limit=60)} is no slot: customers would read it"
            hint = "copy holds slots and nothing else of a template: {{ discount_percentage }}"
            yield Diagnostic("unknown-slot", message, document.path, at, hint=hint)


def _texts(data: Any, at: At) -> Iterator[tuple[At, str]]:
    if isinstance(data, str):
        yield at, data
    elif isinstance(data, dict):
        for key, inner in data.items():
            yield from _texts(inner, (*at, key))
    elif isinstance(data, list):
        for index, inner in enumerate(data):
            yield from _texts(inner, (*at, index))
