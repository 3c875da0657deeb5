"""What commits changed, taken one by one: the same as Git lists at once."""

from __future__ import annotations

import pytest

from storesync.source.git import Repository
from storesync.source.history import log
from storesync.source.landed import brought
from storesync.source.touched import brought_of, log_of, touched

pytestmark = pytest.mark.slow


def test_it_is_what_git_lists(repo, commit, git_in):
    folder = repo({"brands/acme/one.yaml": "1", "brands/acme/two.yaml": "1"})
    git_in(folder, "switch", "--quiet", "-c", "side")
    commit(folder, {"brands/acme/two.yaml": "2", "übrig\n.txt": "2"}, "Side")
    git_in(folder, "switch", "--quiet", "main")
    commit(folder, {"brands/acme/one.yaml": "2"}, "Own")
    git_in(folder, "merge", "--quiet", "--no-ff", "-m", "Merge", "side")
    git_in(folder, "commit", "--quiet", "--allow-empty", "-m", "Nothing")
    repository, tip = Repository.find(folder), git_in(folder, "rev-parse", "HEAD").strip()
    every, own = touched(repository, tip), touched(repository, tip, own=True)
    assert (every.unknown, own.unknown) == ([], [])
    for folders in (["brands/acme"], ["brands/other"]):
        assert log_of(repository, folders, tip, every) == log(repository, folders, tip)
    plain = brought(repository, tip, [])
    assert brought_of(repository, tip, own) == plain
    assert sorted(map(len, (item.paths for item in plain.values()))) == [0, 1, 2, 2]
