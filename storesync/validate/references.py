"""Names that point to nothing: templates, parts, channels, products, campaigns, legal texts."""

from __future__ import annotations

from collections.abc import Iterator

from storesync.catalog.catalog import Brand, Campaign, Catalog, Template
from storesync.diagnostics import Diagnostic, Severity, did_you_mean, printable
from storesync.model.channel import KINDS
from storesync.resolve.placement import template_of
from storesync.validate.selectors import check_locales, check_overrides, check_selectors


def check_references(catalog: Catalog, brand: Brand, campaign: Campaign) -> Iterator[Diagnostic]:
    """Yield every name in a campaign that points to nothing."""
    yield from _template(catalog, campaign)
    yield from _channels(campaign)
    yield from _products(brand, campaign)
    yield from check_selectors(brand, campaign)
    yield from check_locales(brand, campaign)
    yield from check_overrides(brand, campaign)
    yield from _companions(brand, campaign)
    yield from _copies(campaign)
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
    hint = did_you_mean(ref, usable) or f"usable here: {', '.join(sorted(usable)) or 'none yet'}"
    yield Diagnostic("unknown-template", message, campaign.path, ("template",), hint=hint)


def _copies(campaign: Campaign) -> Iterator[Diagnostic]:
    """Yield copy that nothing takes its words from, as far as the campaign's own file tells."""
    spoken = {locale.partition("-")[0] for locale in campaign.file.locales}
    for copy in campaign.copies.values():
        if copy.channel not in campaign.file.channels:
            message = f"the campaign does not go out on {copy.channel}"
        elif spoken and copy.locale.partition("-")[0] not in spoken:
            message = f"the campaign does not speak {copy.locale}"
        else:
            continue
        hint = "delete the file, or widen channels or locales in campaign.yaml"
        warning = Severity.WARNING
        yield Diagnostic("unused-copy", message, copy.path, hint=hint, severity=warning)


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
        stems = [f"{channel}.{part.name}." for part in kind.parts if part.required] if kind else []
        lacking = [
            f"{stem}j2"
            for stem in stems
            if not any(name.startswith(stem) for name in template.parts)
        ]
        if lacking:
            verb = "is" if len(lacking) == 1 else "are"
            what = f"{' and '.join(lacking)} {verb} missing"
            message = f'template {template.ref} has no part for "{channel}": {what}'
            hint = "take the channel out, or write the part"
            at = ("channels", index)
            yield Diagnostic("missing-part", message, campaign.path, at, hint=hint)


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
    known = brand.campaign_ids
    for index, name in enumerate(campaign.file.stacks_with):
        if name not in known:
            message = f'there is no campaign "{name}" to stack with'
            at = ("stacks_with", index)
            yield Diagnostic(
                "unknown-campaign", message, campaign.path, at, hint=did_you_mean(name, known)
            )


def check_template(template: Template) -> Iterator[Diagnostic]:
    """Yield requirements of a template that require nothing."""
    for index, name in enumerate(template.file.requires):
        if not name.startswith("legal."):
            message = f'"{printable(name, limit=60)}" requires nothing: only legal texts can be'
            hint = f"write legal.{printable(name.rpartition('.')[2], limit=60)}"
            at = ("requires", index)
            yield Diagnostic("invalid-value", message, template.path, at, hint=hint)
