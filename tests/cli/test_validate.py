"""`storesync validate`: what it shows, in which form, and its exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

CAMPAIGN = "brands/my-brand/campaigns/welcome/campaign.yaml"
LOCATION = "brands/my-brand/locations/us/lakeside.yaml"
OTHER = "brands/my-brand/locations/us/main-street.yaml"


@pytest.fixture
def wrong(fresh: Path, edit) -> Path:
    """A repository with an error in a campaign, one in a location, and a warning."""
    edit(fresh / CAMPAIGN, "channels: [web]", "channels: [web]\npriorty: 3")
    edit(fresh / LOCATION, "timezone: America/New_York", "timezone: America/New_Yrk")
    edit(fresh / OTHER, 'postcode: "62701"', "postcode: 62701")
    return fresh


def test_all_is_well(run, fresh: Path):
    outcome = run("validate", cwd=fresh)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert outcome.stdout == "1 brand, 3 locations, 1 template, 1 campaign: no errors\n"


def test_everything_wrong_is_shown_in_one_run(run, wrong: Path):
    outcome = run("validate", cwd=wrong)
    assert outcome.code == 1
    heads = [line for line in outcome.stdout.splitlines() if line.startswith("brands/")]
    assert [line.rpartition("[")[2].rstrip("]") for line in heads] == [
        "unknown-field",
        "invalid-value",
        "quote-text",
    ]
    assert heads[0].startswith(f"{CAMPAIGN}:6:1: error: ")
    assert '    6 | priorty: 3\n      | ^\n  hint: did you mean "priority"?\n' in outcome.stdout
    assert outcome.stdout.splitlines()[-1].endswith(": 2 errors, 1 warning")


def test_a_template_that_is_no_utf_8_is_an_error(run, fresh: Path):
    part = fresh / "templates/shared/welcome/web.html.j2"
    part.write_bytes(part.read_bytes() + "<p>Café</p>\n".encode("cp1252"))
    outcome = run("validate", cwd=fresh)
    assert outcome.code == 1
    line = part.read_bytes().count(b"\n")
    assert f"{part.relative_to(fresh)}:{line}:1: error: byte 0xE9 is not UTF-8" in outcome.stdout


def test_warnings_alone_are_fine(run, fresh: Path, edit):
    edit(fresh / LOCATION, 'postcode: "05401"', "postcode: 05401")
    outcome = run("validate", cwd=fresh)
    assert outcome.code == 0
    assert "[quote-text]" in outcome.stdout


def test_paths_limit_what_is_shown(run, wrong: Path):
    below = run("validate", "brands/my-brand/locations", cwd=wrong)
    assert "[unknown-field]" not in below.stdout
    assert "[invalid-value]" in below.stdout
    assert below.code == 1
    assert run("validate", "templates", cwd=wrong).code == 0


def test_the_second_run_says_the_same(run, wrong: Path):
    assert run("validate", cwd=wrong) == run("validate", cwd=wrong)


def test_sorted_diagnostics_as_json(run, wrong: Path):
    outcome = run("validate", "--format", "json", cwd=wrong)
    found = outcome.json["diagnostics"]
    places = [(item["path"], item["line"], item["column"]) for item in found]
    assert places == sorted(places)
    assert found[0]["rule"] == "unknown-field"
    assert outcome.json["checked"]["locations"] == 2


def test_sarif_names_rules_and_places(run, wrong: Path):
    log = run("validate", "--format", "sarif", cwd=wrong).json
    (results,) = [item["results"] for item in log["runs"]]
    assert {item["ruleId"] for item in results} == {"unknown-field", "invalid-value", "quote-text"}
    place = results[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == CAMPAIGN
    assert place["region"]["startLine"] == 6


def test_annotations_by_themselves_in_github_actions(
    run, wrong: Path, monkeypatch: pytest.MonkeyPatch
):
    asked = run("validate", "--format", "github", cwd=wrong)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run("validate", cwd=wrong) == asked
    assert asked.code == 1
    lines = asked.stdout.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith(f"::error file={CAMPAIGN},title=unknown-field,line=6,col=1::")
    assert run("validate", "--format", "text", cwd=wrong).stdout.startswith(CAMPAIGN)
    assert "diagnostics" in run("validate", "--format", "json", cwd=wrong).json


def test_an_id_that_changed_is_seen_against_a_revision(run, fresh: Path):
    (fresh / LOCATION).rename((fresh / LOCATION).with_name("lake-side.yaml"))
    outcome = run("validate", "--base", "HEAD", cwd=fresh)
    assert "[renamed-id]" in outcome.stdout
    assert outcome.code == 1
