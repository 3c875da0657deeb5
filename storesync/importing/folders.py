"""Folders of new locations, and the `_defaults.yaml` that those made for them get."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import get_territory_currencies

from storesync.importing.existing import Existing
from storesync.importing.record import Record


def new_defaults(existing: Existing, records: Iterable[Record]) -> dict[str, dict[str, Any]]:
    """Return folder -> what its `_defaults.yaml` says, for the folders that records newly need.

    A country's folder says the country, its currency and main language where these are not the
    brand's own; a region's says the region. Folders that hold a file already are left alone, and
    so are those a table names itself.
    """
    made: dict[str, dict[str, Any]] = {}
    for record in records:
        country = record.country.lower()
        top, _, below = record.folder.partition("/")
        if not country or top != country:
            continue
        if top not in existing.folders:
            made.setdefault(top, country_defaults(record.country, existing))
        if below and record.region and not record.placed and record.folder not in existing.folders:
            made.setdefault(record.folder, {"address": {"region": record.region}})
    return made


def country_defaults(country: str, existing: Existing) -> dict[str, Any]:
    """Return what all locations in a country share."""
    data: dict[str, Any] = {"address": {"country": country}}
    locale = main_locale(country, existing.locales)
    if locale and locale not in existing.locales:
        data["locales"] = [locale]
    currency = main_currency(country)
    if currency and currency != existing.currency:
        data["currency"] = currency
    return data


@cache
def main_currency(country: str) -> str:
    """Return the currency a country pays in (CLDR, the first of its legal tender), or ""."""
    currencies: list[str] = get_territory_currencies(country)
    return currencies[0] if currencies else ""


@cache
def main_locale(country: str, languages: tuple[str, ...] = ()) -> str:
    """Return the language to speak in a country, such as fr-FR, or "".

    One of `languages` (locales of the brand, best first) where it is official there, else the
    language most likely there (Unicode CLDR).
    """
    likely: Mapping[str, str] = get_global("likely_subtags")
    official = get_official_languages(country, de_facto=True)
    spoken = [locale.partition("-")[0] for locale in languages]
    # CLDR leaves out what "und" gives already: English.
    main = likely.get(f"und_{country}", "en").partition("_")[0]
    for each in (*(language for language in spoken if language in official), main, *official):
        if localedata.exists(f"{each}_{country}") or _is_known(each, country):
            return f"{each}-{country}"
    return ""


def _is_known(language: str, country: str) -> bool:
    try:
        return Locale.parse(f"{language}_{country}") is not None
    except (UnknownLocaleError, ValueError):
        return False
