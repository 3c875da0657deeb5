"""The workflows of this repository, and that `init` writes the same: pinned, and least able."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from storesync.app.scaffold import scaffold
from storesync.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
OURS = ROOT / ".github"
SCAFFOLD = ROOT / "storesync/scaffold/github"
SET_UP = "actions/set-up/action.yaml"
NAMES = ("comment", "control", "digest", "publish", "validate")
TOOLS = Path(sys.executable).parent
# What each job may do, and no more.
PERMISSIONS = {
    "comment": {"actions": "read", "pull-requests": "write"},
    "control": {"contents": "write", "pull-requests": "read"},
    "digest": {"contents": "read", "pull-requests": "read"},
    "publish": {"contents": "write", "pull-requests": "read"},
    "validate": {"contents": "read"},
}


def workflow(name: str) -> dict[Any, Any]:
    return yaml.safe_load((OURS / f"workflows/{name}.yaml").read_text(encoding="utf-8"))


def job(name: str) -> dict[str, Any]:
    jobs = workflow(name)["jobs"]
    assert list(jobs) == [name]
    return jobs[name]


def actions(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.rglob("*.yaml"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if found := re.search(r"\buses:\s*(.*)", line):
                yield path.name, found[1]


def test_ours_are_those_that_init_writes():
    theirs = {path: data for path, data in scaffold("r").items() if path.startswith(".github/")}
    own = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in OURS.rglob("*")
        if path.is_file()
    }
    del own[".github/CODEOWNERS"]
    assert theirs.keys() == own.keys()
    assert [path for path in theirs if theirs[path] != own[path]] == [f".github/{SET_UP}"]
    assert {f"{name}.yaml" for name in NAMES} == {p.name for p in (OURS / "workflows").iterdir()}


def test_sets_up_in_the_same_way_from_outside():
    here, there = (yaml.safe_load((folder / SET_UP).read_text()) for folder in (OURS, SCAFFOLD))
    assert here["inputs"].keys() == there["inputs"].keys() == {"extras"}
    assert here["name"] == there["name"]


def test_init_pins_the_version_that_wrote_it(run, tmp_path: Path):
    from importlib.metadata import version

    assert run("init", tmp_path).code == 0
    text = (tmp_path / f".github/{SET_UP}").read_text()
    assert f'"storesync[$EXTRAS]=={version("storesync")}"' in text
    assert "{{version}}" not in text


@pytest.mark.slow
@pytest.mark.parametrize("folder", [OURS, SCAFFOLD], ids=["ours", "scaffold"])
def test_the_linters_find_nothing(folder: Path):
    files = sorted((folder / "workflows").iterdir())
    for command in (
        ["actionlint", "-no-color", "-shellcheck=", "-pyflakes=", *files],
        [
            "zizmor",
            "--offline",
            "--no-progress",
            "--quiet",
            "--strict-collection",
            "--no-config",
            *files,
            folder / SET_UP,
        ],
    ):
        done = subprocess.run(
            [TOOLS / command[0], *command[1:]],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_script_of_the_comment_is_sound():
    options = ["--line-length", "100", "--quiet", "-"]
    rules = ["--isolated", "--select", "B,C4,E,F,I,PERF,PIE,RET,RUF,SIM,UP,W"]
    for part in (["check", *rules], ["format", "--isolated", "--check"]):
        done = subprocess.run(
            [TOOLS / "ruff", *part, *options],
            input=job("comment")["steps"][0]["run"], capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_actions_are_pinned_by_commit():
    for folder in (OURS, SCAFFOLD):
        found = list(actions(folder))
        assert len(found) > 8
        for name, uses in found:
            pinned = re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", uses)
            assert pinned or uses.startswith("./.github/actions/set-up "), (name, uses)


@pytest.mark.parametrize("name", NAMES)
def test_a_job_may_do_no_more_than_it_has_to(name: str):
    assert workflow(name)["permissions"] == {}
    assert job(name)["permissions"] == PERMISSIONS[name]
    assert job(name)["timeout-minutes"] <= 30
    assert "concurrency" in workflow(name)
    for step in job(name)["steps"]:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"] == {"fetch-depth": 0, "persist-credentials": False}
        assert "cache" not in str(step.get("uses", ""))
        assert "${{" not in step.get("run", "")  # nothing of an event becomes part of a command


def test_what_pull_requests_run_has_no_secret():
    text = (OURS / "workflows/validate.yaml").read_text()
    assert "secrets." not in text
    assert "github.token" not in text
    assert "environment" not in job("validate")
    assert list(workflow("validate")[True]) == ["pull_request"]  # YAML 1.1 reads `on` so


def test_the_half_that_may_write_runs_nothing_but_itself():
    assert [set(step) for step in job("comment")["steps"]] == [{"name", "shell", "env", "run"}]
    assert job("comment")["steps"][0]["env"] == {"GITHUB_TOKEN": "${{ github.token }}"}
    assert workflow("comment")[True]["workflow_run"]["workflows"] == [workflow("validate")["name"]]


def test_publishing_is_never_cancelled_and_bound_to_the_main_branch():
    assert workflow("publish")["concurrency"]["cancel-in-progress"] is False
    for name in ("control", "digest", "publish"):
        assert job(name)["environment"] == "publish"
        assert job(name)["if"] == "${{ github.ref == 'refs/heads/main' }}"
    triggers = workflow("publish")[True]
    assert triggers["push"] == {"branches": ["main"]}
    [cron] = [item["cron"] for item in triggers["schedule"]]
    minutes = cron.split()[0]
    assert re.fullmatch(r"[1-4]-5[0-9]/5", minutes)  # every five minutes, never at a full hour
    assert "workflow_dispatch" in triggers


def test_the_commands_are_there():
    runs = "\n".join(step.get("run", "") for name in NAMES for step in job(name)["steps"])
    used = set(re.findall(r"^\s*storesync ([a-z]+)", runs, re.MULTILINE))
    assert {"validate", "render", "plan", "publish", "digest"} == used
    assert used | {"hold", "resume", "recall"} <= set(COMMANDS)
