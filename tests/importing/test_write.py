from __future__ import annotations

import errno
import os
import signal
from pathlib import Path

import pytest

from storesync.errors import UserError
from storesync.importing.staging import staging
from storesync.importing.write import finish_killed, write_files

OLD, NEW = "brands/b/locations/us/old.yaml", "brands/b/locations/de/berlin/new.yaml"
WRITES = {OLD: b"name: New\n", NEW: b"name: B\n"}
BEFORE = {OLD: b"name: Old\n"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / OLD).parent.mkdir(parents=True)
    (tmp_path / OLD).write_bytes(BEFORE[OLD])
    return tmp_path


def content(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def folders(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_dir()}


def test_files_are_written_and_nothing_else_is_left(root):
    told = []
    write_files(root, WRITES, BEFORE, told.append)
    assert content(root) == WRITES
    assert not list((root / ".storesync").iterdir())
    assert sum(told) == 2 * len(WRITES)


@pytest.mark.parametrize("failing", range(1, 9))
def test_whatever_fails_nothing_is_changed(root, monkeypatch, failing):
    """The n-th call that changes the disk fails: opening, moving or making a folder."""
    left = [failing]

    def fails(real):
        def call(*args, **options):
            left[0] -= 1
            if left[0] == 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*args, **options)

        return call

    (root / ".storesync").mkdir()
    before = folders(root)
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", fails(os.open))
        patch.setattr(Path, "replace", fails(Path.replace))
        patch.setattr(Path, "mkdir", fails(Path.mkdir))
        with pytest.raises(UserError, match="No space left"):
            write_files(root, WRITES, BEFORE)
    assert content(root) == BEFORE
    assert folders(root) == before


def test_an_interruption_changes_nothing_either(root):
    def interrupt(_count):
        if (root / NEW).exists() or not list((root / ".storesync").glob("*/1")):
            return
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_files(root, WRITES, BEFORE, interrupt)
    assert content(root) == BEFORE


def killed(root: Path) -> Path:
    """Import in a process that is killed while it stages; return the folder it left."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:

        def wait(_count: int) -> None:
            os.write(writing, b".")
            signal.pause()

        write_files(root, WRITES, BEFORE, wait)
        os._exit(0)
    os.close(writing)
    assert os.read(reading, 1) == b"."
    os.close(reading)
    [left] = (root / ".storesync").iterdir()
    finish_killed(root)
    assert left.is_dir(), "its process lives"
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return left


def test_what_a_killed_import_left_is_cleared_and_nothing_else(root):
    left = killed(root)
    assert (left / "0").exists()
    other = root / ".storesync/cache"
    other.mkdir()
    link = root / ".storesync/import-link"
    link.symlink_to(root / "brands")
    (root / ".storesync/import-notes").write_text("mine")
    with staging(root) as own:
        finish_killed(root)
        assert own.is_dir(), "a live one's"
    finish_killed(root)
    names = sorted(path.name for path in (root / ".storesync").iterdir())
    assert names == ["cache", "import-link", "import-notes"]
    assert content(root)[OLD] == BEFORE[OLD]


def test_there_may_be_nothing_to_clear(root):
    finish_killed(root)
    assert not (root / ".storesync").exists()
    (root / ".storesync").symlink_to(root / "brands")
    finish_killed(root)


@pytest.mark.parametrize("link", ["brands/b/locations/de", "brands/b/locations", NEW])
def test_nothing_is_written_through_a_link(root, tmp_path_factory, link):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    path = root / link
    if path.is_dir():
        path.rename(root / "moved")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(elsewhere)
    with pytest.raises(UserError, match="link"):
        write_files(root, {NEW: b"x"}, {})
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    "path", ["templates/x.yaml", "brands/b/brand.yaml", "brands/b/locations/../x"]
)
def test_nothing_is_written_outside_the_locations(root, path):
    with pytest.raises(UserError, match="no place"):
        write_files(root, {path: b"x"}, {})


@pytest.mark.parametrize("now", [b"name: Changed\n", None])
def test_a_file_that_changed_meanwhile_is_not_written_over(root, now):
    if now is None:
        (root / OLD).unlink()
    else:
        (root / OLD).write_bytes(now)
    with pytest.raises(UserError, match="changed while"):
        write_files(root, WRITES, BEFORE)


def test_a_file_that_came_meanwhile_is_not_written_over(root):
    (root / NEW).parent.mkdir(parents=True)
    (root / NEW).write_bytes(b"someone else's")
    with pytest.raises(UserError, match="changed while"):
        write_files(root, WRITES, BEFORE)
