"""The state of a proposal: derived from what people said about its newest commit.

`draft`, `pending_review`, `approved` (nothing is missing, not merged), and `rejected`: somebody who
may write asks for changes and says which, or it was closed unmerged; until the next push. Changes
asked for without a word reject nothing: they are in the way, and the words are asked for.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from storesync.approval.decide import Decision, Unmet, fold, latest_words
from storesync.diagnostics import printable
from storesync.plan.change import Action, Change
from storesync.plugins.forge import Proposal, ProposalState, Review


class ProposedState(enum.StrEnum):
    """States of a proposal that is not merged."""

    DRAFT = "draft"
    PENDING_REVIEW = "pending_review"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Wait:
    """What a proposal waits for: any one of `who` (logins, or owners as in CODEOWNERS) does it.

    `approval` says that it is one that is missing: nobody who had a hand in it can give it.
    """

    who: tuple[str, ...]
    what: str
    approval: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A proposal's state, since when (seconds since 1970, UTC), who moved it there, its waits."""

    state: ProposedState
    since: float
    by: str | None
    waits: tuple[Wait, ...] = ()


class Deadline(NamedTuple):
    """The first start (UTC) that is missed if it is not approved by then; `late`: one passed."""

    approve_by: datetime | None = None
    late: bool = False


def stage_of(
    proposal: Proposal,
    reviews: Sequence[Review],
    decision: Decision,
    obstacles: Iterable[Wait] = (),
) -> Stage:
    """Return the state of a proposal that is not merged; `obstacles` keep it from being approved.

    Obstacles are what no review says: a conflict, errors in its files, a plan nobody worked out.
    """
    pushed = proposal.pusher or proposal.author
    author = (proposal.author,) if proposal.author else ()
    if proposal.state is ProposalState.CLOSED:
        again = Wait(author, "closed unmerged: push a change to propose it again")
        return Stage(ProposedState.REJECTED, proposal.changed, proposal.closed_by, (again,))
    rejecting = [item for item in decision.asking if _rejects(item, proposal)]
    if rejecting:
        first = min(rejecting, key=lambda item: item.at)
        waits = [Wait(author, f"change it: {_words(item)}") for item in rejecting]
        return Stage(ProposedState.REJECTED, first.at, first.login, tuple(waits))
    waits = [*obstacles, *_waits(proposal, decision)]
    if proposal.state is ProposalState.DRAFT:
        waits = [Wait(author, "say that it is ready for review"), *obstacles]
        return Stage(ProposedState.DRAFT, proposal.changed, pushed, tuple(waits))
    if waits:
        return Stage(ProposedState.PENDING_REVIEW, proposal.changed, pushed, tuple(waits))
    last = _last_approval(reviews, decision)
    since, by = (last.at, last.login) if last else (proposal.changed, pushed)
    merge = Wait(tuple(dict.fromkeys([*author, *decision.approvers])), "merge it")
    return Stage(ProposedState.APPROVED, since, by, (merge,))


def deadline_of(changes: Iterable[Change], at: datetime) -> Deadline:
    """Return what misses its start, of the changes of a review plan, at a moment.

    What is new and should have started is late. What runs already and changes misses no start.
    """
    ahead: list[datetime] = []
    late = False
    for change in changes:
        if change.action is Action.WITHDRAW or change.starts is None:
            continue
        if change.starts > at:
            ahead.append(change.starts)
        elif change.action is Action.CREATE and (change.ends is None or change.ends > at):
            late = True
    return Deadline(min(ahead, default=None), late)


def _rejects(review: Review, proposal: Proposal) -> bool:
    """Say whether a request for changes says which, and is of what is proposed now."""
    return bool(review.body.strip()) and review.commit == proposal.head


def _waits(proposal: Proposal, decision: Decision) -> Iterator[Wait]:
    for review in decision.asking:
        who = (review.login,) if review.login else ()
        if review.body.strip():
            yield Wait(who, "look at it again: it was changed since")
        else:
            yield Wait(who, "say what should change")
    yield from (Wait((), text) for text in decision.doubts)
    yield from _missing(proposal, decision.unmet)


def _missing(proposal: Proposal, unmet: Sequence[Unmet]) -> Iterator[Wait]:
    """Yield missing approvals, those that the same people can give together."""
    hands = (proposal.author, proposal.pusher, *proposal.contributors)
    theirs = {fold(name) for name in hands if name}
    groups: dict[tuple[tuple[str, ...], str], list[Unmet]] = defaultdict(list)
    owners_of_paths = {frozenset(item.owners) for item in unmet if item.path}
    for item in unmet:
        if item.goes_along and frozenset(item.owners) in owners_of_paths:
            continue  # whoever approves the files is asked for already
        others = tuple(owner for owner in item.owners if fold(owner) not in theirs)
        groups[others, f"{item.rule}: {item.why}" if item.rule else item.why].append(item)
    for (owners, why), items in groups.items():
        first = items[0].path
        more = f" and {len(items) - 1:,} more" if len(items) > 1 else ""
        about = f"{first}{more}: " if first else ""
        text = printable(f"approve it ({about}{why})", limit=300)
        yield Wait(owners, text, approval=True)


def _last_approval(reviews: Sequence[Review], decision: Decision) -> Review | None:
    counted = {fold(name) for name in decision.approvers}
    words = latest_words(reviews).items()
    return max((item for name, item in words if name in counted), key=lambda i: i.at, default=None)


def _words(review: Review) -> str:
    return printable(" ".join(review.body.split()), limit=200)
