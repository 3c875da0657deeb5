"""Tags that join disclosures and campaigns, where a slip would leave a legal text out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from storesync.catalog.catalog import Campaign, Catalog
from storesync.diagnostics import Diagnostic, Severity, did_you_mean
from storesync.model.disclosure import Disclosure
from storesync.search.typo import meant
from storesync.source.tree import SETTINGS


def check_tags(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield tags of disclosures that no campaign bears, and tags of campaigns nearly like one.

    Where campaigns were left out of this run, they may bear any tag.
    """
    brands = catalog.brands.values()
    if any(brand.campaigns_elsewhere or brand.broken_campaigns for brand in brands):
        return
    asked = list(_asked(catalog))
    for path, disclosures, campaigns in asked:
        yield from _unborne(path, disclosures, campaigns)
    tags = {tag for _, disclosures, _ in asked for item in disclosures for tag in item.tags}
    yield from _near(catalog.campaigns(), tags)


def _asked(catalog: Catalog) -> Iterator[tuple[str, Sequence[Disclosure], list[Campaign]]]:
    """Yield files with their disclosures, and the campaigns that these may be for."""
    every = catalog.campaigns()
    if catalog.settings is not None:
        yield SETTINGS, catalog.settings.disclosures, every
    for brand in catalog.brands.values():
        if brand.file is not None:
            yield brand.path, brand.file.disclosures, list(brand.campaigns.values())
    for ref, template in catalog.templates.items():
        using = [campaign for campaign in every if campaign.file.template == ref]
        yield template.path, template.file.disclosures, using


def _unborne(
    path: str, disclosures: Sequence[Disclosure], campaigns: Sequence[Campaign]
) -> Iterator[Diagnostic]:
    if not campaigns:
        return
    borne = {tag for campaign in campaigns for tag in campaign.file.tags}
    for index, item in enumerate(disclosures):
        for place, tag in enumerate(item.tags):
            if tag not in borne:
                message = f'no campaign has the tag "{tag}": "{item.legal}" is asked of none'
                hint = did_you_mean(tag, borne)
                at = ("disclosures", index, "tags", place)
                yield _unknown(message, path, at, hint)


def _near(campaigns: Sequence[Campaign], asked: set[str]) -> Iterator[Diagnostic]:
    """Yield tags of one campaign alone, a letter away from one that asks others for a text."""
    counts = Counter(tag for campaign in campaigns for tag in campaign.file.tags)
    known = frozenset(asked & counts.keys())  # what no campaign has was told of its disclosure
    if not known:
        return
    for campaign in campaigns:
        for place, tag in enumerate(campaign.file.tags):
            near = meant(tag, known) if counts[tag] == 1 and tag not in asked else []
            if near and near[0] not in campaign.file.tags:
                message = f'"{tag}" is nearly "{near[0]}", for which a legal text has to be shown'
                yield _unknown(
                    message, campaign.path, ("tags", place), f'did you mean "{near[0]}"?'
                )


def _unknown(message: str, path: str, at: tuple[str | int, ...], hint: str) -> Diagnostic:
    return Diagnostic("unknown-tag", message, path, at, hint=hint, severity=Severity.WARNING)
