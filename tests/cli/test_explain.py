"""`storesync explain`: which file and line set a value, what it overrode, and who wrote it."""

from __future__ import annotations

import shutil
from pathlib import Path

OVERRIDE = "brands/my-brand/campaigns/welcome/locations/lakeside.yaml"


def test_a_value_with_its_line_and_commit(run, fresh: Path):
    outcome = run("explain", "welcome", "lakeside", "headline", cwd=fresh)
    value, origin = outcome.stdout.splitlines()
    assert value == "headline = Good to have you here"
    assert "brands/my-brand/campaigns/welcome/campaign.yaml:7" in origin
    assert "Start with StoreSync" in origin


def test_an_override_and_what_it_overrides(run, fresh: Path):
    path = fresh / OVERRIDE
    path.parent.mkdir()
    path.write_text("reason: New sign\nvalues:\n  message: Hello from the lake\n")
    data = run("explain", "welcome", "lakeside", "message", "--format", "json", cwd=fresh).json
    (value,) = data["values"]
    assert value["value"] == "Hello from the lake"
    assert (value["path"], value["line"], value["commit"]) == (OVERRIDE, 3, None)
    assert [layer["layer"] for layer in value["layers"]] == ["campaign", "override"]
    text = run("explain", "welcome", "lakeside", "message", cwd=fresh).stdout
    assert "(not committed yet" in text
    assert "overrides campaign" in text


def test_what_hides_in_a_commit_is_shown(run, fresh: Path, commit, monkeypatch):
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Mia\u202ea")
    commit(fresh, {OVERRIDE: "reason: New sign\nvalues: {message: Hello}\n"}, "New\x1b[8m sign")
    text = run("explain", "welcome", "lakeside", "message", cwd=fresh).stdout
    assert r"Mia\u202ea: New\u001b[8m sign" in text
    assert not {"\x1b", "\u202e"} & set(text)


def test_when_own_values_end_is_said_with_them_alone(run, fresh: Path):
    path = fresh / OVERRIDE
    path.parent.mkdir()
    path.write_text("reason: New sign\nuntil: 2026-12-13T18:00\nvalues: {message: Hello}\n")
    data = run("explain", "welcome", "lakeside", "message", "--format", "json", cwd=fresh).json
    below, own = data["values"][0]["layers"]
    assert (below["until"], own["until"]) == (None, "2026-12-13T18:00")
    text = run("explain", "welcome", "lakeside", cwd=fresh).stdout
    assert text.count("  until ") == text.count("lakeside.yaml:3  until 2026-12-13T18:00  (") == 1


def test_a_name_stands_for_all_below_it(run, fresh: Path):
    outcome = run("explain", "welcome", "lakeside", "location.address", cwd=fresh)
    names = [line.partition(" = ")[0] for line in outcome.stdout.splitlines() if line[0] != " "]
    assert "location.address.city" in names
    assert all(name.startswith("location.address.") for name in names)


def test_a_folders_default_is_named(run, fresh: Path):
    outcome = run("explain", "welcome", "lakeside", "location.address.country", cwd=fresh)
    assert "folder    brands/my-brand/locations/us/_defaults.yaml:2" in outcome.stdout


def test_a_faulty_file_elsewhere_does_not_matter(run, fresh: Path):
    (fresh / "brands/my-brand/locations/us/broken.yaml").write_text("name: [")
    assert run("explain", "welcome", "lakeside", "headline", cwd=fresh).code == 0


def test_a_faulty_file_is_said_to_be_one(run, fresh: Path):
    (fresh / "brands/my-brand/locations/us/broken.yaml").write_text("name: [")
    outcome = run("explain", "welcome", "broken", cwd=fresh)
    assert outcome.code == 2
    assert 'the file of the location "broken" has an error' in outcome.stderr
    (fresh / "brands/my-brand/campaigns/welcome/campaign.yaml").write_text("name: [")
    outcome = run("explain", "welcome", "lakeside", cwd=fresh)
    assert 'the file of the campaign "welcome" has an error' in outcome.stderr


def test_a_shallow_clone_tells_the_values_and_what_it_lacks(run, shallow: Path, git_in):
    outcome = run("explain", "welcome", "lakeside", "headline", cwd=shallow)
    assert outcome.code == 0
    assert "headline = Good to have you here" in outcome.stdout
    assert "campaign.yaml:7  (not known: this clone is shallow)" in outcome.stdout
    assert outcome.stderr.startswith("note: this clone is shallow: older commits are missing")
    assert "hint: git fetch --unshallow" in outcome.stderr
    data = run("explain", "welcome", "lakeside", "headline", "--format", "json", cwd=shallow).json
    assert data["values"][0]["commit"] is None
    git_in(shallow, "fetch", "--quiet", "--unshallow")
    outcome = run("explain", "welcome", "lakeside", "headline", cwd=shallow)
    assert "Start with StoreSync" in outcome.stdout
    assert outcome.stderr == ""


def test_without_a_repository_there_are_no_commits(run, fresh: Path):
    shutil.rmtree(fresh / ".git")
    outcome = run("explain", "welcome", "lakeside", "headline", cwd=fresh)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert "(no Git repository)" in outcome.stdout


COPY = "brands/my-brand/campaigns/welcome/copy"


def with_copy(folder: Path) -> None:
    (folder / COPY).mkdir()
    text = "values:\n  headline:\n    vary:\n      - Hello {{ city }}\n      - Good day\n"
    (folder / COPY / "web.en.yaml").write_text(text)


def test_where_copy_says_something_else(run, fresh: Path):
    with_copy(fresh)
    lines = run("explain", "welcome", "lakeside", "headline", cwd=fresh).stdout.splitlines()
    assert lines[0] == "headline = Good to have you here"
    option = 1 if lines[2].endswith("= Hello {{ city }}") else 2
    assert lines[2].startswith("  on web in en-US = ")
    assert f"{COPY}/web.en.yaml:{3 + option}, option {option} of 2 by the location's id" in lines[3]


def test_copy_is_a_layer_on_its_channel(run, fresh: Path):
    with_copy(fresh)
    args = ("explain", "welcome", "lakeside", "headline", "--channel", "web", "--format", "json")
    (value,) = run(*args, cwd=fresh).json["values"]
    assert [layer["layer"] for layer in value["layers"]] == ["campaign", "copy"]
    assert value["path"] == f"{COPY}/web.en.yaml"
    assert value["option"] == {"number": value["line"] - 3, "of": 2}
    assert value["copy"] == []


def test_a_channel_or_language_that_is_none_of_the_campaigns(run, fresh: Path):
    for args in (
        ("--channel", "fax"),
        ("--channel", "web", "--locale", "fr"),
        ("--locale", "en-US"),
    ):
        outcome = run("explain", "welcome", "lakeside", *args, cwd=fresh)
        assert outcome.code == 2
        assert "hint: " in outcome.stderr
