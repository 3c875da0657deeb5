"""Fetching commits that no branch of ours names."""

from __future__ import annotations

import pytest

from storesync.errors import UserError
from storesync.source.git import Repository
from storesync.source.joining import merged_tree
from storesync.source.mirror import bring, lacking

pytestmark = pytest.mark.slow


@pytest.fixture
def clone(repo, commit, git_in, tmp_path):
    """A clone, and the ids of what its server has under refs/pull/1 and 2, and nowhere."""
    server = repo({"a.txt": "one"}, "server")
    git_in(tmp_path, "clone", "--quiet", "server", "clone")
    ids = []
    for number in (1, 2):
        ids.append(commit(server, {"a.txt": f"more {number}"}))
        git_in(server, "update-ref", f"refs/pull/{number}/head", ids[-1])
        git_in(server, "reset", "--quiet", "--hard", "HEAD^")
    ids.append(commit(server, {"a.txt": "loose"}))
    git_in(server, "reset", "--quiet", "--hard", "HEAD^")
    return Repository.find(tmp_path / "clone"), ids


def test_it_comes_by_its_ref_or_by_its_id_and_moves_nothing(clone, git_in):
    repository, (first, second, loose) = clone
    refs = git_in(repository.root, "for-each-ref")
    assert lacking(repository, [first, second, loose]) == {first, second, loose}
    gone, wrong = "a" * 40, "refs/pull/1/head"
    wanted = {first: "refs/pull/1/head", second: wrong, loose: "", gone: "refs/pull/9/head"}
    assert bring(repository, "origin", wanted) == {gone}
    assert lacking(repository, [first, second, loose]) == set()
    assert git_in(repository.root, "for-each-ref") == refs
    assert not (repository.root / ".git/FETCH_HEAD").exists()


@pytest.mark.parametrize(
    "name", ["--upload-pack=touch x", "HEAD", "", "main", "refs/heads/x\n", "A" * 40]
)
def test_what_is_no_commit_is_asked_of_nobody(clone, name):
    repository, _ = clone
    assert bring(repository, "origin", {name: ""}) == {name}


@pytest.mark.parametrize(
    "ref", ["+refs/pull/1/head:refs/heads/evil", "--upload-pack=touch x", "ext::sh", "^refs/x"]
)
def test_a_ref_moves_nothing_of_ours(clone, git_in, ref):
    repository, (first, _, _) = clone
    refs = git_in(repository.root, "for-each-ref")
    assert bring(repository, "origin", {first: ref}) == set()
    assert git_in(repository.root, "for-each-ref") == refs


def test_a_remote_is_one_that_git_knows(clone):
    repository, (first, _, _) = clone
    with pytest.raises(UserError, match="there is no Git remote"):
        bring(repository, "ext::sh -c true", {first: ""})
    assert bring(repository, "nowhere", {}) == set()


def test_a_merge_with_a_commit_that_is_not_here_is_told(clone):
    repository, (first, _, _) = clone
    with pytest.raises(UserError, match="not something we can merge"):
        merged_tree(repository, repository.resolve("HEAD"), first)
