"""Countries and their states or provinces: names and codes of a table -> ISO 3166, and folders."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pycountry
from babel import Locale

from storesync.importing.former_regions import FORMER
from storesync.model.base import RESERVED_NAMES, known_countries

# Letters that have no accent to take off.
_LETTERS = str.maketrans(
    dict(zip("ßæœøłđðþ\u0131ə", ("ss", "ae", "oe", *"oldd", "th", *"ia"), strict=True))
)
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile("['`\u00b4\u2018\u2019\u02bb\u02bc\u02bf]")
_MAX_SLUG = 64
# What people write and neither ISO 3166 nor Unicode's names have.
_COUNTRY_WORDS = {
    "uk": "GB", "great-britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern-ireland": "GB", "u-s-a": "US", "u-s": "US", "america": "US", "uae": "AE",
    "korea": "KR", "republic-of-korea": "KR", "turkey": "TR", "macau": "MO", "ivory-coast": "CI",
    "holland": "NL", "the-netherlands": "NL", "czech-republic": "CZ", "hong-kong": "HK",
    "russia": "RU", "taiwan": "TW", "vatican": "VA", "burma": "MM", "swaziland": "SZ",
    "macedonia": "MK", "palestine": "PS",
}  # fmt: skip
_LANGUAGES = ("en", "es", "fr", "de", "pt", "it", "nl", "pl", "tr")
# Where a letter carries the state's code and not its name (Universal Postal Union, "Addressing").
_CODE_ON_LETTERS = frozenset({"US", "CA", "AU", "BR", "IT"})
# Regions with a calling code of their own (ITU-T E.164, list of assigned country codes).
_OWN_NUMBERS = frozenset({("CN", "HK"), ("CN", "MO"), ("CN", "TW")})
# Words for "province" and the like that ISO's names end in and a letter leaves out.
_KIND_OF_REGION = re.compile(
    r"( Shi| Sheng| Zizhiqu| SAR)$|-(teukbyeolsi|gwangyeoksi|teukbyeoljachido)$| \([^)]*\)$"
)


@dataclass(frozen=True, slots=True)
class Region:
    """A state or province: its code without the country, what stands on a letter, its folder."""

    code: str
    text: str
    slug: str


@lru_cache(maxsize=16_384)
def slug(text: str) -> str:
    """Return text in small letters, digits and single hyphens; "" where nothing is left of it."""
    plain = _APOSTROPHES.sub("", text.casefold().translate(_LETTERS))
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _NOT_SLUG.sub("-", plain)[:_MAX_SLUG].strip("-")


@lru_cache(maxsize=4096)
def find_country(text: str) -> str:
    """Return the ISO 3166-1 code of a country's name or code, or "" for an unknown one."""
    if text.upper() in known_countries():
        return text.upper()
    found = pycountry.countries.get(alpha_3=text.upper()) or pycountry.countries.get(numeric=text)
    if found is None:
        code = _COUNTRY_WORDS.get(slug(text)) or _country_names().get(slug(text), "")
    else:
        code = found.alpha_2
    return code if code in known_countries() else ""


@cache
def _country_names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for country in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            names.setdefault(slug(getattr(country, field, "")), country.alpha_2)
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            names.setdefault(slug(name), code)
    del names[""]
    return names


@lru_cache(maxsize=16_384)
def find_region(country: str, text: str) -> Region | None:
    """Return the state or province that `text` (code or name) means in a country, or None.

    Codes whose leading zero a spreadsheet took are known, and some that ISO has withdrawn.
    """
    by_code, by_name = _regions(country)
    code = text.upper().removeprefix(f"{country}-")
    code = FORMER.get(country, {}).get(code, code) if code not in by_code else code
    if code not in by_code and code.isdigit():
        code = next((code.zfill(n) for n in (2, 3) if code.zfill(n) in by_code), code)
    return by_code.get(code) or by_name.get(slug(text))


def dialling_country(country: str, region: Region) -> str:
    """Return whose phone numbers a region has: Hong Kong and Macao have their own."""
    return region.code if (country, region.code) in _OWN_NUMBERS else country


def is_country_again(country: str, text: str) -> bool:
    """Say whether a region's text only repeats its country: "PR" in Puerto Rico."""
    return find_country(text) == country


@cache
def _regions(country: str) -> tuple[dict[str, Region], dict[str, Region]]:
    """Return the regions of a country by code and by the slug of their name."""
    by_code: dict[str, Region] = {}
    by_name: dict[str, Region] = {}
    subdivisions: Any = pycountry.subdivisions  # which has no types
    found = subdivisions.get(country_code=country) or ()
    # Those that have no parent are what people call a state: they win where names are equal.
    for each in sorted(found, key=lambda each: (bool(each.parent_code), each.code)):
        code = each.code.partition("-")[2]
        name = _short(each.name)
        folder = slug(name)
        if folder in RESERVED_NAMES or not folder:
            folder = f"{slug(code)}-{folder}".strip("-")
        text = code if country in _CODE_ON_LETTERS else name
        region = by_code[code] = Region(code, text, folder)
        for known in (folder, slug(each.name)):
            by_name.setdefault(known, region)
    return by_code, by_name


def _short(name: str) -> str:
    """Return the name of a region in one language, and in its usual order."""
    name = name.partition(" [")[0].partition(";")[0].partition(" / ")[0]
    head, comma, tail = name.partition(", ")
    if comma and (head[:1].islower() or " " not in tail.strip()) and " and " not in tail:
        name = f"{tail} {head}" if head[:1].islower() else head
    elif comma and re.search(r"\b(of|de|del|město|The)$", tail):
        name = head
    return _KIND_OF_REGION.sub("", name)
