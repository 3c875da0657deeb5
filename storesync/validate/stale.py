"""Drafted copy that nobody can vouch for any more, or could not from the start."""

from __future__ import annotations

from collections.abc import Iterator

from storesync.catalog.catalog import Brand, Campaign, Catalog, Copy
from storesync.diagnostics import Diagnostic, Severity
from storesync.resolve.placement import template_of

_HINT = (
    "run storesync generate again; or read the words, and take provenance: out where they are right"
)


def check_stale(catalog: Catalog, brand: Brand, campaign: Campaign) -> Iterator[Diagnostic]:
    """Yield drafted copy that rests on other facts, or whose slots are filled with other values.

    Drafts in a language whose words no list has are told, too.

    Copy without provenance is a person's, who knows what it rests on.
    """
    drafted = [copy for copy in campaign.copies.values() if copy.file.provenance is not None]
    template = template_of(catalog, campaign) if drafted else None
    if template is None or brand.file is None:  # what the words rest on cannot be read
        return
    # Most campaigns have no drafts.
    from storesync.copywriting.basis import basis_of
    from storesync.copywriting.facts.language.word_lists import has_list

    for copy in drafted:
        if not has_list(copy.locale):
            yield _unread(copy)
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


def _unread(copy: Copy) -> Diagnostic:
    """Return that the words of a draft were not read, since nobody listed those of its language."""
    from storesync.copywriting.facts.language.word_lists import NO_LIST

    return Diagnostic(
        "unread-language",
        f"drafted in {copy.locale}: {NO_LIST}",
        copy.path,
        ("values",),
        hint="somebody who speaks it reads the words, and takes provenance: out",
        severity=Severity.WARNING,
    )
