"""What people could look at when they approved: nothing that was pushed behind their backs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from storesync.approval.proof import Looked, Standing
from storesync.errors import UserError
from storesync.source.git import Repository
from storesync.source.joining import merged_tree
from storesync.source.plumbing import FileChange

_THEN = datetime.fromtimestamp(0, UTC)


def looked_at(
    repository: Repository,
    standing: Standing,
    base: str,
    head: str,
    changes: Iterable[FileChange],
) -> Looked:
    """Return what the head of an approved proposal holds of what is unproven.

    Who branched off, or merged the published branch in, after an unproven commit had it before his
    eyes, and so had whoever approved that head: its plan is one against the proven content. What
    was pushed later nobody saw; there the change is merged into the proven content instead.
    """
    causes = {item.cause.commit for item in standing.taints.values()}
    if not causes:
        return Looked()
    seen = frozenset(item for item in causes if repository.is_ancestor(item, head))
    paths = [item.path for item in changes if _is_unseen(standing, item.path, seen)]
    return Looked(seen, _merged(repository, standing, base, head, paths) if paths else {})


def _is_unseen(standing: Standing, path: str, seen: frozenset[str]) -> bool:
    taint = standing.taints.get(path)
    return taint is not None and taint.cause.commit not in seen


def _merged(
    repository: Repository, standing: Standing, base: str, head: str, paths: list[str]
) -> dict[str, str | None]:
    """Return the blobs of files after merging the head into the proven content of the base.

    Where that cannot be done, nothing: these files then stay as they were proven.
    """
    clean = {path: blob for path, blob in standing.replaced().items() if path in paths}
    wanted = [blob for blob in clean.values() if blob is not None]
    blobs = dict(zip(wanted, repository.blobs(wanted), strict=True))
    files = {path: None if blob is None else blobs[blob] for path, blob in clean.items()}
    try:
        proven = repository.write_commit(files, "What is proven", parent=base, when=_THEN)
        tree = merged_tree(repository, proven, head)
    except UserError:
        return {}
    ids = repository.object_ids(tree, paths)
    return {path: ids.get(path) for path in paths}
