"""The fact cases that come with the project's brief, where they lie beside the repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from roles import declared

from storesync.copywriting.facts.check import check

SAMPLES = Path(__file__).parents[3] / "shared" / "cases" / "facts.json"
# A limit of a channel, and none of facts.
_OTHER = {"too-long"}


def test_samples():
    if not SAMPLES.exists():
        pytest.skip("no ../shared/cases/facts.json")
    given = json.loads(SAMPLES.read_text(encoding="utf-8"))
    wrong = []
    for case in given["cases"]:
        if case["id"] in _OTHER:
            continue
        found = check(case["copy"], "en-GB", declared(case.get("facts_override") or given["facts"]))
        said = " ".join(f"{one.text} {one.message}" for one in found).casefold()
        named = all(word.casefold() in said for word in case["must_name"])
        if (case["verdict"] == "pass") != (not found) or not named:
            wrong.append((case["id"], said))
    assert wrong == []
