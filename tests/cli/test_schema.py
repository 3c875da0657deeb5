"""`storesync schema`, `fmt` and `migrate`: files that machines keep in order."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CAMPAIGN = "brands/my-brand/campaigns/welcome/campaign.yaml"


def test_the_schemas_of_this_repository_are_current(run):
    outcome = run("schema", "--check", cwd=ROOT)
    assert outcome.code == 0, outcome.stdout


def test_the_files_of_this_repository_are_canonical(run):
    outcome = run("fmt", "--check", cwd=ROOT)
    assert outcome.code == 0, outcome.stdout


def test_schemas_are_checked_and_written(run, fresh: Path):
    (fresh / "schemas/brand.json").write_text("{}")
    (fresh / "schemas/location.json").unlink()
    outcome = run("schema", "--check", cwd=fresh)
    assert outcome.code == 1
    assert "schemas/brand.json: not current\n" in outcome.stdout
    assert "schemas/location.json: not current\n" in outcome.stdout
    assert run("schema", cwd=fresh).code == 0
    assert run("schema", "--check", cwd=fresh).code == 0


@pytest.mark.slow
def test_no_other_command_loads_what_checks_schemas(fresh: Path):
    code = (
        "import sys; from storesync.cli import main\n"
        "for name in ('validate', 'render', 'plan', 'publish', 'status'): main.run([name])\n"
        "assert 'pydantic' in sys.modules; sys.exit('jsonschema' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=fresh, check=False).returncode == 0


def test_fmt_keeps_meaning_and_comments(run, fresh: Path, edit):
    path = fresh / CAMPAIGN
    before = run("explain", "welcome", "lakeside", "headline", cwd=fresh)
    edit(path, "channels: [web]", "# only the web, for now\nchannels:   [ web ]")
    assert run("fmt", "--check", cwd=fresh).code == 1
    outcome = run("fmt", cwd=fresh)
    assert outcome.code == 0
    assert outcome.stdout.startswith(f"{CAMPAIGN}\n1 of ")
    assert "# only the web, for now\nchannels: [web]\n" in path.read_text(encoding="utf-8")
    assert run("fmt", "--check", cwd=fresh).code == 0
    after = run("explain", "welcome", "lakeside", "headline", cwd=fresh)
    assert after.stdout.splitlines()[0] == before.stdout.splitlines()[0]


def test_fmt_leaves_broken_files_alone(run, fresh: Path, edit):
    path = fresh / CAMPAIGN
    edit(path, "channels: [web]", "channels: [web")
    before = path.read_bytes()
    run("fmt", cwd=fresh)
    assert path.read_bytes() == before


def test_fmt_takes_paths(run, fresh: Path, edit):
    edit(fresh / CAMPAIGN, "channels: [web]", "channels:   [web]")
    assert run("fmt", "--check", "templates", cwd=fresh).code == 0
    assert run("fmt", "--check", "brands/my-brand", cwd=fresh).code == 1


def test_migrate_has_nothing_to_do(run, fresh: Path):
    outcome = run("migrate", cwd=fresh)
    assert (outcome.code, outcome.stdout) == (0, "format 1 -> 1: 0 files changed\n")


def test_migrate_brings_format_0_up_to_date(run, fresh: Path, edit):
    edit(fresh / "storesync.yaml", "format: 1\n", "")
    assert "1 files would change" in run("migrate", "--dry-run", cwd=fresh).stdout
    assert run("migrate", cwd=fresh).code == 0
    assert "format: 1\n" in (fresh / "storesync.yaml").read_text(encoding="utf-8")
    assert run("validate", cwd=fresh).code == 0


def test_migrate_refuses_what_is_newer(run, fresh: Path, edit):
    edit(fresh / "storesync.yaml", "format: 1\n", "format: 7\n")
    outcome = run("migrate", cwd=fresh)
    assert outcome.code == 2
    assert "format 7" in outcome.stderr


def test_fmt_tells_what_is_wrong_and_leaves_that_file_alone(run, fresh: Path):
    texts = {
        "brands/my-brand/campaigns/welcome/campaign.yaml": "name:   A\nname: B\n",
        "brands/my-brand/brand.yaml": "name: [A\nlocales: x\n",
        "brands/my-brand/locations/us/lakeside.yaml": "name:   Caf\udce9\n",
    }
    for path, text in texts.items():
        (fresh / path).write_bytes(text.encode("utf-8", "surrogateescape"))
    other = fresh / "brands/my-brand/locations/us/main-street.yaml"
    other.write_text(other.read_text("utf-8").replace("name: ", "name:   "), "utf-8")
    for args in ((), ("--check",)):
        outcome = run("fmt", *args, cwd=fresh)
        assert outcome.code == 1
        lines = [line for line in outcome.stderr.splitlines() if not line.startswith(" ")]
        assert [line.split(": ")[0] for line in lines] == [
            "brands/my-brand/brand.yaml:1:7",
            "brands/my-brand/campaigns/welcome/campaign.yaml:2:1",
            "brands/my-brand/locations/us/lakeside.yaml:1:12",
        ]
    assert "1 of 8 files would change" not in outcome.stdout  # the first run wrote it
    assert "\nname: Main Street\n" in other.read_text("utf-8")
    for path, text in texts.items():
        assert (fresh / path).read_bytes() == text.encode("utf-8", "surrogateescape")
