"""Who looks at the rendered artifacts of a catalog."""

from __future__ import annotations

from datetime import date

from storesync.catalog.catalog import Catalog
from storesync.validate.facts import Memory
from storesync.validate.inspections import Inspections
from storesync.validate.shown_facts import facts_inspection


def asks_for_disclosures(catalog: Catalog) -> bool:
    """Say whether any file asks for one."""
    settings = catalog.settings
    return (
        bool(settings and settings.disclosures)
        or any(brand.file and brand.file.disclosures for brand in catalog.brands.values())
        or any(template.file.disclosures for template in catalog.templates.values())
    )


def inspections_of(
    catalog: Catalog, day: date, memory: Memory | None = None, seed: str = ""
) -> Inspections:
    """Return what looks at the artifacts of a catalog; on `day` its claims have to hold.

    `memory` knows what samples showed before, by templates of the hash `seed`.
    """
    found = [facts_inspection(catalog, day, {} if memory is None else memory, seed)]
    if asks_for_disclosures(catalog):
        # Late: what reads rendered texts.
        from storesync.validate.disclosures import inspection_of

        found.append(inspection_of(catalog))
    return Inspections(found)
