"""Gathering up loose objects, which Git's commands for people do by themselves in time."""

from __future__ import annotations

from contextlib import suppress

from storesync.errors import UserError
from storesync.source.git import Repository
from storesync.source.surroundings import GATHERING, LOOSE


def gather(repository: Repository) -> None:
    """Have Git pack its loose objects where there are thousands, before this returns.

    How many are too many, and that none ever are, is said by a person's own `gc.auto`. What goes
    wrong with it is told by the next one that a person runs.
    """
    with suppress(UserError):
        *theirs, _ours = repository.git("config", "--get-all", "gc.auto").stdout.decode().split()
        own = f"gc.auto={theirs[-1] if theirs else LOOSE}"
        repository.git("-c", own, *GATHERING, "gc", "--auto", "--quiet")
