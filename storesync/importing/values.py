"""A table of a campaign's values by location -> what importing it would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from storesync.catalog.check import check
from storesync.diagnostics import Severity
from storesync.errors import UserError
from storesync.importing.campaign_values import CampaignValues
from storesync.importing.columns import Columns, match_columns
from storesync.importing.fields import At
from storesync.importing.files import nested
from storesync.importing.finding import Finding
from storesync.importing.locations import Import
from storesync.importing.mapping import MappingFile
from storesync.importing.table import Table
from storesync.importing.values_columns import values_vocabulary
from storesync.importing.values_row import ValuesLine, read_line
from storesync.model.override import OverrideFile
from storesync.resolve.vary import VARY
from storesync.source import edit, emit
from storesync.source.yaml import read

_ORDER = ("participation", "offer", "values", "reason", "until", "waive", "notes")
# Looking for a similar id among 25,000 takes up to half a second; of another chain's table all are
# unknown.
_MOST_NEAR = 20


@dataclass(frozen=True, slots=True)
class ValuesOrder:
    """What a person asked for: `reason` is why, where a row does not say so."""

    reason: str = ""
    modeline: bool = False


def import_values(
    table: Table,
    mapping: MappingFile | None,
    values: CampaignValues,
    order: ValuesOrder,
    advance: Callable[[int], object] = lambda _count: None,
) -> Import:
    """Return what importing a table of a campaign's values would do to locations' own files.

    A cell that says what holds already changes nothing, and an empty one neither. `advance` is told
    of each row that is read. Raises UnreadableTable where the header cannot be used or no row
    follows.
    """
    columns = match_columns(table, mapping, values_vocabulary(values))
    lines: list[ValuesLine] = []
    unknown = 0
    for row in table.rows:
        line = read_line(row, columns, values, order.reason, near=unknown < _MOST_NEAR)
        unknown += line.location is None
        lines.append(line)
        advance(1)
    _reject_twice(lines, columns)
    writes: dict[str, bytes] = {}
    counts = Counter(created=0, updated=0, unchanged=0)
    for line in lines:
        if line.rejected or line.location is None:
            continue
        name = line.location.id
        text = _text(line, name, values, order) if line.sets else ""
        _reject_faults(line, values.path(name), text, columns)
        if line.rejected:
            continue
        counts["unchanged" if not text else "updated" if name in values.stored else "created"] += 1
        if text:
            writes[values.path(name)] = text.encode()
    warned = [*table.warnings, *columns.warnings, *(each for line in lines for each in line.warned)]
    return Import(
        rows=len(table.rows),
        removed=0,
        existing=len(values.stored),
        rejected=tuple(finding for line in lines for finding in line.rejected),
        warnings=tuple(sorted(warned, key=lambda each: each.row)),
        writes=writes,
        before={
            values.path(name): raw
            for name, raw in values.stored.items()
            if values.path(name) in writes
        },
        **counts,
    )


def _reject_twice(lines: list[ValuesLine], columns: Columns) -> None:
    """Reject rows of a location that an earlier row is of."""
    seen: dict[str, int] = {}
    for line in lines:
        if line.location is None:
            continue
        first = seen.setdefault(line.location.id, line.row)
        if first != line.row:
            message = f"{line.location.id} is in row {first} already"
            line.reject(columns.header("location"), "duplicate-id", message)


def _reject_faults(line: ValuesLine, path: str, text: str, columns: Columns) -> None:
    """Reject a row that would make a file of which `validate` says that it has an error."""
    document, found = read(path, text.encode()) if text else (None, [])
    if document is not None:
        found = [*found, *check(document, OverrideFile)[1]]
    for item in found:
        if item.severity is Severity.ERROR:
            header = columns.header(str(item.at[0])) if item.at else ""
            message = f"row {line.row}: {item.message}"
            line.rejected.append(Finding(line.row, header, item.rule, message))


def _text(line: ValuesLine, name: str, values: CampaignValues, order: ValuesOrder) -> str:
    """Return the text of a location's own file as a row wants it, "" where it cannot be written.

    Comments and order of a person's file stay.
    """
    raw = values.stored.get(name)
    if raw is None:
        comment = emit.modeline(values.path(name), "override") if order.modeline else ""
        return emit.dump(nested(line.sets), order=_ORDER, comment=comment)
    try:
        return _changed(raw.decode(), values, name, line.sets)
    except UserError as error:
        line.reject("", "broken-file", f"{values.path(name)}: {error.message}")
        return ""


def _changed(text: str, values: CampaignValues, name: str, sets: Mapping[At, Any]) -> str:
    own = values.own(name)
    grouped: dict[At, Any] = {}
    for at, value in sets.items():
        if len(at) > 1 and own is not None and not getattr(own, str(at[0])):
            grouped.setdefault(at[:1], {})[at[1]] = value  # one entry for all of a missing parent
        else:
            before = own.values.get(str(at[-1])) if own is not None and at[0] == "values" else None
            grouped |= _finer(at, value, before)
    for at, value in grouped.items():
        text = edit.set_value(text, at, value)
    return text


def _finer(at: At, value: Any, before: Any) -> dict[At, Any]:
    """Return what changes at a place: of a text by language, the languages that do."""
    if not (isinstance(value, Mapping) and isinstance(before, Mapping)) or VARY in before:
        return {at: value}
    return {(*at, name): text for name, text in value.items() if before.get(name) != text}
