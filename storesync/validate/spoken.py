"""The language of a text that does not say its own: what the files beside it tell.

Locations themselves are not asked: what is said of a campaign's file must not hang on which of
them were looked at.
"""

from __future__ import annotations

from storesync.catalog.catalog import Brand, Campaign
from storesync.catalog.merge import merge_defaults
from storesync.model.campaign import Selector


def language_of(brand: Brand, campaign: Campaign) -> str:
    """Return the language of a campaign's plain texts.

    That of its `locales`, else the one that is spoken in all the folders and countries that it
    selects, else the brand's main one.
    """
    main = brand.file.locales[0] if brand.file else "en"
    if campaign.file.locales:
        return campaign.file.locales[0]
    heard = [tag for selector in campaign.file.select for tag in _spoken(brand, selector)]
    languages = {tag.partition("-")[0] for tag in heard}
    return heard[0] if len(languages) == 1 else main


def _spoken(brand: Brand, selector: Selector) -> list[str]:
    """Return the languages that may be heard where a selector points; the main one in doubt."""
    known = brand.file.locales if brand.file else []
    countries = list(selector.countries)
    if selector.folder:
        folders = {folder: item.data for folder, item in brand.defaults.items()}
        merged = merge_defaults(selector.folder, folders)
        if merged.get("locales"):
            return list(merged["locales"])
        countries += [country] if (country := merged.get("address", {}).get("country")) else []
    return [tag for tag in known if tag.rpartition("-")[2] in countries] or known
