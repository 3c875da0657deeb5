"""The vectors of ../shared/cases/codeowners.json, where that folder is."""

from __future__ import annotations

import functools
import json
import time
from pathlib import Path
from typing import Any

import pytest

from storesync.approval.codeowners import TOO_LARGE, place, read_codeowners
from storesync.approval.decide import Case, decide
from storesync.approval.ownership import Ownership
from storesync.approval.pattern import fault, read_pattern
from storesync.plugins.forge import People, Review

VECTORS = Path(__file__).parents[2] / ".." / "shared" / "cases" / "codeowners.json"
pytestmark = pytest.mark.skipif(not VECTORS.is_file(), reason="no ../shared/cases here")


@functools.cache
def vectors() -> dict[str, Any]:
    return json.loads(VECTORS.read_text("utf-8"))


@pytest.mark.parametrize("source", ["patterns_hmarr", "patterns_sbdchd"])
def test_patterns(source: str):
    for case in vectors()[source]:
        if case.get("status") == "disputed":
            assert fault(case["pattern"]), case
            continue
        assert fault(case["pattern"]) == "", case
        found = read_pattern(case["pattern"])
        seen = {path: found.matches(path) for path in case["paths"]}
        assert seen == case["paths"], case


def test_files():
    for case in vectors()["files"]:
        begin = time.process_time()
        owners = Ownership(read_codeowners(case["text"].encode()))
        for path, expected in case["expect"].items():
            owned = owners.of(path)
            if case["status"] == "disputed":
                assert owned.doubt is not None, case
            else:
                assert (list(owned.owners) if owned.rule else None) == expected, case
        assert time.process_time() - begin < 1


def test_lines():
    for case in vectors()["lines"]:
        found = read_codeowners(case["line"].encode())
        assert bool(found.rules) is case["valid"], case
        assert bool(found.problems) is not case["valid"], case
        if case["valid"]:
            (rule,) = found.rules
            assert (rule.text, list(rule.owners)) == (case["pattern"], case["owners"])
        else:
            assert found.problems[0].line == 1


def test_locations():
    for case in vectors()["locations"]:
        names = [item.partition(" ") for item in case["present"]]
        sizes = {name: TOO_LARGE if "3 MB" in note else 0 for name, _, note in names}
        assert place(sizes) == case["used"], case


def test_pull_requests():
    told = vectors()["pull_requests"]
    owners = Ownership(read_codeowners(told["codeowners"].encode()))
    for case in told["cases"]:
        teams = {name: frozenset(members) for name, members in told["teams"].items()}
        people = People(frozenset(case.get("writers", told["writers"])), teams)
        reviews = (
            Review(item["user"], item["state"], item["commit"], item["at"])
            for item in case["reviews"]
        )
        pusher = case.get("last_pusher", case["author"])
        proposal = Case(
            frozenset(_paths(case["files"])),
            case["author"],
            pusher,
            told["head"],
            tuple(reviews),
            frozenset(case.get("same_diff", ())),
        )
        found = decide(proposal, owners, people)
        seen = {"approved": found.approved, "missing": list(found.missing)}
        assert seen == case["expect"], case["id"]


def _paths(files: list[dict[str, str]]) -> list[str]:
    keys = ("path", "previous", "previous_path", "previous_filename")
    return [item[key] for item in files for key in keys if key in item]
