"""After one location changed the commands say and write what they would have from nothing."""

from __future__ import annotations

import json
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


def written(root: Path) -> dict[str, int]:
    """Return when each entry of the cache was written."""
    return {path.name: path.stat().st_mtime_ns for path in (root / CACHE).iterdir()}


def test_only_what_changed_is_worked_out(run, fresh: Path, edit):
    run("validate", cwd=fresh)
    run("render", "--out", "pages", cwd=fresh)
    kept = written(fresh)
    edit(fresh / LOCATION, "name: ", "name: New ")
    run("validate", cwd=fresh)
    run("render", "--out", "pages", cwd=fresh)
    now = written(fresh)
    # What each of them found; the caches of all files and all artifacts are not touched.
    assert len([name for name in kept if kept[name] != now[name]]) == 2
    edit(fresh / CAMPAIGN, "name: ", "name: New ")
    run("validate", cwd=fresh)
    later = written(fresh)
    assert len([name for name in now if now[name] != later[name]]) > 1


def test_only_what_changed_is_planned(run, small: Path, edit, git_in):
    run("plan", "--at", AT, cwd=small)
    edit(small / LOCATION, "name: ", "name: New ")
    git_in(small, "commit", "--quiet", "--all", "--message", "Change")
    before = written(small)
    assert "1 to update" in run("plan", "--at", AT, cwd=small).stdout
    assert written(small) == before


AT = "2026-11-22T16:00:00Z"
AUSTIN = "brands/harbor-coffee/locations/us/texas/austin-congress.yaml"
PLANNED = [
    pytest.param("name: ", "closed_until: 2026-12-01\nname: ", id="closed for a while"),
    pytest.param("[downtown, drive-thru]", "[]", id="in fewer selectors"),
    pytest.param("name: ", "timezone: Nowhere\nname: ", id="an error"),
    pytest.param("name: ", "notes: Nothing to see\nname: ", id="nothing anybody sees"),
]


@pytest.fixture(scope="module")
def live(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, published at AT. Not to be changed."""
    from storesync.cli import main

    root = tmp_path_factory.mktemp("live") / "all"
    shutil.copytree(demonstration, root)
    assert main.run(["-C", str(root), "-q", "publish", "--at", AT]) == 0
    return root


def forget_manifests(root: Path, git_in) -> None:
    """Leave nothing in the ledger that says what was worked out before."""
    work = root.with_name("ledger")
    git_in(root, "worktree", "add", "--quiet", str(work), "storesync/ledger")
    git_in(work, "rm", "-r", "--quiet", "manifests")
    git_in(work, "commit", "--quiet", "--message", "Forget")
    git_in(root, "worktree", "remove", str(work))


@pytest.mark.parametrize(("old", "new"), PLANNED)
def test_publish_does_the_same(run, git_in, live: Path, tmp_path: Path, old: str, new: str):
    some, every = tmp_path / "some", tmp_path / "every"
    shutil.copytree(live, some)
    text = (some / AUSTIN).read_text(encoding="utf-8")
    (some / AUSTIN).write_text(text.replace(old, new, 1), encoding="utf-8")
    git_in(some, "commit", "--quiet", "--all", "--message", "Change")
    shutil.copytree(some, every)
    forget_manifests(every, git_in)
    plans = [run("plan", "--at", AT, "--format", "json", cwd=root).stdout for root in (some, every)]
    assert json.loads(plans[0]) == json.loads(plans[1])
    codes = [run("publish", "--at", AT, cwd=root).code for root in (some, every)]
    assert codes[0] == codes[1]
    assert files_in(some / ".storesync/outbox") == files_in(every / ".storesync/outbox")
    if codes[0]:
        return  # with an error nothing is said to be as it should be
    manifests = [
        git_in(root, "grep", "-h", "^\\[", "storesync/ledger", "--", "manifests")
        for root in (some, every)
    ]
    assert manifests[0] == manifests[1]
