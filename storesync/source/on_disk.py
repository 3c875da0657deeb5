"""Where the files on disk differ from commits."""

from __future__ import annotations

from storesync.source import plumbing
from storesync.source.git import Repository
from storesync.source.tree import ROOTS, SETTINGS


def changed_since(repository: Repository, commit: str) -> list[str]:
    """Return the paths of files on disk that are not as in a commit; ignored ones are not."""
    options = ("-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=none")
    diff = repository.git("diff", "--name-only", *options, commit, "--")
    new = repository.git("ls-files", "-z", "--others", "--exclude-standard", "--full-name")
    every = {*diff.stdout.split(b"\0"), *new.stdout.split(b"\0")} - {b""}
    return sorted(map(plumbing.text, every))


def uncommitted(repository: Repository) -> list[str]:
    """Return changed and untracked paths under `brands/`, `templates/` and the settings."""
    return sorted(plumbing.text(record[3:]) for record in _status(repository))


def moved(repository: Repository) -> bool:
    """Say whether any of these paths is there and not in the newest commit, or the reverse."""
    return any(not set(record[:2]) <= set(b" M") for record in _status(repository))


def _status(repository: Repository) -> list[bytes]:
    options = ("--porcelain=v1", "-z", "--untracked-files=all", "--no-renames")
    folders = [root.rstrip("/") for root in ROOTS]
    done = repository.git("status", *options, "--", *folders, SETTINGS)
    return done.stdout.split(b"\0")[:-1]
