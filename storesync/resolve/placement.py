"""Campaign x location x channel x locale: every placement with what its template will see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from storesync.catalog.catalog import Brand, Campaign, Catalog, Location, Template
from storesync.diagnostics import Diagnostic, Severity
from storesync.model.base import DayOrMoment
from storesync.model.template import LocaleMode
from storesync.resolve.context import own_context, shared_context
from storesync.resolve.layers import At
from storesync.resolve.localise import localise
from storesync.resolve.select import Skip, take_part
from storesync.resolve.values import Values


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
    brand = catalog.brands[campaign.brand]
    template = template_of(catalog, campaign)
    resolution = Resolution(campaign)
    if template is None or brand.file is None:
        return resolution
    contexts = _Contexts(brand, campaign, template)
    for location, skip in take_part(brand, campaign):
        resolution.selected += 1
        if skip is not None:
            resolution.skipped.append(skip)
        elif location.id not in brand.broken_locations:
            _place(contexts, location, resolution)
    resolution.diagnostics += contexts.diagnostics()
    return resolution


def _place(contexts: _Contexts, location: Location, resolution: Resolution) -> None:
    campaign = contexts.campaign
    spoken = campaign.file.locales
    locales = tuple(tag for tag in location.locales if not spoken or tag in spoken)
    if not locales:
        reason = f"speaks {', '.join(location.locales)}, the campaign {', '.join(spoken)}"
        resolution.skipped.append(Skip(location.id, reason))
        return
    together = contexts.template.file.locales is LocaleMode.TOGETHER
    groups = [locales] if together else [(locale,) for locale in locales]
    for after, until, local in _spans(campaign, location):
        for group in groups:
            shared, own = contexts.of(location, group, local=local)
            for channel in campaign.file.channels:
                resolution.placements.append(
                    Placement(
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


class _Contexts:
    """Contexts of one campaign: whatever is equal for many locations is one object."""

    def __init__(self, brand: Brand, campaign: Campaign, template: Template) -> None:
        self.brand = brand
        self.campaign = campaign
        self.template = template
        self._values = Values(brand, campaign, template)
        self._shared: dict[tuple[int, str, str, tuple[str, ...]], dict[str, Any]] = {}
        self._untranslated: dict[tuple[str, At, str], tuple[str, str]] = {}
        self._unpriced: dict[tuple[str, At, str], tuple[str, str]] = {}

    def of(
        self, location: Location, locales: tuple[str, ...], *, local: bool
    ) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Return the shared and the own context of a location in its language(s)."""
        values = self._values.at(location, local=local)
        shared = self._shared_for(values, location, locales[0], local=local)
        own = own_context(location, locales[0], shared["legal"])
        if len(locales) > 1 or self.template.file.locales is LocaleMode.TOGETHER:
            own["locales"] = [
                self._shared_for(values, location, locale, local=local) for locale in locales
            ]
        return shared, own

    def _shared_for(
        self,
        values: Mapping[str, Any],
        location: Location,
        locale: str,
        *,
        local: bool,
    ) -> dict[str, Any]:
        fallbacks = location.locales
        key = (id(values), locale, location.currency, fallbacks)
        if key not in self._shared:
            flat, untranslated, unpriced = localise(
                values, self._values.variables, locale, location.currency, fallbacks
            )
            context, missing = shared_context(
                self.brand, self.campaign, self.template, flat, locale, fallbacks
            )
            for name in (*untranslated, *missing):
                place = (*self._stands_at(name, location, local=local), locale)
                self._untranslated.setdefault(place, (name, location.id))
            for name in unpriced:
                place = (*self._stands_at(name, location, local=local), location.currency)
                self._unpriced.setdefault(place, (name, location.id))
            self._shared[key] = context
        return self._shared[key]

    def _stands_at(self, name: str, location: Location, *, local: bool) -> tuple[str, At]:
        """Return where a text stands: `texts.until` in the template, `legal.terms` in the brand."""
        what, dot, rest = name.partition(".")
        if dot:
            path = self.template.path if what == "texts" else self.brand.path
            return path, (what, rest)
        return self._values.place_of(name, location, local=local)

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Yield what was found while locations were asked for."""
        yield from self._values.diagnostics
        yield from self._values.missing()
        for (path, at, locale), (name, location) in self._untranslated.items():
            # Of a text that campaigns share, all are to say the same, so that it is said once.
            where = f" (at {location})" if self._is_own(path) else ""
            message = f'"{name}" has no text in {locale}{where}; another language is shown'
            hint = f"add {locale}: … beside the other languages"
            yield Diagnostic(
                "missing-translation", message, path, at, hint=hint, severity=Severity.WARNING
            )
        for (path, at, currency), (name, location) in self._unpriced.items():
            message = f'"{name}" has no amount in {currency} (at {location})'
            hint = f"add {currency}: … beside the other currencies in {path}"
            if not self._is_own(path):  # an error there would stop other campaigns as well
                path, at = self.campaign.path, ("template",)  # noqa: PLW2901 - told at another place
            yield Diagnostic("missing-currency", message, path, at, hint=hint)

    def _is_own(self, path: str) -> bool:
        """Say whether a file belongs to this campaign alone."""
        return path.startswith(self.campaign.path.removesuffix("campaign.yaml"))
