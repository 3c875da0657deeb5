"""Which placements a command is about: CAMPAIGN, --brand, --location, --channel -> a scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from storesync.diagnostics import did_you_mean, printable
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.app.proof.basis import Basis
    from storesync.ledger.scope import Scope


def scope_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what names a scope to a command."""
    for add in (
        click.option("--all", "everything", is_flag=True, help="Everything in all brands."),
        click.option("--channel", help="Only this channel."),
        click.option("--location", help="Only this location."),
        click.option("--brand", help="Only this brand."),
        click.argument("campaign", required=False),
    ):
        command = add(command)
    return command


@dataclass(frozen=True)
class Places:
    """The ids of a repository, from names of files and the ledger: files may have errors."""

    brands: frozenset[str]
    campaigns: frozenset[tuple[str, str]]
    locations: dict[tuple[str, str], str]  # (brand, id) -> path, empty where the file is gone


def places_of(basis: Basis) -> Places:
    """Return the ids that the newest commit and the ledger know."""
    from storesync.approval.teams import location_paths
    from storesync.catalog.layout import campaign_at

    paths = basis.context.repository.tree(basis.commit).paths()
    parts = [path.split("/") for path in paths if path.startswith("brands/")]
    campaigns = {name for path in paths if (name := campaign_at(path))}
    campaigns |= {(name.brand, name.campaign) for name in basis.ledger.campaigns}
    brands = {p[1] for p in parts if len(p) > 2} | {brand for brand, _ in campaigns}
    return Places(frozenset(brands), frozenset(campaigns), location_paths(paths))


def find_scope(basis: Basis, places: Places, options: dict[str, Any]) -> Scope:
    """Return the scope that options name; nothing named is everything.

    Raises UserError where an id is not known or not unique.
    """
    from storesync.app.find import check_channel
    from storesync.ledger.scope import Scope

    brand, campaign, location = options["brand"], options["campaign"] or "", options["location"]
    if brand is not None and brand not in places.brands:
        raise _unknown("brand", brand, places.brands)
    if options["channel"] is not None:
        check_channel(options["channel"])
    brand = brand or ""
    if campaign:
        owner, _, name = campaign.rpartition("/")
        if owner and brand and owner != brand:
            message = f"the campaign {printable(campaign)} is not one of {brand}"
            raise UserError(message, hint="leave --brand out")
        brand, campaign = _one("campaign", owner or brand, name, places.campaigns)
    if location is not None:
        known = {*places.locations, *_standing(basis, brand, location)}
        brand, location = _one("location", brand, location, known)
    return Scope(brand, campaign, location or "", options["channel"] or "")


def check_named(options: dict[str, Any]) -> None:
    """Raise UserError where no scope was named: stopping everything has to be said."""
    named = [name for name in ("campaign", "brand", "location", "channel") if options[name]]
    if not named and not options["everything"]:
        message = "say what: CAMPAIGN, --brand, --location, --channel, or several of them"
        raise UserError(message, hint="--all is everything in all brands")
    if named and options["everything"]:
        raise UserError("--all is everything: it goes with no other part", hint="leave it out")


def _standing(basis: Basis, brand: str, location: str) -> set[tuple[str, str]]:
    """Return the brands where something of a location is out whose file may be gone."""
    return {
        (key.brand, key.location)
        for name, campaign in basis.ledger.campaigns.items()
        if brand in {"", name.brand}
        for key in campaign.state
        if key.location == location
    }


def _one(what: str, brand: str, name: str, known: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Return the one pair of brand and id that is meant."""
    pairs = sorted(set(known))
    found = [item for item in pairs if item[1] == name and brand in {"", item[0]}]
    if len(found) == 1:
        return found[0]
    if found:
        message = f'the {what} "{printable(name)}" is in several brands'
        raise UserError(message, hint=f"say --brand {' or --brand '.join(b for b, _ in found)}")
    raise _unknown(what, name, [item for owner, item in pairs if brand in {"", owner}])


def _unknown(what: str, name: str, known: Iterable[str]) -> UserError:
    hint = did_you_mean(name, known) or "its id is the name of its file or folder"
    return UserError(f'there is no {what} "{printable(name)}"', hint=hint)
