from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storesync.source.git import Repository
from storesync.source.history import blame, log

pytestmark = pytest.mark.slow
FILES = {"brands/a/one.yaml": "first\nsecond\nthird\n", "brands/b.yaml": "b\n"}


@pytest.fixture
def repository(repo, commit, monkeypatch):
    folder = repo(FILES)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-12-01T07:00:00+01:00")
    commit(
        folder, {"brands/a/one.yaml": "first\nchanged\nthird\n"}, "Change the second \u2026\n\nBody"
    )
    return Repository.find(folder)


def test_commits_of_a_path(repository):
    newest, oldest = log(repository, ["brands/a"], "HEAD")
    assert newest.id == repository.head()
    assert newest.at == datetime(2026, 12, 1, 6, tzinfo=UTC)
    assert (newest.author, newest.subject) == ("Ada Author", "Change the second \u2026")
    assert oldest.subject == "Begin"
    assert [item.subject for item in log(repository, ["brands/b.yaml"], "HEAD")] == ["Begin"]
    assert len(log(repository, [], "HEAD", limit=1)) == 1
    assert log(repository, ["nothing"], "HEAD") == []


def test_commits_before_a_move(repository):
    repository.git("mv", "brands/a/one.yaml", "brands/moved.yaml")
    repository.git(
        "-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "--message=Move"
    )
    head = repository.head()
    assert len(log(repository, ["brands/moved.yaml"], head)) == 1
    assert blame(repository, "brands/moved.yaml", [1], head)[1].subject == "Begin"


def test_who_wrote_which_line(repository):
    found = blame(repository, "brands/a/one.yaml", [3, 1, 2, 2], "HEAD")
    assert {line: item.subject for line, item in found.items()} == {
        1: "Begin",
        2: "Change the second \u2026",
        3: "Begin",
    }
    assert found[2] == log(repository, [], "HEAD", limit=1)[0]


def test_lines_nobody_committed(repository):
    (repository.root / "brands/a/one.yaml").write_text("first\nchanged\nnot yet\n")
    assert sorted(blame(repository, "brands/a/one.yaml", [1, 2, 3], None)) == [1, 2]
    assert blame(repository, "brands/a/one.yaml", [9], "HEAD") == {}
    assert blame(repository, "brands/none.yaml", [1], "HEAD") == {}
    assert blame(repository, "brands/a/one.yaml", [], "HEAD") == {}


def test_a_time_that_is_none(repository):
    tree = repository.git("rev-parse", "HEAD^{tree}").stdout.decode().strip()
    who = "Ada Author <ada@example.com> 99999999999999 +0000"  # Git takes any number for a time
    raw = f"tree {tree}\nauthor {who}\ncommitter {who}\n\nLate\n".encode()
    head = repository.git("hash-object", "-w", "-t", "commit", "--stdin", data=raw)
    commit = head.stdout.decode().strip()
    latest = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert log(repository, [], commit)[0].at == latest
    assert blame(repository, "brands/a/one.yaml", [2], commit)[2].at == latest


def test_commits_to_be_ignored_are_not(repository):
    (repository.root / "ignored").write_text(repository.head())
    repository.git("config", "blame.ignoreRevsFile", "ignored")
    assert blame(repository, "brands/a/one.yaml", [2], "HEAD")[2].id == repository.head()
