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
    assert "note: 1 changed file is not committed, so not in this plan" in outcome.stderr


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


def test_markdown_is_for_a_pull_request(run, fresh: Path, git_in):
    url = "https://ci.example.com/runs/17"
    args = ("--at", AT, "--format", "markdown", "--preview-url", url)
    lines = run("plan", *args, cwd=fresh).stdout.splitlines()
    assert lines[:2] == [
        "<!-- storesync:plan -->",
        "## 1 campaign goes live today at 3 locations",
    ]
    assert f"[See every page and message as customers will](<{url}>)" in lines
    where = "Lakeside (`lakeside`), Main Street (`main-street`), Old Station (`old-station`)"
    assert f"- Where: {where}" in lines
    assert any(line.startswith("> **web**: ") and "Good to have you here" in line for line in lines)
    assert lines[-1].endswith(f"of `{git_in(fresh, 'rev-parse', 'HEAD').strip()}`</sub>")


def test_a_comment_shows_words_before_and_after(run, small: Path, edit):
    edit(small / CAMPAIGN, "Good to have you here", "Come on in")
    args = ("plan", "--base", "HEAD", "--at", AT, "--format", "markdown")
    text = run(*args, cwd=small).stdout
    assert "<del>Good to have you here</del> <b>Come on in</b>" in text
    assert "- What: headline <del>Good to have you here</del> <b>Come on in</b>\n" in text
    assert text.count("<details open>") == 1
    assert text.rstrip().endswith("of the files on disk</sub>")


def test_of_many_locations_one_is_rendered_for_a_comment(run, small: Path, edit, monkeypatch):
    from storesync.app.production import Production

    shown: list[str] = []
    produce = Production.produce

    def watched(self, pieces, *, bodies=False, **rest):
        shown.extend(piece.key.location for piece in pieces if bodies)
        return produce(self, pieces, bodies=bodies, **rest)

    monkeypatch.setattr(Production, "produce", watched)
    edit(small / CAMPAIGN, "Good to have you here", "Come on in")
    run("plan", "--base", "HEAD", "--at", AT, "--format", "markdown", cwd=small)
    assert len(shown) == 2, "before and after"
    assert len(set(shown)) == 1
    shown.clear()
    run("plan", "--base", "HEAD", "--at", AT, cwd=small)
    assert shown == []


def test_what_comes_down_is_shown_as_it_was(run, small: Path, git_in):
    git_in(small, "rm", "--quiet", "-r", str(Path(CAMPAIGN).parent))
    git_in(small, "commit", "--quiet", "--message", "Enough")
    args = ("plan", "--base", "HEAD~1", "--head", "HEAD", "--at", AT, "--format", "markdown")
    text = run(*args, cwd=small).stdout
    assert "## 1 campaign comes down at 3 locations\n" in text
    assert "<summary>What comes down at " in text
    assert "Good to have you here" in text
    assert "- When: as soon as this is merged\n" in text
    due = run("plan", "--at", AT, "--format", "markdown", cwd=small).stdout
    assert "- When: now\n" in due


@pytest.mark.parametrize("address", ["javascript:alert(1)", "x", "https://" + "x" * 3_000])
def test_a_preview_has_an_address(run, fresh: Path, address: str):
    outcome = run("plan", "--preview-url", address, "--format", "markdown", cwd=fresh)
    assert outcome.code == 2
    assert "is no address of a page" in outcome.stderr


def offer(name: str, flight: str, more: str = "") -> dict[str, str]:
    """Return a campaign of three pages about one product."""
    text = f"""name: {name.title()}
template: shared/welcome
flight: {flight}
channels: [web]
offer: {{discount_percentage: 10}}
values: {{headline: Hello, message: Come in}}
{more}"""
    return {CAMPAIGN.replace("welcome", name): text}


@pytest.mark.parametrize("way", ["text", "markdown", "json"])
def test_a_review_says_who_wins_and_when_and_where(run, small: Path, commit, way):
    commit(small, offer("autumn", "{start: 2026-11-01, end: 2026-12-31}"))
    priority = "priority: 5\n"
    commit(small, offer("rush", "{start: 2026-12-05, end: 2026-12-07T18:00}", priority))
    args = ("--base", "HEAD~1", "--head", "HEAD", "--at", AT, "--format", way)
    outcome = run("plan", *args, cwd=small)
    why = "dates (rush has priority from 2026-12-05 to 2026-12-07 18:00)"
    if way == "json":
        [group] = [item for item in outcome.json["groups"] if item["campaign"] == "autumn"]
        assert (group["reason"], group["locations"], group["action"]) == (why, 3, "update")
        starts = {item["starts"] for item in outcome.json["changes"] if item["reason"] == why}
        assert len(starts) > 3, "each location's two stretches, by its own clock"
    elif way == "text":
        assert "~ update   my-brand/autumn  web en-US  3 locations, such as " in outcome.stdout
        assert outcome.stdout.count(why) == 1
    else:
        lines = outcome.stdout.splitlines()
        at = lines.index("#### Autumn (my-brand/autumn)")
        assert lines[at + 2] == "**3 locations** · web · en-US"
        assert [line for line in lines if line.startswith("- Why: dates")] == [
            "- Why: dates (rush has priority from 2026-12-05 to 2026-12-07 18:00)"
        ]


def test_a_plan_says_whose_time_it_is(run, small: Path, commit):
    commit(small, offer("autumn", "{start: 2026-11-01, end: 2026-12-31}"))
    commit(small, offer("rush", "{start: 2026-11-20, end: 2026-11-24}", "priority: 5\n"))
    words = "rush has priority from 2026-11-20 to 2026-11-24"
    plan = run("plan", "--at", AT, cwd=small).stdout
    assert "+ create   my-brand/rush" in plan
    assert f"o skipped  my-brand/autumn  3 locations on web: {words}\n" in plan
    assert run("publish", "--at", AT, cwd=small).code == 0
    assert (
        f"o skipped  my-brand/autumn  3 locations on web: {words}\n"
        in run("plan", "--at", AT, cwd=small).stdout
    )
    later = run("plan", "--at", "2026-11-26", cwd=small).stdout
    assert "+ create   my-brand/autumn  web en-US  3 locations" in later
    assert words in later
    assert "skipped" not in later


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
    assert "0 to withdraw" in outcome.stdout or "nothing to do elsewhere" in outcome.stdout
    assert f"error in {CAMPAIGN} [unknown-field]" in outcome.stdout


def test_a_review_of_a_new_id_shows_what_publishing_does(run, small: Path, git_in, edit):
    new = CAMPAIGN.replace("welcome", "hello")
    (small / new).parent.mkdir()
    git_in(small, "mv", CAMPAIGN, new)
    edit(small / new, "name: ", "formerly: [welcome]\nname: ")
    git_in(small, "commit", "--quiet", "--all", "--message", "Rename")
    review = run("plan", "--base", "HEAD~1", "--head", "HEAD", "--at", AT, cwd=small)
    due = run("plan", "--at", AT, cwd=small)
    assert [line for line in due.stdout.splitlines() if line[:1] in "+-"]
    words = ("fingerprint", "note")
    shown, done = (
        [line for line in each.stdout.splitlines() if not line.startswith(words)]
        for each in (review, due)
    )
    assert shown == done
    assert any(line.endswith(": now hello") for line in shown)
    assert any(line.endswith(": was welcome") for line in shown)


def test_a_comment_tells_each_reviewer_what_is_new(run, small: Path, commit, git_in):
    text = (small / CAMPAIGN).read_text(encoding="utf-8")
    git_in(small, "switch", "--quiet", "--create", "other")
    first = commit(small, {CAMPAIGN: text.replace("Good to have", "Great to have")})
    commit(small, {CAMPAIGN: text.replace("Good to have", "Grand to have")})
    seen = (f"--since=mia={first}", "--since=@ben=HEAD", "--since", "uma=no-such-commit")
    args = ("plan", "--base", "main", "--head", "HEAD", "--at", AT, "--format", "markdown", *seen)
    outcome = run(*args, cwd=small)
    assert outcome.code == 0
    told = outcome.stdout.split("### For ")[1:]
    assert [part.split("`")[1] for part in told] == ["ben", "mia", "uma"]
    assert "Nothing: all of this is what you approved." in told[0]
    assert "all 3 locations below" in told[1]
    assert "3 changes that you approved are no longer proposed" in told[1]
    assert "all 3 locations below" in told[2]
    assert "no-such-commit cannot be compared any more" in outcome.stderr


@pytest.mark.parametrize("given", ["", "=HEAD", "mia="])
def test_an_approval_names_who_and_what(run, small: Path, given: str):
    args = ("plan", "--head", "HEAD", "--format", "markdown", f"--since={given}")
    outcome = run(*args, cwd=small)
    assert outcome.code == 2
    assert "names no approval" in outcome.stderr


def test_a_comment_says_what_it_costs(run, small: Path, commit, git_in):
    text = (small / CAMPAIGN).read_text(encoding="utf-8")
    git_in(small, "switch", "--quiet", "--create", "dear")
    commit(small, {CAMPAIGN: f"{text}costs: {{print: 1200}}\nbudget: 1000\n"})
    args = ("plan", "--base", "main", "--head", "HEAD", "--at", AT, "--format", "markdown")
    said = run(*args, cwd=small).stdout.partition("### Cost\n\n")[2]
    assert "print 1,200; more than its budget of 1,000." in said.replace("(", "").replace(")", "")
