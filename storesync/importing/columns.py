"""A header and a mapping file -> what each column means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storesync.diagnostics import did_you_mean, printable
from storesync.errors import UserError
from storesync.importing.fields import FIELDS, At, Field, field_of, fold, named
from storesync.importing.finding import Finding, UnreadableTable
from storesync.importing.mapping import MappingFile
from storesync.importing.rejects import REASON, ROW
from storesync.importing.table import Table

# The brand is said on the command line.
_SILENT = frozenset({"brand"})
_CODES = frozenset({"id", "phone", "postcode"})


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table's columns mean: field name -> (index, header), and values for every row.

    `known` has the order of `FIELDS`: what other cells depend on, such as the country, comes first.
    """

    fields: Mapping[str, tuple[int, str]]
    known: Mapping[str, Field]
    constants: Mapping[str, str]
    dates: str
    warnings: tuple[Finding, ...]

    def header(self, field: str) -> str:
        """Return the table's own word for a field; the field's name for a constant."""
        return self.fields[field][1] if field in self.fields else field

    def header_at(self, at: At) -> str:
        """Return the header of the column that says what stands at a place of a file, or ""."""
        for field in self.known.values():
            if field.at == at:
                return self.header(field.name)
        return ""

    def text(self, field: str, cells: tuple[str, ...]) -> str:
        """Return what a row says for a field, "" for nothing."""
        if field in self.fields:
            return cells[self.fields[field][0]]
        return self.constants.get(field, "")

    def __contains__(self, field: str) -> bool:
        return field in self.known


def match_columns(table: Table, mapping: MappingFile | None = None) -> Columns:
    """Return what the columns of a table mean, by a mapping file first, else by their names.

    Raises UnreadableTable where no column is the id or two mean the same, UserError for a mapping
    that names what is not there.
    """
    mapping = mapping or MappingFile()
    _check_mapping(table, mapping)
    mapped = {fold(header): field for header, field in mapping.columns.items()}
    ignored = {fold(header) for header in mapping.ignore} | _SILENT - set(mapped)
    found: dict[str, tuple[int, str]] = {}
    known: dict[str, Field] = {}
    unknown = []
    for index, header in enumerate(table.header):
        word = fold(header)
        field = _named(mapped[word]) if word in mapped else field_of(header)
        if word in ignored or header in {ROW, REASON}:
            continue
        if field is None or not header:
            unknown.append(index)
        elif field.name in mapping.constants:
            continue
        elif field.name in found:
            raise _twice(table, field.name, found[field.name][1], header)
        else:
            found[field.name] = (index, header)
            known[field.name] = field
    if "id" not in found:
        raise _without_id(table)
    for name in mapping.constants:
        known[name] = _named(name)
    warnings = (*_ignored(table, unknown), *_numbers(table, found))
    order = {name: number for number, name in enumerate(FIELDS)}
    known = dict(sorted(known.items(), key=lambda item: order.get(item[0], len(order))))
    return Columns(found, known, mapping.constants, mapping.dates, warnings)


def _check_mapping(table: Table, mapping: MappingFile) -> None:
    headers = {fold(header) for header in table.header}
    for header in mapping.columns:
        if fold(header) not in headers:
            message = (
                f'the mapping file names a column "{printable(header, limit=60)}" that is not there'
            )
            raise UserError(
                message, hint=did_you_mean(header, table.header) or _listed(table.header)
            )
    if "id" in mapping.constants:
        raise UserError("the mapping file gives every row the same id", hint="map a column to id")


def _named(name: str) -> Field:
    field = named(name)
    if field is None:
        message = f'the mapping file names a field "{printable(name, limit=60)}" that there is not'
        hint = (
            did_you_mean(name, FIELDS) or "fields: see docs/importing.md; ignored columns: ignore"
        )
        raise UserError(message, hint=hint)
    return field


def _twice(table: Table, field: str, first: str, second: str) -> UnreadableTable:
    message = f'{table.name}: the columns "{first[:60]}" and "{second[:60]}" both mean {field}'
    return UnreadableTable(
        message, hint="say in a mapping file (--map) which one counts; ignore the other"
    )


def _without_id(table: Table) -> UnreadableTable:
    message = f"{table.name}: no column holds the location's id"
    hint = f"name it id or Store Number, or say in a mapping file (--map); {_listed(table.header)}"
    return UnreadableTable(message, hint=hint)


def _listed(headers: Iterable[str]) -> str:
    words = [printable(header, limit=40) for header in headers if header]
    return f"columns: {', '.join(words[:20])}{' …' if len(words) > 20 else ''}"


def _ignored(table: Table, unknown: list[int]) -> list[Finding]:
    """Return a warning for each column that is not understood, unless it is empty."""
    warnings = []
    for index in unknown:
        if not any(row.cells[index].strip() for row in table.rows):
            continue
        header = table.header[index]
        name = f'the column "{printable(header, limit=60)}"' if header else f"column {index + 1}"
        hint = did_you_mean(fold(header), FIELDS) if header else "it has no name"
        message = f"{name} is not understood and ignored{f' ({hint})' if hint else ''}"
        warnings.append(Finding(1, header, "ignored-column", message))
    return warnings


def _numbers(table: Table, found: Mapping[str, tuple[int, str]]) -> list[Finding]:
    """Return a warning for each column of codes that Excel holds as numbers."""
    warnings = []
    for name in sorted(_CODES & found.keys()):
        index, header = found[name]
        if index in table.numbers:
            count, first = table.numbers[index]
            message = (
                f"{header}: {count:,} cells from {first} on are numbers and not text, so leading"
                " zeros may be lost"
            )
            warnings.append(Finding(1, header, "number-cells", message))
    return warnings
