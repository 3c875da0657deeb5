"""What a place is part of, by the names that people use: Texas for TX, Deutschland for DE."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from storesync.copywriting.facts.language.phrases import bare
from storesync.copywriting.facts.language.word_lists import known_locale


@lru_cache(maxsize=512)
def countries(country: str, locale: str) -> tuple[str, ...]:
    """Return the name of a country (ISO 3166-1 alpha-2) in a language, if there is one."""
    name = known_locale(locale).territories.get(country) if country else None
    return (str(name),) if name else ()


@lru_cache(maxsize=512)
def regions(country: str, region: str) -> tuple[str, ...]:
    """Return the name of a state or province by its code (ISO 3166-2), if there is one.

    The name is in a language of the country, with and without its accents.
    """
    if not (country and region and len(region) <= 3):
        return ()
    import pycountry  # late: few texts name a region

    subdivisions: Any = pycountry.subdivisions  # which has no types
    found = subdivisions.get(code=f"{country}-{region}".upper())
    return () if found is None else tuple(dict.fromkeys((found.name, bare(found.name))))
