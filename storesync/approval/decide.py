"""Whether reviews suffice: each changed path approved by an owner who neither wrote nor pushed it.

Whatever is not known counts as not approved.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from storesync.approval.ownership import Owned, Ownership
from storesync.diagnostics import printable


class ReviewState(enum.StrEnum):
    """What a reviewer said. A comment, or a review not sent yet, takes nothing back."""

    APPROVED = "APPROVED"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    DISMISSED = "DISMISSED"
    COMMENTED = "COMMENTED"
    PENDING = "PENDING"


_DECIDES_NOTHING = {ReviewState.COMMENTED, ReviewState.PENDING}


@dataclass(frozen=True, slots=True)
class Review:
    """One review. `state` as the forge says it, `commit` None where it no longer says.

    `at` orders the reviews: a number that grows, such as a moment in seconds. `login` is None for
    an account that is gone.
    """

    login: str | None
    state: str
    commit: str | None
    at: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed, and what was said about it.

    `paths` are all changed paths, a renamed file's old one too. `same` are commits whose change
    against the base is byte by byte that of `head`. `pusher` pushed last; None: not known.
    """

    paths: frozenset[str]
    author: str | None
    pusher: str | None
    head: str
    reviews: tuple[Review, ...] = ()
    same: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class People:
    """Who may write, who is in which team (`organisation/team`), whose address is whose.

    Logins and team names in small letters, as `fold` makes them. A team that is not here is one
    that could not be looked into.
    """

    writers: frozenset[str]
    teams: Mapping[str, frozenset[str]] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)

    def members(self, owner: str) -> frozenset[str] | None:
        """Return the logins that an owner of CODEOWNERS stands for, None where not known."""
        name = fold(owner)
        if not owner.startswith("@"):
            return frozenset({self.addresses[name]}) if name in self.addresses else None
        return self.teams.get(name) if "/" in name else frozenset({name})


@dataclass(frozen=True, slots=True)
class Unmet:
    """A changed path that nobody approved who may: who could, and why it is so."""

    path: str
    owners: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a proposal is approved, by whom, and what is in the way.

    `approvers` are those whose approval counted for some path; `objections` hold for all paths.
    """

    approvers: tuple[str, ...]
    unmet: tuple[Unmet, ...]
    objections: tuple[str, ...]

    @property
    def approved(self) -> bool:
        """Say whether nothing is in the way."""
        return not self.unmet and not self.objections

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the owners of paths not approved; of each path, any one would do."""
        return tuple(sorted({owner for item in self.unmet for owner in item.owners}))


def fold(name: str) -> str:
    """Return a login, a team or an address as it is compared: GitHub ignores case in them."""
    return name.removeprefix("@").lower()


def is_bot(login: str) -> bool:
    """Say whether a login is an App's, as GitHub marks them."""
    return login.endswith("[bot]")


def decide(proposal: Proposal, ownership: Ownership, people: People) -> Decision:
    """Return whether the reviews of a proposal suffice, after the base branch's CODEOWNERS."""
    latest = _latest(proposal.reviews)
    approving = set(_approving(proposal, latest, people))
    unmet: list[Unmet] = []
    counted: set[str] = set()
    known: dict[tuple[str, ...], tuple[frozenset[str], str]] = {}
    for owned in map(ownership.of, sorted(proposal.paths)):
        if owned.owners not in known:
            known[owned.owners] = _members(owned.owners, people)
        members, unknown = known[owned.owners]
        why = _obstacle(owned) or ("" if members & approving else unknown or "no approval yet")
        if why:
            unmet.append(Unmet(owned.path, owned.owners, why))
        else:
            counted |= members & approving
    return Decision(
        tuple(sorted(counted)), tuple(unmet), tuple(_objections(proposal, latest, people))
    )


def _latest(reviews: Iterable[Review]) -> dict[str, Review]:
    """Return each reviewer's last word; a dismissed one does not revive the one before."""
    latest: dict[str, Review] = {}
    for review in sorted(reviews, key=lambda item: item.at):
        if review.login is not None and review.state not in _DECIDES_NOTHING:
            latest[fold(review.login)] = review
    return latest


def _approving(proposal: Proposal, latest: Mapping[str, Review], people: People) -> Iterator[str]:
    """Yield the logins whose approval counts where they are owners."""
    involved = {fold(name) for name in (proposal.author, proposal.pusher) if name is not None}
    current = {proposal.head, *proposal.same}
    for login, review in latest.items():
        is_sound = review.state == ReviewState.APPROVED and review.commit in current
        if is_sound and login in people.writers and login not in involved and not is_bot(login):
            yield login


def _members(owners: tuple[str, ...], people: People) -> tuple[frozenset[str], str]:
    """Return the logins behind some owners, and a word on those who could not be looked into."""
    found = {owner: people.members(owner) for owner in owners}
    unknown = sorted(owner for owner, members in found.items() if members is None)
    every = frozenset(login for members in found.values() if members for login in members)
    return every, f"who is {', '.join(unknown)} is not known here" if unknown else ""


def _obstacle(owned: Owned) -> str:
    if owned.doubt is not None:
        place = f"{owned.doubt.path}:{owned.doubt.line}" if owned.doubt.line else owned.doubt.path
        return f"{place} is broken and may be about it"
    if owned.rule is None:
        return "no line of CODEOWNERS is about it"
    return "" if owned.owners else f"line {owned.rule.line} of CODEOWNERS leaves it without owner"


def _objections(proposal: Proposal, latest: Mapping[str, Review], people: People) -> Iterator[str]:
    if not proposal.paths:
        yield "no changed path is known"
    if proposal.author is None:
        yield "the author is not known"
    if proposal.pusher is None:
        yield "who pushed last is not known"
    for login, review in sorted(latest.items()):
        shown = printable(login, limit=60)
        if review.state == ReviewState.CHANGES_REQUESTED and login in people.writers:
            yield f"{shown} asked for changes"
        elif review.state not in set(ReviewState):
            yield f"{shown} left a review in an unknown state: {printable(review.state, limit=40)}"
