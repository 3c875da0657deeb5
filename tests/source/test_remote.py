"""Another copy of the repository is asked by a name that Git knows, and by nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from storesync.errors import UserError
from storesync.source.git import Repository
from storesync.source.remote import refs_if_known, remote_refs

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["--upload-pack=touch ran;", "../other", "ext::touch ran", ""])
def test_what_is_no_name_of_a_remote_is_not_asked(repo, name: str):
    root: Path = repo({"a.txt": "a"})
    with pytest.raises(UserError, match="there is no Git remote"):
        remote_refs(Repository.find(root), name, ["refs/heads/main"])
    assert not (root / "ran").exists()


def test_a_remote_that_is_there_or_not(repo):
    root: Path = repo({"a.txt": "a"})
    repository = Repository.find(root)
    repository.git("remote", "add", "origin", str(root))
    head, ref = repository.head(), "refs/heads/main"
    assert refs_if_known(repository, "origin", [ref, "refs/heads/no"]) == {ref: head}
    assert refs_if_known(repository, "elsewhere", [ref]) is None
