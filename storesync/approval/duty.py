"""Who decides today: deputies while somebody is away, and only then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from storesync.approval.decide import fold, members_of
from storesync.approval.roles import Grant, Role, Teams, grants
from storesync.model.team import Away
from storesync.plugins.forge import People


def resolve(name: str, people: People) -> frozenset[str] | None:
    """Return the logins behind an owner of CODEOWNERS or a login; None for an unknown team."""
    if name.startswith("@"):
        return members_of(name, people)
    if "@" in name:  # plain Git calls people by their addresses where `people` does not
        return frozenset({people.addresses.get(fold(name), fold(name))})
    return frozenset({fold(name)})


def on_duty(
    logins: Iterable[str], teams: Teams, brands: Collection[str], today: date
) -> frozenset[str]:
    """Return those of some logins who decide today about some brands (none: what all share).

    Where that would be nobody, it is all of them: rather one mail too many.
    """
    known = teams.addresses()
    held = [item for item in grants(teams) if item.role is not Role.VIEWER]
    near = [item for item in held if not brands or item.brand in {*brands, ""}]
    absences = [item for item in _absences(teams, brands) if item.start <= today <= item.to]
    every = frozenset(map(fold, logins))
    found = frozenset(login for login in every if _is_on_duty(login, near, absences, known))
    return found or every


def admins_of(teams: Teams, brands: Collection[str]) -> frozenset[str]:
    """Return the members who are admins of some brands, or of all; deputies among them."""
    known = teams.addresses()
    wanted = {*brands, ""}
    return frozenset(
        _login(item.member, known)
        for item in grants(teams)
        if item.role is Role.ADMIN and item.brand in wanted
    )


def stand_ins(teams: Teams, brands: Collection[str]) -> dict[str, frozenset[str]]:
    """Return deputy (a login) -> whom they stand in for, in small letters.

    `brands` are those that a change is about, "" what all share. Who has a role of their own in
    one of them, or in all, decides there for themselves.
    """
    known = teams.addresses()
    held = [item for item in grants(teams) if item.role is not Role.VIEWER]
    own = {(_login(item.member, known), item.brand) for item in held if not item.deputy_of}
    found: dict[str, set[str]] = defaultdict(set)
    for item in held:
        login = _login(item.member, known)
        about = {item.brand} & {*brands} if item.brand else {*brands}
        if item.deputy_of and (login, "") not in own and any((login, b) not in own for b in about):
            found[login].add(fold(item.deputy_of))
    return {login: frozenset(names) for login, names in found.items()}


def _absences(teams: Teams, brands: Collection[str]) -> Iterator[Away]:
    yield from teams.away
    for brand, team in teams.brands.items():
        if not brands or brand in brands:
            yield from team.away


def _is_on_duty(
    login: str, held: Iterable[Grant], absences: Iterable[Away], known: dict[str, str]
) -> bool:
    mine = [item for item in held if _login(item.member, known) == login]
    decides = not mine or any(not item.deputy_of for item in mine)
    is_away = any(_login(item.who, known) == login for item in absences)
    stands_in = any(_login(item.deputy, known) == login for item in absences)
    return (stands_in or decides) and not is_away


def _login(member: str, known: dict[str, str]) -> str:
    return known.get(fold(member), fold(member))
