"""The whole chain over one tree: load, resolve, date, render, and every rule over each stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from storesync.catalog.catalog import Brand, Catalog, Defaults
from storesync.catalog.load import Ahead, DocumentCache, load
from storesync.catalog.locate import locate
from storesync.catalog.merge import NOT_INHERITED, merge_defaults
from storesync.diagnostics import Diagnostic, Severity
from storesync.model.settings import FORMAT
from storesync.model.voice import Voice
from storesync.plan.piece import Piece
from storesync.plan.pieces import Dated, date_brand
from storesync.plan.plan import Skipped
from storesync.resolve.declare import check_variables
from storesync.schedule.flight import is_over
from storesync.source.tree import SETTINGS, Tree
from storesync.validate.answers import check_answers
from storesync.validate.codes import check_codes
from storesync.validate.facts import Memory, check_facts
from storesync.validate.frequency import check_frequency
from storesync.validate.identity import check_claims, check_identity
from storesync.validate.inspectors import asks_for_disclosures
from storesync.validate.location_texts import check_location_texts
from storesync.validate.names import check_value_names
from storesync.validate.near_duplicates import check_near_duplicates
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
from storesync.validate.waivers import apply, waivers_of
from storesync.validate.windows import check_quiet_hours, check_windows

Advance = Callable[[int], object]


@dataclass
class Assessment:
    """A tree understood: its catalog, its dated pieces by brand and campaign, and its faults."""

    tree: Tree
    catalog: Catalog
    dated: Mapping[str, Mapping[str, Dated]]
    found: list[Diagnostic]

    def pieces(self) -> Iterator[Piece]:
        """Yield all pieces, by brand and campaign."""
        for campaigns in self.dated.values():
            for dated in campaigns.values():
                yield from dated.pieces

    def skipped(self, at: datetime) -> Iterator[Skipped]:
        """Yield what does not go out at all, and why, of the campaigns that are not over."""
        for brand, campaigns in self.dated.items():
            for campaign, dated in campaigns.items():
                if not is_over(dated.campaign.file.flight, at):
                    yield from (Skipped(brand, campaign, *rest) for rest in dated.skipped)

    def waived(self, found: Iterable[Diagnostic], at: datetime) -> Iterator[Diagnostic]:
        """Yield what waivers in force do not cover."""
        waivers = [item for item in waivers_of(self.catalog) if item.waiver.until >= at.date()]
        return apply(found, waivers, at.date())

    def diagnostics(self, at: datetime, more: Iterable[Diagnostic] = ()) -> list[Diagnostic]:
        """Return all that is wrong, located and sorted, less what waivers in force cover."""
        told = {(item.rule, item.path) for item in self.found if item.rule == "missing-slot"}
        # Rendering finds such a slot again, at each of its locations.
        every = [*self.found, *(item for item in more if (item.rule, item.path) not in told)]
        kept = apply(every, waivers_of(self.catalog), at.date())
        return locate(kept, self.tree)


def assess(
    tree: Tree,
    at: datetime,
    cache: DocumentCache | None = None,
    before: Catalog | None = None,
    advance: Advance = lambda _count: None,
    ahead: Ahead | None = None,
) -> Assessment:
    """Return a tree loaded, resolved and dated, with everything wrong so far; nothing rendered.

    `before` is an earlier catalog, to see ids that changed. `advance` is told of files read,
    `ahead` may help to read them.
    """
    return understand(tree, load(tree, cache, advance, ahead), at, before)


def understand(
    tree: Tree,
    catalog: Catalog,
    at: datetime,
    before: Catalog | None = None,
    told: Ledgered | None = None,
    memory: Memory | None = None,
) -> Assessment:
    """Return a loaded tree resolved and dated, as `assess` does it.

    `told` is asked for earlier prices where an offer claims some; `memory` knows what texts stated
    before.
    """
    found = [*catalog.diagnostics, *_refused(tree)]
    found += [*_check_settings(catalog, tree), *check_quiet_hours(catalog)]
    if _asks_for_more(catalog):
        # Late: what it stands on takes as long to import as reading a thousand locations.
        from storesync.validate.requirements import check_requirements

        found += check_requirements(catalog)
    if any(brand.file and _has_rules(brand.file.voice) for brand in catalog.brands.values()):
        from storesync.validate.voice import check_voice

        found += check_voice(catalog, tree)
    if any(campaign.copies for campaign in catalog.campaigns()):
        from storesync.validate.legal import check_legal

        found += [item for brand in catalog.brands.values() for item in check_legal(brand)]
    if asks_for_disclosures(catalog):
        from storesync.validate.disclosures import check_disclosures

        found += check_disclosures(catalog)
    dated = {}
    for name, brand in catalog.brands.items():
        dated[name] = date_brand(catalog, brand, at)
        found += _check_brand(catalog, brand, dated[name], at)
        found += check_prior_prices(brand, dated[name], at, told)
        found += check_facts(
            catalog, brand, dated[name], at.date(), {} if memory is None else memory
        )
        found += check_near_duplicates(tree, catalog, brand, dated[name], at)
    for template in catalog.templates.values():
        found += [*check_variables(template), *check_template(template)]
    if before is not None:
        found += check_identity(before, catalog)
    return Assessment(tree, catalog, dated, found)


def _has_rules(voice: Voice) -> bool:
    return bool(voice.avoid or voice.rules)


def _refused(tree: Tree) -> Iterator[Diagnostic]:
    for path in getattr(tree, "refused", ()):
        message = "a link, a nested repository or no readable file"
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


def _check_brand(
    catalog: Catalog, brand: Brand, dated: Mapping[str, Dated], at: datetime
) -> Iterator[Diagnostic]:
    if brand.file is not None:
        yield from check_windows(brand.path, brand.file)
    yield from check_claims(brand)
    yield from check_codes(brand)
    yield from check_value_names(catalog, brand)
    yield from check_location_texts(brand)
    for location in brand.locations.values():
        yield from check_location_times(location, at.year)
    yield from _check_folders(brand, at)
    for name, campaign in brand.campaigns.items():
        yield from check_references(catalog, brand, campaign)
        yield from check_campaign_times(brand, campaign)
        yield from check_answers(campaign)
        yield from check_stale(catalog, brand, campaign)
        yield from dated[name].diagnostics
    yield from check_frequency(catalog, brand, dated, at)


def _asks_for_more(catalog: Catalog) -> bool:
    """Say whether any file speaks of requirements, or of the categories that they go by."""
    if catalog.settings is not None and catalog.settings.requirements:
        return True
    files = (brand.file for brand in catalog.brands.values())
    return any(file.requirements or file.categories for file in files if file)
