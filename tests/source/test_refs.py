"""Refs read from Git's files are those that Git tells; what is odd there, Git is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from storesync.errors import UserError
from storesync.source import branch, command, refs
from storesync.source.git import Repository

pytestmark = pytest.mark.slow

FILES = {"storesync.yaml": "v: 1\n"}
PLACES = (
    *("refs/heads/", "refs/heads", "refs/heads/main", "refs/heads/a", "refs/heads/a/b"),
    *("refs/heads/Main", "refs/heads/ma", "refs/tags/t", "refs/tags/", "refs/notes/x"),
    *("refs/storesync/origin/heads/", "refs/storesync/origin/reviews"),
)


@pytest.fixture
def repository(repo, commit) -> Repository:
    folder = repo(FILES)
    commit(folder, {"more.txt": "1\n"})
    return Repository.find(folder)


@pytest.fixture
def alone(monkeypatch) -> None:
    """From here on every start of Git is a fault."""

    def refuse(*words: object) -> None:
        raise AssertionError(words)

    for module in (command, refs):
        monkeypatch.setattr(module, "run", refuse)


def told(git_in, folder: Path, *places: str) -> dict[str, str]:
    """Return what Git itself says of refs."""
    rows = git_in(folder, "for-each-ref", "--format=%(refname) %(objectname)", *places).splitlines()
    return dict(row.split(" ") for row in rows)


def populate(git_in, folder: Path) -> None:
    for name in ("a/b/c", "a/b-d", "ab", "x_y.z/1+1=2@home"):
        git_in(folder, "branch", name, "main~1")
    git_in(folder, "tag", "t")
    git_in(folder, "tag", "--annotate", "--message=x", "of-a-kind")
    for name in ("notes/x", "storesync/origin/heads/main", "storesync/origin/reviews"):
        git_in(folder, "update-ref", f"refs/{name}", "main")


def pack_and_move(git_in, folder: Path) -> None:
    """Leave a file of its own and an older line of the file for many, for one of the names."""
    git_in(folder, "pack-refs", "--all")
    git_in(folder, "update-ref", "refs/heads/a/b/c", "main")
    git_in(folder, "branch", "--quiet", "-D", "ab")
    (folder / ".git/refs/heads/new.lock").touch()
    (folder / ".git/refs/heads/empty").mkdir()


@pytest.mark.parametrize("state", ["loose", "packed", "both"])
def test_refs_are_those_that_git_tells(repository, git_in, state):
    folder = repository.root
    populate(git_in, folder)
    if state != "loose":
        git_in(folder, "pack-refs", "--all")
    if state == "both":
        pack_and_move(git_in, folder)
    for place in PLACES:
        assert refs.read(repository.common_dir, [place]) == told(git_in, folder, place), place
    every = refs.read(repository.common_dir, PLACES)
    assert list((every or {}).items()) == list(told(git_in, folder, *PLACES).items())


def test_no_git_is_started_for_plain_ones(repository, git_in, alone):
    folder = repository.root
    tip = git_in(folder, "rev-parse", "main").strip()
    git_in(folder, "tag", "t")
    assert repository.refs("refs/heads/main", "refs/tags/t", "refs/tags/none", "refs/heads") == {
        "refs/heads/main": tip,
        "refs/tags/t": tip,
    }
    assert repository.refs_at("refs/heads/") == {"refs/heads/main": tip}
    assert (repository.head(), branch.current(repository)) == (tip, "main")
    git_in(folder, "switch", "--quiet", "--detach", "main~1")
    assert repository.head() == git_in(folder, "rev-parse", "main~1").strip()
    assert branch.current(repository) is None


def test_a_tag_that_is_an_object_names_its_commit(repository, git_in):
    populate(git_in, repository.root)
    for _ in ("loose", "packed"):
        assert repository.read_ref("refs/tags/of-a-kind") == repository.head()
        git_in(repository.root, "pack-refs", "--all")


def write(name: str, text: str):
    def change(folder: Path) -> None:
        (folder / ".git" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / ".git" / name).write_text(text, encoding="utf-8")

    return change


def link(name: str, target: str):
    return lambda folder: (folder / ".git" / name).symlink_to(target)


@pytest.mark.parametrize(
    "change",
    [
        write("refs/heads/other", "ref: refs/heads/main\n"),
        write("refs/heads/other", ""),
        write("refs/heads/other", "0" * 40 + "\n"),
        write("refs/heads/other", "1" * 39 + "\n"),
        write("refs/heads/other", "1" * 40),
        write("refs/heads/ü", "1" * 40 + "\n"),
        write("refs/heads/a..b", "1" * 40 + "\n"),
        write("packed-refs", "1" * 40 + " refs/heads/ü\n"),
        write("packed-refs", "1" * 40 + " refs/heads/cut"),
        write("packed-refs", "<<<<<<< HEAD\n" + "1" * 40 + " refs/heads/main\n"),
        write("packed-refs", ("1" * 40 + " refs/heads/main\n") * 2),
        write("packed-refs", f"{'1' * 40} refs/heads/{'x' * 1_000_000}\n"),
        link("refs/heads/other", "main"),
        lambda folder: [write(f"refs/heads/{x}", "1" * 40 + "\n")(folder) for x in range(300)],
    ],
)
def test_what_is_odd_git_is_asked_for(repository, change):
    main = repository.head()
    change(repository.root)
    assert refs.read(repository.common_dir, ["refs/heads/"]) is None
    assert refs.read(repository.common_dir, ["refs/heads/main"]) in (
        None,  # what many hold is read as a whole
        {"refs/heads/main": main},
    )


@pytest.mark.parametrize("place", ["refs/heads/*", "refs/bisect/bad", "refs/", "HEAD", "main", ""])
def test_what_is_no_place_of_refs_git_is_asked_for(repository, place):
    assert refs.read(repository.common_dir, [place]) is None


def test_refs_that_are_kept_in_another_way_git_is_asked_for(repository):
    heads = repository.common_dir / "refs/heads"
    heads.rename(heads.with_name("before"))
    heads.write_text("this repository uses the reftable format\n", encoding="utf-8")
    assert refs.read(repository.common_dir, ["refs/heads/main"]) is None


def test_a_branch_of_what_is_lost_is_told_by_git(repository, git_in):
    write("refs/heads/lost", "1" * 40 + "\n")(repository.root)
    with pytest.raises(UserError):
        repository.refs("refs/heads/lost")


def test_each_worktree_has_its_own_head(repository, git_in, tmp_path):
    git_in(repository.root, "worktree", "add", "--quiet", "-b", "beside", tmp_path / "b", "main~1")
    beside = Repository.find(tmp_path / "b")
    assert (branch.current(beside), branch.current(repository)) == ("beside", "main")
    assert beside.head() == git_in(repository.root, "rev-parse", "main~1").strip()
    assert beside.read_ref("refs/heads/main") == repository.head()


@pytest.mark.parametrize("raw", ["", "ref: refs/heads/ü\n", "ref: refs/tags/t\n", "ref: x\n", "1"])
def test_an_odd_head_git_is_asked_for(tmp_path, raw):
    assert refs.head(tmp_path) is None
    (tmp_path / "HEAD").write_text(raw, encoding="utf-8")
    assert refs.head(tmp_path) is None


def test_a_head_that_is_a_link_git_is_asked_for(repository):
    head = repository.common_dir / "HEAD"
    head.unlink()
    head.symlink_to("refs/heads/main")
    assert refs.head(repository.common_dir) is None
    assert branch.current(repository) == "main"


def test_a_repository_is_found_once_while_somebody_holds_it(repository):
    folder, first = repository.root, id(repository)
    assert Repository.find(folder) is repository
    (folder / ".git").rename(folder / ".elsewhere")
    with pytest.raises(UserError):
        Repository.find(folder)
    (folder / ".elsewhere").rename(folder / ".git")
    assert id(Repository.find(folder)) == first
    repository.let_go()
    assert id(Repository.find(folder)) != first


@pytest.mark.parametrize("name", ["a", "a/b-c", "1.2", "x@y", "a.lock.b"])
def test_no_git_is_started_for_a_plain_name(repository, alone, name):
    branch.check_name(repository, name)


@pytest.mark.parametrize(
    "name",
    ["", "a.lock", "a.lock/b", "a..b", ".a", "a.", "a b", "-a", "storesync/x", "a@{1}", "a/"],
)
def test_what_is_no_name_is_refused(repository, name):
    with pytest.raises(UserError, match="is no name for a branch"):
        branch.check_name(repository, name)
