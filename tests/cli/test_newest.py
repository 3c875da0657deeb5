"""Two machines publish the same branch: whose clone is behind works by the newest commit."""

from __future__ import annotations

from pathlib import Path

import pytest
from person import turn_into

from tests.cli.conftest import AT

pytestmark = pytest.mark.slow

CAMPAIGN = "brands/my-brand/campaigns/welcome/campaign.yaml"
LATER = AT.replace("16:00", "16:05")
_PLANS = (("plan",), ("publish", "--dry-run"))


@pytest.fixture
def two(fresh: Path, commit, git_in) -> tuple[Path, Path]:
    """Two clones of one repository whose ledger is shared; the first has published."""
    settings = (fresh / "storesync.yaml").read_text(encoding="utf-8")
    commit(fresh, {"storesync.yaml": f"{settings}ledger: {{remote: origin}}\n"})
    git_in(fresh.parent, "clone", "--quiet", "--bare", "fresh", "origin.git")
    for name in ("one", "two"):
        git_in(fresh.parent, "clone", "--quiet", "origin.git", name)
    return fresh.parent / "one", fresh.parent / "two"


def reword(folder: Path, text: str) -> dict[str, str]:
    old = (folder / CAMPAIGN).read_text(encoding="utf-8")
    return {CAMPAIGN: old.replace("We are glad", text)}


def test_a_clone_that_is_behind_takes_nothing_back(run, two, commit, git_in):
    ahead, behind = two
    assert run("publish", "--at", AT, cwd=ahead).code == 0
    commit(ahead, reword(ahead, "So happy"))
    git_in(ahead, "push", "--quiet")
    assert run("publish", "--at", LATER, "--force", cwd=ahead).code == 0
    outcome = run("publish", "--at", LATER, "--force", cwd=behind)
    assert (outcome.code, "nothing to do" in outcome.stdout) == (0, True)
    assert "newer than what is checked out here" in outcome.stderr


def test_what_was_merged_elsewhere_is_published_without_a_pull(run, two, commit, git_in):
    elsewhere, here = two
    assert run("publish", "--at", AT, cwd=here).code == 0
    before = git_in(here, "rev-parse", "HEAD")
    commit(elsewhere, reword(elsewhere, "So happy"))
    git_in(elsewhere, "push", "--quiet")
    outcome = run("publish", "--at", LATER, "--force", cwd=here)
    assert (outcome.code, "live" in outcome.stdout) == (0, True)
    pages = (here / ".storesync/outbox").rglob("*.html")
    assert any("So happy" in page.read_text(encoding="utf-8") for page in pages)
    assert git_in(here, "rev-parse", "HEAD") == before


def test_a_clone_that_is_behind_adopts_nothing(run, two, commit, git_in):
    """Else what others merged since would have to be proven, or an older commit is the baseline."""
    ahead, behind = two
    turn_into(behind, "Robin", "robin@example.com")
    assert run("verify", "--adopt", cwd=behind).code == 0
    commit(ahead, reword(ahead, "So happy"))
    git_in(ahead, "push", "--quiet", "origin", "main")
    outcome = run("verify", "--adopt", "-m", "Looked at", cwd=behind)
    assert (outcome.code, "this clone is behind: main is at" in outcome.stderr) == (2, True)
    assert "git pull" in outcome.stderr
    git_in(behind, "pull", "--quiet")
    tip = git_in(ahead, "rev-parse", "HEAD").strip()
    assert tip[:12] in run("verify", "--adopt", "-m", "Looked at", cwd=behind).stdout


def test_what_was_proven_elsewhere_is_verified_without_a_pull(run, two, commit, git_in):
    ahead, behind = two
    settings = (ahead / "storesync.yaml").read_text(encoding="utf-8")
    proving = f"{settings}forge: {{prove: true, remote: origin}}\n"
    turn_into(ahead, "Robin", "robin@example.com")
    commit(ahead, {"storesync.yaml": proving})
    git_in(ahead, "push", "--quiet", "origin", "main")
    git_in(behind, "pull", "--quiet")
    assert run("verify", "--adopt", cwd=ahead).code == 0
    tip = commit(ahead, reword(ahead, "So happy"))
    git_in(ahead, "push", "--quiet", "origin", "main")
    for where in (ahead, behind):
        outcome = run("verify", cwd=where)
        assert (outcome.code, f"FAIL        approvals: {tip[:12]} by" in outcome.stdout) == (
            1,
            True,
        )
        assert ("newer than what is checked out here" in outcome.stderr) == (where == behind)
    assert run("verify", "--adopt", "-m", "Looked at", cwd=ahead).code == 0
    assert run("verify", cwd=behind).code == 0
    (behind.parent / "origin.git").rename(behind.parent / "gone.git")
    assert run("verify", cwd=behind).code == 2, "what is proven is not here, and cannot be had"


def test_where_the_branch_cannot_be_seen_nothing_is_adopted(run, two, git_in):
    here, _ = two
    turn_into(here, "Robin", "robin@example.com")
    assert run("verify", "--adopt", cwd=here).code == 0
    (here.parent / "origin.git").rename(here.parent / "gone.git")
    assert run("verify", "--adopt", "-m", "Looked at", cwd=here).code == 2
    git_in(here, "remote", "remove", "origin")
    assert run("verify", "--adopt", "-m", "Looked at", cwd=here).code == 2


def test_a_remote_that_is_none_hides_the_branch(run, small, commit):
    commit(
        small, {"storesync.yaml": (small / "storesync.yaml").read_text() + "forge: {remote: x}\n"}
    )
    turn_into(small, "Robin", "robin@example.com")
    outcome = run("verify", "--adopt", "-m", "Looked at", cwd=small)
    assert (outcome.code, 'there is no Git remote "x"' in outcome.stderr) == (2, True)


def test_what_only_this_clone_has_is_published(run, two, commit):
    ahead, _ = two
    commit(ahead, reword(ahead, "So happy"))
    assert run("publish", "--at", AT, cwd=ahead).code == 0


def test_a_branch_that_was_rewritten_stops_nothing(run, two, commit, git_in):
    ahead, other = two
    commit(ahead, reword(ahead, "So happy"))
    commit(other, reword(other, "Very glad"))
    git_in(other, "push", "--quiet")
    assert run("publish", "--at", AT, cwd=ahead).code == 0


def test_a_plan_shows_what_publish_would_do(run, two, commit, git_in):
    elsewhere, here = two
    commit(elsewhere, reword(elsewhere, "So happy"))
    git_in(elsewhere, "push", "--quiet")
    plan, dry = (run(*words, "--format", "json", "--at", AT, cwd=here) for words in _PLANS)
    assert plan.json["fingerprint"] == dry.json["fingerprint"]
    assert "newer than what is checked out here" in plan.stderr


def test_status_tells_of_what_publish_goes_by(run, two, commit, git_in):
    elsewhere, here = two
    git_in(elsewhere, "mv", "brands/my-brand/campaigns/welcome", "brands/my-brand/campaigns/hello")
    path = CAMPAIGN.replace("welcome", "hello")
    text = (elsewhere / path).read_text(encoding="utf-8")
    commit(elsewhere, {path: f"{text}formerly: [welcome]\n"})
    git_in(elsewhere, "push", "--quiet")
    assert run("publish", "--at", AT, cwd=here).code == 0
    words = ("status", "--at", AT, "--format", "json")
    told = run(*words, cwd=here)
    assert [item["campaign"] for item in told.json["campaigns"]] == ["hello"]
    assert "newer than what is checked out here" in told.stderr
    offline = run(*words, "--offline", cwd=here)
    assert [item["campaign"] for item in offline.json["campaigns"]] == ["welcome", "hello"]


def test_a_newest_commit_that_cannot_be_had_is_not_taken_for_none(run, two, commit, git_in):
    elsewhere, here = two
    commit(elsewhere, reword(elsewhere, "So happy"))
    git_in(elsewhere, "push", "--quiet")
    tree = git_in(elsewhere, "rev-parse", "HEAD^{tree}").strip()
    (here.parent / "origin.git/objects" / tree[:2] / tree[2:]).unlink()
    outcome = run("publish", "--at", AT, cwd=here)
    assert (outcome.code, "cannot be had from origin" in outcome.stderr) == (2, True)


@pytest.mark.parametrize(("name", "code"), [("nowhere", 0), ('"--upload-pack=touch ran;"', 1)])
def test_settings_that_name_no_remote_of_this_clone_are_not_followed(
    run, fresh, commit, name: str, code: int
):
    settings = (fresh / "storesync.yaml").read_text(encoding="utf-8")
    commit(fresh, {"storesync.yaml": f"{settings}forge: {{plugin: local, remote: {name}}}\n"})
    assert run("publish", "--at", AT, cwd=fresh).code == code
    assert not (fresh / "ran").exists()
