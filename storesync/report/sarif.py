"""Diagnostics as SARIF 2.1.0 (OASIS), which code hosts and editors read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from storesync.diagnostics import Diagnostic, Severity


def as_sarif(
    diagnostics: Iterable[Diagnostic], titles: Mapping[str, str], tool_version: str
) -> dict[str, Any]:
    """Return a SARIF log with one run. `titles` are the rules' short descriptions by id."""
    found = list(diagnostics)
    rules = sorted({item.rule for item in found})
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "StoreSync",
                        "version": tool_version,
                        "rules": [
                            {"id": rule, "shortDescription": {"text": titles.get(rule, rule)}}
                            for rule in rules
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(item, rules.index(item.rule)) for item in found],
            }
        ],
    }


def _result(item: Diagnostic, index: int) -> dict[str, Any]:
    location = {
        "artifactLocation": {"uri": quote(item.path.encode("utf-8", "surrogatepass"))},
        "region": {"startLine": item.line or 1, "startColumn": item.column or 1},
    }
    text = f"{item.message}. {item.hint}" if item.hint else item.message
    return {
        "ruleId": item.rule,
        "ruleIndex": index,
        "level": "error" if item.severity is Severity.ERROR else "warning",
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
    }
