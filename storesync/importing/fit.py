"""A record against the model of a location file: what does not fit is left out, or rejects it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from storesync.catalog.check import check
from storesync.importing.fields import At
from storesync.importing.files import nested
from storesync.importing.finding import Finding
from storesync.importing.record import Record
from storesync.model.location import LocationFile
from storesync.source.document import Document

# What a location can do without; anything else that does not fit keeps the row out.
_OPTIONAL = frozenset(
    {
        "email",
        "website",
        "hours",
        "locales",
        "currency",
        "tags",
        "attributes",
        "names",
        "phone",
        "geo",
    }
)


def fit(record: Record) -> None:
    """Check a record's values; leave out what does not fit with a warning, or reject the row."""
    data = nested(record.values)
    try:
        LocationFile.model_validate(data)
    except ValidationError:
        for at, message in _faults(data):
            if at[0] in _OPTIONAL:
                _leave_out(record, at, message)
            else:
                text = f"row {record.row}: {message}"
                header = record.columns.header_at(at)
                record.rejected.append(Finding(record.row, header, "invalid-value", text))


def _faults(data: dict[str, Any]) -> Iterator[tuple[At, str]]:
    """Yield the place and the plain words of all that does not fit, once for each place."""
    _, found = check(Document("", data), LocationFile)
    seen = set()
    for item in found:
        at = tuple(part for part in item.at if isinstance(part, str))
        if item.severity == "error" and at and at not in seen:
            seen.add(at)
            yield at, item.message


def _leave_out(record: Record, at: At, message: str) -> None:
    header = record.columns.header_at(at)
    record.warnings.append(Finding(record.row, header, "left-out", f"left out: {message}"))
    for place in [
        each for each in record.values if each[: len(at)] == at or at[: len(each)] == each
    ]:
        del record.values[place]
