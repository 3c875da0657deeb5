"""Who looks at the rendered artifacts of a catalog."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from storesync.catalog.catalog import Catalog
from storesync.validate.inspections import Inspections
from storesync.validate.local_facts import inspections_of_facts
from storesync.validate.memory import Memory
from storesync.validate.shown_facts import ShownFacts


def asks_for_disclosures(catalog: Catalog) -> bool:
    """Say whether any file asks for one."""
    settings = catalog.settings
    return (
        bool(settings and settings.disclosures)
        or any(brand.file and brand.file.disclosures for brand in catalog.brands.values())
        or any(template.file.disclosures for template in catalog.templates.values())
    )


def prepare() -> None:
    """Import what the first artifact takes that is looked at, a quarter of a second's work."""
    import storesync.copywriting.facts.check
    import storesync.copywriting.facts.declared.facts
    import storesync.copywriting.facts.reading.read
    import storesync.render.branches
    import storesync.render.visible  # noqa: F401 - not used here
    from storesync.copywriting.facts.language.word_lists import listed

    listed("en")


def inspections_of(
    catalog: Catalog,
    day: date,
    memory: Memory | None = None,
    seed: str = "",
    sources: Mapping[str, str] | None = None,
) -> Inspections:
    """Return what looks at the artifacts of a catalog; on `day` its claims have to hold.

    `memory` knows what samples showed before, by templates of the hash `seed`. With the texts of
    the templates, `sources`, all artifacts are read where one cannot speak for all.
    """
    known: Memory = {} if memory is None else memory
    shown = ShownFacts(catalog, day, known, seed)
    found = inspections_of_facts(shown, sources or {}, known, seed)
    if asks_for_disclosures(catalog):
        # Late: what reads rendered texts.
        from storesync.validate.disclosures import inspection_of

        found.append(inspection_of(catalog))
    return Inspections(found)
