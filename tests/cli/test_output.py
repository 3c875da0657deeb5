"""JSON outputs are as schemas/output/ says, on the demonstration, and hold nothing else."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

FOLDER = Path(__file__).parents[2] / "schemas" / "output"
KINDS = sorted(path.stem for path in FOLDER.glob("*.json"))
AT = "2026-11-22T16:00:00Z"
NEXT = "2026-12-01T13:05:00Z"
WARMERS = "harbor-coffee/2026-winter-warmers"

READING = [
    ("validate", ["validate"]),
    ("plan", ["plan", "--at", NEXT]),
    ("plan", ["plan", "--base", "HEAD", "--at", AT]),
    ("plan", ["publish", "--dry-run", "--at", NEXT]),
    ("publish", ["publish", "--at", AT]),
    ("status", ["status", "--at", AT]),
    ("status", ["status", WARMERS, "--at", AT]),
    ("explain", ["explain", WARMERS, "austin-congress"]),
    ("explain", ["explain", "2027-garden-bird-week", "cork-douglas"]),
    ("explain", ["explain", "2027-garden-bird-week", "hamburg-rissen", "--channel", "social"]),
    ("history", ["history"]),
    ("history-evidence", ["history", "--evidence", ".storesync/evidence"]),
    ("render", ["render", WARMERS, "--location", "austin-congress"]),
    ("schema", ["schema", "--check"]),
    ("codeowners", ["codeowners", "--check"]),
    ("verify", ["verify"]),
    ("verify", ["verify", "--live", WARMERS]),
    ("doctor", ["doctor"]),
    ("doctor", ["doctor", "--fix"]),
    ("fmt", ["fmt", "--check"]),
    ("migrate", ["migrate", "--dry-run"]),
    ("index", ["index", "--brand", "fern-and-field"]),
    ("search", ["search", "warm drinks", "--brand", "harbor-coffee"]),
    ("search", ["similar", WARMERS, "--limit", "2"]),
    ("error", ["search", "bulbs", "--brand", "nobody"]),
    ("error", ["explain", WARMERS, "nowhere"]),
    ("error", ["validate", "--format", "json", "--nonsense"]),
]
WRITING = [
    ("publish", ["publish", "--at", NEXT]),
    ("publish", ["publish", "--at", "2026-12-26T09:00:00Z"]),
    ("render-out", ["render", WARMERS, "--out", ".storesync/preview"]),
    ("export-locations", ["export", "locations", "--brand", "harbor-coffee", "all.csv"]),
    ("import-locations", ["import", "locations", "all.csv", "--brand", "harbor-coffee"]),
    (
        "import-locations",
        ["import", "locations", "docs/examples/shops.csv", "--brand", "harbor-coffee"],
    ),
    ("import-locations", ["import", "locations", "storesync.yaml", "--brand", "harbor-coffee"]),
    ("export-values", ["export", "values", "--campaign", WARMERS, "warmers.csv"]),
    ("import-values", ["import", "values", "warmers.csv", "--campaign", WARMERS]),
    ("import-values", ["import", "values", "storesync.yaml", "--campaign", WARMERS]),
    ("import-results", ["import", "results", "docs/examples/results.csv", "--skip-rejected"]),
    ("import-results", ["import", "results", "storesync.yaml"]),
    ("schema", ["schema"]),
    ("codeowners", ["codeowners"]),
    ("whoami", ["whoami"]),
    ("hold", ["hold", WARMERS, "-m", "Flood", "--until", "2026-12-27", "--at", NEXT]),
    ("hold", ["recall", "--brand", "harbor-coffee", "--channel", "web", "-m", "x", "--at", NEXT]),
    ("plan", ["plan", "--at", NEXT]),
    ("publish", ["publish", "--at", NEXT]),
    ("status", ["status", WARMERS, "--at", NEXT]),
    ("history", ["history", WARMERS]),
    ("resume", ["resume", "--brand", "harbor-coffee", "-m", "Dry again", "--at", NEXT]),
    ("settle", ["settle", "--at", NEXT]),
    ("fmt", ["fmt"]),
    ("migrate", ["migrate"]),
    ("new", ["new", "template", "poster"]),
    ("init", ["init", "../chain"]),
]
# Who does what, one after the other, in a repository without a host.
ENDLESS = "harbor-coffee/bring-your-cup"
WORKFLOW = [
    ("ben", "schedule", ["schedule", ENDLESS, "--end", "2031-04-22"]),
    ("ben", "submit", ["submit"]),
    ("ben", "digest", ["digest"]),
    ("ben", "status", ["status"]),
    ("mia", "reject", ["reject", "-m", "A day longer"]),
    ("mia", "approve", ["approve", ENDLESS, "--merge"]),
    ("mia", "submit", ["submit", ENDLESS]),
]


@functools.cache
def schema(kind: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{kind}.json").read_text(encoding="utf-8"))


def closed(part: Any) -> Any:
    """Return a schema that allows nothing it does not name: programs may, these tests may not."""
    if isinstance(part, list):
        return [closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    inner = {key: closed(value) for key, value in part.items()}
    return {"additionalProperties": False, **inner} if "properties" in part else inner


def check(kind: str, data: Any) -> None:
    found = Draft202012Validator(closed(schema(kind))).iter_errors(data)
    assert [f"{error.json_path}: {error.message[:200]}" for error in found] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_are_schemas(kind: str):
    Draft202012Validator.check_schema(schema(kind))
    assert schema(kind)["$id"] == f"output/{kind}.json"


def test_every_schema_is_tried():
    tried = {kind for kind, _ in (*READING, *WRITING)} | {kind for _, kind, _ in WORKFLOW}
    tried.add("generate")  # below; what it drafts in tests/copywriting
    assert tried == set(KINDS)


@pytest.mark.slow
def test_what_commands_read_is_as_described(run, published: Path):
    for kind, args in READING:
        outcome = run(*args, "--format", "json", cwd=published)
        assert outcome.code == (2 if kind == "error" else 0), (args, outcome)
        check(kind, outcome.json)


@pytest.mark.slow
def test_what_commands_do_is_as_described(
    run, git_in, published: Path, copy_of: Callable[[Path], Path]
):
    folder = copy_of(published)
    git_in(folder, "config", "user.name", "Mia")
    git_in(folder, "config", "user.email", "mia@harbor-coffee.example.com")
    for kind, args in WRITING:
        outcome = run(*args, "--format", "json", cwd=folder)
        assert outcome.code in {0, 1}, (args, outcome)
        check(kind, outcome.json)


@pytest.mark.slow
def test_the_workflow_is_as_described(run, git_in, edit, published: Path, copy_of):
    folder = copy_of(published)
    git_in(folder, "config", "user.name", "Somebody")
    for number, (who, kind, args) in enumerate(WORKFLOW, 1):
        git_in(folder, "config", "user.email", f"{who}@harbor-coffee.example.com")
        if number == len(WORKFLOW):  # what is refused is as described, too
            edit(
                folder / f"brands/{ENDLESS.replace('/', '/campaigns/')}/campaign.yaml", "na", "nna"
            )
        outcome = run(*args, "--format", "json", cwd=folder)
        assert outcome.code == (1 if number == len(WORKFLOW) else 0), (args, outcome)
        check(kind, outcome.json)


def test_an_estimate_is_as_described(run, fresh: Path):
    settings = fresh / "storesync.yaml"
    said = 'copywriter: {base_url: "http://127.0.0.1:9/v1", model: tiny}\n'
    settings.write_text(settings.read_text() + said)
    campaign = next((fresh / "brands/my-brand/campaigns").iterdir()).name
    outcome = run("generate", campaign, "--estimate", "--format", "json", cwd=fresh)
    assert outcome.code == 0, outcome
    check("generate", outcome.json)
    assert outcome.json["estimate"]["drafts"]


def test_diagnostics_are_as_described(run, fresh: Path, edit):
    edit(fresh / "brands/my-brand/brand.yaml", "name:", "nam:")
    outcome = run("validate", "--format", "json", cwd=fresh)
    assert outcome.json["diagnostics"]
    check("validate", outcome.json)


def test_imported_results_are_as_described(run, fresh: Path, tmp_path: Path):
    table = tmp_path / "tills.csv"
    campaign = next((fresh / "brands/my-brand/campaigns").iterdir()).name
    table.write_text(f"campaign,clicks,cost\n{campaign},12,3.50\nnowhere,1,1\n")
    args = ["import", "results", table, "--format", "json"]
    stopped = run(*args, cwd=fresh)
    assert (stopped.code, stopped.json["written"]) == (1, False)
    outcome = run(*args, "--skip-rejected", cwd=fresh)
    check("import-results", outcome.json)
    assert (outcome.code, outcome.json["created"], outcome.json["written"]) == (0, 1, True)
    assert run("validate", cwd=fresh).code == 0
    assert run(*args, "--skip-rejected", cwd=fresh).json["unchanged"] == 1


def test_the_sum_of_rows_is_right(run, fresh: Path, tmp_path: Path):
    table = tmp_path / "shops.csv"
    table.write_text("id,name,country,timezone\na-1,One,US,America/Boise\n,Two,US,America/Boise\n")
    args = ["import", "locations", table, "--brand", "my-brand", "--skip-rejected"]
    data = run(*args, "--format", "json", cwd=fresh).json
    check("import-locations", data)
    rejected = {item["row"] for item in data["rejected"]}
    assert data["rows"] == data["created"] + data["updated"] + data["unchanged"] + len(rejected)
