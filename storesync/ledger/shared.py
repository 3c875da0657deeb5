"""The ledger where several machines publish: a branch of a remote decides, ours follows it."""

from __future__ import annotations

from storesync.errors import UserError
from storesync.ledger.layout import BRANCH, TAG
from storesync.source import remote
from storesync.source.git import Repository
from storesync.source.plumbing import RefUpdate


def publish_tip(
    repository: Repository, name: str, commit: str, *, tag: str | None, lock: int
) -> None:
    """Push the commit as the ledger's new tip, and the commit `tag` as its beginning if given.

    Raises LostRace where another machine pushed first: read again, plan again, append again.
    """
    refs = {BRANCH: commit} | ({TAG: tag} if tag else {})
    remote.push(repository, name, refs, lock=lock)


def follow(repository: Repository, name: str, *, lock: int) -> None:
    """Bring the local branch to where the remote's is; push it where the remote has none yet.

    Raises UserError where the remote lost it, went back, or holds another ledger.
    """
    theirs = remote.remote_refs(repository, name, [BRANCH, TAG])
    last_seen = f"refs/remotes/{name}/storesync/ledger"
    ours = repository.refs(BRANCH, TAG, last_seen)
    if BRANCH not in theirs:
        if TAG in theirs or last_seen in ours:
            raise UserError(
                f"the ledger was lost: {name} had a branch storesync/ledger and has it no more",
                hint="push it from a machine that has it: git push"
                f" {name} storesync/ledger storesync/genesis",
            )
        if BRANCH in ours:
            publish_tip(repository, name, ours[BRANCH], tag=ours.get(TAG), lock=lock)
        return
    if theirs[BRANCH] != ours.get(last_seen):
        remote.fetch(repository, name, {BRANCH: last_seen}, lock=lock)
    if TAG in theirs and TAG not in ours:
        remote.fetch(repository, name, {TAG: TAG}, lock=lock)
    _catch_up(repository, name, ours.get(BRANCH), theirs[BRANCH], lock)


def _catch_up(repository: Repository, name: str, ours: str | None, theirs: str, lock: int) -> None:
    if ours == theirs:
        return
    if ours is None or repository.is_ancestor(ours, theirs):
        repository.update_refs([RefUpdate(BRANCH, theirs, ours)], lock=lock)
    elif repository.is_ancestor(theirs, ours):
        # Written here before the ledger was shared: what is sent is pushed before it is ours.
        publish_tip(repository, name, ours, tag=None, lock=lock)
    else:
        raise UserError(
            f"the ledger here and the one of {name} both hold what the other does not",
            hint="one of them was rewritten or written alone: compare their logs and keep one",
        )
