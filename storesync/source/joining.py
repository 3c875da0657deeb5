"""Two commits merged among Git's objects: no branch moves, and nothing is checked out."""

from __future__ import annotations

from collections.abc import Sequence

from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.source import plumbing
from storesync.source.command import run
from storesync.source.git import Repository
from storesync.source.identity import CONFIGURED
from storesync.source.surroundings import DURABLE

_MOST_NAMED = 5
_NONE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"  # the empty tree


def merged_tree(repository: Repository, base: str, head: str) -> str:
    """Return the id of the tree that a merge of two commits gives.

    Raises UserError that names the paths in conflict, and where Git is older than 2.38.
    """
    options = ("--write-tree", "--name-only", "--no-messages", "-z")
    # As if without a work tree: `.gitattributes` choose how files are merged, and whoever pushes
    # such a file must not change what a merge gives. Git 2.43 and newer look in `attr.tree`.
    plain = ("--git-dir=.", "-c", "core.bare=true", "-c", f"attr.tree={_NONE}", "merge-tree")
    codes = (0, 1, 128, 129)
    done = run(repository.common_dir, *plain, *options, base, head, accept=codes)
    if done.returncode == 129:
        raise UserError("this Git cannot merge without a work tree", hint="use Git 2.38 or newer")
    if done.returncode == 128 or not done.stdout:  # 1 and no tree: a commit is not here
        raise plumbing.trouble(done.stderr)
    tree, *paths = plumbing.text(done.stdout).split("\0")[:-1] or [""]
    if not tree:
        message = f"{head[:12]} is not in this clone, so nobody can merge it again to look at it"
        raise UserError(message, hint="fetch it: git fetch")
    if done.returncode == 0:
        return tree.strip()
    named = [printable(path, limit=120) for path in dict.fromkeys(filter(None, paths))]
    more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    raise UserError(
        f"both sides changed {', '.join(named[:_MOST_NAMED])}{more}: they conflict",
        hint="merge the published branch into the proposed one (git merge), then submit again",
    )


def commit_tree(
    repository: Repository, tree: str, parents: Sequence[str], message: str, *, signed: bool
) -> str:
    """Store a commit of the person that no ref names yet."""
    options = [part for parent in parents for part in ("-p", parent)]
    options += ["-S"] if signed else []
    command = (*DURABLE, *CONFIGURED, "commit-tree", *options, "-F", "-", tree)
    return repository.git(*command, data=message.encode()).stdout.decode().strip()


def trial(repository: Repository, base: str, head: str) -> str:
    """Return a commit with the files that merging `head` into `base` gives; `head` where it is one.

    Nothing names the commit, and Git removes it in time. Raises UserError as `merged_tree`.
    """
    if repository.is_ancestor(base, head):
        return head
    tree = merged_tree(repository, base, head)
    parents = ("-p", base, "-p", head)
    done = repository.git(
        *("-c", "user.name=StoreSync", "-c", "user.email=storesync@localhost.invalid"),
        *("commit-tree", *parents, "-m", "Trial merge", tree),
    )
    return done.stdout.decode().strip()
