"""What is wrong in the teams themselves: names of places that are not there, deputies of nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from storesync.approval.decide import fold
from storesync.approval.roles import Teams
from storesync.catalog.layout import Kind, place_of
from storesync.diagnostics import Diagnostic, did_you_mean
from storesync.model.team import Away, Team
from storesync.source.tree import SETTINGS

At = tuple[str | int, ...]


def location_paths(paths: Iterable[str]) -> dict[tuple[str, str], str]:
    """Return (brand, location id) -> path, after the paths of a tree alone."""
    found = {}
    for path in paths:
        place = place_of(path) if "/locations/" in path else None
        if place is not None and place.kind is Kind.LOCATION:
            found[place.owner, place.id] = path
    return found


def check_teams(teams: Teams, locations: Mapping[tuple[str, str], str]) -> list[Diagnostic]:
    """Return what is wrong in the teams of a repository; `locations` as `location_paths` has it."""
    found = list(_check_away(SETTINGS, (), teams.away, teams.admins))
    for brand, team in sorted(teams.brands.items()):
        path = f"brands/{brand}/brand.yaml"
        found += _check_places(path, brand, team, locations)
        found += _check_away(path, ("team",), team.away, _members(team))
    return found


def _check_places(
    path: str, brand: str, team: Team, locations: Mapping[tuple[str, str], str]
) -> Iterator[Diagnostic]:
    for index, item in enumerate(team.location_managers):
        at: At = ("team", "location_managers", index)
        names = [name for owner, name in locations if owner == brand]
        for n, name in enumerate(item.locations):
            if (brand, name) not in locations:
                message = f'there is no location "{name}" in this brand'
                hint = did_you_mean(name, names)
                yield Diagnostic(
                    "unknown-location", message, path, (*at, "locations", n), hint=hint
                )
        for n, folder in enumerate(item.folders):
            root = f"brands/{brand}/locations/{folder}/"
            if not any(known.startswith(root) for known in locations.values()):
                message = f'no location lies in folder "{folder}"'
                yield Diagnostic("unknown-location", message, path, (*at, "folders", n))
        if not item.folders and not item.locations:
            message = "these location managers look after no location"
            hint = "name their folders or locations"
            yield Diagnostic("unknown-location", message, path, at, hint=hint)


def _check_away(
    path: str, at: At, absences: Iterable[Away], members: Iterable[str]
) -> Iterator[Diagnostic]:
    known = {fold(member) for member in members}
    for index, away in enumerate(absences):
        here: At = (*at, "away", index)
        if away.to < away.start:
            message = f"the absence ends ({away.to}) before it starts"
            yield Diagnostic("flight-ends-first", message, path, (*here, "to"))
        if fold(away.who) not in known:
            message = f'"{away.who}" has no role here that a deputy could take over'
            hint = did_you_mean(away.who, members)
            yield Diagnostic("unknown-member", message, path, (*here, "who"), hint=hint)
        if fold(away.deputy) == fold(away.who):
            message = f'"{away.who}" cannot be a deputy of the same person'
            yield Diagnostic("unknown-member", message, path, (*here, "deputy"))


def _members(team: Team) -> list[str]:
    managers = [name for item in team.location_managers for name in item.who]
    return [*team.admins, *team.brand_managers, *managers]
