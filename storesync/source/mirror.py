"""The branches of a remote and its reviews, as last fetched, under refs that are ours alone.

A person's own remote-tracking branches stay as that person left them, and so does the ledger's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.source import plumbing, remote
from storesync.source.command import run
from storesync.source.git import Repository

REVIEWS = "refs/notes/storesync/reviews"
_SECONDS = 300.0
_BARELY = ("--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")
_OPTIONS = ("--prune", *_BARELY)
_NOTHING_BESIDE = "--refmap="  # else Git moves the person's remote-tracking branches, too
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_REF = re.compile(r"refs/[0-9A-Za-z_./-]{1,200}")


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


def lacking(repository: Repository, commits: Collection[str]) -> frozenset[str]:
    """Return those of some commits that are not in this clone."""
    named = [commit for commit in commits if _COMMIT.fullmatch(commit)]
    asked = "".join(f"{commit}\n" for commit in named).encode()
    done = repository.git("cat-file", "--batch-check=%(objecttype)", data=asked)
    kinds = zip(named, done.stdout.splitlines(), strict=True)
    return frozenset(commits) - {commit for commit, kind in kinds if kind == b"commit"}


def bring(repository: Repository, name: str, wanted: Mapping[str, str]) -> frozenset[str]:
    """Fetch commits that are not here, and return those that could not be had.

    `wanted` has for each commit the ref of the remote that leads to it, empty for none; where it
    leads elsewhere, the remote is asked for the commit itself. No ref of ours moves, and Git
    removes in time what nothing names. Raises UserError where there is no such remote.
    """
    left = lacking(repository, wanted)
    if not left:
        return left
    remote.check_name(repository, name)
    refs = sorted({ref for commit in left if _REF.fullmatch(ref := wanted[commit])})
    if refs:
        _fetch(repository, name, refs)
    for commit in sorted(filter(_COMMIT.fullmatch, lacking(repository, left))):
        ref = wanted[commit]
        if ref in refs and len(refs) > 1:  # one that is gone makes Git fetch none of them
            _fetch(repository, name, [ref])
        if lacking(repository, [commit]):
            _fetch(repository, name, [commit])
    return lacking(repository, left)


def _fetch(repository: Repository, name: str, wanted: Sequence[str]) -> None:
    """Fetch what the remote has of these, and name none of it."""
    words = ("--quiet", *_BARELY, _NOTHING_BESIDE, "--", name, *wanted)
    run(repository.root, "fetch", *words, accept=(0, 1, 128), seconds=_SECONDS)


def reviews_ref(name: str) -> str:
    """Return the ref that holds the reviews of a remote as last fetched."""
    return f"refs/storesync/{name}/reviews"


def branch_ref(name: str | None, branch: str) -> str:
    """Return the ref of a branch: of a remote as last fetched, or of this clone for None."""
    return f"refs/heads/{branch}" if name is None else f"refs/storesync/{name}/heads/{branch}"


def branches(repository: Repository, name: str | None) -> dict[str, str]:
    """Return branch -> commit, of a remote as last fetched, or of this clone for None."""
    return branches_among(repository.refs_at(branch_ref(name, "")), name)


def branches_among(refs: Mapping[str, str], name: str | None) -> dict[str, str]:
    """Return the same of refs that were read before."""
    folder = branch_ref(name, "")
    found = refs.items()
    return {ref.removeprefix(folder): item for ref, item in found if ref.startswith(folder)}
