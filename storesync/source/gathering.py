"""Gathering up loose objects, which Git's commands for people do by themselves in time."""

from __future__ import annotations

from contextlib import suppress

from storesync.errors import UserError
from storesync.source.git import Repository
from storesync.source.surroundings import GATHERING, LOOSE

_JUDGED_BY = (("pack", "*.pack"), ("17", "*"))


def gather(repository: Repository) -> None:
    """Have Git pack its loose objects where there are thousands, before this returns.

    How many are too many, and that none ever are, is said by a person's own `gc.auto`. What goes
    wrong with it is told by the next one that a person runs.
    """
    if _is_tidy(repository):
        return
    with suppress(UserError):
        *theirs, _ours = repository.git("config", "--get-all", "gc.auto").stdout.decode().split()
        own = f"gc.auto={theirs[-1] if theirs else LOOSE}"
        repository.git("-c", own, *GATHERING, "gc", "--auto", "--quiet")


def _is_tidy(repository: Repository) -> bool:
    """Say whether Git would find nothing to do, however few are too many.

    It takes one folder of loose objects for a sample of all 256, and never packs a single pack.
    """
    objects = repository.common_dir / "objects"
    packs, sample = (list((objects / where).glob(kind)) for where, kind in _JUDGED_BY)
    return len(packs) < 2 and len(sample) < 2
