"""One campaign whose values are in a table: its locations, its variables, and what holds where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from storesync.catalog.catalog import Brand, Campaign, Catalog, Location, Template
from storesync.catalog.locate import locate
from storesync.diagnostics import Severity, did_you_mean
from storesync.errors import UserError
from storesync.importing.fields import At
from storesync.importing.places import slug
from storesync.importing.spreadsheet import digits_of
from storesync.model.override import OverrideFile
from storesync.model.template import Lock, Variable, VariableType
from storesync.resolve.layers import OFFER_VARIABLES, layers_of, variables_of
from storesync.resolve.placement import template_of
from storesync.resolve.select import selected
from storesync.source.tree import Tree

# What a location's own file says besides values, by the name that columns have, too.
ANSWERS = ("participation", "reason", "until")


@dataclass(frozen=True)
class CampaignValues:
    """A campaign at the locations that it selects.

    `stored` are the bytes of locations' own files in the campaign, by the location's id; `broken`
    says of those that have an error where it is.
    """

    brand: Brand
    campaign: Campaign
    template: Template
    locations: Mapping[str, Location]
    stored: Mapping[str, bytes]
    broken: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def variables(self) -> Mapping[str, Variable]:
        """Return the variables of the campaign's template, those of an offer included."""
        return variables_of(self.template)

    def find(self, text: str, *, near: bool = True) -> Location:
        """Return the location of an id, or of an earlier one.

        Raises ValueError that says why there is none for this campaign, and which is `near`.
        """
        code = digits_of(text)
        ids = (text, code, slug(code))
        for name in (*ids, *(self._former.get(each, "") for each in ids)):
            if name in self.locations:
                return self.locations[name]
        if any(self.brand.has(name) for name in ids):
            message = f"{self.campaign.name} does not select it, or its file has an error"
        else:
            hint = did_you_mean(text, self.brand.locations) if near else ""
            message = f"is no location of {self.brand.id}{f'; {hint}' if hint else ''}"
        raise ValueError(message)

    def own(self, location: str) -> OverrideFile | None:
        """Return what a location's own file in the campaign says, None where it has none."""
        override = self.campaign.overrides.get(location)
        return override.file if override else None

    def path(self, location: str) -> str:
        """Return where a location's own file is, or would be."""
        return f"brands/{self.brand.id}/campaigns/{self.campaign.id}/locations/{location}.yaml"

    def holding(self, location: Location) -> dict[str, Any]:
        """Return the values that hold at a location as they are written, by variable.

        An amount in several currencies is the location's. What its own file says counts whatever
        its `until`.
        """
        found: dict[str, Any] = {}
        for layer in layers_of(self.brand, self.campaign, self.template, location):
            for name, entry in layer.entries.items():
                variable = self.variables.get(name)
                if variable and not (layer.local and variable.lock is Lock.BRAND):
                    found[name] = _here(variable, entry.value, location.currency)
        return found

    def place(self, name: str, location: str) -> At:
        """Return where a location's own file has a variable, or would have it."""
        own = self.own(location)
        in_offer = name in OFFER_VARIABLES and not (own and name in own.values)
        return ("offer" if in_offer else "values", name)

    @cached_property
    def _former(self) -> Mapping[str, str]:
        return {
            old: location.id for location in self.locations.values() for old in _former_of(location)
        }


def campaign_values(catalog: Catalog, campaign: Campaign, tree: Tree) -> CampaignValues:
    """Return a campaign of a tree with what its table says. Raises UserError without a template."""
    brand = catalog.brands[campaign.brand]
    template = template_of(catalog, campaign)
    if template is None:
        message = f"the template {campaign.file.template} cannot be used"
        raise UserError(message, hint="storesync validate says why")
    locations = {location.id: location for location in selected(brand, campaign)}
    own = {name: item.path for name, item in campaign.overrides.items()}
    stored = dict(zip(own, tree.read_many(list(own.values())), strict=True))
    return CampaignValues(
        brand, campaign, template, locations, stored, _broken(catalog, campaign, tree)
    )


def _broken(catalog: Catalog, campaign: Campaign, tree: Tree) -> dict[str, str]:
    """Return which locations' own files have an error, and the first of each."""
    top = f"{campaign.path.rpartition('/')[0]}/locations/"
    errors = [
        item
        for item in catalog.diagnostics
        if item.severity is Severity.ERROR and item.path.startswith(top)
    ]
    found: dict[str, str] = {}
    for item in locate(errors, tree):
        where = f"{item.path}:{item.line}:{item.column}: {item.message}"
        found.setdefault(item.path.removeprefix(top).removesuffix(".yaml"), where)
    return found


def _here(variable: Variable, value: Any, currency: str) -> Any:
    if variable.type is VariableType.MONEY and isinstance(value, Mapping):
        return value.get(currency)
    return value


def _former_of(location: Location) -> Iterator[str]:
    former = location.own.get("formerly")
    yield from former if isinstance(former, list) else ()
