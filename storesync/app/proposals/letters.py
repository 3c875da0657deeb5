"""What waits for whom: proposals and waivers -> a letter for each person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from storesync.approval.decide import fold
from storesync.approval.duty import admins_of, on_duty, resolve
from storesync.plugins.forge import People, PeopleQuery, ProposalState
from storesync.report.digest import Ending, Letter, Unapproved, Waiting, is_urgent
from storesync.report.proposed import Proposed

if TYPE_CHECKING:
    from storesync.app.proposals.forges import Published
    from storesync.approval.ownership import Ownership
    from storesync.approval.roles import Teams
    from storesync.approval.state import Wait
    from storesync.catalog.catalog import Catalog
    from storesync.plan.change import PlacementKey

_DAYS = 14


@dataclass(frozen=True)
class Office:
    """Who is who: the teams, who owns which file, what the forge knows of people, and when."""

    teams: Teams
    ownership: Ownership
    people: People
    at: datetime

    def duty(self, logins: Iterable[str], brands: Collection[str]) -> frozenset[str]:
        """Return who of some logins decides today."""
        return on_duty(logins, self.teams, brands, self.at.date())

    def addresses(self, login: str) -> tuple[str, ...]:
        """Return the mail address of somebody: the first of `people`, or the login if it is one."""
        known = {fold(name): texts for name, texts in self.teams.people.items()}
        if login in known:
            return known[login][:1]
        return (login,) if "@" in login else ()


def people_of(
    published: Published, proposals: Iterable[Proposed], owners: Iterable[str], teams: Teams
) -> People:
    """Return who is in the teams of the code host that may have to decide, of all who are known."""
    names = {name for item in proposals for wait in item.stage.waits for name in wait.who}
    names |= {*owners}
    hosts = frozenset(fold(name) for name in names if name.startswith("@") and "/" in name)
    known = frozenset(map(fold, teams.people)) if hosts else frozenset()
    return published.forge.people(PeopleQuery(known, hosts))


def unapproved_of(placements: Mapping[PlacementKey, str]) -> list[Unapproved]:
    """Return the campaigns of held placements, each with the reason of the first one."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in sorted(placements):
        found[key.brand, key.campaign].append(placements[key])
    return [Unapproved(*name, len(reasons), reasons[0]) for name, reasons in found.items()]


def endings(catalog: Catalog, at: datetime) -> list[Ending]:
    """Return the waivers that end within 14 days, the first one first."""
    from storesync.validate.waivers import waivers_of

    today = at.date()
    found = [Ending(item.path, item.waiver) for item in waivers_of(catalog)]
    near = [item for item in found if today <= item.waiver.until <= today + timedelta(days=_DAYS)]
    return sorted(near, key=lambda item: (item.waiver.until, item.path, item.waiver.rule))


def letters(
    office: Office,
    proposals: Sequence[Proposed],
    ending: Iterable[Ending],
    unapproved: Iterable[Unapproved] = (),
) -> tuple[list[Letter], list[str]]:
    """Return a letter for each person for whom something waits, and owners nobody can look into."""
    waiting: dict[str, list[Waiting]] = defaultdict(list)
    unseen: set[str] = set()
    for item in proposals:
        if item.proposal.state is not ProposalState.OPEN:
            continue
        for login, what in _readers(office, item, unseen).items():
            waiting[login].append(Waiting(item, tuple(what)))
    waivers: dict[str, list[Ending]] = defaultdict(list)
    for end in ending:
        for login in _answering(office, end):
            waivers[login].append(end)
    merged: dict[str, list[Unapproved]] = defaultdict(list)
    for one in unapproved:
        for login in _deciding(office, one.brand, unseen):
            merged[login].append(one)
    made = [
        Letter(
            login,
            office.addresses(login),
            waiting.get(login, ()),
            waivers.get(login, ()),
            merged.get(login, ()),
        )
        for login in sorted({*waiting, *waivers, *merged})
    ]
    return made, [f"who is {name}" for name in sorted(unseen)]


def _readers(office: Office, item: Proposed, unseen: set[str]) -> dict[str, list[str]]:
    """Return who is to read of a proposal, and what each is to do; an admin may do nothing."""
    brands = _brands(item)
    found: dict[str, list[str]] = defaultdict(list)
    for wait in item.stage.waits:
        for login in office.duty(_asked(office, item, wait, unseen), brands):
            found[login].append(wait.what)
    if is_urgent(item, office.at):
        for login in office.duty(admins_of(office.teams, brands), brands):
            found.setdefault(login, [])
    return found


def _asked(office: Office, item: Proposed, wait: Wait, unseen: set[str]) -> set[str]:
    """Return the logins a wait is for; who had a hand in a proposal does not approve it."""
    found = _members(office, wait.who, unseen)
    hands = {fold(name) for name in item.proposal.hands}
    return found - hands if wait.approval else found


def _deciding(office: Office, brand: str, unseen: set[str]) -> frozenset[str]:
    """Return who decides for a brand today."""
    from storesync.approval.always import Deciders

    names = Deciders(office.teams, office.ownership).of_brand(brand)
    return office.duty(_members(office, names, unseen), {brand})


def _members(office: Office, names: Iterable[str], unseen: set[str]) -> set[str]:
    """Return the logins behind names; a team that nobody can look into is added to `unseen`."""
    found: set[str] = set()
    for name in names:
        members = resolve(name, office.people)
        if members is None:
            unseen.add(name)
        else:
            found |= members
    return found


def _brands(item: Proposed) -> set[str]:
    """Return the brands that a proposal is about."""
    parts = [path.split("/") for path in item.paths if path.startswith("brands/")]
    return {name.partition("/")[0] for name in item.campaigns} | {part[1] for part in parts}


def _answering(office: Office, item: Ending) -> Iterator[str]:
    """Yield who owns the file of a waiver, and who answers for it, if that is somebody known."""
    owned = office.ownership.of(item.path)
    names = () if owned.doubt else owned.owners
    brands = {item.path.split("/")[1]} if item.path.startswith("brands/") else set()
    members = {login for name in names for login in resolve(name, office.people) or ()}
    by = office.teams.addresses().get(fold(item.waiver.by), fold(item.waiver.by))
    known = {fold(name) for name in office.teams.people}
    yield from sorted(office.duty(members, brands) | ({by} & known))
