"""The columns a table of locations may have: their names, and where in a location file they go."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

At = tuple[str, ...]

_WORDS = re.compile(r"[^\w.]+|_", re.UNICODE)
_ATTRIBUTE = re.compile(r"attributes?[. :]\s*(.+)", re.IGNORECASE)
_NAME_IN = re.compile(r"names?[. :]\s*([a-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Z]{2}|[0-9]{3}))?)")
_NOT_VARIABLE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Field:
    """A column that is understood. `name` is how a mapping file and an export call it.

    `at` is the place in a location file; it is empty for what is not written there as such.
    `kind` says how its text is read (see `cells`).
    """

    name: str
    at: At
    kind: str


# Name, place and kind; cells are read in this order, since a phone number needs its country.
_FIELDS = (
    Field("id", (), "id"),
    Field("folder", (), "folder"),
    Field("name", ("name",), "text"),
    Field("street", ("address", "street"), "text"),
    Field("street2", ("address", "street2"), "text"),
    Field("city", ("address", "city"), "text"),
    Field("region", ("address", "region"), "region"),
    Field("postcode", ("address", "postcode"), "postcode"),
    Field("country", ("address", "country"), "country"),
    Field("timezone", ("timezone",), "zone"),
    Field("phone", ("phone",), "phone"),
    Field("email", ("email",), "text"),
    Field("website", ("website",), "text"),
    Field("latitude", ("geo", "latitude"), "degrees"),
    Field("longitude", ("geo", "longitude"), "degrees"),
    Field("hours", ("hours",), "hours"),
    Field("locales", ("locales",), "list"),
    Field("currency", ("currency",), "currency"),
    Field("tags", ("tags",), "tags"),
    Field("opens_on", ("opens_on",), "day"),
    Field("closed_until", ("closed_until",), "day"),
    Field("closes_on", ("closes_on",), "day"),
    Field("notes", ("notes",), "notes"),
    Field("attributes.ownership_type", ("attributes", "ownership_type"), "text"),
)
# Headers that mean a field besides its own name, in their folded form.
_SYNONYMS_OF = """
id: store number | store id | store no | store code | shop number | shop id | branch number
id: branch id | branch code | location id | location number | location code | site id
id: site number | unit number | restaurant number | filialnummer | filial nr | filialnr
id: code magasin
folder: location folder
name: store name | shop name | branch name | location name | site name | title | restaurant name
name: display name | nom | nombre | bezeichnung | filiale
street: street address | address | address line 1 | address 1 | address1 | street 1 | addressline1
street: strasse | straße | rue | calle | adresse | dirección | direccion | line 1
street2: address line 2 | address 2 | address2 | street 2 | suite | unit | addressline2 | line 2
street2: street address 2
city: town | locality | municipality | ort | stadt | ville | ciudad | city town
region: state province | state | province | state code | region code | province code | bundesland
region: provincia | estado | administrative area | state region
postcode: postal code | zip | zip code | zipcode | post code | plz | postleitzahl | code postal
postcode: cp | código postal | codigo postal | postalcode
country: country code | land | pays | país | pais | country name | iso country
timezone: time zone | tz | olson timezone | iana timezone | zeitzone
phone: phone number | telephone | telephone number | tel | phone 1 | telefon | téléphone
phone: teléfono | telefono | main phone | primary phone
email: e mail | email address | mail | contact email
website: web | url | web site | web address | homepage | site url | store url
latitude: lat | geo lat | y | breitengrad | latitud
longitude: lng | lon | long | geo lng | geo lon | x | längengrad | longitud
hours: opening hours | business hours | store hours | öffnungszeiten
locales: languages | language | locale | sprachen
currency: currency code | währung
tags: labels | tag
opens_on: opens | open date | opening date | opened on | date opened | opened | start date
opens_on: eröffnung
closed_until: reopens | reopening date | reopens on
closes_on: closes | close date | closing date | closed on | end date | schließung
notes: note | remarks | comments | comment | bemerkung
attributes.ownership_type: ownership type | ownership
"""
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_WORDS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

FIELDS: Mapping[str, Field] = {field.name: field for field in _FIELDS} | {
    f"hours.{day}": Field(f"hours.{day}", ("hours", day), "hours-of-day") for day in _DAYS
}


def fold(header: str) -> str:
    """Return a header as it is compared: small letters, words apart by one space."""
    words = _WORDS.sub(" ", unicodedata.normalize("NFKC", header).casefold())
    return " ".join(words.split())


_SYNONYMS: Mapping[str, str] = (
    {fold(name): name for name in FIELDS}
    | {
        fold(word): line.partition(":")[0]
        for line in _SYNONYMS_OF.split("\n")
        for word in line.partition(":")[2].split("|")
        if line
    }
    | {
        f"{word}{ending}": f"hours.{day}"
        for day, full in zip(_DAYS, _DAY_WORDS, strict=True)
        for word in (day, full)
        for ending in ("", " hours", " opening hours")
    }
)


def field_of(header: str) -> Field | None:
    """Return what a header means by itself, or None for an unknown one."""
    known = _SYNONYMS.get(fold(header))
    return FIELDS[known] if known else named(header)


def named(name: str) -> Field | None:
    """Return the field of a name as a mapping file writes it, or None.

    Beyond the table: `attributes.NAME`, and `names.fr-CA` for the name in a language.
    """
    if name in FIELDS:
        return FIELDS[name]
    attribute = _ATTRIBUTE.fullmatch(name)
    if attribute:
        variable = variable_name(attribute[1])
        return (
            Field(f"attributes.{variable}", ("attributes", variable), "text") if variable else None
        )
    language = _NAME_IN.fullmatch(name)
    return Field(f"names.{language[1]}", ("names", language[1]), "text") if language else None


def variable_name(header: str) -> str:
    """Return a header as the name of an attribute: "Ownership Type" is ownership_type; or ""."""
    plain = unicodedata.normalize("NFKD", header.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    name = _NOT_VARIABLE.sub("_", plain).strip("_")[:64]
    return name if name[:1].isalpha() else ""
