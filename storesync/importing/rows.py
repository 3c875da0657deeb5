"""A table's rows -> records: every cell read, or the row rejected with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from storesync.diagnostics import printable
from storesync.importing.cells import read_cell
from storesync.importing.columns import Columns
from storesync.importing.coordinates import degrees, doubt
from storesync.importing.fields import Field
from storesync.importing.files import says, value_at
from storesync.importing.finding import Finding
from storesync.importing.places import find_country, slug
from storesync.importing.record import Record, Setting
from storesync.importing.spreadsheet import digits_of, is_date, is_error, is_exponent
from storesync.importing.table import Row, Table
from storesync.importing.words import (
    clean,
    is_destroyed,
    repair,
    restore,
    unquote_error,
    unreadable,
)
from storesync.importing.zones import find_zone
from storesync.model.base import RESERVED_NAMES, SLUG_PATTERN
from storesync.schedule.countries import keeps_time_of
from storesync.source.scalar import Plain

_SLUG = re.compile(SLUG_PATTERN)
_MAX_ID = 64
# Kinds that are not looked at where the file says the same already: a person's own time zone or
# phone number may be one that no table would be believed.
_CODES = frozenset({"zone", "day", "phone", "postcode", "hours"})
# A path, a formula: no code of a shop, and what is left of it without these signs is none either.
_NO_ID = re.compile(r"^[=+@~./\\]|\.\.|\\")
_NOT_ASCII_LETTER = re.compile(r"[^\W\d_a-zA-Z]")
LATITUDE, LONGITUDE = ("geo", "latitude"), ("geo", "longitude")


def read_rows(
    table: Table,
    columns: Columns,
    setting: Setting,
    year: int,
    advance: Callable[[int], object] = lambda _count: None,
) -> Iterator[Record]:
    """Yield a record for every row of a table. A second row with an id is rejected."""
    seen: dict[str, int] = {}
    for row in table.rows:
        record = read_row(row, columns, setting, year)
        first = seen.setdefault(record.id, row.number) if record.id else row.number
        if first != row.number:
            message = f'"{record.id}" is the id of row {first} already (duplicate id)'
            record.reject("id", "duplicate-id", message)
        advance(1)
        yield record


def read_row(row: Row, columns: Columns, setting: Setting, year: int) -> Record:
    """Return what one row says; `year` is the one whose clock changes count."""
    record = Record(row.number, columns, year)
    if row.fault is not None:
        record.rejected.append(row.fault)
        return record
    texts = _clean_all(record, row, columns)
    _id(record, texts.get("id", ""), setting)
    _country(record, texts.get("country", ""), setting)
    for field in columns.known.values():
        text = texts.get(field.name, "")
        if text:
            if field.at:
                record.raw[field.at] = text
            if field.kind not in _CODES or not says(record.now or {}, field.at, text):
                read_cell(record, field, text)
    _folder(record, texts.get("folder", ""))
    _position(record, texts)
    _fallbacks(record, texts, setting)
    return record


def _clean_all(record: Record, row: Row, columns: Columns) -> dict[str, str]:
    """Return the text of each field, clean; rejects characters that no file may hold."""
    texts = {}
    for field in columns.known.values():
        text = columns.text(field.name, row.cells)
        if not text:
            continue
        if "#" in text and is_error(text.strip()):
            message = f"holds the error {text.strip()}: correct it; if it is a text, write '{text}"
            record.reject(field.name, "error-cell", message)
        text = restore(text)
        if text != unquote_error(text):
            text = unquote_error(text)
            if field.kind in {"text", "notes"}:
                message = (
                    f"{text.strip()} reads like an error of a spreadsheet; it is saved as text"
                )
                record.warn(field.name, "error-cell", message)
        if not (text.isascii() and text.isprintable()):
            text = _sound(record, field, text)
        if ("{{" in text or "{%" in text) and field.kind != "notes":
            shown = printable(text, limit=60)
            message = f'"{shown}" is written as a template: customers would read it so'
            record.reject(field.name, "template", message)
        texts[field.name] = text.strip() if field.kind == "notes" else clean(text)
    return texts


def _sound(record: Record, field: Field, text: str) -> str:
    repaired = repair(text)
    if repaired != text:
        message = (
            f'Windows characters read as controls are put right: "{printable(repaired, limit=60)}"'
        )
        record.warn(field.name, "windows-characters", message)
    bad = unreadable(repaired)
    if bad:
        record.reject(field.name, "character", f"holds the {bad}, which no file may hold")
    return repaired


def _id(record: Record, text: str, setting: Setting) -> None:
    """Set the record's id, or say why the row has none that can be trusted."""
    shown = f'"{printable(text, limit=60)}"'
    name = slug(digits_of(text))
    if not text:
        record.reject("id", "no-id", "is missing")
    elif setting.data_of(text) is not None:
        record.id = text
    elif is_exponent(digits_of(text)):
        message = f"{shown} lost its digits in a spreadsheet: format the column as text"
        record.reject("id", "lost-digits", message)
    elif is_date(text):
        message = f"{shown} was made a date by a spreadsheet: format the column as text"
        record.reject("id", "excel-date", message)
    elif (
        not name
        or (is_error(text) and not record.rejected)
        or len(text) > _MAX_ID
        or _NO_ID.search(text)
        or (_NOT_ASCII_LETTER.search(text) and is_lossy(text))
    ):
        message = f"{shown} cannot be an id: letters a-z, digits and hyphens, at most {_MAX_ID}"
        record.reject("id", "invalid-id", message)
    elif name in RESERVED_NAMES:
        message = f"{shown} cannot be an id: Windows reserves the name"
        record.reject("id", "reserved-name", message)
    else:
        record.id = name
        record.warn_if_made("id", text, only="truth-value", saved=name)
        record.warn_if_made("id", digits_of(text), only="number", saved=name)
    record.now = setting.data_of(record.id) if record.id else None


def is_lossy(text: str) -> bool:
    """Say whether letters of a text have no counterpart among a-z and would vanish from an id."""
    return any(not slug(letter) for letter in _NOT_ASCII_LETTER.findall(text))


def _country(record: Record, text: str, setting: Setting) -> None:
    if not text and record.now is not None:
        record.country = str(value_at(record.now, ("address", "country")) or "")
        return
    if "country" not in record.columns:
        record.country = setting.country
        return
    if not text:
        record.reject("country", "no-country", "is missing")
        return
    record.country = find_country(text)
    if not record.country:
        message = (
            f'"{printable(text, limit=40)}" is no country: write its ISO 3166 code, such as GB'
        )
        record.reject("country", "unknown-country", message)
        return
    record.raw[("address", "country")] = text
    record.values[("address", "country")] = record.country
    record.folder = record.country.lower()


def _folder(record: Record, text: str) -> None:
    if not text:
        return
    parts = text.strip("/").split("/")
    if all(_SLUG.match(part) and part not in RESERVED_NAMES for part in parts) and len(text) <= 300:
        record.folder, record.placed = "/".join(parts), True
        record.warn_if_made("folder", text)
        return
    message = (
        f'"{printable(text, limit=60)}" is no folder: small letters, digits, hyphens, / between'
    )
    record.reject("folder", "invalid-folder", message)


def _position(record: Record, texts: dict[str, str]) -> None:
    for name, at in (("latitude", LATITUDE), ("longitude", LONGITUDE)):
        record.raw.pop(at, None)
        if texts.get(name):
            record.raw[at] = texts[name]
    if not (texts.get("latitude") or texts.get("longitude")):
        return
    latitude, longitude = degrees(texts.get("latitude", "")), degrees(texts.get("longitude", ""))
    if latitude is None or longitude is None:
        name = "latitude" if latitude is None else "longitude"
        shown = printable(texts.get(name, ""), limit=30)
        record.warn(name, "invalid-position", f'"{shown}" is no number of degrees: left out')
        return
    impossible, message = doubt(latitude, longitude, record.country)
    if message:
        record.warn("latitude", "position", message)
    if not impossible:
        record.values[LATITUDE] = Plain(f"{latitude:f}")
        record.values[LONGITUDE] = Plain(f"{longitude:f}")


def _fallbacks(record: Record, texts: dict[str, str], setting: Setting) -> None:
    """Set what a new location gets for a name and a time zone the row does not give."""
    city = texts.get("city", "")
    name = city if city and not is_destroyed(city) else setting.brand_name
    record.fallback[("name",)] = name
    if ("name",) not in record.values and "name" in record.columns:
        written = texts.get("name")
        rule, what = "no-name", "is missing"
        if written:
            rule, what = "lost-text", f'"{printable(written, limit=60)}": the letters are lost'
        record.warn("name", rule, f'{what}: a new location is called "{name}"')
    zone = record.values.get(("timezone",))
    if zone is None:
        found, record.no_zone = find_zone("", record.country, record.year)
        if found:
            record.fallback[("timezone",)] = found
    elif record.country and not keeps_time_of(zone, record.country, record.year):
        message = f"{zone} keeps another time than any place in {record.country}"
        record.warn("timezone", "timezone-country", message)


def table_findings(columns: Columns, setting: Setting) -> list[Finding]:
    """Return warnings about columns that a table of new locations should have."""
    if "name" in columns:
        return []
    message = (
        f'no column holds a name: new locations are called by their city, or "{setting.brand_name}"'
    )
    return [Finding(1, "", "no-name", message)]
