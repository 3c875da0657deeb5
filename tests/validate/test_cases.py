"""Whole trees and the report on them: tests/cases/invalid and tests/cases/valid."""

from __future__ import annotations

import re
from typing import Any

import pytest
from casefile import CASES, Case, base, cases, read_case

from storesync.catalog.load import load
from storesync.cli.production import Production, sources_of
from storesync.diagnostics import Diagnostic
from storesync.report.diagnostics import as_text
from storesync.source.tree import MemoryTree
from storesync.validate.assess import assess
from storesync.validate.rendered import check_rendered, without_repeats
from storesync.validate.rules import rules

_RULE = re.compile(r"^\S.* \[([a-z-]+)\]$", re.MULTILINE)
_YAML_RULE = re.compile(r"^-> \d+:\d+ (?:warning )?([a-z-]+) ", re.MULTILINE)
# What no tree in memory can provoke, and who tries it instead.
ELSEWHERE = {
    "linked-file": "needs a disk: tests/source/test_work_tree.py; below as a tree that says so",
    "template-limit": "needs a worker at its limits: tests/render",
    "yaml-directive": "tests/cases/yaml",
}


def diagnose(case: Case) -> list[Diagnostic]:
    """Return what `validate` finds in a case's tree, rendered where the case asks for it."""
    (at,) = case.moments
    tree = case.tree()
    before = load(case.tree("before: ")) if case.has_before else None
    assessment = assess(tree, at, before=before)
    more: list[Diagnostic] = []
    if case.options.get("render"):
        parts = [path for path in tree.paths() if path.endswith(".j2")]
        production = Production(sources_of(tree, parts), None)
        results = production.produce(list(assessment.pieces()))
        more = without_repeats(check_rendered(results), production.check())
    return assessment.diagnostics(at, more)


def report(found: list[Diagnostic]) -> str:
    text = as_text(found, lambda _: None)
    return f"{text}\n" if text else ""


@pytest.mark.parametrize("case", cases("invalid"))
def test_an_invalid_tree(case: Case, update: bool):
    found = diagnose(case)
    assert found, "a case of tests/cases/invalid in which nothing is wrong"
    case.check(report(found), update=update)


@pytest.mark.parametrize("case", cases("valid"))
def test_a_valid_tree(case: Case):
    assert report(diagnose(case)) == ""


def test_the_tree_that_cases_start_from():
    assert report(diagnose(read_case(CASES / "base.txt"))) == ""
