"""Names that point to nothing: templates, parts, channels, products, locations, legal texts."""

from __future__ import annotations

from collections.abc import Iterator

from storesync.catalog.catalog import Brand, Campaign, Catalog, Template
from storesync.diagnostics import Diagnostic, Severity, did_you_mean, printable
from storesync.model.campaign import Criteria
from storesync.model.channel import KINDS
from storesync.resolve.placement import template_of
from storesync.resolve.select import matches, meets


def check_references(catalog: Catalog, brand: Brand, campaign: Campaign) -> Iterator[Diagnostic]:
    """Yield every name in a campaign that points to nothing."""
    yield from _template(catalog, campaign)
    yield from _channels(campaign)
    yield from _products(brand, campaign)
    yield from _selectors(brand, campaign)
    yield from _companions(brand, campaign)
    template = template_of(catalog, campaign)
    if template is not None:
        yield from _parts(template, campaign)
        yield from _legal(brand, template, campaign)


def _template(catalog: Catalog, campaign: Campaign) -> Iterator[Diagnostic]:
    ref = campaign.file.template
    owner = ref.partition("/")[0]
    if ref in catalog.broken_templates or template_of(catalog, campaign) is not None:
        return
    if ref in catalog.templates:
        message = f'"{ref}" is a template of brand {owner}; this campaign is of {campaign.brand}'
        hint = "use a template under templates/shared or of the campaign's own brand"
        yield Diagnostic("foreign-template", message, campaign.path, ("template",), hint=hint)
        return
    usable = [
        name for name in catalog.templates if name.startswith(("shared/", f"{campaign.brand}/"))
    ]
    message = f'there is no template "{ref}"'
    hint = did_you_mean(ref, usable) or f"there are {', '.join(sorted(usable)) or 'none yet'}"
    yield Diagnostic("unknown-template", message, campaign.path, ("template",), hint=hint)


def _channels(campaign: Campaign) -> Iterator[Diagnostic]:
    for index, channel in enumerate(campaign.file.channels):
        at = ("channels", index)
        if channel not in KINDS:
            message = f'there is no channel "{channel}"'
            hint = did_you_mean(channel, KINDS) or f"there are {', '.join(KINDS)}"
            yield Diagnostic("unknown-channel", message, campaign.path, at, hint=hint)
        elif channel in campaign.file.channels[:index]:
            message = f'"{channel}" is named twice'
            yield Diagnostic("duplicate-channel", message, campaign.path, at)


def _parts(template: Template, campaign: Campaign) -> Iterator[Diagnostic]:
    for index, channel in enumerate(campaign.file.channels):
        kind = KINDS.get(channel)
        for part in kind.parts if kind else ():
            stem = f"{channel}.{part.name}."
            if part.required and not any(name.startswith(stem) for name in template.parts):
                message = (
                    f'template {template.ref} has no part for "{channel}": {stem}j2 is missing'
                )
                hint = "take the channel out, or write the part"
                yield Diagnostic(
                    "missing-part", message, campaign.path, ("channels", index), hint=hint
                )


def _products(brand: Brand, campaign: Campaign) -> Iterator[Diagnostic]:
    offer = campaign.file.offer
    if offer is None or offer.product is None or brand.file is None:
        return
    products = [offer.product] if isinstance(offer.product, str) else offer.product
    for product in products:
        if product not in brand.file.products:
            message = f'there is no product "{product}" in {brand.path}'
            hint = did_you_mean(product, brand.file.products) or "add it under products:"
            yield Diagnostic(
                "unknown-product", message, campaign.path, ("offer", "product"), hint=hint
            )


def _legal(brand: Brand, template: Template, campaign: Campaign) -> Iterator[Diagnostic]:
    if brand.file is None:
        return
    for name in template.file.requires:
        if name.startswith("legal.") and name[6:] not in brand.file.legal:
            message = f'template {template.ref} requires "{name}", which {brand.path} does not have'
            hint = f"add the text to {brand.path} under legal:"
            yield Diagnostic("missing-legal", message, campaign.path, ("template",), hint=hint)


def _companions(brand: Brand, campaign: Campaign) -> Iterator[Diagnostic]:
    known = brand.campaigns.keys() | brand.broken_campaigns
    for index, name in enumerate(campaign.file.stacks_with):
        if name not in known:
            message = f'there is no campaign "{name}" to stack with'
            at = ("stacks_with", index)
            yield Diagnostic(
                "unknown-campaign", message, campaign.path, at, hint=did_you_mean(name, known)
            )
    for name, override in sorted(campaign.overrides.items()):
        location = brand.locations.get(name)
        if location is None and name not in brand.broken_locations:
            message = f'there is no location "{name}"'
            hint = did_you_mean(name, brand.locations)
            yield Diagnostic("unknown-location", message, override.path, hint=hint)
        elif location is not None and campaign.file.select:
            if not any(matches(selector, location) for selector in campaign.file.select):
                message = f'the campaign does not select "{name}", so this file does nothing'
                hint = "delete it, or widen the campaign's select"
                yield Diagnostic(
                    "not-selected", message, override.path, hint=hint, severity=Severity.WARNING
                )


def _selectors(brand: Brand, campaign: Campaign) -> Iterator[Diagnostic]:
    for index, selector in enumerate(campaign.file.select):
        at = ("select", index)
        yield from _criteria(brand, campaign, selector, at)
        for inner, exception in enumerate(selector.exclude):
            place = (*at, "except", inner)
            if isinstance(exception, str):
                if exception not in brand.locations and exception not in brand.broken_locations:
                    yield _unknown_location(brand, campaign, exception, place)
            else:
                yield from _criteria(brand, campaign, exception, place)
        if not any(matches(selector, location) for location in brand.locations.values()):
            message = "this selector matches no location"
            hint = _why_nothing(brand, selector)
            yield Diagnostic("empty-selector", message, campaign.path, at, hint=hint)


def _criteria(
    brand: Brand, campaign: Campaign, criteria: Criteria, at: tuple[str | int, ...]
) -> Iterator[Diagnostic]:
    for index, name in enumerate(criteria.ids):
        if name not in brand.locations and name not in brand.broken_locations:
            yield _unknown_location(brand, campaign, name, (*at, "ids", index))


def _unknown_location(
    brand: Brand, campaign: Campaign, name: str, at: tuple[str | int, ...]
) -> Diagnostic:
    message = f'there is no location "{printable(name)}" in {brand.id}'
    hint = did_you_mean(name, brand.locations)
    return Diagnostic("unknown-location", message, campaign.path, at, hint=hint)


def _why_nothing(brand: Brand, criteria: Criteria) -> str:
    """Say which of the criteria alone matches nothing, with the nearest known word."""
    places = list(brand.locations.values())
    if criteria.folder and not any(
        meets(Criteria(folder=criteria.folder), item) for item in places
    ):
        folders = {item.folder for item in places}
        near = did_you_mean(criteria.folder, folders)
        return f'no location lies in folder "{criteria.folder}"' + (f"; {near}" if near else "")
    for tag in criteria.tags:
        if not any(tag in item.data.get("tags", ()) for item in places):
            tags = {known for item in places for known in item.data.get("tags", ())}
            near = did_you_mean(tag, tags)
            return f'no location has the tag "{tag}"' + (f"; {near}" if near else "")
    return "each criterion matches some location, but none meets all of them at once"
