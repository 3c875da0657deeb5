"""An Excel file's bytes -> a table; every cell as text, nothing evaluated."""

from __future__ import annotations

import math
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries

from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.importing.amounts import currency_shown
from storesync.importing.archive import open_archive, scan_sheet
from storesync.importing.finding import Finding, UnreadableTable
from storesync.importing.spreadsheet import is_error
from storesync.importing.table import Row, Table, check_header
from storesync.importing.words import quote_error, unescaped

MAX_ROWS = 1_048_576  # Excel's own
# As much as a CSV may hold. Cells of one text have it once in the file, and each by itself here.
MAX_TEXT = 64 * 1024 * 1024
# Excel keeps 15 digits of a number and writes zeros, or an exponent, for the rest.
MAX_EXACT = 10**15
_MIDNIGHT = time(0)
# Formats of codes: "00000" as for ZIP codes, "00000\\-0000" as for ZIP+4.
_ZEROS = re.compile(r'0+((\\?-|"-")0+)?')
# What a format shows as it stands, and its colours: "text", \%, [Red].
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def read_workbook(name: str, raw: bytes, sheet: str = "") -> Table:
    """Read the sheet named `sheet`, else the first one.

    Rows that hold formulas, error values or parts of merged cells get a fault that names the
    cell. Raises UnreadableTable for a file that is unsound, UserError where there is no such sheet.
    """
    archive = open_archive(name, raw)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, about styles and the like
        return _read(name, archive, raw, sheet)


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Turn whatever openpyxl raises about a broken file into what a person can use."""
    try:
        yield
    except Exception as error:
        message = f"{name} cannot be read as an Excel file: {printable(str(error), limit=120)}"
        raise UnreadableTable(message, hint="open it in Excel and save it again") from error


def _streamed(name: str, sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Yield a sheet's rows of cells."""
    with _refusing(name):
        yield from sheet.iter_rows()


def _read(name: str, archive: zipfile.ZipFile, raw: bytes, wanted: str) -> Table:
    with _refusing(name):
        book = load_workbook(BytesIO(raw), read_only=True, keep_links=False)
    try:
        sheet, others = _choose(name, book, wanted)
        # The path is the one thing of a sheet that openpyxl keeps to itself when streaming.
        part: str = sheet._worksheet_path  # noqa: SLF001 - see above
        merged = _merged_rows(name, scan_sheet(name, archive, part).merged)
        sheet.reset_dimensions()  # a sheet's own statement of its size may be wrong, or a trap
        rows = _streamed(name, sheet)
        header = check_header(name, _header(name, rows, merged.get(1, "")))
        found, numbers = _rows(name, rows, header, merged)
    finally:
        book.close()
    warned = []
    if others and not wanted:
        names = ", ".join(printable(other, limit=40) for other in others[:5])
        message = f'the sheet "{printable(sheet.title)}" was read, not: {names} (--sheet chooses)'
        warned.append(Finding(1, "", "sheet", message))
    return Table(name, header, tuple(found), tuple(warned), numbers)


def _choose(name: str, book: Any, wanted: str) -> tuple[Any, list[str]]:
    """Return the sheet to read, and the names of the others that are shown."""
    sheets = list(book.worksheets)
    shown = [each for each in sheets if each.sheet_state == "visible"] or sheets
    if not sheets:
        raise UnreadableTable(f"{name} has no worksheet", hint="put the table on a worksheet")
    if wanted:
        for each in sheets:
            if each.title == wanted:
                return each, []
        names = ", ".join(f'"{printable(each.title, limit=40)}"' for each in sheets[:10])
        message = f'{name} has no sheet "{printable(wanted, limit=40)}"'
        raise UserError(message, hint=f"its sheets: {names}")
    return shown[0], [each.title for each in shown[1:]]


def _header(name: str, rows: Iterator[tuple[Any, ...]], merged: str) -> tuple[str, ...]:
    if merged:
        message = f"{name}: row 1, the header: the cells {merged} are merged"
        hint = "unmerge them and name each column; a title above the header has to go"
        raise UnreadableTable(message, hint=hint)
    cells = next(rows, ())
    words = [_text(cell.value) for cell in cells]
    for index, cell in enumerate(cells):
        if cell.data_type in {"f", "e"}:
            message = f"{name}: the header cell {get_column_letter(index + 1)}1 holds a formula"
            raise UnreadableTable(message, hint="write the column's name as text")
    while words and not words[-1].strip():
        words.pop()
    return tuple(words)


def _rows(
    name: str, rows: Iterable[tuple[Any, ...]], header: tuple[str, ...], merged: dict[int, str]
) -> tuple[list[Row], dict[int, tuple[int, str]]]:
    found = []
    numbers: dict[int, tuple[int, str]] = {}
    width, size = len(header), 0
    for number, cells in enumerate(rows, start=2):
        if number > MAX_ROWS:
            raise UnreadableTable(f"{name} has cells below row {MAX_ROWS:,}")
        values = [_text(cell.value, is_text=cell.data_type != "e") for cell in cells]
        if not any(values):
            continue
        size += sum(map(len, values))
        if size > MAX_TEXT:
            message = f"{name} has more than {MAX_TEXT:,} characters in its cells"
            raise UnreadableTable(message, hint="import it in parts, or without its long texts")
        fault = _fault(number, cells, header, merged.get(number, ""))
        own: dict[int, str] = {}
        for index, cell in enumerate(cells[:width]):
            if cell.data_type != "n" or cell.value is None:
                continue
            shape = _shape_of(cell)
            shown = _as_shown(values[index], shape)
            if shown:
                values[index] = shown
                continue
            if "%" in _LITERAL.sub("", shape) and abs(cell.value) < MAX_EXACT:
                values[index] = _percent(values[index])
            own[index] = currency_shown(shape)
            count, first = numbers.get(index, (0, _cell_name(index, number)))
            numbers[index] = (count + 1, first)
        padded = [*values, *[""] * (width - len(values))][:width]
        found.append(Row(number, tuple(padded), fault, own))
    return found, numbers


def _shape_of(cell: Any) -> str:
    """Return the format that a cell's number is shown in, "" for none."""
    try:
        return str(cell.number_format) if cell.has_style else ""
    except IndexError:  # the file names a format that it does not have
        return ""


def _as_shown(digits: str, shape: str) -> str:
    """Return a number with the zeros its format shows before it ("00000"), "" for other formats."""
    if not digits.isdigit() or not _ZEROS.fullmatch(shape):
        return ""
    zeros = shape.replace("\\", "").replace('"', "")
    digits = digits.zfill(zeros.count("0"))
    tail = len(zeros.partition("-")[2])
    return f"{digits[:-tail]}-{digits[-tail:]}" if tail else digits


def _percent(digits: str) -> str:
    """Return 0.25 as the 25% that its format shows; Excel keeps the part of one."""
    value = (Decimal(digits) * 100).quantize(Decimal("1e-9")).normalize()
    return f"{value:f}%"


def _fault(
    number: int, cells: tuple[Any, ...], header: tuple[str, ...], merged: str
) -> Finding | None:
    """Return what makes a row unreadable: merged cells, formulas, errors, too many cells."""
    if merged:
        message = f"row {number}: the cells {merged} are merged: unmerge them and fill in each"
        return Finding(number, "", "merged", message)
    for index, cell in enumerate(cells):
        column = header[index] if index < len(header) else ""
        if cell.data_type == "f":
            message = (
                f"row {number}: {_cell_name(index, number)} holds a formula, which is never"
                " evaluated: paste its value"
            )
            return Finding(number, column, "formula-cell", message)
        if cell.data_type == "e":
            shown = printable(str(cell.value), limit=20)
            message = f"row {number}: {_cell_name(index, number)} holds the error {shown}"
            return Finding(number, column, "error-cell", message)
        if isinstance(cell.value, float) and not math.isfinite(cell.value):
            message = f"row {number}: {_cell_name(index, number)} holds a number that is too large"
            return Finding(number, column, "error-cell", message)
        if index >= len(header) and cell.value is not None:
            message = f"row {number}: {_cell_name(index, number)} is beside the table"
            return Finding(number, "", "cells", message)
    return None


def _text(value: object, *, is_text: bool = False) -> str:
    """Return a cell's value as text: what a person would type for it, without loss.

    An error of a formula is a string, too; what only reads like one (`is_text`) is quoted.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        text = unescaped(value)
        return quote_error(text) if is_text and is_error(text.strip()) else text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime) and value.time() == _MIDNIGHT:
        value = value.date()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number(value: float) -> str:
    """Return a number's digits, with an exponent where Excel does not hold all of them."""
    if math.isfinite(value) and abs(value) < MAX_EXACT and value == int(value):
        return str(int(value))
    return repr(float(value))


def _merged_rows(name: str, ranges: Iterable[str]) -> dict[int, str]:
    """Return row -> the merged range that touches it."""
    rows: dict[int, str] = {}
    left = MAX_ROWS
    for each in ranges:
        _, first, _, last = range_boundaries(each)
        span = range(first or 1, min(last or 1, MAX_ROWS) + 1)
        left -= len(span)
        if left < 0:
            raise UnreadableTable(
                f"{name}: whole columns are merged", hint="unmerge them and fill in each cell"
            )
        rows |= {number: each for number in span if number not in rows}
    return rows


def _cell_name(index: int, row: int) -> str:
    return f"{get_column_letter(index + 1)}{row}"
