"""`storesync init`: a repository in which every command works at once."""

from __future__ import annotations

from pathlib import Path

import pytest

COMMANDS = [
    ["validate"],
    ["fmt", "--check"],
    ["schema", "--check"],
    ["migrate"],
    ["plan"],
    ["plan", "--base", "HEAD"],
    ["render", "welcome"],
    ["render", "--out", ".storesync/preview"],
    ["explain", "welcome", "lakeside"],
    ["status"],
    ["status", "welcome"],
    ["history"],
    ["publish"],
    ["publish"],
    ["status"],
    ["history", "welcome"],
    ["plan"],
    ["export", "locations", "--brand", "my-brand", "--out", ".storesync/shops.xlsx"],
    ["import", "locations", ".storesync/shops.xlsx", "--brand", "my-brand"],
    ["new", "campaign", "second", "--start", "2027-01-01"],
    ["new", "template", "own"],
    ["new", "brand", "sister"],
    ["validate"],
]


def test_every_command_works_at_once(run, tmp_path: Path):
    folder = tmp_path / "chain"
    assert run("init", folder).code == 0
    for args in COMMANDS:
        outcome = run(*args, cwd=folder)
        assert outcome.code == 0, (args, outcome)
    assert (folder / ".storesync/outbox/index.html").is_file()


def test_init_commits_and_leaves_nothing_behind(run, tmp_path: Path, git_in):
    outcome = run("init", "--format", "json", tmp_path / "chain")
    assert git_in(tmp_path / "chain", "status", "--porcelain") == ""
    assert git_in(tmp_path / "chain", "rev-parse", "HEAD").strip() == outcome.json["commit"]
    listed = git_in(tmp_path / "chain", "ls-files").split()
    assert sorted(listed) == outcome.json["files"]


def test_two_repositories_have_two_ids(run, tmp_path: Path):
    texts = set()
    for name in ("one", "two"):
        run("init", tmp_path / name)
        texts.add((tmp_path / name / "storesync.yaml").read_text(encoding="utf-8"))
    assert len(texts) == 2


def test_init_here_keeps_what_is_there(run, tmp_path: Path, git_in):
    (tmp_path / "notes.txt").write_text("mine")
    assert run("init", cwd=tmp_path).code == 0
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert "notes.txt" not in git_in(tmp_path, "ls-files")


@pytest.mark.parametrize("taken", ["storesync.yaml", "README.md", "brands/my-brand/brand.yaml"])
def test_init_overwrites_nothing(run, tmp_path: Path, taken: str):
    (tmp_path / taken).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / taken).write_text("mine")
    outcome = run("init", cwd=tmp_path)
    assert outcome.code == 2
    assert f"{taken} exists already" in outcome.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / taken]


def test_init_inside_a_campaign_repository_is_refused(run, fresh: Path):
    outcome = run("init", fresh / "inner")
    assert outcome.code == 2
    assert "is a campaign repository already" in outcome.stderr
    assert not (fresh / "inner").exists()


def test_the_page_is_set_from_right_to_left_where_its_language_is(run, fresh: Path):
    location = next(fresh.rglob("lakeside.yaml"))
    location.write_text(location.read_text() + "locales: [ar-AE]\n")
    shown = run("render", "welcome", "--location", "lakeside", cwd=fresh).stdout
    assert '<html lang="ar-AE" dir="rtl">' in shown
    assert 'dir="ltr">(802) 555-0167<' in shown
    assert '<p dir="auto">Come in' in shown  # English, where nobody has translated it
    shown = run("render", "welcome", "--location", "main-street", cwd=fresh).stdout
    assert '<html lang="en-US">' in shown


def test_a_location_that_is_called_as_the_brand_is_named_once(run, fresh: Path):
    location = next(fresh.rglob("lakeside.yaml"))
    location.write_text(location.read_text().replace("name: Lakeside", "name: My Brand"))
    shown = run("render", "welcome", "--location", "lakeside", cwd=fresh).stdout
    assert "<title>My Brand</title>" in shown
    assert '<p class="place">My Brand</p>' in shown
