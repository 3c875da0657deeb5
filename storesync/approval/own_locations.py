"""Whether a location manager's own campaign stays at own locations; else the brand decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from storesync.approval.always import Deciders, about, some
from storesync.approval.asked import Asked, Kind
from storesync.approval.effect import Effect
from storesync.approval.roles import Grant, Role, Teams, role_over, roles_of
from storesync.catalog.layout import Kind as FileKind
from storesync.catalog.layout import place_of
from storesync.diagnostics import printable

RULE = "own-locations"


@dataclass(frozen=True, slots=True)
class Author:
    """Who proposes (a login, "" where not known), and where the published locations lie.

    `places` are paths of locations' files by brand and id, `new` the campaigns that are not
    published yet, by brand and id.
    """

    login: str = ""
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    new: frozenset[tuple[str, str]] = frozenset()


NOBODY = Author()


def new_campaigns(paths: Iterable[str], published: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Return the campaigns whose files are among `paths` and not published, by brand and id."""
    found = map(place_of, {*paths}.difference(published))
    return frozenset(
        (place.owner, place.id)
        for place in found
        if place is not None and place.kind is FileKind.CAMPAIGN
    )


def ask_own_locations(
    found: Sequence[Effect], author: Author, teams: Teams, deciders: Deciders
) -> Iterator[Asked]:
    """Yield that a new campaign of a location manager is for others' locations too.

    What a location manager changes in a campaign that is there already is for whoever owns it to
    decide. Who is in a team of the code host is not known here.
    """
    mine = roles_of(author.login, "", teams) if author.login and author.new else []
    for brand, campaign in sorted(author.new):
        is_manager = any((item.role, item.brand) == (Role.LOCATION_MANAGER, brand) for item in mine)
        if not is_manager or role_over(mine, teams, brand) is not None:
            continue
        others = [
            effect
            for effect in found
            if effect.change.key[:2] == (brand, campaign)
            and _role_at(mine, teams, effect, author.places) is None
        ]
        if others:
            named = some([effect.change.key.location for effect in others], "locations")
            who = printable(author.login, limit=60)
            why = f"{printable(campaign)} is for {named}, which {who} does not look after"
            asked = Asked(Kind.REQUIREMENT, RULE, why, deciders.of_brand(brand), brands=(brand,))
            yield about(asked, others)


def _role_at(
    mine: Sequence[Grant], teams: Teams, effect: Effect, places: Mapping[tuple[str, str], str]
) -> Role | None:
    key = effect.change.key
    path = places.get((key.brand, key.location), "")
    return role_over(mine, teams, key.brand, key.location, path)
