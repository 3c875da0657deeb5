"""Who looks at the rendered artifacts of a catalog."""

from __future__ import annotations

from storesync.catalog.catalog import Catalog
from storesync.validate.inspections import Inspections


def asks_for_disclosures(catalog: Catalog) -> bool:
    """Say whether any file asks for one."""
    settings = catalog.settings
    return (
        bool(settings and settings.disclosures)
        or any(brand.file and brand.file.disclosures for brand in catalog.brands.values())
        or any(template.file.disclosures for template in catalog.templates.values())
    )


def inspections_of(catalog: Catalog) -> Inspections | None:
    """Return what looks at the artifacts of a catalog, None where nothing has to."""
    if not asks_for_disclosures(catalog):
        return None
    # Late: what reads rendered texts.
    from storesync.validate.disclosures import inspection_of

    found = [inspection_of(catalog)]
    return Inspections(found) if found else None
