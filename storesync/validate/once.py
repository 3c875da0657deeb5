"""A fault that two stages find, told once: where one change mends it for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from storesync.catalog.catalog import Catalog
from storesync.diagnostics import Diagnostic
from storesync.resolve.layers import At

_BRACES = "template-in-value"
# What is said of a value that is written as a template: its words have to be written anew.
_OF_NAMES = frozenset({_BRACES, "unknown-variable", "value-twice", "locked-value"})
_Place = tuple[str, At]


def once(
    catalog: Catalog, found: Iterable[Diagnostic], more: Iterable[Diagnostic]
) -> list[Diagnostic]:
    """Return what a tree's files showed and what its templates and rendering did, without repeats.

    Rendering finds an empty slot again at each of its locations, and a missing part in each
    campaign that needs it. A part that others of its channel wait for is its template's fault.
    """
    found, more = list(found), list(more)
    anew = {(item.path, item.at) for item in found if item.rule == _BRACES}
    if anew:
        found, more = [
            [item for item in some if item.rule in _OF_NAMES or (item.path, item.at) not in anew]
            for some in (found, more)
        ]
    told = {(item.rule, item.path) for item in found if item.rule == "missing-slot"}
    lacking = {(item.path, item.at) for item in found if item.rule == "missing-part"}
    by_template: set[_Place] = set()
    if lacking:
        incomplete = {item.path for item in more if item.rule == "missing-part" and item.line}
        by_template = lacking.intersection(_of_templates(catalog, incomplete))
        paths = {path for path, _ in lacking}
        told |= {
            ("missing-part", f"templates/{campaign.file.template}")
            for campaign in catalog.campaigns()
            if campaign.path in paths
        }
    return [
        *(i for i in found if i.rule != "missing-part" or (i.path, i.at) not in by_template),
        *(item for item in more if (item.rule, item.path) not in told),
    ]


def _of_templates(catalog: Catalog, incomplete: set[str]) -> Iterator[_Place]:
    """Yield the places of campaigns that name a channel of which a template lacks some parts.

    `incomplete` are parts that are there, and for which others are missing.
    """
    named = {tuple(path.split(".")[0].rsplit("/", 1)) for path in incomplete}
    for campaign in catalog.campaigns():
        for index, channel in enumerate(campaign.file.channels):
            if (f"templates/{campaign.file.template}", channel) in named:
                yield campaign.path, ("channels", index)
