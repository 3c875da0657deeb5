"""Whole trees and the report on them: tests/cases/invalid and tests/cases/valid."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from casefile import CASES, Case, cases, read_case

from storesync.app.production import Production, sources_of
from storesync.catalog.load import load
from storesync.diagnostics import Diagnostic
from storesync.report.diagnostics import as_text
from storesync.source.tree import MemoryTree
from storesync.validate.assess import assess
from storesync.validate.inspectors import inspections_of
from storesync.validate.rendered import check_rendered, without_repeats
from storesync.validate.rules import Rule, rules

_REPORTED = re.compile(r"^\S.*: (error|warning): .* \[([a-z-]+)(?:\.[a-z0-9-]+)?\]$", re.MULTILINE)
_ID = re.compile(r"[a-z]+(-[a-z]+)+")
_YAML_RULE = re.compile(r"^-> \d+:\d+ (?:warning )?([a-z-]+) ", re.MULTILINE)
# What no tree in memory can provoke, and who tries it instead.
# Errors by the table that are warnings in some places: in _defaults.yaml, in some countries.
MILDER = {
    *("unknown-field", "voice", "prior-price", "prior-price-basis", "prior-price-missing"),
    *("unfounded-fact", "undeclared-claim"),
}
ELSEWHERE = {
    "linked-file": "below: a tree that met links says so itself",
    "template-limit": "workers at their limits: tests/render",
    "template-output": "what templates write: tests/render",
    "unsafe-output": "files hold no such characters: tests/render/test_limits.py",
    "unknown-plugin": "what is installed tells it: tests/cli/test_unusable.py",
    "yaml-depth": "tests/source/test_structure.py",
    "yaml-encoding": "tests/source/test_prescan.py",
    "yaml-size": "tests/source/test_prescan.py",
    "codeowners-alone": "tests/approval",
    "codeowners-gap": "tests/approval",
    "codeowners-line": "tests/approval",
    "codeowners-shadowed": "tests/approval",
    "codeowners-stale": "tests/approval",
    "codeowners-unlisted": "tests/approval",
    "codeowners-unused": "tests/approval",
    "unknown-member": "tests/approval",
    "ledger-damaged": "tests/ledger",
    "ledger-duplicate": "tests/ledger",
    "ledger-future": "tests/ledger",
    "ledger-newer": "tests/ledger",
    "ledger-strange": "tests/ledger",
}
# Stages whose diagnostics `validate` reports; importing has words of its own.
PACKAGE = Path(__file__).parents[2] / "storesync"
STAGES = (
    *("approval", "catalog", "ledger", "plan", "render", "resolve", "schedule", "source"),
    "validate",
)


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
        try:
            seen = production.producer
            looking = inspections_of(
                assessment.catalog, at.date(), seed=seen.seed, sources=seen.sources
            )
            results = production.produce(list(assessment.pieces()), inspections=looking)
            more = without_repeats(check_rendered(results), production.check())
        finally:
            production.finish()
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


def test_a_link_instead_of_a_file():
    class LinkedTree(MemoryTree):
        refused = ("brands/acme/locations/gb/york.yaml",)

    case = read_case(CASES / "base.txt")
    (at,) = case.moments
    assessment = assess(LinkedTree(case.sections), at)
    (found,) = assessment.diagnostics(at)
    assert (found.rule, found.path) == ("linked-file", *LinkedTree.refused)


def test_every_rule_has_a_case():
    reported = {rule for case in cases("invalid") for rule in reported_rules(case.values[0])}
    for path in (CASES / "yaml").glob("*.txt"):
        reported.update(_YAML_RULE.findall(path.read_text("utf-8")))
    assert sorted(rules().keys() - reported) == sorted(ELSEWHERE.keys() - reported)


def reported_rules(case: Case) -> set[str]:
    return {rule for _, rule in _REPORTED.findall(case.expected)}


def test_rules_are_as_severe_as_the_table_says():
    for case in cases("invalid"):
        for severity, rule in _REPORTED.findall(case.values[0].expected):
            is_milder = severity == "warning" and rule in MILDER
            assert is_milder or rules()[rule].severity == severity, f"{rule} is no {severity}"


def emitted() -> Iterator[tuple[str, str]]:
    """Yield (rule, module) of the rules that diagnostics are made with, as far as source tells."""
    for stage in STAGES:
        for path in sorted((PACKAGE / stage).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    yield from ((rule, path.name) for rule in rules_in(node))


def rules_in(call: ast.Call) -> Iterator[str]:
    """Yield the rule that a call names: first argument of what makes a finding, or `rule=`."""
    name = ast.unparse(call.func).rpartition(".")[2].lower()
    makers = ("diagnostic", "warning", "problem", "broken", "refused", "violation", "failure")
    named = [item.value for item in call.keywords if item.arg == "rule"]
    if name.strip("_") in makers:
        named += call.args[:1]
    for node in named:
        if isinstance(node, ast.Constant) and _ID.fullmatch(str(node.value)):
            yield str(node.value)


def test_every_rule_in_the_source_is_in_the_table():
    found = dict(emitted())
    assert len(found) > len(rules()) / 2, "the search no longer finds how diagnostics are made"
    assert {rule: module for rule, module in found.items() if rule not in rules()} == {}


def test_every_rule_of_the_table_is_in_the_source():
    text = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    assert [rule for rule in rules() if f'"{rule}"' not in text] == []


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.id)
def test_a_rule_says_what_it_is_about(rule: Rule):
    assert rule.title
    assert rule.mend.endswith(".")
    assert not rule.title.endswith(".")
