from __future__ import annotations

import os
import unicodedata

import pytest

from storesync.errors import UserError
from storesync.source import work_tree
from storesync.source.tree import MemoryTree
from storesync.source.work_tree import WorkTree


def write(root, files):
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


FILES = {
    "brands/a/locations/us/tx/one.yaml": b"name: One\n",
    "brands/a/brand.yaml": b"",
    "brands/z.txt": b"\xff\x00",
    "templates/shared/t/web.html.j2": b"x" * 70_000,
    "storesync.yaml": b"v: 1\n",
}


def test_reads_as_a_memory_tree_does(tmp_path):
    write(tmp_path, FILES | {"README.md": b"elsewhere", "brandsX/x": b"elsewhere"})
    tree, memory = WorkTree(tmp_path), MemoryTree(FILES)
    assert tree.paths() == memory.paths()
    assert tree.read_many(tree.paths()) == memory.read_many(memory.paths())
    assert tree.content_ids() == memory.content_ids()
    assert tree.read_many(tree.paths()) == memory.read_many(memory.paths())
    assert tree.refused == []


def test_an_empty_folder_is_an_empty_tree(tmp_path):
    assert WorkTree(tmp_path).paths() == []
    assert WorkTree(tmp_path).content_ids() == {}


def test_content_ids_read_once(tmp_path):
    write(tmp_path, FILES)
    tree = WorkTree(tmp_path)
    tree.content_ids()
    write(tmp_path, {"storesync.yaml": b"changed meanwhile"})
    assert tree.read("storesync.yaml") == b"v: 1\n"


def test_links_and_devices_are_refused(tmp_path):
    write(tmp_path, {"brands/a.yaml": b"1", "secret": b"2"})
    (tmp_path / "brands/link.yaml").symlink_to(tmp_path / "secret")
    (tmp_path / "brands/up").symlink_to(tmp_path)
    (tmp_path / "templates").symlink_to(tmp_path)
    (tmp_path / "storesync.yaml").symlink_to(tmp_path / "secret")
    os.mkfifo(tmp_path / "brands/pipe.yaml")
    write(tmp_path, {"brands/folder.yaml/a.yaml": b"1"})
    tree = WorkTree(tmp_path)
    assert tree.paths() == ["brands/a.yaml"]
    assert tree.refused == [
        "brands/folder.yaml",
        "brands/link.yaml",
        "brands/pipe.yaml",
        "brands/up",
        "storesync.yaml",
        "templates",
    ]
    with pytest.raises(KeyError):
        tree.read("brands/link.yaml")


def test_a_settings_folder_is_refused(tmp_path):
    (tmp_path / "storesync.yaml").mkdir()
    assert WorkTree(tmp_path).refused == ["storesync.yaml"]


def test_a_link_put_there_after_the_walk_is_not_followed(tmp_path):
    write(tmp_path, {"brands/a.yaml": b"1", "secret": b"2"})
    tree = WorkTree(tmp_path)
    assert tree.paths() == ["brands/a.yaml"]
    (tmp_path / "brands/a.yaml").unlink()
    (tmp_path / "brands/a.yaml").symlink_to(tmp_path / "secret")
    with pytest.raises(UserError, match=r"cannot read brands/a.yaml"):
        tree.read("brands/a.yaml")


def test_a_file_that_goes_away_is_trouble(tmp_path):
    write(tmp_path, {"brands/a.yaml": b"1"})
    tree = WorkTree(tmp_path)
    tree.paths()
    (tmp_path / "brands/a.yaml").unlink()
    with pytest.raises(UserError, match=r"brands/a.yaml went away"):
        tree.content_ids()


def test_names_are_composed_and_twins_refused(tmp_path):
    decomposed = unicodedata.normalize("NFD", "brands/caf\u00e9.yaml")
    write(tmp_path, {decomposed: b"d"})
    assert WorkTree(tmp_path).read("brands/caf\u00e9.yaml") == b"d"
    write(tmp_path, {"brands/caf\u00e9.yaml": b"c"})
    if len(list((tmp_path / "brands").iterdir())) == 2:  # not on macOS, where they are one file
        assert WorkTree(tmp_path).refused == ["brands/caf\u00e9.yaml"]


def test_names_that_are_not_utf8_are_refused(tmp_path):
    write(tmp_path, {"brands/a.yaml": b"1"})
    try:
        (tmp_path / "brands" / os.fsdecode(b"\xff.yaml")).touch()
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert WorkTree(tmp_path).refused == ["brands/\\xff.yaml"]


def test_of_a_large_file_only_the_beginning_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(work_tree, "LARGEST", 100_000)
    write(
        tmp_path,
        {"brands/a": b"x" * 100_000, "brands/b": b"x" * 100_001, "brands/c": b"x" * 300_000},
    )
    assert [
        len(data) for data in WorkTree(tmp_path).read_many(["brands/a", "brands/b", "brands/c"])
    ] == [
        100_000,
        100_001,
        100_001,
    ]
