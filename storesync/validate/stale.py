"""Drafted copy whose facts are no longer those it was written for."""

from __future__ import annotations

from collections.abc import Iterator

from storesync.catalog.catalog import Brand, Campaign, Catalog
from storesync.diagnostics import Diagnostic, Severity
from storesync.resolve.placement import template_of

_HINT = (
    "run storesync generate again; or read the words, and take provenance: out where they are right"
)


def check_stale(catalog: Catalog, brand: Brand, campaign: Campaign) -> Iterator[Diagnostic]:
    """Yield drafted copy that rests on other facts, or whose slots are filled with other values.

    Copy without provenance is a person's, who knows what it rests on.
    """
    drafted = [copy for copy in campaign.copies.values() if copy.file.provenance is not None]
    template = template_of(catalog, campaign) if drafted else None
    if template is None:
        return
    from storesync.copywriting.basis import basis_of  # most campaigns have no drafts

    for copy in drafted:
        made = copy.file.provenance
        now = basis_of(brand, campaign, template, copy.locale)
        if made is None or (made.facts, made.slots) == (now.facts, now.slots):
            continue
        if made.facts != now.facts:
            message = "the facts that these words were drafted for have changed"
            yield Diagnostic("stale-copy", message, copy.path, ("values",), hint=_HINT)
        else:
            message = (
                "values that fill the slots of these words have changed since they were drafted"
            )
            yield Diagnostic(
                "refilled-copy",
                message,
                copy.path,
                ("values",),
                hint=_HINT,
                severity=Severity.WARNING,
            )
