"""A brand's locations -> a table that imports again without a difference."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from storesync.importing.existing import Existing, Stored
from storesync.importing.fields import FIELDS, At
from storesync.importing.files import as_cell, value_at
from storesync.importing.words import neutralise, quote_error

# Columns that every table has, so that a person sees what may be filled in.
ALWAYS = (
    "id", "folder", "name", "street", "street2", "city", "region", "postcode", "country",
    "timezone", "phone", "email", "website", "latitude", "longitude", "hours", "locales",
    "currency", "tags", "opens_on", "closed_until", "closes_on", "notes",
)  # fmt: skip
_MAPPINGS = ("names", "attributes")
NUMERIC = frozenset({"latitude", "longitude"})


def location_rows(existing: Existing) -> list[list[str]]:
    """Return the header and a row for each location, by id, folder defaults included.

    Attributes and names in other languages have columns of their own where a location has any.
    """
    stored = [existing.locations[name] for name in sorted(existing.locations)]
    columns = [*((name, FIELDS[name].at) for name in ALWAYS), *_more(stored)]
    header = [name for name, _ in columns]
    return [header, *([_cell(each, name, at) for name, at in columns] for each in stored)]


def as_csv(rows: Iterable[Sequence[str]], *, mark: bool = False) -> bytes:
    """Return a table as CSV in UTF-8 with CRLF (RFC 4180), formulas neutralised.

    `mark` puts a byte order mark first where anything is not ASCII, for spreadsheets, which take
    the file for Windows-1252 else.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for row in rows:
        writer.writerow([neutralise(cell) for cell in row])
    text = stream.getvalue()
    return (b"\xef\xbb\xbf" if mark and not text.isascii() else b"") + text.encode()


def _more(stored: Iterable[Stored]) -> Iterator[tuple[str, At]]:
    """Yield name and place of the columns that not every table has."""
    found: dict[str, set[str]] = {key: set() for key in _MAPPINGS}
    for each in stored:
        for key in _MAPPINGS:
            value = each.data.get(key)
            found[key].update(value if isinstance(value, Mapping) else ())
    for key in _MAPPINGS:
        yield from ((f"{key}.{name}", (key, name)) for name in sorted(found[key]))


def _cell(stored: Stored, name: str, at: At) -> str:
    if name == "id":
        return stored.id
    if name == "folder":
        return stored.folder
    value: Any = value_at(stored.data, at)
    return quote_error(as_cell(value))
