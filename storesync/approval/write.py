"""The text of .github/CODEOWNERS that the teams ask for: the same teams, the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from storesync.approval.decide import fold
from storesync.approval.roles import Grant, Role, Teams, grants

HEADER = """\
# Written by `storesync codeowners` from storesync.yaml and each brand.yaml. Do not edit it here:
# change the team there and run it again; `storesync codeowners --check` looks for differences.
# Of the lines that match a file the last one counts, and any one of its owners is enough.
"""
# What every brand depends on, told apart from "everything else" so that no other line is later.
SHARED = ("/.github/", "/schemas/", "/CODEOWNERS", "/docs/CODEOWNERS", "/storesync.yaml")


@dataclass(frozen=True, slots=True)
class Written:
    """One line to be: a pattern and its owners, as the team files write them."""

    pattern: str
    members: tuple[str, ...]


def codeowners_text(teams: Teams, locations: Mapping[tuple[str, str], str]) -> str:
    """Return the whole file. `locations` are paths by (brand, location id)."""
    lines = written_lines(teams, locations)
    return HEADER + "".join(
        " ".join([line.pattern, *map(as_owner, line.members)]) + "\n" for line in lines
    )


def written_lines(teams: Teams, locations: Mapping[tuple[str, str], str]) -> list[Written]:
    """Return the lines in their order: from what is broad to what is narrow, shared files last."""
    every = grants(teams)
    admins = _members(item for item in every if item.role is Role.ADMIN and not item.brand)
    managers = _members(item for item in every if item.role is Role.BRAND_MANAGER)
    lines = [Written("*", admins), Written("/templates/shared/", _unique([*managers, *admins]))]
    for brand in sorted(teams.brands):
        mine = [item for item in every if item.brand == brand]
        lines += _of_brand(brand, mine, admins, teams, locations)
    lines += [Written(pattern, admins) for pattern in SHARED]
    return [line for line in lines if line.members]


def _of_brand(
    brand: str,
    mine: list[Grant],
    admins: tuple[str, ...],
    teams: Teams,
    locations: Mapping[tuple[str, str], str],
) -> Iterator[Written]:
    heads = _members(item for item in mine if item.role is Role.BRAND_MANAGER)
    own = _members(item for item in mine if item.role is Role.ADMIN)
    above = _unique([*heads, *own, *admins])
    if heads or own:  # else the line for everything else says it
        yield Written(f"/brands/{brand}/", above)
        yield Written(f"/templates/{brand}/", above)
    if not teams.brands[brand].location_managers_approve:
        return
    places = _places(brand, mine, locations)
    for place in sorted(places, key=lambda item: (item.count("/"), item)):
        wider = [name for other, names in places.items() if _holds(other, place) for name in names]
        yield Written(f"/{place}", _unique([*places[place], *wider, *above]))
    if places:  # what a folder's locations inherit is the brand's to approve
        yield Written(f"/brands/{brand}/locations/**/_defaults.yaml", above)


def _places(
    brand: str, mine: list[Grant], locations: Mapping[tuple[str, str], str]
) -> dict[str, list[str]]:
    """Return who looks after which folder (with a slash at its end) or file, brand by brand."""
    places: dict[str, list[str]] = {}
    for grant in mine:
        if grant.role is not Role.LOCATION_MANAGER:
            continue
        found = [f"brands/{brand}/locations/{folder}/" for folder in grant.folders]
        found += [locations[brand, name] for name in grant.locations if (brand, name) in locations]
        for place in found:
            places.setdefault(place, []).append(grant.member)
    return places


def _holds(folder: str, place: str) -> bool:
    return folder != place and folder.endswith("/") and place.startswith(folder)


def _members(found: Iterable[Grant]) -> tuple[str, ...]:
    return _unique(item.member for item in found)


def _unique(members: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for member in members:
        found.setdefault(fold(member), member)
    return tuple(found.values())


def as_owner(member: str) -> str:
    """Return a member as CODEOWNERS writes it: @login, @organisation/team or an address."""
    return member if "@" in member else f"@{member}"
