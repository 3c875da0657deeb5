"""docs/publishing.md: the keys of JSON outputs, from schemas/output/*.json."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "schemas" / "output"


def json_keys() -> str:
    """Return a row for each kind of output: its keys, those of lists in braces behind them."""
    rows = []
    for path in sorted(FOLDER.glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        keys = ", ".join(_keys(schema))
        rows.append(f"| [{path.stem}](../schemas/output/{path.name}) | {keys} |")
    return "\n".join(["| output | keys |", "|---|---|", *rows, ""])


def _keys(schema: dict[str, Any]) -> Iterator[str]:
    for name, inner in schema.get("properties", {}).items():
        below = inner.get("items", inner)
        names = [f"`{key}`" for key in below.get("properties", {})]
        yield f"`{name}`" + (f" ({', '.join(names)})" if names else "")


PARTS = {"json-keys": json_keys}
