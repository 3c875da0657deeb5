"""All models of one revision, with the places they come from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from storesync.diagnostics import Diagnostic

if TYPE_CHECKING:
    from storesync.catalog.parsed import Parsed
    from storesync.model.brand import BrandFile
    from storesync.model.campaign import CampaignFile
    from storesync.model.copy import CopyFile
    from storesync.model.override import OverrideFile
    from storesync.model.results import ResultsFile
    from storesync.model.settings import SettingsFile
    from storesync.model.template import TemplateFile


class Defaults(NamedTuple):
    """A folder's `_defaults.yaml`: what every location below inherits."""

    folder: str
    path: str
    data: Mapping[str, Any]


class Location(NamedTuple):
    """A location with everything it inherits already merged in.

    `data` is what templates see; `own` is what its own file says; `folder` is relative to
    `locations/`, without a slash at the ends.
    """

    id: str
    brand: str
    path: str
    folder: str
    data: Mapping[str, Any]
    own: Mapping[str, Any]
    timezone: str
    country: str
    region: str
    locales: tuple[str, ...]
    currency: str
    opens_on: date | None = None
    closed_until: date | None = None
    closes_on: date | None = None


class Override(NamedTuple):
    """A location's own file inside a campaign."""

    location: str
    path: str
    file: OverrideFile


class Copy(NamedTuple):
    """A campaign's words for one channel in one language."""

    channel: str
    locale: str
    path: str
    file: CopyFile


class Campaign(NamedTuple):
    """A campaign with the answers of its locations, and its copy by channel and language."""

    id: str
    brand: str
    path: str
    file: CampaignFile
    overrides: Mapping[str, Override]
    results: ResultsFile | None = None
    copies: Mapping[tuple[str, str], Copy] = MappingProxyType({})

    @property
    def name(self) -> str:
        """Return `brand/campaign`, as people name it on the command line."""
        return f"{self.brand}/{self.id}"


class Template(NamedTuple):
    """A template: its file, and the names of the parts that stand beside it."""

    ref: str
    path: str
    file: TemplateFile
    parts: frozenset[str]


class Brand(NamedTuple):
    """A brand with its locations and campaigns. `file` is None where brand.yaml is broken.

    `broken_locations` and `broken_campaigns` have a file that could not be read: they are not
    absent, so nothing of theirs is withdrawn. `elsewhere` and `campaigns_elsewhere` are locations
    and campaigns that are there and were left out of this run.
    """

    id: str
    path: str
    file: BrandFile | None
    defaults: Mapping[str, Defaults]
    locations: Mapping[str, Location]
    campaigns: Mapping[str, Campaign]
    broken_locations: frozenset[str] = frozenset()
    broken_campaigns: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    campaigns_elsewhere: frozenset[str] = frozenset()

    def has(self, location: str) -> bool:
        """Say whether there is a location of this id, read or not."""
        return (
            location in self.locations
            or location in self.broken_locations
            or location in self.elsewhere
        )

    @property
    def campaign_ids(self) -> frozenset[str]:
        """Return the ids of all campaigns that there are, read or not."""
        return frozenset(self.campaigns) | self.broken_campaigns | self.campaigns_elsewhere


class Catalog(NamedTuple):
    """Everything of one revision, and what is wrong with it.

    `parsed` is there where something is left of faulty files, to check it further.
    """

    settings: SettingsFile | None
    brands: Mapping[str, Brand]
    templates: Mapping[str, Template]
    broken_templates: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]
    parsed: Parsed | None = None

    def campaigns(self) -> list[Campaign]:
        """Return every readable campaign, by brand and id."""
        return [
            brand.campaigns[name]
            for _, brand in sorted(self.brands.items())
            for name in sorted(brand.campaigns)
        ]


def folders_above(folder: str) -> list[str]:
    """Return the folders a location inherits from, from the top: '', 'us', 'us/texas'."""
    parts = folder.split("/") if folder else []
    return ["/".join(parts[:count]) for count in range(len(parts) + 1)]
