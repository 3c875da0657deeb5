"""Codes of languages and currencies that nothing can be written in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from storesync.catalog.catalog import Brand
from storesync.diagnostics import Diagnostic

# Known without Babel, which takes longer to import than a few locations take to check.
COMMON_CURRENCIES = frozenset(
    {
        *("AED", "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF"),
        *("IDR", "ILS", "INR", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON"),
        *("SAR", "SEK", "SGD", "THB", "TRY", "TWD", "USD", "ZAR"),
    }
)


def check_codes(brand: Brand) -> Iterator[Diagnostic]:
    """Yield the languages and currencies of a brand, its folders and locations that are unknown."""
    if brand.file is not None:
        own = {"locales": brand.file.locales, "currency": brand.file.currency}
        yield from _unknown(own, brand.path)
    for defaults in brand.defaults.values():
        yield from _unknown(defaults.data, defaults.path)
    for location in brand.locations.values():
        if "locales" in location.own or "currency" in location.own:
            yield from _unknown(location.own, location.path)


def _unknown(data: Mapping[str, Any], path: str) -> Iterator[Diagnostic]:
    for index, tag in enumerate(data.get("locales", ())):
        if not is_language(tag):
            message = f'"{tag}" is no language, or not one of that country'
            hint = "write a language and a country as the CLDR has them, such as nb-NO"
            yield Diagnostic("unknown-locale", message, path, ("locales", index), hint=hint)
    currency = data.get("currency")
    if currency is not None and not _is_currency(currency):
        message = f'"{currency}" is no currency'
        hint = "write its ISO 4217 code, such as EUR"
        yield Diagnostic("unknown-currency", message, path, ("currency",), hint=hint)


@cache
def is_language(tag: str) -> bool:
    """Say whether dates, prices and hours can be written in a language."""
    found = find_spec("babel")  # which finds it and does not import it
    for folder in (found and found.submodule_search_locations) or ():
        if Path(folder, "locale-data", f"{tag.replace('-', '_')}.dat").is_file():
            return True
    from babel.core import Locale, UnknownLocaleError

    try:
        Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return False
    return True


@cache
def _is_currency(code: str) -> bool:
    if code in COMMON_CURRENCIES:
        return True
    from babel.core import get_global

    return code in get_global("all_currencies")
