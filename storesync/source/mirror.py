"""The branches of a remote and its reviews, as last fetched, under refs that are ours alone.

A person's own remote-tracking branches stay as that person left them, and so does the ledger's.
"""

from __future__ import annotations

from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.source import plumbing, remote
from storesync.source.git import Repository, run

REVIEWS = "refs/notes/storesync/reviews"
_SECONDS = 300.0
_OPTIONS = ("--prune", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")
_NOTHING_BESIDE = "--refmap="  # else Git moves the person's remote-tracking branches, too


def refresh(repository: Repository, name: str) -> None:
    """Fetch all branches of a remote but those under `storesync/`, and the reviews.

    Branches may have been rewritten; reviews only grow. Raises UserError where the remote cannot
    be read or where its reviews went back.
    """
    remote.check_name(repository, name)
    own = f"refs/storesync/{name}"
    # A pattern, because a remote without any reviews yet is no error.
    pairs = (
        f"+refs/heads/*:{own}/heads/*",
        "^refs/heads/storesync/*",
        f"{REVIEWS}*:{own}/reviews*",
    )
    done = run(
        repository.root,
        *("fetch", *_OPTIONS, _NOTHING_BESIDE, name, *pairs),
        accept=(0, 1, 128),
        seconds=_SECONDS,
    )
    if done.returncode == 0:
        return
    if b"[rejected]" in done.stderr:
        raise UserError(
            f"the reviews at {printable(name)} do not follow those seen before: rewritten",
            hint=f"compare: git log {own}/reviews, and git ls-remote {name} '{REVIEWS}'",
        )
    raise plumbing.trouble(done.stderr)


def reviews_ref(name: str) -> str:
    """Return the ref that holds the reviews of a remote as last fetched."""
    return f"refs/storesync/{name}/reviews"


def branch_ref(name: str | None, branch: str) -> str:
    """Return the ref of a branch: of a remote as last fetched, or of this clone for None."""
    return f"refs/heads/{branch}" if name is None else f"refs/storesync/{name}/heads/{branch}"


def branches(repository: Repository, name: str | None) -> dict[str, str]:
    """Return branch -> commit, of a remote as last fetched, or of this clone for None."""
    folder = branch_ref(name, "")
    done = repository.git("for-each-ref", "--format=%(objectname) %(refname)", folder)
    rows = [line.partition(" ") for line in plumbing.text(done.stdout).splitlines()]
    return {ref.removeprefix(folder): item for item, _, ref in rows}
