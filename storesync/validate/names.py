"""Names of values that are set for nothing: no template knows them, or an offer goes before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from storesync.catalog.catalog import Brand, Campaign, Catalog
from storesync.diagnostics import Diagnostic, did_you_mean, printable
from storesync.model.campaign import CampaignFile
from storesync.model.override import OverrideFile
from storesync.resolve.layers import OFFER_VARIABLES


def check_value_names(catalog: Catalog, brand: Brand) -> Iterator[Diagnostic]:
    """Yield values under names that none of the templates a brand can use declares.

    Those of campaigns are checked against their own template, elsewhere. Nothing is said where
    a template could not be read, or where there is none yet.
    """
    usable = ("shared/", f"{brand.id}/")
    files = [item.file for ref, item in catalog.templates.items() if ref.startswith(usable)]
    if not files or any(ref.startswith(usable) for ref in catalog.broken_templates):
        return
    known = OFFER_VARIABLES.keys() | {name for file in files for name in file.variables}
    if brand.file is not None:
        yield from _unknown(brand.id, brand.path, brand.file.values, known)
    for defaults in brand.defaults.values():
        yield from _unknown(brand.id, defaults.path, defaults.data.get("values", {}), known)
    for location in brand.locations.values():
        if "values" in location.own:
            yield from _unknown(brand.id, location.path, location.own["values"], known)


def check_value_twice(campaign: Campaign) -> Iterator[Diagnostic]:
    """Yield values of a campaign, or a location's own in it, that an offer in that file sets, too.

    Also those that say the same: the next change of one of them would go unnoticed.
    """
    yield from _twice(campaign.path, campaign.file)
    for override in campaign.overrides.values():
        yield from _twice(override.path, override.file)


def _twice(path: str, file: CampaignFile | OverrideFile) -> Iterator[Diagnostic]:
    for name in OFFER_VARIABLES.keys() & file.values.keys():
        if getattr(file.offer, name, None) is not None:
            message = f'"{name}" stands under offer, too, and only that one counts'
            hint = "take one of the two out"
            yield Diagnostic("value-twice", message, path, ("values", name), hint=hint)


def _unknown(
    brand: str, path: str, values: Mapping[str, Any], known: Iterable[str]
) -> Iterator[Diagnostic]:
    for name in values:
        if name not in known:
            message = (
                f'unknown variable "{printable(name, limit=60)}": '
                f"no template that {brand} can use declares it"
            )
            hint = did_you_mean(name, known) or "take it out, or declare it in a template.yaml"
            yield Diagnostic("unknown-variable", message, path, ("values", name), hint=hint)
