"""Names on the command line -> campaigns and locations: of a catalog, of paths, of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from storesync.app.context import Context
from storesync.catalog.catalog import Campaign, Catalog, Location
from storesync.catalog.layout import campaign_at, standing
from storesync.diagnostics import did_you_mean, printable
from storesync.errors import UserError
from storesync.model.channel import KINDS

if TYPE_CHECKING:
    from storesync.ledger.ledger import Ledger


def find_campaign(catalog: Catalog, name: str) -> Campaign:
    """Return the campaign named `brand/campaign`, or by its bare id where that is unique.

    Raises UserError where there is none, or where the bare id is ambiguous.
    """
    brand, slash, bare = name.rpartition("/")
    found = [
        item
        for item in catalog.campaigns()
        if item.id == bare and (not slash or item.brand == brand)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        names = " or ".join(item.name for item in found)
        message = f'"{name}" is ambiguous'
        raise UserError(message, hint=f"say {names}")
    if any(
        bare in owner.broken_campaigns and (not slash or owner.id == brand)
        for owner in catalog.brands.values()
    ):
        message = f'the file of the campaign "{name}" has an error'
        raise UserError(message, hint="storesync validate says which")
    known = [item.name for item in catalog.campaigns()]
    message = f'there is no campaign "{name}"'
    hint = did_you_mean(name, [*known, *(item.id for item in catalog.campaigns())])
    raise UserError(message, hint=hint or "storesync status lists them")


def campaign_folder(paths: Iterable[str], name: str) -> str:
    """Return the folder of the campaign of this name after the paths of its files alone.

    Raises UserError where there is none, or where the bare id is ambiguous.
    """
    known = sorted(campaigns_in(paths))
    found = [item for item in known if name in {item, item.partition("/")[2]}]
    if len(found) == 1:
        brand, _, campaign = found[0].partition("/")
        return f"brands/{brand}/campaigns/{campaign}"
    shown = printable(name)
    if found:
        raise UserError(f'"{shown}" is ambiguous', hint=f"say {' or '.join(found)}")
    ids = [item.partition("/")[2] for item in known]
    hint = did_you_mean(name, [*known, *ids]) or "storesync status lists them"
    raise UserError(f'there is no campaign "{shown}"', hint=hint)


def campaigns_in(paths: Iterable[str]) -> set[str]:
    """Return `brand/campaign` of those whose own files are among some paths."""
    return {"/".join(name) for path in paths if (name := campaign_at(path))}


def known_campaigns(context: Context, ledger: Ledger) -> set[str]:
    """Return `brand/campaign` of all that are in the newest commit, or gone and in the ledger.

    Those in an archive are in the commit, too.
    """
    paths = context.repository.tree(context.head()).paths()
    return campaigns_in(standing(path) or path for path in paths) | {
        f"{item.brand}/{item.campaign}" for item in ledger.campaigns
    }


def known_campaign(context: Context, ledger: Ledger, name: str) -> str:
    """Return `brand/campaign` of a campaign by that name or by its bare id. Raises UserError."""
    from storesync.catalog.load import load

    names = known_campaigns(context, ledger)
    if name in names:
        return name
    bare = [item for item in names if item.partition("/")[2] == name]
    return bare[0] if len(bare) == 1 else find_campaign(load(context.work_tree), name).name


def find_location(catalog: Catalog, brand: str, name: str) -> Location:
    """Return a brand's location by its id. Raises UserError where there is none."""
    locations = catalog.brands[brand].locations
    if name in locations:
        return locations[name]
    if name in catalog.brands[brand].broken_locations:
        message = f'the file of the location "{name}" has an error'
        raise UserError(message, hint="storesync validate says which")
    message = f'there is no location "{name}" in {brand}'
    hint = did_you_mean(name, locations) or "its id is the name of its file, without .yaml"
    raise UserError(message, hint=hint)


def check_channel(name: str) -> None:
    """Raise UserError where there is no channel of this name."""
    if name not in KINDS:
        message = f'there is no channel "{printable(name)}"'
        raise UserError(
            message, hint=did_you_mean(name, KINDS) or f"it is one of {', '.join(KINDS)}"
        )
