"""After one location changed the commands say and write what they would have from nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

LOCATION = "brands/my-brand/locations/us/main-street.yaml"
CAMPAIGN = "brands/my-brand/campaigns/welcome/campaign.yaml"
CACHE = Path(".storesync/cache")

EDITS = [
    pytest.param("name: ", "name: New ", id="another name"),
    pytest.param('postcode: "62701"', "postcode: 62701", id="a warning"),
    pytest.param('postcode: "62701"', "postcode: [", id="an error"),
    pytest.param("name: ", "closes_on: 2026-11-01\nname: ", id="closed"),
    pytest.param("name: ", "formerly: [old-street]\nname: ", id="an earlier id"),
]


def files_in(folder: Path) -> dict[str, bytes]:
    """Return what people see of a folder: path -> bytes."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in found
        if not path.name.startswith(".")
    }


@pytest.mark.parametrize(("old", "new"), EDITS[1:])
def test_validate_says_the_same(run, fresh: Path, edit, old: str, new: str):
    assert run("validate", cwd=fresh).code == 0
    edit(fresh / LOCATION, old, new)
    again = run("validate", "--format", "json", cwd=fresh)
    shutil.rmtree(fresh / CACHE)
    assert again == run("validate", "--format", "json", cwd=fresh)


@pytest.mark.parametrize(("old", "new"), [EDITS[0], EDITS[3]])
def test_render_writes_the_same(run, fresh: Path, edit, old: str, new: str):
    assert run("render", "--out", "first", cwd=fresh).code == 0
    edit(fresh / LOCATION, old, new)
    again = run("render", "--out", "first", cwd=fresh)
    shutil.rmtree(fresh / CACHE)
    whole = run("render", "--out", "second", cwd=fresh)
    assert again.code == whole.code == 0
    assert files_in(fresh / "first") == files_in(fresh / "second")


def test_only_what_changed_is_worked_out(run, fresh: Path, edit):
    run("validate", cwd=fresh)
    run("render", "--out", "pages", cwd=fresh)
    kept = {path.name: path.stat().st_mtime_ns for path in (fresh / CACHE).iterdir()}
    edit(fresh / LOCATION, "name: ", "name: New ")
    run("validate", cwd=fresh)
    run("render", "--out", "pages", cwd=fresh)
    now = {path.name: path.stat().st_mtime_ns for path in (fresh / CACHE).iterdir()}
    # What each of them found; the caches of all files and all artifacts are not touched.
    assert len([name for name in kept if kept[name] != now[name]]) == 2
    edit(fresh / CAMPAIGN, "name: ", "name: New ")
    run("validate", cwd=fresh)
    later = {path.name: path.stat().st_mtime_ns for path in (fresh / CACHE).iterdir()}
    assert len([name for name in now if now[name] != later[name]]) > 1
