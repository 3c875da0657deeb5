"""A header and a mapping file -> what each column means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from storesync.diagnostics import did_you_mean, printable
from storesync.errors import UserError
from storesync.importing.fields import FIELDS, At, Field, field_of, fold, named
from storesync.importing.finding import Finding, UnreadableTable
from storesync.importing.mapping import MappingFile
from storesync.importing.rejects import REASON, ROW
from storesync.importing.table import Table


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The columns that tables of one kind may have.

    `key` is the field that no table lacks, `key_means` and `key_hint` say so to people. `named`
    finds a field as a mapping file writes it, `understood` as a header does. `codes` are fields
    whose digits a spreadsheet spoils, `silent` headers that are left out without a word;
    `one_each`: no two rows have the same key.
    """

    fields: Mapping[str, Field]
    named: Callable[[str], Field | None]
    understood: Callable[[str], Field | None]
    key: str
    key_means: str
    key_hint: str
    codes: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    one_each: bool = False


LOCATIONS = Vocabulary(
    FIELDS,
    named,
    field_of,
    "id",
    "the location's id",
    "id or Store Number",
    codes=frozenset({"id", "phone", "postcode"}),
    silent=frozenset({"brand"}),  # it is said on the command line
    one_each=True,
)


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
    decimal: str = ""

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


def match_columns(
    table: Table, mapping: MappingFile | None = None, words: Vocabulary = LOCATIONS
) -> Columns:
    """Return what the columns of a table mean, by a mapping file first, else by their names.

    Raises UnreadableTable where no row follows, no column is the key or two mean the same,
    UserError for a mapping that names what is not there.
    """
    if not table.rows:
        message = f"{table.name} has no rows below its header"
        raise UnreadableTable(message, hint="is it the right file, and its right sheet?")
    mapping = mapping or MappingFile()
    _check_mapping(table, mapping, words)
    mapped = {fold(header): field for header, field in mapping.columns.items()}
    ignored = {fold(header) for header in mapping.ignore} | words.silent - set(mapped)
    found: dict[str, tuple[int, str]] = {}
    known: dict[str, Field] = {}
    unknown = []
    for index, header in enumerate(table.header):
        word = fold(header)
        field = _named(mapped[word], words) if word in mapped else words.understood(header)
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
    if words.key not in found and words.key not in mapping.constants:
        raise _without_key(table, words)
    for name in mapping.constants:
        known[name] = _named(name, words)
    warnings = (*_ignored(table, unknown, words), *_numbers(table, found, words))
    order = {name: number for number, name in enumerate(words.fields)}
    known = dict(sorted(known.items(), key=lambda item: order.get(item[0], len(order))))
    return Columns(found, known, mapping.constants, mapping.dates, warnings, mapping.decimal or "")


def _check_mapping(table: Table, mapping: MappingFile, words: Vocabulary) -> None:
    headers = {fold(header) for header in table.header}
    for header in mapping.columns:
        if fold(header) not in headers:
            message = (
                f'the mapping file names a column "{printable(header, limit=60)}" that is not there'
            )
            raise UserError(
                message, hint=did_you_mean(header, table.header) or _listed(table.header)
            )
    if words.one_each and words.key in mapping.constants:
        message = f"the mapping file gives every row the same {words.key}"
        raise UserError(message, hint=f"map a column to {words.key}")


def _named(name: str, words: Vocabulary) -> Field:
    field = words.named(name)
    if field is None:
        message = f'the mapping file names a field "{printable(name, limit=60)}" that there is not'
        meant = words.understood(name)
        hint = f'did you mean "{meant.name}"?' if meant else did_you_mean(name, words.fields)
        hint = hint or f"fields: {', '.join(words.fields)}; a column to leave out: ignore"
        raise UserError(message, hint=hint)
    return field


def _twice(table: Table, field: str, first: str, second: str) -> UnreadableTable:
    message = f'{table.name}: the columns "{first[:60]}" and "{second[:60]}" both mean {field}'
    return UnreadableTable(
        message, hint="say in a mapping file (--map) which one counts; ignore the other"
    )


def _without_key(table: Table, words: Vocabulary) -> UnreadableTable:
    message = f"{table.name}: row 1, the header: no column holds {words.key_means}"
    hint = f"name it {words.key_hint}, or say in a mapping file (--map); {_listed(table.header)}"
    if len([word for word in table.header if word]) == 1:
        hint += "; the header has to be in row 1, without a title above it"
    return UnreadableTable(message, hint=hint)


def _listed(headers: Iterable[str]) -> str:
    words = [printable(header, limit=40) for header in headers if header]
    return f"columns: {', '.join(words[:20])}{' …' if len(words) > 20 else ''}"


def _ignored(table: Table, unknown: list[int], words: Vocabulary) -> list[Finding]:
    """Return a warning for each column that is not understood, unless it is empty."""
    warnings = []
    for index in unknown:
        if not any(row.cells[index].strip() for row in table.rows):
            continue
        header = table.header[index]
        name = f'the column "{printable(header, limit=60)}"' if header else f"column {index + 1}"
        hint = did_you_mean(fold(header), words.fields) if header else "it has no name"
        message = f"{name} is not understood and ignored{f' ({hint})' if hint else ''}"
        warnings.append(Finding(1, header, "ignored-column", message))
    return warnings


def _numbers(
    table: Table, found: Mapping[str, tuple[int, str]], words: Vocabulary
) -> list[Finding]:
    """Return a warning for each column of codes that Excel holds as numbers."""
    warnings = []
    for name in sorted(words.codes & found.keys()):
        index, header = found[name]
        if index in table.numbers:
            count, first = table.numbers[index]
            message = (
                f"{header}: from {first} on {count:,} of the cells hold a number and not text, so"
                " leading zeros may be lost"
            )
            warnings.append(Finding(1, header, "number-cells", message))
    return warnings
