from __future__ import annotations

import os
import subprocess

import pytest

from storesync.source.git import Repository
from storesync.source.index import surely_lacks

pytestmark = pytest.mark.slow

NAME = ".storesync"
FILES = {"brands/a/brand.yaml": "name: A\n", "storesync.yaml": "v: 1\n"}


@pytest.fixture
def root(repo):
    return repo(FILES)


def git(root, *args):
    subprocess.run(["git", "-C", str(root), *args], check=True, capture_output=True)


def test_a_plain_index_without_the_name_says_so(root):
    assert surely_lacks(root, NAME)
    assert not Repository.find(root).tracked(NAME)


@pytest.mark.parametrize(
    "path", [".storesync/cache/a.json", ".storesync", ".STORESYNC/cache/a.json"]
)
def test_what_is_tracked_is_found_by_both(root, path):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text("{}")
    git(root, "add", "--force", path)
    assert not surely_lacks(root, NAME)
    assert Repository.find(root).tracked(NAME)


@pytest.mark.parametrize("form", ["4", "split", "elsewhere", "none", "another's"])
def test_of_another_form_git_is_asked(root, form, monkeypatch):
    if form == "4":
        git(root, "update-index", "--index-version", "4")
    elif form == "split":
        git(root, "update-index", "--split-index")
    elif form == "elsewhere":
        git(root, "init", "--separate-git-dir", str(root.parent / "moved.git"))
    elif form == "none":
        (root / ".git/index").unlink()
    else:
        monkeypatch.setattr(os, "getuid", lambda: root.stat().st_uid + 1)
    assert not surely_lacks(root, NAME)
    assert not Repository.find(root).tracked(NAME)
