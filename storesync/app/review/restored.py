"""Whether a change takes files back to what was proven of them together, at some time.

That a ledger's line says that something was sent is no proof: whoever may write to the ledger can
write it. Where the branch is proven, its own history tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from storesync.source.landed import brought, own_line
from storesync.source.tree import ROOTS, SETTINGS

if TYPE_CHECKING:
    from storesync.approval.proof import Standing
    from storesync.source.git import Repository
    from storesync.source.tree import Tree


def is_restored(
    repository: Repository, standing: Standing, paths: Iterable[str], tree: Tree
) -> bool:
    """Say whether the files of `tree` at some paths were proven so: all of them at one time.

    Of a file that anything unproven ever touched nobody can tell, and so it was not.
    """
    wanted = {path: _read(tree, path) for path in paths if _is_read(path)}
    if any(not wanted.keys().isdisjoint(item.landing.paths) for item in standing.unproven):
        return False
    return any(
        _bytes(repository, state) == wanted for state in _proven(repository, standing, [*wanted])
    )


def _proven(
    repository: Repository, standing: Standing, paths: list[str]
) -> Iterator[Mapping[str, str | None]]:
    """Yield the blobs of some files, None for none, as each proven landing left them."""
    line = own_line(repository, standing.commit)
    place = {commit: number for number, commit in enumerate(line)}  # the newest first
    bases = [item.base for item in standing.records]
    bases += [item.landing.base for item in standing.unproven]
    baseline = max(bases, key=place.__getitem__, default=standing.commit)
    state: dict[str, str | None] = dict.fromkeys(paths)
    state |= repository.object_ids(baseline, paths)
    yield state
    touching = [
        place[commit]
        for commit, change in brought(repository, f"{baseline}..{line[0]}", ["."]).items()
        if not state.keys().isdisjoint(change.paths)
    ]
    for record in standing.records:
        if any(place[record.commit] <= at < place[record.base] for at in touching):
            changes = repository.changes(record.base, record.commit, [])
            state |= {item.path: item.files[1] for item in changes if item.path in state}
            yield state


def _bytes(repository: Repository, state: Mapping[str, str | None]) -> dict[str, bytes | None]:
    there = {path: blob for path, blob in state.items() if blob is not None}
    found: dict[str, bytes | None] = dict.fromkeys(state)
    found.update(zip(there, repository.blobs([*there.values()]), strict=True))
    return found


def _read(tree: Tree, path: str) -> bytes | None:
    try:
        return tree.read(path)
    except KeyError:
        return None


def _is_read(path: str) -> bool:
    return path.startswith(ROOTS) or path == SETTINGS
