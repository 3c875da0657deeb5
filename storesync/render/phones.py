"""Phone numbers in templates: as they are dialled from a location's country, and as links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING

from jinja2 import pass_context
from jinja2.exceptions import FilterArgumentError
from jinja2.runtime import Context

from storesync.render import values
from storesync.render.filters import language
from storesync.render.locales import parse_locale

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_E164 = re.compile(r"\+[1-9][0-9]{6,14}\Z")


def load() -> ModuleType:
    """Return the library. It takes a quarter of a worker's start, and few templates need it."""
    import phonenumbers

    return phonenumbers


@pass_context
def phone(context: Context, value: object) -> str:
    """Write a phone number as it is dialled from the location's country, else in full."""
    return write_phone(value, _country(context))


def phone_link(value: object) -> str:
    """Return the tel: address of an international number (RFC 3966)."""
    text = _number_text(value, "phone_link")
    if _E164.match(text):
        return f"tel:{text}"
    digits = "".join(char for char in text if char.isdigit())
    if not text.startswith("+") or not digits.isascii() or len(digits) > 15:
        raise FilterArgumentError(f"phone_link: {values.shown(value)} lacks its country: +1…")
    return f"tel:+{digits}"


def _number_text(value: object, what: str) -> str:
    text = values.given(value, what)
    if not isinstance(text, str) or len(text) > 40:
        raise FilterArgumentError(f"{what}: {values.shown(text)} is not a phone number")
    return text


def _country(context: Context) -> str:
    location = context.resolve("location")
    address = location.get("address") if isinstance(location, Mapping) else None
    country = address.get("country") if isinstance(address, Mapping) else None
    if country is None:
        country = parse_locale(language(context, None)).territory
    return country if isinstance(country, str) and len(country) == 2 else ""


def write_phone(value: object, country: str) -> str:
    """Write a phone number as it is dialled from a country (ISO 3166 code), else in full."""
    return _written(_number_text(value, "phone"), country)


@lru_cache(maxsize=4096)
def _written(text: str, country: str) -> str:
    phonenumbers, parsed = load(), _taken_apart(text)
    if parsed is None:
        try:
            parsed = phonenumbers.parse(text, country or None)
        except phonenumbers.NumberParseException:
            message = f"phone: {values.shown(text)} is not a phone number"
            raise FilterArgumentError(message) from None
    home = _calling_code(country) if country else 0
    styles = phonenumbers.PhoneNumberFormat
    style = styles.NATIONAL if parsed.country_code == home else styles.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, style))


@lru_cache(maxsize=300)
def _calling_code(country: str) -> int:
    return int(load().country_code_for_region(country))


def _taken_apart(text: str) -> PhoneNumber | None:
    """Read a plain international number in a third of the library's time, or return None.

    None wherever the library would have to decide something: whether a digit is a prefix that
    is dialled at home only, or a zero belongs to the number.
    """
    if not _E164.match(text):
        return None
    phonenumbers = load()
    for length in (1, 2, 3):
        code = int(text[1 : 1 + length])
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(code)
        if regions:
            rest = text[1 + length :]
            prefix = _home_prefix(regions[0])
            if prefix is None or rest.startswith("0") or prefix.match(rest) or len(rest) < 4:
                return None
            number: PhoneNumber = phonenumbers.PhoneNumber(
                country_code=code, national_number=int(rest)
            )
            return number
    return None


@lru_cache(maxsize=300)
def _home_prefix(region: str) -> re.Pattern[str] | None:
    metadata = load().PhoneMetadata.metadata_for_region(region, None)
    if metadata is None:
        return None
    return re.compile(metadata.national_prefix_for_parsing or r"(?!)")
