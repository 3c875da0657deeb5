"""What the process that stays answers, and that nothing hangs on it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storesync.errors import UserError
from storesync.source import command, objects
from storesync.source.git import Repository
from storesync.source.objects import MOST, Object, Objects, listed

pytestmark = pytest.mark.slow

NOW = datetime(2026, 12, 1, 7, tzinfo=UTC)
REF = "refs/heads/records"
FILES = {
    "storesync.yaml": "v: 1\n",
    "brands/a/brand.yaml": "name: A\n",
    "brands/a.yaml": "before a folder of that name\n",
    "brands/ab/é \u2028x.yaml": "",
    "templates/t.j2": "x",
}


@pytest.fixture
def repository(repo, git_in) -> Repository:
    objects.objects_of.cache_clear()  # another test may have had a clone at this path
    folder = repo(FILES)
    (folder / "link").symlink_to("storesync.yaml")
    (folder / os.fsdecode(b"brands/\xff")).write_bytes(b"odd\n")
    git_in(folder, "add", "--all")
    head = git_in(folder, "rev-parse", "HEAD").strip()
    git_in(folder, "update-index", "--add", "--cacheinfo", f"160000,{head},module")
    git_in(folder, "commit", "--quiet", "--message", "Odd ones")
    return Repository.find(folder)


@pytest.fixture
def head(repository: Repository, git_in) -> str:
    return git_in(repository.root, "rev-parse", "HEAD").strip()


def process_of(repository: Repository) -> subprocess.Popen[bytes]:
    process = repository._objects._process
    assert process is not None
    return process


@pytest.fixture
def alone(monkeypatch) -> Callable[[Repository], Repository]:
    """Return the same repository, as git answers for it without the process that stays."""

    def build(repository: Repository) -> Repository:
        other = Repository(repository.root, repository.common_dir, shallow=True)
        other._objects = Objects(repository.common_dir)
        other._objects._is_able = False
        return other

    return build


@pytest.mark.parametrize(
    "paths",
    [
        [],
        ["brands"],
        ["brands/a"],
        ["brands/a", "brands/a.yaml", "templates"],
        ["storesync.yaml", "link", "module", "nothing"],
        ["storesync.yaml/x", "link/x", "brands/a/brand.yaml/x"],
        ["brands*", ":brands"],
        ["brands/"],
    ],
)
def test_it_says_what_git_says(repository, head, alone, paths):
    there = alone(repository)
    assert repository.entries(head, paths) == there.entries(head, paths)
    assert repository.object_ids(head, paths or [""]) == there.object_ids(head, paths or [""])
    assert repository.children(head, "") == there.children(head, "")
    for path in paths:
        assert repository.children(head, path) == there.children(head, path)
        assert repository.file(head, path) == there.file(head, path)
    blobs = [item.id for item in there.entries(head, paths) if item.path != "module"]
    assert repository.blobs(blobs) == there.blobs(blobs)
    assert process_of(repository).poll() is None
    assert there._objects._process is None


BLOB = bytes.fromhex("00" * 19 + "01")


@pytest.fixture
def commit_of(repository, git_in) -> Callable[[bytes], str]:
    """Return the commit of a folder whose object holds the bytes given, whatever they are."""

    def build(raw: bytes) -> str:
        options = ("-t", "tree", "-w", "--literally", "--stdin")
        top = repository.git("hash-object", *options, data=raw).stdout.decode().strip()
        return git_in(repository.root, "commit-tree", top, "-m", "x").strip()

    return build


@pytest.mark.parametrize(
    "raw",
    [
        b"0120000 link\0" + BLOB,
        b"120777 link\0" + BLOB,
        b"160644 module\0" + BLOB,
        b"0 module\0" + BLOB,
        b"100664 x\0" + BLOB,
        b"100644 a/b\0" + BLOB + b"100644 a/b\0" + BLOB,
        b"100644 \0" + BLOB,
        b"100644 x\0" + BLOB[:9],
        b"100644 x",
        b"100644 x\0" + BLOB + b"\0\0",
        b" x\0" + BLOB,
        b"hello x\0" + BLOB,
    ],
    ids=lambda raw: repr(raw.partition(b"\0")[0]),
)
def test_of_a_folder_that_git_does_not_write_so_it_says_what_git_says(
    repository, commit_of, alone, raw
):
    """A link of an odd mode is a link, whoever made it; what Git refuses is refused."""
    commit, there = commit_of(raw), alone(repository)
    assert repository.children(commit, "") == there.children(commit, "")
    try:
        expected = there.entries(commit, [])
    except UserError as error:
        with pytest.raises(UserError, match=str(error)):
            repository.entries(commit, [])
    else:
        assert repository.entries(commit, []) == expected


def test_what_is_in_a_folder_of_an_odd_mode_is_seen(repository, head, commit_of, alone):
    brands = bytes.fromhex(repository.object_id(head, "brands"))
    commit = commit_of(b"0040000 brands\0" + brands)
    assert repository.entries(commit, ["brands"]) == alone(repository).entries(head, ["brands"])


def test_a_folder_may_be_named_by_its_own_id(repository, head, alone):
    folder = repository.object_id(head, "brands")
    assert repository.entries(folder, []) == alone(repository).entries(folder, [])
    assert process_of(repository).poll() is None


def test_one_process_answers_for_a_clone(repository, head, monkeypatch):
    started = []
    real = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **kw: started.append(a) or real(*a, **kw))
    for _ in range(3):
        other = Repository(repository.root, repository.common_dir)
        assert other.tree(head).read("storesync.yaml") == b"v: 1\n"
        assert set(other.children(head, "brands")) > {"a", "ab"}
    assert len(started) == 1


def test_what_is_written_later_is_seen(repository, head, git_in):
    tip = None
    for number in range(4):
        data = b"%d\n" % number
        tip = repository.commit_files(REF, {"a/x": data}, "x", expected=tip, when=NOW)
        assert repository.file(tip, "a/x") == data
        first = process_of(repository)
        if number == 1:
            git_in(repository.root, "repack", "-a", "-d", "--quiet")
        if number == 2:
            repository.commit_files(
                "refs/heads/y", {"x": os.urandom(2_000_000)}, "x", expected=None, when=NOW
            )
        assert repository.file(tip, "a/x") == data
        assert process_of(repository) is first


def test_an_object_that_is_missing_is_trouble_until_it_comes(repository, head, git_in):
    data = b"not here yet"
    done = repository.git("hash-object", "--stdin", data=data)
    blob = done.stdout.decode().strip()
    repository.tree(head).read("storesync.yaml")
    with pytest.raises(UserError, match="is missing"):
        repository.blobs([blob])
    repository.git("hash-object", "-w", "--stdin", data=data)
    assert repository.blobs([blob]) == [data]


def test_a_damaged_clone_is_trouble(repository, head):
    folder = repository.object_id(head, "brands/a")
    (repository.common_dir / "objects" / folder[:2] / folder[2:]).unlink()
    with pytest.raises(UserError):
        repository.entries(head, ["brands"])
    with pytest.raises(UserError):
        repository.file(head, "brands/a/brand.yaml")


def test_ended_by_somebody_it_is_not_missed(repository, head):
    repository.tree(head).read("storesync.yaml")
    process = process_of(repository)
    process.kill()
    process.wait()
    for _ in range(2):
        assert repository.file(head, "storesync.yaml") == b"v: 1\n"


def test_a_git_that_does_not_know_how_is_not_missed(repository, head, tmp_path, monkeypatch):
    real, asked = command._program(), tmp_path / "asked"
    program = tmp_path / "git"
    program.write_text(
        "#!/bin/sh\n"
        f'for a; do [ "$a" = --batch-command ] && echo >> "{asked}" && exit 129; done\n'
        f'exec {real} "$@"\n'
    )
    program.chmod(0o755)
    monkeypatch.setattr(command, "_program", lambda: str(program))
    for _ in range(2):
        assert repository.file(head, "storesync.yaml") == b"v: 1\n"
        assert repository.object_ids(head, ["templates", "x"]).keys() == {"templates"}
    assert asked.read_text() == "\n"


def test_broken_off_in_the_middle_the_next_answer_is_right(repository, head, monkeypatch):
    repository.entries(head, [])
    real = objects._answer

    def interrupt(*_args, **_how):
        raise KeyboardInterrupt

    monkeypatch.setattr(objects, "_answer", interrupt)
    with pytest.raises(KeyboardInterrupt):
        repository.file(head, "storesync.yaml")
    monkeypatch.setattr(objects, "_answer", real)
    assert repository.file(head, "templates/t.j2") == b"x"


def test_another_clone_in_its_place_is_read(repository, head, repo, git_in):
    assert repository.file(head, "storesync.yaml") == b"v: 1\n"
    repository.root.rename(repository.root.with_name("away"))
    folder = repo({"storesync.yaml": "v: 2\n"})
    assert folder == repository.root
    other = Repository.find(folder)
    assert other.file(other.head(), "storesync.yaml") == b"v: 2\n"


def test_only_full_ids_are_asked_about(repository, head):
    for name in ("HEAD", "main", head[:12], head.upper(), "", f"{head} {head}"):
        assert repository._objects.ask([f"info {name}"]) is None
        assert listed(repository._objects, name, []) is None
    for name in (f"{head}:a\nb", f"{head}:a\0b", f"{head}\ninfo {head}"):
        assert repository._objects.ask([f"info {name}"]) is None
    assert repository._objects._process is None


def test_many_questions_are_for_a_process_of_their_own(repository, head):
    assert repository._objects.ask([f"info {head}"] * MOST) == [Object("commit", head)] * MOST
    assert repository._objects.ask([f"info {head}"] * (MOST + 1)) is None
    assert repository._objects.ask([f"info {head}:{'x' * 9_000}"]) is None


def test_a_large_file_comes_whole(repository):
    data = os.urandom(3_000_000)
    tip = repository.commit_files(REF, {"a": data, "b": b""}, "x", expected=None, when=NOW)
    assert [repository.file(tip, name) for name in "aba"] == [data, b"", data]


def test_threads_get_their_own_answers(repository, head):
    ids = [item.id for item in repository.entries(head, ["brands", "templates"])]
    expected = {item: repository.blobs([item])[0] for item in ids}
    wrong = []

    def ask(item: str) -> None:
        wrong.extend(item for _ in range(50) if repository.blobs([item]) != [expected[item]])

    threads = [threading.Thread(target=ask, args=(item,)) for item in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_it_ends_when_nobody_keeps_it(repository, head):
    kept = Objects(repository.common_dir)
    assert kept.ask([f"info {head}"])
    process = kept._process
    del kept
    assert process.returncode == -signal.SIGKILL


CHILD = """
import os, sys
from pathlib import Path
from storesync.source.objects import Objects
kept = Objects(Path(sys.argv[1]))
assert kept.ask([f"info {sys.argv[2]}"])
print(kept._process.pid, flush=True)
if sys.argv[3] == "forked":
    child = os.fork()
    if child:
        failed = os.waitpid(child, 0)[1] != 0
        sys.exit(failed or kept.ask([f"info {sys.argv[2]}"]) is None)
    sys.exit(kept.ask([f"info {sys.argv[2]}"]) is not None)
sys.stdin.read()
"""


def has_ended(number: int) -> bool:
    stat = Path(f"/proc/{number}/stat")
    try:
        os.kill(number, 0)
        return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z"
    except (ProcessLookupError, FileNotFoundError):
        return True


@pytest.mark.parametrize("how", ["returned", "killed", "forked"])
def test_it_never_outlives_us(repository, head, how):
    words = [sys.executable, "-c", CHILD, str(repository.common_dir), head, how]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(words, text=True, **pipes) as child:
        number = int(child.stdout.readline())
        if how == "killed":
            child.kill()
        child.stdin.close()
        assert child.wait() == (-signal.SIGKILL if how == "killed" else 0)
    end = time.monotonic() + 10
    while not has_ended(number):
        assert time.monotonic() < end, "git is still there"
        time.sleep(0.01)
