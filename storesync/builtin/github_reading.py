"""Pull requests, reviews and comments as GitHub's REST API has them, read into our own words."""

from __future__ import annotations

import re
from typing import Any

from storesync.builtin.github_answer import (
    has,
    odd,
    read,
    read_commit,
    read_login,
    read_or_none,
    read_time,
)
from storesync.errors import UserError
from storesync.plugins.forge import Proposal, ProposalState, Review, ReviewState

_FULL_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}/[A-Za-z0-9_.-]{1,100}\Z")
# The plan that a reviewer looked at, at the end of what he wrote; he says so himself.
_PLAN = re.compile(r"\s*<!-- storesync:looked-at ([A-Za-z0-9:_-]{8,128}) -->\s*\Z")


def read_repository(value: Any, path: str) -> str | None:
    """Return a repository's owner/name, None for one that is gone. Raises UserError."""
    name = read_or_none(value, f"{path}.full_name", str)
    if name is not None and not _FULL_NAME.match(name):
        raise odd(f"{path}.full_name")
    return name


def is_from_fork(pull: Any, repository: str) -> bool:
    """Say whether a pull request comes from elsewhere; a fork that is gone was elsewhere."""
    home = read_repository(pull, "head.repo")
    return home is None or home.lower() != repository.lower()


def check_repository(pull: Any, repository: str) -> None:
    """Raise UserError where a pull request is not one into this repository."""
    found = read_repository(pull, "base.repo")
    if found is None or found.lower() != repository.lower():
        raise UserError(
            "GitHub answered with a pull request of another repository: nothing is known by it",
            hint="look at `repository` under forge: options: in storesync.yaml",
        )


def read_proposal(pull: Any, repository: str) -> Proposal:
    """Return a pull request as a proposal, without who pushed. Raises UserError.

    `merge_commit_sha` of one that is not merged is a trial of GitHub's, and no merge.
    """
    check_repository(pull, repository)
    state = _state(pull)
    closed = state in {ProposalState.MERGED, ProposalState.CLOSED}
    number = read(pull, "number", int)
    return Proposal(
        id=str(number),
        title=read(pull, "title", str),
        state=state,
        author=read_login(pull, "user"),
        pusher=None,
        branch=read(pull, "head.ref", str),
        base=read(pull, "base.ref", str),
        head=read_commit(pull, "head.sha"),
        opened=read_time(pull, "created_at"),
        changed=read_time(pull, "updated_at"),
        merged=read_commit(pull, "merge_commit_sha") if state is ProposalState.MERGED else None,
        body=read_or_none(pull, "body", str) or "",
        url=read(pull, "html_url", str),
        closed_by=read_login(pull, "merged_by") if closed and "merged_by" in pull else None,
        ref=f"refs/pull/{number}/head",
        landed=read_time(pull, "merged_at") if state is ProposalState.MERGED else None,
    )


def _state(pull: Any) -> ProposalState:
    state = read(pull, "state", str)
    if state == "open":
        return ProposalState.DRAFT if read(pull, "draft", bool) else ProposalState.OPEN
    if state != "closed":
        raise odd("state")
    merged = read_or_none(pull, "merged_at", str)
    return ProposalState.CLOSED if merged is None else ProposalState.MERGED


def read_reviews(items: list[Any]) -> list[Review]:
    """Return reviews in the order they were given. Raises UserError.

    One that is not sent yet has no time: it stands after those before it. Any other one has.
    """
    reviews: list[Review] = []
    at = 0.0
    for item in items:
        state = read(item, "state", str)
        if state != ReviewState.PENDING or has(item, "submitted_at"):
            at = read_time(item, "submitted_at")
        body = read(item, "body", str)
        plan = _PLAN.search(body)
        reviews.append(
            Review(
                login=read_login(item, "user"),
                state=state,
                commit=read_commit(item, "commit_id") if has(item, "commit_id") else None,
                at=at,
                body=body[: plan.start()] if plan else body,
                id=str(read(item, "id", int)),
                plan=plan[1] if plan else "",
            )
        )
    return sorted(reviews, key=lambda review: review.at)


def with_plan(body: str, plan: str) -> str:
    """Return what a reviewer wrote together with the plan he looked at; see `read_reviews`."""
    return f"{body}\n\n<!-- storesync:looked-at {plan} -->" if plan else body
