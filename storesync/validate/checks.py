"""Every rule over a tree that was loaded, resolved and dated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from storesync.catalog.catalog import Brand, Catalog, Defaults
from storesync.catalog.merge import NOT_INHERITED, merge_defaults
from storesync.diagnostics import Diagnostic, Severity
from storesync.model.channel import KINDS
from storesync.model.settings import FORMAT
from storesync.plan.pieces import Dated
from storesync.resolve.declare import check_variables
from storesync.source.tree import SETTINGS, Tree
from storesync.validate.answers import check_answers
from storesync.validate.codes import check_codes
from storesync.validate.facts import check_facts
from storesync.validate.frequency import check_frequency
from storesync.validate.identity import check_claims
from storesync.validate.inspectors import asks_for_disclosures
from storesync.validate.location_texts import check_location_texts
from storesync.validate.memory import Memory
from storesync.validate.names import check_value_names, check_value_twice
from storesync.validate.price_history import Ledgered
from storesync.validate.prior_price import check_prior_prices
from storesync.validate.references import check_references, check_template
from storesync.validate.stale import check_stale
from storesync.validate.times import (
    check_campaign_times,
    check_country,
    check_location_times,
    check_zone,
)
from storesync.validate.windows import check_quiet_hours, check_windows

DatedBrand = Mapping[str, Dated]


def check_all(
    tree: Tree,
    catalog: Catalog,
    dated: Mapping[str, DatedBrand],
    at: datetime,
    told: Ledgered | None,
    memory: Memory,
) -> Iterator[Iterable[Diagnostic]]:
    """Yield what is wrong bit by bit, a few hundredths of a second's work at a time.

    `told` is asked for earlier prices where an offer claims some; `memory` knows what texts stated
    before.
    """
    yield [*catalog.diagnostics, *_refused(tree)]
    yield [*_check_settings(catalog, tree), *check_quiet_hours(catalog)]
    yield from _check_what_is_asked_for(tree, catalog)
    for name, brand in catalog.brands.items():
        yield from _check_brand(catalog, brand, dated[name], at)
        yield check_prior_prices(brand, dated[name], at, told)
        yield check_facts(catalog, brand, dated[name], at.date(), memory)
        if _asks_for_variety(catalog, brand):
            from storesync.validate.near_duplicates import check_near_duplicates

            yield check_near_duplicates(tree, catalog, brand, dated[name], at)
    for template in catalog.templates.values():
        yield [*check_variables(template), *check_template(template)]


def _check_what_is_asked_for(tree: Tree, catalog: Catalog) -> Iterator[Iterable[Diagnostic]]:
    """Yield what few chains ask for; imported late, since each takes some time."""
    if _asks_for_more(catalog):
        # What it stands on takes as long to import as reading a thousand locations.
        from storesync.validate.requirements import check_requirements

        yield check_requirements(catalog, whole=not getattr(tree, "lacks_brands", False))
    if any(brand.file and brand.file.voice for brand in catalog.brands.values()):
        from storesync.validate.voice import check_voice

        yield check_voice(catalog, tree)
    if any(campaign.copies for campaign in catalog.campaigns()):
        from storesync.validate.legal import check_legal

        yield [item for brand in catalog.brands.values() for item in check_legal(brand)]
    if asks_for_disclosures(catalog):
        from storesync.validate.disclosures import check_disclosures
        from storesync.validate.tags import check_tags

        yield check_disclosures(catalog)
        yield check_tags(catalog)


def _refused(tree: Tree) -> Iterator[Diagnostic]:
    for path in getattr(tree, "refused", ()):
        message = "a link, a folder, a nested repository or no readable file"
        hint = "put the file itself here; nothing outside of the repository is followed"
        yield Diagnostic("linked-file", message, path, hint=hint)


def _check_settings(catalog: Catalog, tree: Tree) -> Iterator[Diagnostic]:
    if catalog.settings is None:
        if SETTINGS not in tree.paths():
            hint = "make a repository with: storesync init"
            yield Diagnostic("missing-file", "there is no storesync.yaml", SETTINGS, hint=hint)
        return
    yield from check_windows(SETTINGS, catalog.settings)
    if catalog.settings.format > FORMAT:
        message = f"files of format {catalog.settings.format}; this StoreSync reads up to {FORMAT}"
        yield Diagnostic("format-version", message, SETTINGS, ("format",), hint="upgrade StoreSync")


def _check_defaults(defaults: Defaults) -> Iterator[Diagnostic]:
    for field in sorted(NOT_INHERITED & defaults.data.keys() - {"waive", "notes"}):
        message = f'"{field}" in _defaults.yaml does nothing: it belongs to one location'
        yield Diagnostic(
            "unknown-field", message, defaults.path, (field,), severity=Severity.WARNING
        )
    if "timezone" in defaults.data:
        yield from check_zone(defaults.data["timezone"], defaults.path, ("timezone",))


def _check_folders(brand: Brand, at: datetime) -> Iterator[Diagnostic]:
    every = {folder: item.data for folder, item in brand.defaults.items()}
    for folder, defaults in brand.defaults.items():
        yield from _check_defaults(defaults)
        if defaults.data.keys() & {"timezone", "address"}:
            merged = merge_defaults(folder, every)
            yield from check_country(defaults.data, merged, defaults.path, at.year)


def _check_locations(brand: Brand, at: datetime) -> Iterator[Diagnostic]:
    for location in brand.locations.values():
        yield from check_location_times(location, at.year)


def _check_brand(
    catalog: Catalog, brand: Brand, dated: DatedBrand, at: datetime
) -> Iterator[Iterable[Diagnostic]]:
    yield [] if brand.file is None else check_windows(brand.path, brand.file)
    yield [*check_claims(brand), *check_codes(brand), *check_value_names(catalog, brand)]
    yield check_location_texts(brand)
    yield _check_locations(brand, at)
    yield _check_folders(brand, at)
    for name, campaign in brand.campaigns.items():
        yield check_references(catalog, brand, campaign)
        yield check_campaign_times(brand, campaign)
        yield [*check_answers(campaign), *check_stale(catalog, brand, campaign)]
        yield check_value_twice(campaign)
        yield dated[name].diagnostics
    yield check_frequency(catalog, brand, dated, at)


def _asks_for_variety(catalog: Catalog, brand: Brand) -> bool:
    """Say whether anything goes out on a channel that punishes texts that are too much alike."""
    limited = {name for name, kind in KINDS.items() if kind.punishes_duplicates}
    for source in (catalog.settings, brand.file):
        limited |= source.near_duplicates.keys() if source else set()
    return any(not limited.isdisjoint(item.file.channels) for item in brand.campaigns.values())


def _asks_for_more(catalog: Catalog) -> bool:
    """Say whether any file speaks of requirements, or of the categories that they go by."""
    if catalog.settings is not None and catalog.settings.requirements:
        return True
    files = (brand.file for brand in catalog.brands.values())
    return any(file.requirements or file.categories for file in files if file)
