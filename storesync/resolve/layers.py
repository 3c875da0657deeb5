"""The layers a value can come from, lowest first, each with the file and place it stands at."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from storesync.catalog.catalog import (
    Brand,
    Campaign,
    Copy,
    Location,
    Template,
    folders_above,
)
from storesync.model.campaign import Offer
from storesync.model.template import Lock, Variable, VariableType

# What an offer says is a value too; a template that declares the name sets its bounds. Not
# validated: that would build the model in every run, whether it has a template to read or not.
OFFER_VARIABLES: Mapping[str, Variable] = {
    "discount_percentage": Variable.model_construct(
        type=VariableType.INTEGER, minimum=Decimal(0), maximum=Decimal(100)
    ),
    "discount_amount": Variable.model_construct(type=VariableType.MONEY, minimum=Decimal(0)),
    "price": Variable.model_construct(type=VariableType.MONEY, minimum=Decimal(0)),
    "regular_price": Variable.model_construct(type=VariableType.MONEY, minimum=Decimal(0)),
    "code": Variable.model_construct(type=VariableType.STRING, maxLength=60),
}
# Names that every template has; no variable may take them.
BUILT_IN = frozenset(
    {
        "location",
        "brand",
        "campaign",
        "offer",
        "flight",
        "t",
        "legal",
        "locale",
        "locales",
        "currency",
        "city",
        "location_name",
        "location_names",
        "brand_name",
        "campaign_name",
        "product",
        "product_name",
    }
)


At = tuple[str | int, ...]


class Entry(NamedTuple):
    """A raw value and the place in its file."""

    value: Any
    at: At


class Layer(NamedTuple):
    """Values of one file. `local` layers belong to a location, so `lock: brand` binds them."""

    name: str
    path: str
    entries: Mapping[str, Entry]
    local: bool = False


def variables_of(template: Template) -> dict[str, Variable]:
    """Return a template's variables, with those of an offer that it does not declare itself.

    A bound that it leaves open is that of the offer: no price is below nothing.
    """
    undeclared = {
        name: variable.model_copy(update={"required": False, "lock": Lock.BRAND})
        for name, variable in OFFER_VARIABLES.items()
        if name not in template.file.variables
    }
    return {
        **undeclared,
        **{name: _bound(name, it) for name, it in template.file.variables.items()},
    }


def _bound(name: str, variable: Variable) -> Variable:
    known = OFFER_VARIABLES.get(name)
    if known is None or not variable.is_number:
        return variable
    bounds = {
        bound: getattr(known, bound)
        for bound in ("minimum", "maximum")
        if getattr(variable, bound) is None and getattr(known, bound, None) is not None
    }
    return variable.model_copy(update=bounds) if bounds else variable


def shared_layers(brand: Brand, template: Template, folder: str) -> list[Layer]:
    """Return the layers below a location's own: template, brand, folders from the top."""
    layers = [template_layer(template), brand_layer(brand)]
    for above in folders_above(folder):
        defaults = brand.defaults.get(above)
        if defaults is not None and defaults.data.get("values"):
            values = defaults.data["values"]
            layers.append(Layer("folder", defaults.path, _entries(values)))
    return layers


def template_layer(template: Template) -> Layer:
    """Return a template's defaults."""
    entries = {
        name: Entry(variable.default, ("variables", name, "default"))
        for name, variable in template.file.variables.items()
        if variable.default is not None
    }
    return Layer("template", template.path, entries)


def brand_layer(brand: Brand) -> Layer:
    """Return a brand's values."""
    return Layer("brand", brand.path, _entries(brand.file.values if brand.file else {}))


def location_layer(location: Location) -> Layer:
    """Return what a location's own file sets for every campaign."""
    return Layer("location", location.path, _entries(location.own.get("values", {})), local=True)


def campaign_layer(campaign: Campaign) -> Layer:
    """Return what a campaign sets, its offer included."""
    entries = {**_entries(campaign.file.values), **_offer(campaign.file.offer)}
    return Layer("campaign", campaign.path, entries)


def copy_layer(copy: Copy) -> Layer:
    """Return what a campaign's copy for one channel in one language sets."""
    values = {
        name: value if isinstance(value, str) else {"vary": value.vary}
        for name, value in copy.file.values.items()
    }
    return Layer("copy", copy.path, _entries(values))


def override_layer(campaign: Campaign, location: str) -> Layer | None:
    """Return what a location sets for this campaign alone, or None."""
    override = campaign.overrides.get(location)
    if override is None:
        return None
    entries = {**_entries(override.file.values), **_offer(override.file.offer)}
    return Layer("override", override.path, entries, local=True) if entries else None


def layers_of(
    brand: Brand,
    campaign: Campaign,
    template: Template,
    location: Location,
    copy: Copy | None = None,
) -> list[Layer]:
    """Return all layers of one campaign at one location, lowest first, with `copy` as one."""
    layers = [
        *shared_layers(brand, template, location.folder),
        location_layer(location),
        campaign_layer(campaign),
    ]
    own = override_layer(campaign, location.id)
    return [*layers, *([copy_layer(copy)] if copy else []), *([own] if own else [])]


def _entries(values: Mapping[str, Any]) -> dict[str, Entry]:
    return {name: Entry(value, ("values", name)) for name, value in values.items()}


def _offer(offer: Offer | None) -> dict[str, Entry]:
    if offer is None:
        return {}
    return {
        name: Entry(getattr(offer, name), ("offer", name))
        for name in OFFER_VARIABLES
        if getattr(offer, name) is not None
    }
