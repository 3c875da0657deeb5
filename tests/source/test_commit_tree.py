from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storesync.source.commit_tree import CommitTree
from storesync.source.git import Repository
from storesync.source.plumbing import LINK, SUBMODULE, TreeEntry
from storesync.source.work_tree import WorkTree


class Objects:
    """The objects of one commit, from path -> (mode, bytes); counts what it is asked."""

    def __init__(self, files):
        self.entries_ = [TreeEntry(path, mode, f"id-{path}") for path, (mode, _) in files.items()]
        self.data = {f"id-{path}": data for path, (_, data) in files.items()}
        self.asked = []

    def entries(self, _commit, _paths):
        return self.entries_

    def blobs(self, ids):
        self.asked.append(list(ids))
        return [self.data[item] for item in ids]


def test_only_regular_files_with_readable_names():
    files = {
        "brands/b.yaml": ("100755", b"b"),
        "brands/a.yaml": ("100644", b"a"),
        "brands/link": (LINK, b"/etc/passwd"),
        "brands/module": (SUBMODULE, b""),
        "brands/\udcff.yaml": ("100644", b""),
        "brands/caf\u00e9.yaml": ("100644", b"one"),
        "brands/cafe\u0301.yaml": ("100644", b"the same in NFC"),
        "templates": (LINK, b"/"),
        "storesync.yaml": ("100644", b"v: 1"),
    }
    found = CommitTree(Objects(files), "c")
    assert found.paths() == [
        "brands/a.yaml",
        "brands/b.yaml",
        "brands/caf\u00e9.yaml",
        "storesync.yaml",
    ]
    assert found.refused == [
        "brands/\\xff.yaml",
        "brands/caf\u00e9.yaml",
        "brands/link",
        "brands/module",
        "templates",
    ]
    assert found.content_ids()["brands/a.yaml"] == "id-brands/a.yaml"


def test_decomposed_names_are_asked_for_composed():
    found = CommitTree(Objects({"brands/cafe\u0301.yaml": ("100644", b"x")}), "c")
    assert found.read("brands/caf\u00e9.yaml") == b"x"


def test_each_blob_is_fetched_once_and_neighbours_come_along():
    files = {f"templates/t/{name}": ("100644", name.encode()) for name in "ab"}
    files |= {"templates/t/deep/c": ("100644", b"c"), "storesync.yaml": ("100644", b"v")}
    objects = Objects(files)
    found = CommitTree(objects, "c")
    assert [found.read("templates/t/a"), found.read("templates/t/b")] == [b"a", b"b"]
    assert found.read_many(["templates/t/deep/c", "templates/t/a"]) == [b"c", b"a"]
    assert found.read("storesync.yaml") == b"v"
    assert [sorted(ids) for ids in objects.asked if ids] == [
        ["id-templates/t/a", "id-templates/t/b"],
        ["id-templates/t/deep/c"],
        ["id-storesync.yaml"],
    ]


@pytest.mark.parametrize("path", ["brands/none", "brands/link", "../x", ""])
def test_what_is_not_a_regular_file_is_a_key_error(path):
    found = CommitTree(Objects({"brands/link": (LINK, b"x")}), "c")
    with pytest.raises(KeyError):
        found.read(path)
    with pytest.raises(KeyError):
        found.read_many([path])


@pytest.mark.slow
def test_a_commit_and_its_checkout_are_the_same_tree(repo):
    files = {
        "storesync.yaml": "v: 1\n",
        "brands/a/brand.yaml": b"\x00\xff",
        "brands/a/ o'd\u00e9 \n.yaml": "",
        "templates/t/web.html.j2": "x" * 100_000,
        "other/x": "not ours",
    }
    folder = repo(files)
    commit_tree = Repository.find(folder).tree("main")
    work_tree = WorkTree(folder)
    assert commit_tree.paths() == work_tree.paths() == sorted(files.keys() - {"other/x"})
    assert commit_tree.read_many(commit_tree.paths()) == work_tree.read_many(work_tree.paths())
    assert commit_tree.content_ids().keys() == work_tree.content_ids().keys()


@pytest.mark.slow
def test_links_and_submodules_are_refused_in_both(repo, commit):
    folder = repo({"storesync.yaml": "v: 1\n", "brands/a/brand.yaml": "x"})
    (folder / "brands/a/link.yaml").symlink_to("/etc/passwd")
    (folder / "brands/b").symlink_to("a")
    inner = folder / "brands/inner"
    inner.mkdir()
    repository = Repository.find(folder)
    repository.git("init", "--quiet", "brands/inner")
    Repository.find(inner).commit_files(
        "refs/heads/main", {"x": b"1"}, "x", expected=None, when=datetime(2026, 1, 1, tzinfo=UTC)
    )
    commit(folder, {"brands/a/more.yaml": "y"})
    expected = ["brands/a/link.yaml", "brands/b", "brands/inner"]
    assert repository.tree("HEAD").refused == expected
    assert WorkTree(folder).refused == expected
    assert WorkTree(folder).paths() == repository.tree("HEAD").paths()
