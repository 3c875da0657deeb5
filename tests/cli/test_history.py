"""`storesync history`: who changed a campaign, and what went out when."""

from __future__ import annotations

from pathlib import Path


def test_commits_and_deliveries_oldest_first(run, small: Path):
    lines = run("history", "welcome", cwd=small).stdout.splitlines()
    assert any("changed    my-brand/welcome" in line for line in lines)
    assert any("live       my-brand/welcome web" in line for line in lines)
    events = run("history", "--format", "json", cwd=small).json["events"]
    assert [item["at"] for item in events] == sorted(item["at"] for item in events)


def test_a_shallow_clone_refuses_and_says_what_mends_it(run, shallow: Path, git_in):
    for arguments in (("history",), ("history", "welcome")):
        outcome = run(*arguments, cwd=shallow)
        assert (outcome.code, outcome.stdout) == (2, "")
        assert "this clone is shallow: older commits are missing" in outcome.stderr
        assert "hint: git fetch --unshallow" in outcome.stderr
    error = run("history", "--format", "json", cwd=shallow).json["error"]
    assert "shallow" in error["message"]
    git_in(shallow, "fetch", "--quiet", "--unshallow")
    assert "Start with StoreSync" in run("history", "welcome", cwd=shallow).stdout
