"""Names that hold what Python, and not Git, takes for the end of a line."""

from __future__ import annotations

import pytest

from storesync.source.git import Repository
from storesync.source.landed import addresses_between, arrivals
from storesync.source.mirror import branches

pytestmark = pytest.mark.slow
ENDS = ("\u2028", "\x85", "\x1d", "\x0b")


@pytest.mark.parametrize("end", ENDS)
def test_addresses_are_told_whatever_they_hold(repo, commit, git_in, monkeypatch, end):
    folder = repo({"a.txt": "one"})
    tip = git_in(folder, "rev-parse", "main").strip()
    git_in(folder, "switch", "--quiet", "-c", "change")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", f"Zoe{end}x@example.com")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", f"ben@example.com{end}x")
    head = commit(folder, {"a.txt": "two"})
    named = arrivals(Repository.find(folder), tip, [head]).named[head]
    assert named == {f"zoe{end}x@example.com", f"ben@example.com{end}x"}


@pytest.mark.parametrize("end", ENDS[:2])
def test_no_branch_is_taken_for_another_one(repo, commit, git_in, end):
    folder = repo({"a.txt": "one"})
    tip = git_in(folder, "rev-parse", "main").strip()
    git_in(folder, "switch", "--quiet", "-c", f"main{end}x")
    head = commit(folder, {"a.txt": "two"})
    assert branches(Repository.find(folder), None) == {"main": tip, f"main{end}x": head}


def test_co_authors_are_named_too(repo, git_in, monkeypatch):
    folder = repo({"a.txt": "one"})
    tip = git_in(folder, "rev-parse", "main").strip()
    git_in(folder, "switch", "--quiet", "-c", "change")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "zoe@example.com")
    trailers = "co-authored-by: Ben\n <Ben@example.com>\nCo-authored-by: Kim\nReviewed-by: <x@y.z>"
    message = f"Change\n\nCo-authored-by: Not <in@the.end>\n\n{trailers}\n"
    git_in(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    head = git_in(folder, "rev-parse", "HEAD").strip()
    repository, named = Repository.find(folder), {"zoe@example.com", "ben@example.com", "kim@"}
    assert arrivals(repository, tip, [head]).named[head] == named
    assert addresses_between(repository, tip, head) == named


@pytest.mark.parametrize(
    ("typed", "named"), [("", "nobody@"), ("mia", "mia@"), ("@Mia", "@mia@"), ("a@b", "a@b")]
)
def test_what_is_no_address_is_nobody_s_login_and_not_left_out(
    repo, git_in, monkeypatch, typed, named
):
    folder = repo({"a.txt": "one"})
    tip = git_in(folder, "rev-parse", "main").strip()
    git_in(folder, "switch", "--quiet", "-c", "change")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", typed)
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "ben@example.com")
    git_in(folder, "commit", "--quiet", "--allow-empty", "--message", "Change")
    head = git_in(folder, "rev-parse", "HEAD").strip()
    repository = Repository.find(folder)
    assert arrivals(repository, tip, [head]).named[head] == {named, "ben@example.com"}
    assert addresses_between(repository, tip, head) == {named, "ben@example.com"}


def test_what_came_twice_came_with_the_first_merge(repo, commit, git_in):
    folder = repo({"a.txt": "one"})
    begun = git_in(folder, "rev-parse", "main").strip()
    git_in(folder, "switch", "--quiet", "-c", "change")
    side = commit(folder, {"b.txt": "two"})
    git_in(folder, "switch", "--quiet", "main")
    git_in(folder, "merge", "--quiet", "--no-ff", "--no-edit", "change")
    first = git_in(folder, "rev-parse", "main").strip()
    tree = git_in(folder, "rev-parse", "main^{tree}").strip()
    again = git_in(folder, "commit-tree", tree, "-p", first, "-p", side, "-m", "Again").strip()
    found = arrivals(Repository.find(folder), again, [])
    assert found.where == {side: first, begun: begun, first: first, again: again}
    assert found.named.keys() == {side, begun, first, again}
