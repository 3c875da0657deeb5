"""A person's branch at a remote that does not take it."""

from __future__ import annotations

import pytest

from storesync.errors import UserError
from storesync.source import branch
from storesync.source.git import Repository


def test_whoever_may_not_push_is_told_of_forks(repo, git_in):
    folder = repo({"a.txt": "one"})
    git_in(folder.parent, "clone", "--quiet", "--bare", str(folder), "shared.git")
    hook = folder.parent / "shared.git/hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho not you >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    git_in(folder, "remote", "add", "origin", str(folder.parent / "shared.git"))
    head = git_in(folder, "rev-parse", "HEAD").strip()
    with pytest.raises(UserError) as raised:
        branch.push(Repository.find(folder), "origin", "zoe/tea", head)
    assert "origin does not take the branch" in raised.value.message
    assert "git config remote.pushDefault FORK" in raised.value.hint


def test_a_branch_under_another_name_is_what_is_checked_out(repo, git_in):
    folder = repo({"a.txt": "one"})
    git_in(folder, "symbolic-ref", "refs/heads/master", "refs/heads/main")
    git_in(folder, "checkout", "--quiet", "master")
    assert (folder / ".git/HEAD").read_text() == "ref: refs/heads/master\n"
    assert branch.current(Repository.find(folder)) == "main"
