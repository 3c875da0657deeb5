"""Who pushed to a proposal. Neither a pull request nor a commit tells it.

A commit's author and committer are what somebody typed; GitHub finds a login by the mail address.
So an approver could push in the author's name and then approve. Who really pushed stands in the
repository's activity. Where that cannot be seen (a private fork), signatures of all commits, held
against the keys of their committers, are as good; nothing else is, and then nobody is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from storesync.approval.decide import hidden_login
from storesync.builtin.github_answer import (
    has,
    odd,
    read,
    read_commit,
    read_login,
    read_or_none,
    read_time,
)
from storesync.builtin.github_client import Client
from storesync.builtin.github_reading import read_repository
from storesync.source.landed import as_address

# GitHub's own committer: of edits in the browser, and of "Update branch".
_GITHUB = "web-flow"
# GitHub lists no more commits of a pull request.
_MOST_COMMITS = 250
# How a message names who wrote the commit, too: GitHub does so where a suggestion is taken over.
_CO_AUTHOR = re.compile(r"^co-authored-by:[^<\n]*<([^>\n]+)>", re.IGNORECASE | re.MULTILINE)
_CREATED, _DELETED = "branch_creation", "branch_deletion"


@dataclass(frozen=True, slots=True)
class Pushes:
    """Who pushed last, None where not known; and everybody known to have had a hand in it."""

    pusher: str | None
    contributors: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Push:
    kind: str
    after: str
    at: float
    login: str | None


def pushes_to(client: Client, pull: Any, path: str, logins: Mapping[str, str]) -> Pushes:
    """Return who pushed to a pull request, of which `path` is the place in the API.

    `logins` are by mail address, both in small letters: of co-authors GitHub tells no login.
    Raises UserError where the answers are not as documented.
    """
    head = read_commit(pull, "head.sha")
    done = list(_of_this(_activity(client, pull), pull))
    commits = client.pages(f"{path}/commits", most=3)
    last = next((push for push in done if push.kind != _DELETED), None)
    by_activity = last.login if last is not None and last.after == head else None
    hands = {push.login for push in done if push.kind != _DELETED}
    hands |= {login for commit in commits for login in _names(commit, logins)}
    # Of more commits nobody knows whom they name, be it who approves.
    is_whole = len(commits) < _MOST_COMMITS
    pusher = (by_activity or _signer(commits, head)) if is_whole else None
    return Pushes(pusher, frozenset(login for login in hands if login is not None))


def _activity(client: Client, pull: Any) -> list[_Push]:
    """Return the newest pushes to the branch, the newest first; none where not to be seen."""
    home = read_repository(pull, "head.repo")
    if home is None:
        return []
    ref = f"refs/heads/{read(pull, 'head.ref', str)}"
    query = {"ref": ref, "per_page": "100"}
    found = client.find(f"/repos/{quote(home)}/activity", query)
    if not isinstance(found, list | None):
        raise odd("no list of activity")
    pushes = [
        _Push(
            read(item, "activity_type", str),
            read(item, "after", str),
            read_time(item, "timestamp"),
            read_login(item, "actor"),
        )
        for item in found or []
        if read(item, "ref", str) == ref
    ]
    return sorted(pushes, key=lambda push: push.at, reverse=True)


def _of_this(pushes: Iterable[_Push], pull: Any) -> Iterator[_Push]:
    """Yield what was pushed for this pull request: a name of a branch is used again.

    That is from the making of the branch before it was opened to the end of the proposal.
    """
    opened = read_time(pull, "created_at")
    ended = read_or_none(pull, "closed_at", str)
    end = read_time(pull, "closed_at") if ended is not None else float("inf")
    for push in pushes:
        if push.at > end:
            continue
        yield push
        if push.kind == _CREATED and push.at <= opened:
            return


def _names(commit: Any, logins: Mapping[str, str]) -> Iterator[str]:
    """Yield whose a commit says to be: logins, else addresses; GitHub's own name takes no part."""
    for found in _CO_AUTHOR.finditer(read(commit, "commit.message", str)):
        yield _name(found[1], logins)
    for path in ("author", "committer"):
        # An author without an account is null, or an empty object (OpenAPI: empty-object).
        login = read_login(commit, path) if has(commit, path) else None
        if login is None:
            login = _name(_address(commit, path), logins)
        if login != _GITHUB:
            yield login


def _address(commit: Any, path: str) -> str:
    """Return whom a commit names there; where it names nobody, which commit that is."""
    # Null, or an object that may lack anything.
    if has(commit["commit"], path) and has(commit["commit"][path], "email"):
        return read(commit, f"commit.{path}.email", str)
    return f"commit {read_commit(commit, 'sha')[:12]}"


def _name(address: str, logins: Mapping[str, str]) -> str:
    """Return the login of an address, else the address: of whom nobody knows."""
    known = as_address(address)
    return logins.get(known) or hidden_login(known) or known


def _signer(commits: list[Any], head: str) -> str | None:
    """Return who signed the last commit, where each one is signed by its committer."""
    if not commits or read_commit(commits[-1], "sha") != head:
        return None
    for commit in commits:
        if not has(commit, "committer") or not read(commit, "commit.verification.verified", bool):
            return None
        if read_login(commit, "committer") in {None, _GITHUB}:
            return None
    return read_login(commits[-1], "committer")
