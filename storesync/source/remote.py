"""Another copy of a repository: what refs it has, fetching from it, pushing to it without force."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.source import plumbing
from storesync.source.command import run
from storesync.source.git import LostRace, Repository

# Settings come with pull requests, and Git takes a path or a command where a name should be.
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,99}")
_SECONDS = 300.0
# Why a server refuses a push that another one overtook between its check and its write.
_OVERTAKEN = (
    "cannot lock ref",
    "failed to update ref",
    "incorrect old value",
    "fetch first",
    "atomic transaction failed",
)


def is_known(repository: Repository, name: str) -> bool:
    """Say whether the repository has a remote called `name`; one that was seen is there still."""
    if _NAME.fullmatch(name) is None:
        return False
    if name not in repository.remotes:
        listed = repository.git("remote").stdout.decode(errors="replace")
        repository.remotes = frozenset(listed.split())
    return name in repository.remotes


def check_name(repository: Repository, name: str) -> None:
    """Raise UserError where the repository has no remote called `name`."""
    if not is_known(repository, name):
        raise _unknown(name)


def remote_refs(repository: Repository, name: str, refs: Sequence[str]) -> dict[str, str]:
    """Return full ref name -> id for those of `refs` that the remote has.

    Raises UserError where there is no such remote, or where it cannot be asked.
    """
    found = refs_if_known(repository, name, refs)
    if found is None:
        raise _unknown(name)
    return found


def refs_if_known(repository: Repository, name: str, refs: Sequence[str]) -> dict[str, str] | None:
    """Return what `remote_refs` does, None where there is no such remote.

    Raises UserError where it cannot be asked.
    """
    if not is_known(repository, name):
        return None
    done = run(repository.root, "ls-remote", name, *refs, seconds=_SECONDS)
    rows = [line.split("\t") for line in plumbing.rows(done.stdout)]
    return {ref: item for item, ref in rows if ref in refs}


def pushed_to(repository: Repository, name: str) -> str:
    """Return the remote that the person pushes branches to: `name`, or Git's own default for it."""
    done = repository.git("config", "--get", "remote.pushDefault", accept=(0, 1))
    own = plumbing.text(done.stdout).strip()
    return own if own and is_known(repository, own) else name


def address(repository: Repository, name: str) -> str:
    """Return the address that Git pushes to for a remote. Raises UserError where there is none."""
    check_name(repository, name)
    done = repository.git("remote", "get-url", "--push", name)
    return plumbing.text(done.stdout).strip()


def _unknown(name: str) -> UserError:
    return UserError(
        f'there is no Git remote "{printable(name)}"',
        hint="see git remote -v; storesync.yaml names it, under ledger or forge: remote",
    )


def fetch(
    repository: Repository, name: str, refs: Mapping[str, str], *, lock: int | None = None
) -> None:
    """Fetch `refs`, a ref of the remote -> a ref of ours. Raises UserError where one went back.

    Ours only ever move forward: a remote whose history was rewritten is refused.
    """
    pairs = [f"{theirs}:{ours}" for theirs, ours in refs.items()]
    options = ("--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")
    arguments = ("fetch", *options, name, *pairs)
    done = run(repository.root, *arguments, accept=(0, 1, 128), lock=lock, seconds=_SECONDS)
    if done.returncode == 0:
        return
    if b"[rejected]" in done.stderr:
        raise UserError(
            f"{name} holds another history of {' and '.join(refs)} than this clone saw before",
            hint=f"it was set back or rewritten: compare the two (git ls-remote {name}), and have"
            " whoever may push with force put back what is right",
        )
    raise plumbing.trouble(done.stderr)


def push(
    repository: Repository,
    name: str,
    refs: Mapping[str, str],
    *,
    lock: int | None = None,
    what: str = "the ledger",
) -> None:
    """Push `refs`, a commit id for each ref of the remote: all or none, and never with force.

    `what` is what people call it.
    That the remote refuses what does not follow its tip is the compare-and-swap. Raises LostRace
    where another run pushed first, UserError where the remote does not let us.
    """
    pairs = [f"{commit}:{ref}" for ref, commit in refs.items()]
    options = ("--quiet", "--porcelain", "--no-verify", "--atomic")
    arguments = ("push", *options, name, *pairs)
    done = run(repository.root, *arguments, accept=(0, 1, 128), lock=lock, seconds=_SECONDS)
    if done.returncode == 0:
        return
    refused = [row for row in plumbing.rows(done.stdout) if row.startswith("!\t")]
    for row in refused:
        if "[rejected]" in row or any(words in row for words in _OVERTAKEN):
            raise LostRace(row.split("\t")[1].partition(":")[2])
    if refused:
        reason = printable(refused[0].split("\t")[2])
        raise UserError(
            f"the remote {name} does not take {what}: {reason}",
            hint=f"this account needs the right to push {' and '.join(refs)}",
        )
    raise plumbing.trouble(done.stderr)
