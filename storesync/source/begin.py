"""A new Git repository with a first commit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from storesync.source.command import run
from storesync.source.git import Repository

# Only where the person has not told Git a name: the first commit is the machine's.
_NOBODY = ("-c", "user.name=StoreSync", "-c", "user.email=storesync@localhost")


def begin(folder: Path, paths: Sequence[str], message: str) -> str:
    """Make `folder` a repository where it is none, commit `paths`, and return the commit's id.

    Raises UserError where Git cannot.
    """
    if not (folder / ".git").exists():
        run(folder, "init", "--quiet", "--initial-branch=main")
    known = run(folder, "config", "user.email", accept=(0, 1)).stdout.strip()
    data = "\0".join(paths).encode()
    listed = ("--pathspec-from-file=-", "--pathspec-file-nul")
    run(folder, "add", *listed, data=data)
    identity = () if known else _NOBODY
    run(folder, *identity, "commit", "--quiet", "-m", message, *listed, data=data)
    return Repository.find(folder).resolve("HEAD")
