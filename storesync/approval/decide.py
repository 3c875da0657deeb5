"""Whether reviews suffice: each changed path approved by an owner who neither wrote nor pushed it.

Whatever is not known counts as not approved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from storesync.approval.ownership import Owned, Ownership
from storesync.diagnostics import printable
from storesync.plugins.forge import People, Review, ReviewState

_DECIDES_NOTHING = {ReviewState.COMMENTED, ReviewState.PENDING}
# What GitHub makes of an address that a person keeps secret: 123+login@ this.
_HIDDEN_ADDRESS = "@users.noreply.github.com"
# Who commits what people edit in the browser there: nobody.
_OF_GITHUB = "noreply@github.com"
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A change to be decided on, and what was said about it.

    `paths` are all changed paths, a renamed file's old one too. `same` are commits whose change
    against the base is byte by byte that of `head`. `pusher` pushed last; None: not known.
    `contributors` had a hand in it: they do not approve what they made. `readers` (in small
    letters) have no say, unless they own what is changed: their words stop nothing.
    """

    paths: frozenset[str]
    author: str | None
    pusher: str | None
    head: str
    reviews: tuple[Review, ...] = ()
    same: frozenset[str] = frozenset()
    contributors: frozenset[str] = frozenset()
    readers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unmet:
    """An approval that is missing: who could give it, and why it counts as missing.

    It is missing for a changed `path`, or for a `rule` that asks for more than CODEOWNERS. It
    `goes_along` with files where any one of their owners meets both.
    """

    path: str
    owners: tuple[str, ...]
    why: str
    rule: str = ""
    goes_along: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a change is approved, by whom, and what is in the way.

    `approvers` are those whose approval counted for some path. `doubts` hold for all paths, and so
    do `asking`: the last words of people who may write and ask for changes. `aside` are those of
    readers, which are told and stop nothing.
    """

    approvers: tuple[str, ...]
    unmet: tuple[Unmet, ...]
    doubts: tuple[str, ...] = ()
    asking: tuple[Review, ...] = ()
    aside: tuple[Review, ...] = ()

    @property
    def objections(self) -> tuple[str, ...]:
        """Return what is in the way of all paths, in words."""
        return (*self.doubts, *map(_asked_for, self.asking))

    @property
    def approved(self) -> bool:
        """Say whether nothing is in the way."""
        return not self.unmet and not self.objections

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the owners of paths not approved; of each path, any one would do."""
        return tuple(sorted({owner for item in self.unmet for owner in item.owners}))


def members_of(owner: str, people: People) -> frozenset[str] | None:
    """Return the logins that an owner of CODEOWNERS stands for, None where not known."""
    name = fold(owner)
    if not owner.startswith("@"):
        return frozenset({people.addresses[name]}) if name in people.addresses else None
    return people.teams.get(name) if "/" in name else frozenset({name})


def fold(name: str) -> str:
    """Return a login, a team or an address as it is compared: GitHub ignores case in them."""
    return name.removeprefix("@").lower()


def is_bot(login: str) -> bool:
    """Say whether a login is an App's, as GitHub marks them."""
    return login.endswith("[bot]")


def hidden_login(address: str) -> str:
    """Return the login in an address by which GitHub keeps the real one secret, else ""."""
    if fold(address).endswith(_HIDDEN_ADDRESS):
        return fold(address).removesuffix(_HIDDEN_ADDRESS).rpartition("+")[2]
    return ""


def decide(case: Case, ownership: Ownership, people: People) -> Decision:
    """Return whether the reviews of a change suffice, after the base branch's CODEOWNERS."""
    latest = latest_words(case.reviews)
    approving, strangers = set(_approving(case, latest, people)), strangers_of(case)
    unmet: list[Unmet] = []
    counted: set[str] = set()
    known: dict[tuple[str, ...], tuple[frozenset[str], str]] = {}
    for owned in map(ownership.of, sorted(case.paths)):
        if owned.owners not in known:
            known[owned.owners] = _members(owned.owners, people)
        members, unknown = known[owned.owners]
        given = len(members & approving)
        why = _obstacle(owned) or too_few(given, 1, strangers, unknown)
        if why:
            left = who_could(owned.owners, people, approving)
            unmet.append(Unmet(owned.path, left, why))
        else:
            counted |= members & approving
    owners = frozenset().union(*(members for members, _ in known.values()))
    reading = case.readers - owners
    asking = [
        review
        for login, review in sorted(latest.items())
        if review.state == ReviewState.CHANGES_REQUESTED and login in people.writers
    ]
    return Decision(
        tuple(sorted(counted)),
        tuple(unmet),
        tuple(_doubts(case, {name: item for name, item in latest.items() if name not in reading})),
        tuple(item for item in asking if fold(item.login or "") not in reading),
        tuple(item for item in asking if fold(item.login or "") in reading),
    )


def approving(case: Case, people: People) -> frozenset[str]:
    """Return the logins whose approval counts, whatever they own: for requirements."""
    return frozenset(_approving(case, latest_words(case.reviews), people))


def hands_of(case: Case) -> frozenset[str]:
    """Return the logins of all who made a change, in small letters; of some only an address."""
    return _logins(_hands(case))


def strangers_of(case: Case) -> frozenset[str]:
    """Return those who made a change and whose login nobody knows: each may be an approver's."""
    return strangers_among(_hands(case))


def strangers_among(hands: Iterable[str]) -> frozenset[str]:
    """Return the same of logins and addresses as a forge, or commits, name them."""
    return frozenset(name for name in _logins(hands) if "@" in name or " " in name)


def _hands(case: Case) -> list[str]:
    every = (case.author, case.pusher, *case.contributors)
    return [name for name in every if name is not None]


def _logins(hands: Iterable[str]) -> frozenset[str]:
    return frozenset({fold(hidden_login(name) or name) for name in hands} - {_OF_GITHUB})


def too_few(given: int, count: int, strangers: Collection[str], unknown: str = "") -> str:
    """Return why approvals are too few, empty where they suffice.

    `unknown` is a word on those whose approvals could not be looked into. For each stranger it
    takes one more: who is left then cannot have made it, whoever the strangers are.
    """
    wanted = count + len(strangers)
    if given >= wanted:
        return ""
    if unknown:
        return unknown
    if not strangers:
        return "no approval yet" if not given and count == 1 else f"{given} of {count} approvals"
    return f"{given} of {wanted} approvals, {len(strangers)} of them {_unlisted(strangers)}"


def more_for(strangers: Collection[str]) -> str:
    """Return how many approvals more than anything asks for it takes, and why; "" for none."""
    count = len(strangers)
    many = "approval more is" if count == 1 else "approvals more are"
    return f"{count:,} {many} needed of each kind {_unlisted(strangers)}" if strangers else ""


def _unlisted(strangers: Collection[str]) -> str:
    names = [printable(name, limit=60) for name in sorted(strangers)[:_MOST_NAMED]]
    more = len(strangers) - len(names)
    who = f"{', '.join(names)}{f' and {more:,} more' if more else ''}"
    return f"since nobody listed whose {who} is (people in storesync.yaml)"


def latest_words(reviews: Iterable[Review]) -> dict[str, Review]:
    """Return each reviewer's last word; a dismissed one does not revive the one before."""
    latest: dict[str, Review] = {}
    for review in sorted(reviews, key=lambda item: item.at):
        if review.login is not None and review.state not in _DECIDES_NOTHING:
            latest[fold(review.login)] = review
    return latest


def _approving(case: Case, latest: Mapping[str, Review], people: People) -> Iterator[str]:
    """Yield the logins whose approval counts where they are owners."""
    involved = hands_of(case)
    current = {case.head, *case.same}
    for login, review in latest.items():
        is_sound = review.state == ReviewState.APPROVED and review.commit in current
        if is_sound and login in people.writers and login not in involved and not is_bot(login):
            yield login


def _members(owners: tuple[str, ...], people: People) -> tuple[frozenset[str], str]:
    """Return the logins behind some owners, and a word on those who could not be looked into."""
    found = {owner: members_of(owner, people) for owner in owners}
    unknown = [owner for owner, members in found.items() if members is None]
    every = frozenset(login for members in found.values() if members for login in members)
    return every, unseen(unknown)


def unseen(owners: Iterable[str]) -> str:
    """Return a word on owners of whom nobody knows which people they are, empty for none."""
    names = sorted(owners)
    where = "" if all(name.startswith("@") for name in names) else " (people in storesync.yaml)"
    return f"who is {', '.join(names)} is not known here{where}" if names else ""


def who_could(owners: Iterable[str], people: People, over: Collection[str]) -> tuple[str, ...]:
    """Return the owners among whom somebody is left, or may be, besides those it is `over` for."""
    found = {owner: members_of(owner, people) for owner in owners}
    return tuple(
        owner for owner, members in found.items() if members is None or members - set(over)
    )


def _obstacle(owned: Owned) -> str:
    if owned.doubt is not None:
        place = f"{owned.doubt.path}:{owned.doubt.line}" if owned.doubt.line else owned.doubt.path
        return f"{place} is broken and may be about it"
    if owned.rule is None:
        return "no line of CODEOWNERS is about it"
    return "" if owned.owners else f"line {owned.rule.line} of CODEOWNERS leaves it without owner"


def _asked_for(review: Review) -> str:
    """Say that somebody asks for changes; without words nobody knows which, and it still counts."""
    shown = printable(review.login or "", limit=60)
    return f"{shown} asked for changes{'' if review.body.strip() else ' and did not say which'}"


def _doubts(case: Case, latest: Mapping[str, Review]) -> Iterator[str]:
    if not case.paths:
        yield "no changed path is known"
    if case.author is None:
        yield "the author is not known"
    if case.pusher is None:
        yield "who pushed last is not known"
    for login, review in sorted(latest.items()):
        if review.state not in set(ReviewState):
            shown = printable(login, limit=60)
            yield f"{shown} left a review in an unknown state: {printable(review.state, limit=40)}"
