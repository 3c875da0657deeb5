"""The files that go out by a merge, where some of what is merged already was approved by nobody."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from storesync.approval.ratify import ratified
from storesync.source.overlay import overlaid

if TYPE_CHECKING:
    from storesync.approval.proof import Standing
    from storesync.source.git import Repository
    from storesync.source.plumbing import FileChange
    from storesync.source.tree import Tree


class Outgoing(NamedTuple):
    """Files that go out by a merge.

    Where it `ratifies` campaigns (`brand/campaign`), these go out by all that `tree` holds, which
    nobody approved in the files `unseen`, and every other one by what `beside` holds: None where
    there is no difference.
    """

    tree: Tree
    ratifies: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()
    beside: Tree | None = None


def outgoing(
    repository: Repository,
    standing: Standing | None,
    commit: str,
    changes: Collection[FileChange],
    paths: Collection[str],
) -> Outgoing:
    """Return what goes out by a merge whose result is `commit`, and which changes `paths`.

    What nobody approved in files that it leaves alone stays in, so nobody is asked about that. A
    campaign whose `revision` it raises goes out with all that it hangs on, which no file of another
    brand is.
    """
    rest = standing.replaced_beside(paths) if standing else {}
    files = repository.tree(commit)
    tree = overlaid(files, rest, repository)
    names = frozenset(ratified(repository, changes)) if rest else frozenset()
    if not names:
        return Outgoing(tree)
    # Of a brand that is gone nothing comes back: another one may bear its name now.
    others = set(repository.children(commit, "brands")) - {name.partition("/")[0] for name in names}
    replaced = {path: blob for path, blob in rest.items() if _brand(path) in others}
    unseen = frozenset(rest.keys() - replaced.keys())
    return Outgoing(overlaid(files, replaced, repository), names, unseen, tree)


def _brand(path: str) -> str:
    parts = path.split("/")
    return parts[1] if parts[0] == "brands" and len(parts) > 2 else ""
