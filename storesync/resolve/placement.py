"""Campaign x location x channel x locale: every placement with what its template will see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from storesync.catalog.catalog import Campaign, Catalog, Location, Template
from storesync.diagnostics import Diagnostic
from storesync.model.base import DayOrMoment
from storesync.model.template import LocaleMode
from storesync.resolve.contexts import Contexts
from storesync.resolve.select import Skip, take_part


class Placement(NamedTuple):
    """One unit of publishing before it is dated and rendered.

    `shared` is one object for all placements that see the same; `own` is this location's part.
    `locales` has more than one language only where the template says `locales: together`.
    `after` and `until` bound a placement in the location's time where its own values end.
    """

    brand: str
    campaign: str
    location: Location
    channel: str
    locale: str
    locales: tuple[str, ...]
    template: str
    shared: Mapping[str, Any]
    own: Mapping[str, Any]
    after: DayOrMoment | None = None
    until: DayOrMoment | None = None


@dataclass
class Resolution:
    """A campaign's placements, the locations that do not take part, and what is wrong."""

    campaign: Campaign
    placements: list[Placement] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)
    selected: int = 0
    diagnostics: list[Diagnostic] = field(default_factory=list)


def template_of(catalog: Catalog, campaign: Campaign) -> Template | None:
    """Return the template a campaign may use: shared, or of its own brand."""
    owner = campaign.file.template.partition("/")[0]
    return (
        catalog.templates.get(campaign.file.template)
        if owner in {"shared", campaign.brand}
        else None
    )


def resolve(catalog: Catalog, campaign: Campaign) -> Resolution:
    """Return a campaign's placements. A campaign without a usable template or brand has none."""
    resolution = Resolution(campaign)
    resolution.placements += resolving(catalog, resolution)
    return resolution


def resolving(catalog: Catalog, resolution: Resolution) -> Iterator[Placement]:
    """Yield a campaign's placements one by one, for who has work to give out at once.

    At the end the rest of the resolution is filled in; the placements are left to the caller.
    """
    campaign = resolution.campaign
    brand = catalog.brands[campaign.brand]
    template = template_of(catalog, campaign)
    if template is None or brand.file is None:
        return
    contexts = Contexts(brand, campaign, template)
    for location, skip in take_part(brand, campaign):
        resolution.selected += 1
        if skip is not None:
            resolution.skipped.append(skip)
        elif location.id not in brand.broken_locations:
            yield from _place(contexts, location, resolution.skipped)
    resolution.diagnostics += contexts.diagnostics()


def _place(contexts: Contexts, location: Location, skipped: list[Skip]) -> Iterator[Placement]:
    campaign = contexts.campaign
    spoken = campaign.file.locales
    locales = tuple(tag for tag in location.locales if not spoken or tag in spoken)
    if not locales:
        reason = f"speaks {', '.join(location.locales)}, the campaign {', '.join(spoken)}"
        skipped.append(Skip(location.id, reason))
        return
    together = contexts.template.file.locales is LocaleMode.TOGETHER
    groups = [locales] if together else [(locale,) for locale in locales]
    for after, until, local in _spans(campaign, location):
        for group in groups:
            seen = contexts.of(location, group, campaign.file.channels, local=local)
            for channel, (shared, own) in seen:
                yield Placement(
                    campaign.brand,
                    campaign.id,
                    location,
                    channel,
                    group[0],
                    group,
                    contexts.template.ref,
                    shared,
                    own,
                    after,
                    until,
                )


def _spans(
    campaign: Campaign, location: Location
) -> list[tuple[DayOrMoment | None, DayOrMoment | None, bool]]:
    """Return (after, until, with own values): two spans where a location's values end early."""
    override = campaign.overrides.get(location.id)
    if override is None or override.file.until is None:
        return [(None, None, True)]
    if not override.file.values and override.file.offer is None:
        return [(None, None, True)]
    return [(None, override.file.until, True), (override.file.until, None, False)]
