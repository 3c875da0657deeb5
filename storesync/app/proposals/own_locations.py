"""Whether a location manager's own campaign stays at own locations."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from storesync.approval.roles import Role, role_over, roles_of
from storesync.approval.teams import location_paths
from storesync.catalog.layout import Kind, place_of
from storesync.diagnostics import printable
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.app.proposals.forges import Published
    from storesync.plan.plan import Plan


def check_own_locations(published: Published, plan: Plan, paths: Collection[str]) -> None:
    """Raise UserError where a new campaign of a location manager is for others' locations too.

    `paths` are the files proposed. What a location manager changes in a campaign that is there
    already is for whoever owns it to decide.
    """
    login = published.forge.login()
    mine = roles_of(login, "", published.teams)
    places = location_paths(published.base.tree.paths())
    for brand, campaign in _new_campaigns(published, paths):
        is_manager = any((item.role, item.brand) == (Role.LOCATION_MANAGER, brand) for item in mine)
        if not is_manager or role_over(mine, published.teams, brand) is not None:
            continue
        found = {item.key.location for item in plan.changes if item.key[:2] == (brand, campaign)}
        others = sorted(
            name
            for name in found
            if role_over(mine, published.teams, brand, name, places.get((brand, name), "")) is None
        )
        if others:
            who, first = printable(login), printable(others[0])
            more = f" and {len(others) - 1:,} more" if len(others) > 1 else ""
            message = f"{printable(campaign)} is for {first}{more}, which {who} does not look after"
            hint = "select your own: select: [{ids: […]}]; or ask a brand manager to propose it"
            raise UserError(message, hint=hint)


def _new_campaigns(published: Published, paths: Collection[str]) -> Iterator[tuple[str, str]]:
    for path in sorted({*paths}.difference(published.base.tree.paths())):
        place = place_of(path)
        if place is not None and place.kind is Kind.CAMPAIGN:
            yield place.owner, place.id
