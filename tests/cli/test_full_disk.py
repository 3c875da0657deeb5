"""A disk that is full: files of people stay as they were, and the next run does what is left."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from storesync.app.files import write_whole

pytestmark = pytest.mark.slow

BRAND = "brands/my-brand/brand.yaml"
NOTES = "brands/my-brand/locations/us/lakeside.yaml"
COMMANDS = {
    "fmt": ["fmt"],
    "schema": ["schema"],
    "codeowners": ["codeowners"],
    "evidence": ["history", "--evidence", "evidence"],
    "init": ["init", "../another"],
    "index": ["index"],
}


def with_room(size: int, folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run a command that can write no file of more than `size` bytes.

    Python would keep parts of its byte code for good.
    """
    return subprocess.run(
        [sys.executable, "-m", "storesync", *args],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        capture_output=True,
        text=True,
        check=False,
    )


def files(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder and the one beside it, but not what is only a cache."""
    return {
        str(path.relative_to(folder.parent)): path.read_bytes()
        for path in folder.parent.rglob("*")
        if path.is_file() and not {".git", ".storesync"} & set(path.parts)
    }


@pytest.fixture
def worn(small: Path, edit) -> Path:
    """A repository in which every one of the commands has something to write."""
    edit(small / NOTES, "name: ", "name:   ")
    with (small / NOTES).open("a") as file:
        file.write(f"notes: {'Round the corner. ' * 40}\n")
    with (small / "storesync.yaml").open("a") as file:
        file.write("admins: [mia, ben]\n")
    for path in ("schemas/brand.json", ".github/CODEOWNERS"):
        (small / path).write_text("Somebody's\n", encoding="utf-8")
    return small


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_leaves_no_part_of_a_file(worn, name):
    before = files(worn)
    outcome = with_room(300, worn, *COMMANDS[name])
    assert outcome.returncode == 2, outcome
    assert "cannot write" in outcome.stderr
    assert "make room there" in outcome.stderr
    there = files(worn)
    assert {path: there.get(path) for path in before} == before
    assert not there.keys() - before.keys()
    assert with_room(-1, worn, *COMMANDS[name]).returncode in {0, 1}


def test_a_file_that_lies_where_one_is_made_is_in_nobody_s_way(tmp_path):
    """A run that was killed left it there, or somebody's branch has a link of that name."""
    elsewhere, target = tmp_path / "elsewhere", tmp_path / "note.yaml"
    elsewhere.write_text("Mine\n", encoding="utf-8")
    (tmp_path / ".note.yaml.new").symlink_to(elsewhere)
    target.touch(0o600)
    write_whole(target, b"New\n")
    assert (elsewhere.read_text(), target.read_text()) == ("Mine\n", "New\n")
    assert target.stat().st_mode & 0o777 == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"elsewhere", "note.yaml"}


def test_of_a_bug_there_is_a_report_without_room_for_it(small, monkeypatch, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import storesync.catalog.schema as s\ns.verify = lambda _: 1 / 0\n", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    outcome = with_room(0, small, "--format", "json", "schema")
    assert outcome.returncode == 3
    assert "ZeroDivisionError" in outcome.stderr
    assert "what stands above" in json.loads(outcome.stdout)["error"]["hint"]
