"""Diagnostics as text, JSON, annotations and SARIF: one list in every form, and hostile text."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.diagnostics import Diagnostic, Severity
from storesync.report.diagnostics import as_data, as_github, as_text, summary
from storesync.report.sarif import as_sarif

FILES = {
    "brands/acme/brand.yaml": ["name: Acme", "\tlocales: [en-GB]  # \u202eevil", "x" * 161],
}
FOUND = [
    Diagnostic(
        "unknown-field",
        'unknown field "local"',
        "brands/acme/brand.yaml",
        ("local",),
        line=1,
        column=7,
        hint='did you mean "locales"?',
    ),
    Diagnostic("yaml-tab", "a tab", "brands/acme/brand.yaml", line=2, column=2),
    Diagnostic("quote-text", "long", "brands/acme/brand.yaml", line=3, severity=Severity.WARNING),
    Diagnostic("yaml-empty", "past the end", "brands/acme/brand.yaml", line=9, column=1),
    Diagnostic("missing-file", "there is no storesync.yaml", "storesync.yaml", hint="make one"),
]
HOSTILE = Diagnostic(
    "invalid-id",
    "100 %\r\n::error::forged\x1b[31m",
    "brands/a,b:c%/Store 1\n.yaml",
    line=1,
    hint="a\n::stop-commands::x",
)


def test_text():
    assert as_text(FOUND, FILES.get).splitlines() == [
        'brands/acme/brand.yaml:1:7: error: unknown field "local" [unknown-field]',
        "    1 | name: Acme",
        "      |       ^",
        '  hint: did you mean "locales"?',
        "brands/acme/brand.yaml:2:2: error: a tab [yaml-tab]",
        r"    2 | \u0009locales: [en-GB]  # \u202eevil",
        "      |       ^",
        "brands/acme/brand.yaml:3:1: warning: long [quote-text]",
        "brands/acme/brand.yaml:9:1: error: past the end [yaml-empty]",
        "storesync.yaml: error: there is no storesync.yaml [missing-file]",
        "  hint: make one",
    ]


def test_text_of_nothing():
    assert as_text([], FILES.get) == ""


def test_hostile_text_stays_on_its_lines():
    lines = as_text([HOSTILE], FILES.get).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(
        "brands/a,b:c%/Store 1\\u000a.yaml:1:1: error: 100 %\\u000d\\u000a::"
    )
    assert lines[1] == "  hint: a\\u000a::stop-commands::x"
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize(
    ("found", "counts", "line"),
    [
        ([], {"brands": 1, "locations": 25_601}, "1 brand, 25,601 locations: no errors"),
        (FOUND, {"brands": 2}, "2 brands: 4 errors, 1 warning"),
        (FOUND[2:3], {"brands": 0}, "0 brands: 0 errors, 1 warning"),
        (FOUND[:1], {"campaigns": 1}, "1 campaign: 1 error, 0 warnings"),
    ],
)
def test_the_last_line(found: list[Diagnostic], counts: dict[str, int], line: str):
    assert summary(found, counts) == line


def test_json():
    assert as_data(FOUND[0]) == {
        "rule": "unknown-field",
        "severity": "error",
        "message": 'unknown field "local"',
        "path": "brands/acme/brand.yaml",
        "line": 1,
        "column": 7,
        "hint": 'did you mean "locales"?',
    }
    assert json.loads(json.dumps([as_data(item) for item in [*FOUND, HOSTILE]]))


def test_annotations():
    assert as_github(FOUND).splitlines() == [
        (
            "::error file=brands/acme/brand.yaml,title=unknown-field,line=1,col=7"
            '::unknown field "local". did you mean "locales"?'
        ),
        "::error file=brands/acme/brand.yaml,title=yaml-tab,line=2,col=2::a tab",
        "::warning file=brands/acme/brand.yaml,title=quote-text,line=3,col=1::long",
        "::error file=brands/acme/brand.yaml,title=yaml-empty,line=9,col=1::past the end",
        "::error file=storesync.yaml,title=missing-file::there is no storesync.yaml. make one",
    ]


def test_hostile_text_is_no_command():
    (line,) = as_github([HOSTILE]).split("\n")
    assert line.startswith("::error file=brands/a%2Cb%3Ac%25/Store 1%0A.yaml,title=invalid-id,")
    assert "::100 %25%0D%0A::error::forged" in line
    assert "\r" not in line


HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
KEPT = re.compile("[\n\u200d\ufe0f]")
TEXTS = st.text(st.characters(), max_size=30)
DIAGNOSTICS = st.builds(
    Diagnostic,
    st.sampled_from(["a-b", "c-d"]),
    TEXTS,
    TEXTS,
    line=st.integers(0, 5),
    column=st.integers(0, 5),
    hint=TEXTS,
    severity=st.sampled_from(Severity),
)


@given(st.lists(DIAGNOSTICS, max_size=4))
def test_any_diagnostic_has_a_line_in_every_form(found: list[Diagnostic]):
    text = as_text(found, lambda _: None)
    hints = sum(bool(item.hint) for item in found)
    assert len(text.split("\n")) == max(1, len(found) + hints)
    assert not HIDDEN & {unicodedata.category(char) for char in KEPT.sub("", text)}
    commands = as_github(found).split("\n") if found else []
    assert all(
        re.match(r"::(error|warning) file=[^:,\r]*,title=[a-z-]+", line) for line in commands
    )
    assert len(commands) == len(found)
    check_sarif(as_sarif(found, {}, "1.0"), len(found))


def check_sarif(log: dict[str, Any], count: int) -> None:
    """Check what SARIF 2.1.0 and GitHub's code scanning require of a log."""
    assert log["version"] == "2.1.0"
    assert log["$schema"].startswith("https://")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
    assert len(run["results"]) == count
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning"}
        assert "text" in result["message"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert re.fullmatch(r"[A-Za-z0-9/._~%-]*", place["artifactLocation"]["uri"])
        assert place["region"]["startLine"] >= 1
        assert place["region"]["startColumn"] >= 1
    json.dumps(log).encode()


def test_sarif():
    log = as_sarif([*FOUND, HOSTILE], {"yaml-tab": "A tab as indentation"}, "0.1.0")
    check_sarif(log, 6)
    run = log["runs"][0]
    assert run["tool"]["driver"]["version"] == "0.1.0"
    titles = {
        rule["id"]: rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"]
    }
    assert titles["yaml-tab"] == "A tab as indentation"
    assert titles["quote-text"] == "quote-text"
    first = run["results"][0]
    assert first["message"]["text"] == 'unknown field "local". did you mean "locales"?'
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "brands/acme/brand.yaml"},
        "region": {"startLine": 1, "startColumn": 7},
    }
    uri = run["results"][-1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "brands/a%2Cb%3Ac%25/Store%201%0A.yaml"


MENDABLE = Diagnostic(
    "voice.our-words",
    'write "guest", not "customer"',
    "brands/acme/brand.yaml",
    line=1,
    column=7,
    hint='write "guest"',
    severity=Severity.WARNING,
    end_line=1,
    end_column=11,
    fix="guest",
)


def test_what_to_write_instead_is_told_in_every_form():
    assert as_text([MENDABLE], FILES.get).splitlines() == [
        'brands/acme/brand.yaml:1:7: warning: write "guest", not "customer" [voice.our-words]',
        "    1 | name: Acme",
        "      |       ^",
        '  hint: write "guest"',
    ]
    place = {"line": 1, "column": 7, "end_line": 1, "end_column": 11}
    assert as_data(MENDABLE)["fix"] == {**place, "text": "guest"}
    assert "fix" not in as_data(FOUND[0])
    assert as_github([MENDABLE]) == (
        "::warning file=brands/acme/brand.yaml,title=voice.our-words,line=1,col=7,"
        'endLine=1,endColumn=11::write "guest", not "customer". write "guest"'
    )
    (run,) = as_sarif([MENDABLE], {"voice": "Style"}, "1.0")["runs"]
    assert run["tool"]["driver"]["rules"][0]["shortDescription"] == {"text": "Style"}
    (result,) = run["results"]
    region = {"startLine": 1, "startColumn": 7, "endLine": 1, "endColumn": 11}
    assert result["locations"][0]["physicalLocation"]["region"] == region
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "brands/acme/brand.yaml"}
    assert change["replacements"] == [
        {"deletedRegion": region, "insertedContent": {"text": "guest"}}
    ]
