"""What a forge is asked and answers: where changes are proposed, reviewed and merged.

One frozen argument object a question, so that both sides can grow. Nothing here decides whether
something is approved: a forge says what people said, `storesync.approval` what that is worth.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


class ReviewState(enum.StrEnum):
    """What a reviewer said. A comment, or a review not sent yet, takes nothing back."""

    APPROVED = "APPROVED"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    DISMISSED = "DISMISSED"
    COMMENTED = "COMMENTED"
    PENDING = "PENDING"


@dataclass(frozen=True, slots=True)
class Review:
    """One review. `state` as the forge says it, `commit` None where it no longer says.

    `at` orders the reviews: a number that grows, seconds since 1970 (UTC). `login` is None for
    an account that is gone. `plan` is the fingerprint of the plan that was looked at, where the
    forge keeps it. `recorded` says that nothing but the record proves who wrote it.
    """

    login: str | None
    state: str
    commit: str | None
    at: float
    body: str = ""
    id: str = ""
    plan: str = ""
    recorded: bool = False


class ProposalState(enum.StrEnum):
    """What became of a proposal."""

    DRAFT = "draft"
    OPEN = "open"
    MERGED = "merged"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal: a branch that is to be merged into another one.

    `id` is what people call it (`17` at GitHub). `head` is the commit proposed last, `pusher` who
    pushed it; None: not known. `contributors` are all others known to have had a hand in what is
    proposed: their approval is none either. `merged` is the commit on the base branch that holds
    it, and `landed` when the forge says it came there, None where it does not say. `unasked` are
    reviewers whom the forge would not ask. `ref` is what the Git remote calls its head, also where
    the branch lies elsewhere or is gone. Times are seconds since 1970 (UTC).
    """

    id: str
    title: str
    state: ProposalState
    author: str | None
    pusher: str | None
    branch: str
    base: str
    head: str
    opened: float
    changed: float
    merged: str | None = None
    body: str = ""
    url: str = ""
    closed_by: str | None = None
    contributors: frozenset[str] = frozenset()
    unasked: tuple[str, ...] = ()
    ref: str = ""
    landed: float | None = None

    @property
    def hands(self) -> frozenset[str]:
        """Return everybody known to have had a hand in it: nobody of them approves it."""
        named = {self.author, self.pusher, *self.contributors}
        return frozenset(name for name in named if name is not None)


@dataclass(frozen=True, slots=True)
class People:
    """Who may write, who is in which team (`organisation/team`), whose address is whose.

    Logins and team names in small letters, without `@`. A team that is not here is one that could
    not be looked into.
    """

    writers: frozenset[str]
    teams: Mapping[str, frozenset[str]] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProposalQuery:
    """Which proposals: those open (drafts too); or those of one branch, number or merged commit.

    A query for a branch, an id or a commit finds proposals in every state. A branch is one of the
    repository itself, or of the fork that Git knows by the address `home`. With `over`, as many
    of those merged or closed come along, those changed last first; who pushed to these, and who
    closed them, need not be told, and neither of any that is asked for in `brief`.
    """

    id: str = ""
    branch: str = ""
    commit: str = ""
    over: int = 0
    brief: bool = False
    home: str = ""


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """Whose rights and which teams' members are asked for."""

    logins: frozenset[str]
    teams: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Submission:
    """A branch to be proposed, already where the forge sees it; proposed again: updated.

    `at` is now, in seconds since 1970 (UTC). `home` is the address of the fork that the branch was
    pushed to, empty where it is in the repository itself.
    """

    branch: str
    head: str
    title: str
    body: str
    at: float
    reviewers: Sequence[str] = ()
    urgent: bool = False
    home: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A review to be given: `state` APPROVED or CHANGES_REQUESTED. `plan` is what was looked at."""

    proposal: Proposal
    state: ReviewState
    body: str
    at: float
    plan: str = ""


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """A proposal to be merged, if its head still is `head`."""

    proposal: Proposal
    head: str
    message: str
    at: float


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of ours on a proposal. There is one for each `marker`: it is updated in place."""

    proposal: Proposal
    marker: str
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class ForgeSetting:
    """What a forge's factory is given.

    `branch` is the one that is published, `remote` the Git remote it is shared through (None: this
    clone alone), `addresses` are logins by mail address, both in small letters.
    """

    root: Path
    branch: str
    remote: str | None
    options: Mapping[str, str]
    addresses: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ForgeCapabilities:
    """What a forge can do, as data: the core asks this and never a forge's name.

    `proves_identity`: it knows who its reviewers are; else a review is worth what the records
    are. `can_comment`: proposals can be commented. `can_merge_later`: it is a `MergesLater`.
    `takes_forks`: a branch of a fork can be proposed.
    """

    proves_identity: bool
    can_comment: bool = False
    can_merge_later: bool = False
    takes_forks: bool = False


class MergesLater(Protocol):
    """A forge with rules of its own, that merges by itself once they are met."""

    def merge_later(self, request: MergeRequest) -> None:
        """Ask for that, if the head still is the one named. Raises UserError where it is not."""


class Forge(Protocol):
    """Where changes are proposed. Every method raises UserError where it cannot know or do it.

    Whatever is not known is left out or None, never guessed: what is not known is not approved.
    """

    capabilities: ForgeCapabilities

    def login(self) -> str:
        """Return who I am on the forge."""

    def proposals(self, query: ProposalQuery) -> list[Proposal]:
        """Return proposals into the published branch, the newest first."""

    def reviews(self, proposal: Proposal) -> list[Review]:
        """Return the reviews of a proposal in the order they were given."""

    def people(self, query: PeopleQuery) -> People:
        """Return who may write, and who is in the teams asked for."""

    def submit(self, submission: Submission) -> Proposal:
        """Propose a branch, or tell of its new head; ask the reviewers for theirs."""

    def review(self, verdict: Verdict) -> None:
        """Approve, or ask for changes, as me."""

    def merge(self, request: MergeRequest) -> str:
        """Merge now, and return the commit on the published branch that holds it."""

    def comment(self, comment: Comment) -> str:
        """Write or update a comment; return where it can be seen."""
