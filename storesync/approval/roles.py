"""Who has which role: the teams of all brands and the settings, in one list."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from storesync.approval.decide import fold, hidden_login
from storesync.model.settings import SettingsFile
from storesync.model.team import Away, Team


class Role(enum.StrEnum):
    """A role, the mightiest first."""

    ADMIN = "admin"
    BRAND_MANAGER = "brand_manager"
    LOCATION_MANAGER = "location_manager"
    VIEWER = "viewer"


# What each may do, for people; CODEOWNERS says the same file by file.
MAY: Mapping[Role, str] = {
    Role.ADMIN: "approves everything",
    Role.BRAND_MANAGER: "approves the brand's campaigns, templates and files",
    Role.LOCATION_MANAGER: "proposes, for own locations",
    Role.VIEWER: "reads",
}


@dataclass(frozen=True, slots=True)
class Grant:
    """One role of one member (a login, `organisation/team` or a mail address).

    `brand` is "" for a role in all brands and in what they share. `folders` and `locations` are
    a location manager's, `approves_data` whether he approves their files. `deputy_of` is whom the
    member stands in for.
    """

    member: str
    role: Role
    brand: str = ""
    folders: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    deputy_of: str = ""
    approves_data: bool = False

    @property
    def may(self) -> str:
        """Return in words what the role lets its member do."""
        more = "; approves their data" if self.approves_data else ""
        return f"{MAY[self.role]}{more}"


@dataclass(frozen=True, slots=True)
class Teams:
    """The teams of a repository by brand, its admins, and people's addresses by login."""

    brands: Mapping[str, Team] = field(default_factory=dict)
    admins: tuple[str, ...] = ()
    away: tuple[Away, ...] = ()
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Say whether nobody is named anywhere."""
        return not self.admins and all(team == Team() for team in self.brands.values())

    def addresses(self) -> dict[str, str]:
        """Return address -> login, both folded."""
        every = [(text, login) for login, texts in self.people.items() for text in texts]
        return {fold(text): fold(login) for text, login in every}


def teams_of(settings: SettingsFile | None, brands: Mapping[str, Team]) -> Teams:
    """Return the teams of a repository from its models."""
    if settings is None:
        return Teams(brands)
    people = {login: tuple(texts) for login, texts in settings.people.items()}
    return Teams(brands, tuple(settings.admins), tuple(settings.away), people)


def grants(teams: Teams) -> list[Grant]:
    """Return every role of every member, each with that of the deputies behind it.

    A brand's admins are admins of shared files, brand "", where the settings name none.
    """
    found: list[Grant] = []
    for brand, team in sorted(teams.brands.items()):
        for grant in _of_team(brand, team):
            found += [grant, *_deputies(grant, team.away)]
    shared: list[Grant] = []
    for member in teams.admins:
        grant = Grant(member, Role.ADMIN)
        shared += [grant, *_deputies(grant, teams.away)]
    if not shared:
        shared = [replace(item, brand="") for item in found if item.role is Role.ADMIN]
    return list(dict.fromkeys([*shared, *found]))


def _of_team(brand: str, team: Team) -> Iterator[Grant]:
    for member in team.admins:
        yield Grant(member, Role.ADMIN, brand)
    for member in team.brand_managers:
        yield Grant(member, Role.BRAND_MANAGER, brand)
    for item in team.location_managers:
        for member in item.who:
            yield Grant(
                member,
                Role.LOCATION_MANAGER,
                brand,
                tuple(item.folders),
                tuple(item.locations),
                approves_data=team.location_managers_approve,
            )
    for member in team.viewers:
        yield Grant(member, Role.VIEWER, brand)


def _deputies(grant: Grant, absences: Iterable[Away]) -> Iterator[Grant]:
    for away in absences:
        if fold(away.who) == fold(grant.member) and grant.role is not Role.VIEWER:
            yield replace(grant, member=away.deputy, deputy_of=away.who)


def role_over(
    mine: Iterable[Grant], teams: Teams, brand: str, location: str = "", path: str = ""
) -> Role | None:
    """Return the mightiest role that `mine` gives over a brand or one of its locations.

    None where there is none. An empty brand: all of them. `path` is that of the location's file.
    Over shared files alone a brand's admin is admin of all brands: not over what they publish.
    """
    held = list(mine)
    if teams.admins and any(item.role is Role.ADMIN and not item.brand for item in held):
        return Role.ADMIN
    if not brand:
        found = [role_over(held, teams, name) for name in teams.brands]
        return max(found, key=_rank, default=None)  # the weakest: all have to be theirs
    found = [item.role for item in held if item.brand == brand and _reaches(item, location, path)]
    return min(found, key=_rank, default=None)


def is_as_mighty(role: Role | None, other: str) -> bool:
    """Say whether a role is at least as mighty as another, by its name.

    An empty name is the least; one that is not known counts as the mightiest.
    """
    if not other:
        return True
    known = Role(other) if other in {item.value for item in Role} else Role.ADMIN
    return _rank(role) <= _rank(known)


def _rank(role: Role | None) -> int:
    return len(Role) if role is None else list(Role).index(role)


def _reaches(grant: Grant, location: str, path: str) -> bool:
    """Say whether a grant lets its member decide over a brand, or over one of its locations."""
    if grant.role in {Role.ADMIN, Role.BRAND_MANAGER}:
        return True
    if grant.role is not Role.LOCATION_MANAGER or not location:
        return False
    below = f"brands/{grant.brand}/locations"
    return location in grant.locations or any(
        path.startswith(f"{below}/{folder}/") for folder in grant.folders
    )


def login_of(address: str, teams: Teams) -> str:
    """Return the login behind a mail address of Git, "" where it is not known."""
    return teams.addresses().get(fold(address)) or hidden_login(address)


def roles_of(login: str, address: str, teams: Teams) -> list[Grant]:
    """Return the roles of somebody by login and by address; those of teams are not known here."""
    names = names_of(login, address, teams)
    return [grant for grant in grants(teams) if fold(grant.member) in names]


def names_of(login: str, address: str, teams: Teams) -> set[str]:
    """Return all that somebody may be called in files, folded: the login, and all addresses."""
    names = {fold(name) for name in (login, address) if name}
    return names | {text for text, owner in teams.addresses().items() if owner in names}
