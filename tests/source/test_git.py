from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from loose import packs, seem_to_hold_thousands

from storesync.errors import UserError
from storesync.source import command as port
from storesync.source.gathering import gather
from storesync.source.git import LostRace, Repository
from storesync.source.on_disk import changed_since, uncommitted
from storesync.source.plumbing import FileChange, RefUpdate

pytestmark = pytest.mark.slow

NOW = datetime(2026, 12, 1, 7, tzinfo=UTC)
REF = "refs/heads/records"
FILES = {"brands/a/brand.yaml": "name: A\n", "templates/t.j2": "x", "storesync.yaml": "v: 1\n"}


def git(folder, *args):
    done = subprocess.run(["git", "-C", str(folder), *args], check=True, capture_output=True)
    return done.stdout.decode()


@pytest.fixture
def repository(repo):
    return Repository.find(repo(FILES))


def test_found_from_a_folder_inside(repository):
    found = Repository.find(repository.root / "brands/a")
    assert (found.root, found.common_dir) == (repository.root, repository.root / ".git")
    assert found.head() == git(found.root, "rev-parse", "HEAD").strip()


def test_what_a_hook_sets_does_not_lead_elsewhere(repository, repo, monkeypatch):
    other = repo({"storesync.yaml": "other\n"}, "other")
    for name in ("GIT_DIR", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))
    found = Repository.find(repository.root)
    assert found.root == repository.root
    assert found.tree("HEAD").read("storesync.yaml") == b"v: 1\n"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda _: None, "not a Git repository"),
        (lambda folder: git(folder, "init", "--bare", "."), "no work tree"),
        (lambda folder: folder.rmdir(), "there is no folder"),
    ],
)
def test_no_repository_with_a_work_tree(tmp_path, monkeypatch, make, message):
    folder = tmp_path / "x"
    folder.mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    make(folder)
    with pytest.raises(UserError, match=message):
        Repository.find(folder)


def test_what_splits_lines_elsewhere_splits_no_path(repo):
    folder = repo(FILES, "a\u2028b\x0cc")
    assert Repository.find(folder).root == folder


def test_a_path_with_a_line_break_is_refused(repo):
    with pytest.raises(UserError, match="holds a line break"):
        Repository.find(repo(FILES, "a\nb"))


def test_a_git_that_is_killed_says_by_what(tmp_path, monkeypatch):
    program = tmp_path / "git"
    program.write_text("#!/bin/sh\nkill -9 $$\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    port._program.cache_clear()
    try:
        with pytest.raises(UserError, match=r"ended by signal 9 \(Killed\)"):
            Repository.find(tmp_path)
    finally:
        port._program.cache_clear()


def test_an_order_of_files_that_a_person_set_decides_nothing(repository):
    git(repository.root, "config", "diff.orderFile", "/nonexistent")
    (repository.root / "storesync.yaml").unlink()
    assert changed_since(repository, "HEAD") == ["storesync.yaml"]


def test_git_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    port._program.cache_clear()
    with pytest.raises(UserError, match="git is not installed"):
        Repository.find(tmp_path)


def test_many_loose_objects_are_packed_and_nothing_is_lost(repository):
    known = repository.git("rev-list", "--all", "--objects").stdout
    gather(repository)
    assert not packs(repository)
    seem_to_hold_thousands(repository)
    gather(repository)
    assert packs(repository)
    assert repository.git("rev-list", "--all", "--objects").stdout == known


@pytest.mark.parametrize("loose", [0, 1])
def test_where_no_setting_would_pack_anything_git_is_not_started(repository, monkeypatch, loose):
    git(repository.root, "config", "gc.auto", "1")
    git(repository.root, "config", "gc.autoPackLimit", "1")
    git(repository.root, "repack", "-a", "-d", "--quiet")
    folder = repository.common_dir / "objects/17"
    folder.mkdir(exist_ok=True)
    for number in range(loose):
        (folder / f"{number:038x}").touch()
    before = packs(repository)
    git(repository.root, "-c", "gc.autoDetach=false", "gc", "--auto", "--quiet")
    assert packs(repository) == before
    monkeypatch.setattr(repository, "git", lambda *words: pytest.fail(f"asked: {words}"))
    gather(repository)


def test_gathering_leaves_refs_where_they_are(repository):
    seem_to_hold_thousands(repository)
    gather(repository)
    assert packs(repository)
    assert not (repository.common_dir / "packed-refs").exists()


@pytest.mark.parametrize(("own", "is_packed"), [("0", False), ("100000", False), ("20", True)])
def test_nothing_is_packed_against_a_persons_own_setting(repository, own, is_packed):
    git(repository.root, "config", "gc.auto", own)
    seem_to_hold_thousands(repository)
    gather(repository)
    assert bool(packs(repository)) is is_packed


def test_before_the_first_commit(tmp_path):
    git(tmp_path, "init", "--quiet")
    found = Repository.find(tmp_path)
    assert found.head() is None
    with pytest.raises(UserError, match='unknown revision "HEAD"'):
        found.resolve("HEAD")


@pytest.mark.parametrize("rev", ["", "-p", "--output=/x", "a\nb", "a\0b"])
def test_what_is_no_revision_never_reaches_git(repository, rev):
    with pytest.raises(UserError, match="is not a revision"):
        repository.resolve(rev)


@pytest.mark.parametrize("rev", ["HEAD..main", "HEAD...main"])
def test_a_range_is_no_revision(repository, rev):
    with pytest.raises(UserError, match="names several commits; one is needed") as error:
        repository.resolve(rev)
    assert "--base main --head HEAD" in error.value.hint


def test_a_commit_that_was_seen_is_not_asked_for_again(repository):
    head = repository.head()
    (repository.root / ".git/objects").rename(repository.root / "elsewhere")
    assert repository.resolve(head) == head
    with pytest.raises(UserError):
        repository.resolve(head[:12])
    (repository.root / "elsewhere").rename(repository.root / ".git/objects")
    assert repository.resolve(head[:12]) == head


def test_an_unknown_revision_names_the_nearest(repository):
    with pytest.raises(UserError) as error:
        repository.resolve("mian")
    assert error.value.hint == 'did you mean "main"?'


def test_an_unknown_revision_in_a_shallow_clone(repository, commit, tmp_path):
    commit(repository.root, {"brands/a/x.yaml": "1"})
    source = repository.root.as_uri()
    git(tmp_path, "clone", "--quiet", "--depth=1", source, "shallow")
    with pytest.raises(UserError) as error:
        Repository.find(tmp_path / "shallow").resolve("HEAD~1")
    assert "--unshallow" in error.value.hint


def test_ids_of_folders_and_files_in_one_go(repository):
    ids = repository.object_ids("HEAD", ["brands", "brands/a/brand.yaml", "no such", "a\nb", ""])
    assert ids == {
        "brands": git(repository.root, "rev-parse", "HEAD:brands").strip(),
        "brands/a/brand.yaml": git(
            repository.root, "rev-parse", "HEAD:brands/a/brand.yaml"
        ).strip(),
        "": git(repository.root, "rev-parse", "HEAD^{tree}").strip(),
    }
    assert repository.object_id("HEAD", "nothing") is None


def test_a_missing_blob_is_trouble(repository):
    with pytest.raises(UserError, match="is missing"):
        repository.blobs(["1" * 40])


def test_uncommitted_names_what_publishing_would_not_see(repository):
    assert uncommitted(repository) == []
    (repository.root / "brands/a/brand.yaml").write_text("name: B\n")
    (repository.root / "brands/a/n \u00e9w").mkdir()
    (repository.root / "brands/a/n \u00e9w/x.yaml").write_text("x")
    (repository.root / "storesync.yaml").unlink()
    (repository.root / "notes.txt").write_text("elsewhere")
    assert uncommitted(repository) == [
        "brands/a/brand.yaml",
        "brands/a/n \u00e9w/x.yaml",
        "storesync.yaml",
    ]


def test_what_differs_on_disk_from_a_commit_is_named_wherever_it_is(repository, commit):
    assert changed_since(repository, repository.resolve("HEAD")) == []
    before = repository.resolve("HEAD")
    commit(repository.root, {"brands/a/brand.yaml": "name: C\n"})
    (repository.root / "n \u00e9w.txt").write_text("elsewhere")
    (repository.root / "storesync.yaml").unlink()
    (repository.root / ".gitignore").write_text("*.log\n")
    (repository.root / "x.log").write_text("ignored")
    on_disk = [".gitignore", "n \u00e9w.txt", "storesync.yaml"]
    assert changed_since(repository, repository.resolve("HEAD")) == on_disk
    assert changed_since(repository, before) == [".gitignore", "brands/a/brand.yaml", *on_disk[1:]]


def test_tracked_means_the_file_or_anything_below(repository):
    assert repository.tracked("brands")
    assert repository.tracked("storesync.yaml")
    assert not repository.tracked(".storesync")
    assert not repository.tracked("brand*")


def test_refs_are_read_peeled(repository):
    head = repository.head()
    git(repository.root, "tag", "--annotate", "--message=x", "storesync/genesis")
    assert repository.refs("refs/tags/storesync/genesis", "refs/heads/main", "refs/heads") == {
        "refs/tags/storesync/genesis": head,
        "refs/heads/main": head,
    }
    assert repository.read_ref("refs/tags/storesync/genesis") is not None
    assert repository.read_ref("refs/tags/storesync") is None


def test_ancestry(repository, commit):
    first = repository.head()
    second = commit(repository.root, {"storesync.yaml": "v: 2\n"})
    apart = repository.commit_files(REF, {"x": b"1"}, "x", expected=None, when=NOW)
    assert repository.is_ancestor(first, second)
    assert not repository.is_ancestor(second, first)
    assert not repository.is_ancestor("1" * 40, second)
    assert not repository.is_ancestor("1" * 40, "1" * 40)
    tree = repository.object_id(second, "")
    assert not repository.is_ancestor(tree, tree)
    assert repository.is_ancestor(second, second)
    assert repository.merge_base(first, second) == first
    assert repository.merge_base(first, apart) is None


def test_commits_add_replace_and_delete(repository):
    before = git(repository.root, "status", "--porcelain")
    first = repository.commit_files(
        REF, {"a/1": b"one", 'a/"q\\': b"\x00\xff", "b": b""}, "First", expected=None, when=NOW
    )
    second = repository.commit_files(
        REF, {"a/1": b"two", "b": None, "never": None}, "Second", expected=first, when=NOW
    )
    assert repository.read_ref(REF) == second
    shown = repository.entries(second, ["a", "b"])
    paths = [entry.path for entry in shown]
    assert dict(zip(paths, repository.blobs([entry.id for entry in shown]), strict=True)) == {
        "a/1": b"two",
        'a/"q\\': b"\x00\xff",
    }
    log = git(repository.root, "log", "--format=%s %an %ct", REF)
    assert log == f"Second StoreSync {NOW.timestamp():.0f}\nFirst StoreSync {NOW.timestamp():.0f}\n"
    assert git(repository.root, "status", "--porcelain") == before
    assert git(repository.root, "for-each-ref", "refs/storesync") == ""
    git(repository.root, "fsck", "--strict")
    assert [change.path for change in repository.changes(first, second, [])] == ["a/1", "b"]
    assert repository.changes(first, second, ["b"]) == [
        FileChange("b", git(repository.root, "rev-parse", f"{first}:b").strip(), None)
    ]


def test_a_large_commit_is_one_pack(repository):
    data = os.urandom(2_000_000)
    tip = repository.commit_files(REF, {"a": data}, "x", expected=None, when=NOW)
    assert repository.blobs([repository.object_id(tip, "a")]) == [data]
    assert list((repository.root / ".git/objects/pack").glob("*.pack"))


@pytest.mark.parametrize("stale", ["absent", "older", "foreign"])
def test_a_moved_ref_is_a_lost_race_and_stays(repository, stale):
    first = repository.commit_files(REF, {"a": b"1"}, "x", expected=None, when=NOW)
    second = repository.commit_files(REF, {"a": b"2"}, "x", expected=first, when=NOW)
    expected = {"absent": None, "older": first, "foreign": repository.head()}[stale]
    with pytest.raises(LostRace):
        repository.commit_files(REF, {"b": b"3"}, "x", expected=expected, when=NOW)
    assert repository.read_ref(REF) == second


def test_refs_move_together_or_not_at_all(repository):
    commit = repository.write_commit({"a": b"1"}, "x", parent=None, when=NOW)
    updates = [RefUpdate("refs/tags/t", commit, None), RefUpdate("refs/heads/main", commit, None)]
    with pytest.raises(LostRace, match="refs/heads/main"):
        repository.update_refs(updates)
    assert repository.read_ref("refs/tags/t") is None


def test_a_ref_lock_of_someone_else_is_trouble_and_no_race(repository):
    lock = repository.root / ".git/refs/heads/records.lock"
    lock.touch()
    with pytest.raises(UserError, match=r"records\.lock") as error:
        repository.commit_files(REF, {"a": b"1"}, "x", expected=None, when=NOW)
    assert not isinstance(error.value, LostRace)


def test_no_hook_runs(repository):
    trap = repository.root / "trap"
    for name in ("reference-transaction", "post-checkout", "pre-push"):
        hook = repository.root / ".git/hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch '{trap}'\nexit 1\n")
        hook.chmod(0o755)
    repository.commit_files(REF, {"a": b"1"}, "x", expected=None, when=NOW)
    assert not trap.exists()


def test_an_unwritable_repository_says_so(repository):
    objects = repository.root / ".git/objects"
    if os.geteuid() == 0:  # whom no permission stops
        objects.rename(objects.with_name("elsewhere"))
        objects.write_text("not a folder")
    else:
        for folder in (objects, *(path for path in objects.rglob("*") if path.is_dir())):
            folder.chmod(0o500)
    with pytest.raises(UserError):
        repository.commit_files(REF, {"a": b"1"}, "x", expected=None, when=NOW)


def test_replaced_objects_are_not_believed(repository):
    blob = repository.object_id("HEAD", "storesync.yaml")
    forged = subprocess.run(
        ["git", "-C", str(repository.root), "hash-object", "-w", "--stdin"],
        input=b"forged",
        capture_output=True,
        check=True,
    ).stdout.decode()
    git(repository.root, "replace", blob, forged.strip())
    assert repository.tree("HEAD").read("storesync.yaml") == b"v: 1\n"


def test_a_slow_git_is_given_up(repository):
    with pytest.raises(UserError, match="longer than"):
        port.run(Path(repository.root), "cat-file", "--batch", seconds=0.0)
