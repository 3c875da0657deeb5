"""`storesync plan`: what is due at a moment, and what a merge would change."""

from __future__ import annotations

from pathlib import Path

import pytest

AT = "2026-11-22T16:00:00Z"
CAMPAIGN = "brands/my-brand/campaigns/welcome/campaign.yaml"


def test_everything_is_due_at_first(run, fresh: Path):
    outcome = run("plan", "--at", AT, cwd=fresh)
    assert outcome.code == 0
    assert outcome.stdout.startswith("+ create   my-brand/welcome  web en-US  3 locations, such as")
    assert "3 to create, 0 to update, 0 to withdraw, 0 unchanged\n" in outcome.stdout


def test_nothing_is_due_afterwards(run, small: Path):
    outcome = run("plan", "--at", AT, cwd=small)
    assert outcome.stdout.startswith("nothing to do (3 unchanged)\nfingerprint ")


def test_a_plan_changes_nothing(run, fresh: Path, git_in):
    before = git_in(fresh, "for-each-ref")
    run("plan", "--at", AT, cwd=fresh)
    run("plan", "--base", "HEAD", "--at", AT, cwd=fresh)
    assert git_in(fresh, "for-each-ref") == before
    assert git_in(fresh, "status", "--porcelain") == ""


def test_what_is_not_committed_is_not_in_it_and_said(run, small: Path, edit):
    edit(small / CAMPAIGN, "Good to have you here", "Come on in")
    outcome = run("plan", "--at", AT, cwd=small)
    assert outcome.stdout.startswith("nothing to do")
    assert "note: 1 changed files are not committed, so not in this plan" in outcome.stderr


def test_a_review_takes_files_on_disk(run, small: Path, edit):
    edit(small / CAMPAIGN, "Good to have you here", "Come on in")
    outcome = run("plan", "--base", "HEAD", "--at", AT, cwd=small)
    assert "~ update   my-brand/welcome  web en-US  3 locations" in outcome.stdout
    assert "content" in outcome.stdout


def test_a_review_between_revisions_checks_nothing_out(run, small: Path, commit, git_in):
    text = (small / CAMPAIGN).read_text(encoding="utf-8")
    git_in(small, "switch", "--quiet", "--create", "other")
    commit(small, {CAMPAIGN: text.replace("Good to have", "Great to have")})
    git_in(small, "switch", "--quiet", "main")
    data = run("plan", "--base", "main", "--head", "other", "--format", "json", cwd=small).json
    assert data["summary"] == {"create": 0, "update": 3, "withdraw": 0, "unchanged": 0}
    assert data["at"] is None
    assert (small / CAMPAIGN).read_text(encoding="utf-8") == text
    back = run("plan", "--base", "other", "--head", "main", "--format", "json", cwd=small).json
    assert back["fingerprint"] != data["fingerprint"]


def test_a_fingerprint_does_not_depend_on_the_moment(run, fresh: Path):
    prints = {
        run("plan", "--at", at, "--format", "json", cwd=fresh).json["fingerprint"]
        for at in (AT, "2026-11-23T01:02Z", "2027-05-01")
    }
    assert len(prints) == 1


def test_a_review_shows_what_it_newly_leaves_out(run, small: Path, edit):
    edit(
        small / "brands/my-brand/locations/us/lakeside.yaml",
        "tags:",
        "closes_on: 2026-01-01\ntags:",
    )
    outcome = run("plan", "--base", "HEAD", "--at", AT, cwd=small)
    assert "- withdraw my-brand/welcome  web en-US  lakeside" in outcome.stdout
    assert "o skipped  my-brand/welcome  lakeside on web: closes on 2026-01-01" in outcome.stdout
    assert "o skipped" not in run("plan", "--base", "HEAD~0", "--head", "HEAD", cwd=small).stdout


def test_markdown_is_for_a_pull_request(run, fresh: Path):
    outcome = run("plan", "--at", AT, "--format", "markdown", cwd=fresh)
    assert outcome.stdout.startswith("### Plan\n")
    assert "| + create | my-brand/welcome |" in outcome.stdout


def test_verbose_lists_every_change(run, fresh: Path):
    lines = run("plan", "--at", AT, "-v", cwd=fresh).stdout.splitlines()
    assert sum(line.startswith("+ create") for line in lines) == 3


@pytest.mark.parametrize(
    "args", [("--at", AT), ("--base", "HEAD~1", "--at", AT)], ids=["due", "review"]
)
def test_errors_are_told_and_stop_only_what_they_are_about(run, small: Path, commit, args):
    text = (small / CAMPAIGN).read_text(encoding="utf-8")
    commit(small, {CAMPAIGN: text.replace("channels: [web]", "channels: [web]\npriorty: 3")})
    outcome = run("plan", *args, cwd=small)
    assert outcome.code == 1
    assert "[unknown-field]" in outcome.stderr
