"""Two commits merged among Git's objects: no branch moves, and nothing is checked out."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.source import plumbing
from storesync.source.command import run
from storesync.source.git import Repository
from storesync.source.identity import CONFIGURED, signs
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


def commit_tree(repository: Repository, tree: str, parents: Sequence[str], message: str) -> str:
    """Store a commit of the person, signed if that person signs, that no ref names yet."""
    options = [part for parent in parents for part in ("-p", parent)]
    options += ["-S"] if signs(repository) else []
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


def merges(repository: Repository, tip: str) -> dict[str, str]:
    """Return commit -> where it came on a branch: itself, or the merge that brought it."""
    listed = repository.git("rev-list", "--first-parent", "--parents", tip).stdout.decode()
    rows = [line.split(" ") for line in listed.splitlines()]
    brought = {parent: row[0] for row in rows for parent in row[2:]}
    return brought | {row[0]: row[0] for row in rows}


def brought_by(repository: Repository, tip: str, heads: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return commit -> the addresses, in small letters, that the commits name which it brings.

    Those are commits that a branch at `tip` merged, and `heads` that it does not hold. What the
    branch held before they bring not.
    """
    form = "--format=%H%x1f%P%x1f%ae%x1f%ce"
    listed = repository.git("log", form, "--encoding=UTF-8", tip, *dict.fromkeys(heads), "--")
    parents: dict[str, list[str]] = {}
    people: dict[str, list[str]] = {}
    for row in plumbing.rows(listed.stdout):
        commit, before, *named = row.lower().split("\x1f")
        parents[commit], people[commit] = before.split(), named
    line = [tip]
    while parents.get(line[-1]):
        line.append(parents[line[-1]][0])
    known: set[str] = set()
    found: dict[str, frozenset[str]] = {}
    for commit in reversed(line):
        known.add(commit)
        found[commit] = frozenset(people.get(commit, ()))
        for side in parents.get(commit, [])[1:]:
            new = _behind(side, parents, known)
            known |= new
            found[side] = frozenset(name for item in new for name in people[item])
    for head in {*heads} - found.keys():
        new = _behind(head, parents, known)
        found[head] = frozenset(name for item in new for name in people[item])
    return found


def _behind(start: str, parents: Mapping[str, Sequence[str]], known: Container[str]) -> set[str]:
    """Return a commit and all behind it that are not known; in a shallow clone some are missing."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        commit = waiting.pop()
        if commit in parents and commit not in known and commit not in found:
            found.add(commit)
            waiting += parents[commit]
    return found
