"""`storesync render`: one artifact on the terminal, or all in a folder."""

from __future__ import annotations

from pathlib import Path

CAMPAIGN = "brands/my-brand/campaigns/welcome/campaign.yaml"


def test_one_location_is_shown(run, fresh: Path):
    outcome = run("render", "welcome", "--location", "main-street", cwd=fresh)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert outcome.stdout.startswith("--- web en-US main-street: html\n<!doctype html>")


def test_without_a_location_the_first_is_shown_and_said(run, fresh: Path):
    outcome = run("render", "welcome", cwd=fresh)
    assert outcome.stdout.startswith("--- web en-US lakeside: html\n")
    assert "showing lakeside; name another one with --location" in outcome.stderr


def test_a_folder_holds_a_file_for_each_part(run, fresh: Path, tmp_path: Path):
    out = tmp_path / "pages"
    assert run("render", "--out", out, cwd=fresh).stdout.startswith("3 files in ")
    found = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.html"))
    assert found == [
        f"my-brand/welcome/{name}.web.en-US.html"
        for name in ("lakeside", "main-street", "old-station")
    ]


def test_what_is_not_committed_is_rendered_too(run, fresh: Path, tmp_path: Path, edit):
    edit(fresh / CAMPAIGN, "Good to have you here", "Come on in")
    run("render", "--out", tmp_path / "pages", cwd=fresh)
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "pages").rglob("*.html")]
    assert all("Come on in" in page for page in pages)


def test_a_changed_location_alone_is_written_again(run, fresh: Path, tmp_path: Path, edit):
    run("render", "--out", tmp_path / "pages", cwd=fresh)
    pages = sorted((tmp_path / "pages").rglob("*.html"))
    before = [page.stat().st_mtime_ns for page in pages]
    edit(fresh / "brands/my-brand/locations/us/lakeside.yaml", "Lakeside", "By the Lake")
    run("render", "--out", tmp_path / "pages", cwd=fresh)
    after = [page.stat().st_mtime_ns for page in pages]
    assert [one != two for one, two in zip(before, after, strict=True)] == [True, False, False]


def test_a_folder_of_ours_stays_ours_without_any_page(run, fresh: Path, tmp_path: Path):
    campaign, out = fresh / CAMPAIGN, tmp_path / "pages"
    run("render", "--out", out, cwd=fresh)
    text = campaign.read_text(encoding="utf-8")
    campaign.unlink()
    for _ in range(2):
        outcome = run("render", "--out", out, cwd=fresh)
        assert (outcome.code, outcome.stdout[:11]) == (0, "0 files in ")
    campaign.write_text(text, encoding="utf-8")
    assert run("render", "--out", out, cwd=fresh).stdout.startswith("3 files in ")


def test_a_foreign_folder_is_left_alone(run, fresh: Path, tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine")
    outcome = run("render", "--out", tmp_path, cwd=fresh)
    assert outcome.code == 2
    assert "is not empty and was not written by render" in outcome.stderr
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_a_campaign_with_an_error_is_not_written(run, fresh: Path, tmp_path: Path, edit):
    run("render", "--out", tmp_path / "pages", cwd=fresh)
    edit(fresh / CAMPAIGN, "channels: [web]", "channels: [web]\npriorty: 3")
    outcome = run("render", "--out", tmp_path / "pages", cwd=fresh)
    assert outcome.code == 1
    assert "[unknown-field]" in outcome.stderr
    assert "3 files in" in outcome.stdout  # those of the run before
    assert len(list((tmp_path / "pages").rglob("*.html"))) == 3


def test_a_folder_that_cannot_be_made_is_said(run, fresh: Path, tmp_path: Path):
    (tmp_path / "file").write_text("")
    outcome = run("render", "--out", tmp_path / "file/pages", cwd=fresh)
    assert outcome.code == 2
    assert outcome.stderr.startswith(f"error: cannot write {tmp_path / 'file/pages'}")
