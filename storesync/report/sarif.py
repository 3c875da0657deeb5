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
                            {
                                "id": rule,
                                "shortDescription": {"text": _title(rule, titles)},
                            }
                            for rule in rules
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(item, rules.index(item.rule)) for item in found],
            }
        ],
    }


def _title(rule: str, titles: Mapping[str, str]) -> str:
    """Return a rule's title; a brand's rule of style, `voice.no-hurry`, has its family's."""
    return titles.get(rule.partition(".")[0], rule)


def _result(item: Diagnostic, index: int) -> dict[str, Any]:
    artifact = {"uri": quote(item.path.encode("utf-8", "surrogatepass"))}
    region = {"startLine": item.line or 1, "startColumn": item.column or 1}
    if item.end_line:
        region |= {"endLine": item.end_line, "endColumn": item.end_column}
    location = {"artifactLocation": artifact, "region": region}
    text = f"{item.message}. {item.hint}" if item.hint else item.message
    result = {
        "ruleId": item.rule,
        "ruleIndex": index,
        "level": "error" if item.severity is Severity.ERROR else "warning",
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
    }
    if item.fix is not None:
        replacement = {"deletedRegion": region, "insertedContent": {"text": item.fix}}
        change = {"artifactLocation": artifact, "replacements": [replacement]}
        said = {"text": item.hint or "write this instead"}
        result["fixes"] = [{"description": said, "artifactChanges": [change]}]
    return result
