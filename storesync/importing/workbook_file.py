"""Rows of text -> an Excel file, in which codes are text and coordinates numbers."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES, ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from storesync.importing.spreadsheet import is_error
from storesync.importing.words import escaped, neutralise

_TEXT = "@"
_MAX_CELL = 32_767  # Excel's own limit, in characters
_WIDTHS = {"name": 32, "street": 36, "notes": 40, "hours": 40}
_WIDTH = 16


def as_workbook(
    rows: Iterable[Sequence[str]],
    at: datetime,
    *,
    numeric: frozenset[str] = frozenset(),
    title: str = "Locations",
) -> bytes:
    """Return a table as an Excel file with one sheet; the first row is the header, kept in view.

    Every cell is text, formulas neutralised too, but for numbers in the columns `numeric`. `at` is
    the time the file says it was made.
    """
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    lines = iter(rows)
    header = list(next(lines, ()))
    for index, word in enumerate(header):
        letter = get_column_letter(index + 1)
        sheet.column_dimensions[letter].width = _WIDTHS.get(word, _WIDTH)
        sheet.column_dimensions[letter].number_format = _TEXT
    sheet.append([_text_cell(sheet, word) for word in header])
    is_number = [word in numeric for word in header]
    for line in lines:
        sheet.append(
            [
                _number(cell) if number else _text_cell(sheet, cell) if cell else None
                for cell, number in zip(line, is_number, strict=True)
            ]
        )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _text_cell(sheet: Any, text: str) -> Any:
    shown = escaped(ILLEGAL_CHARACTERS_RE.sub("\ufffd", neutralise(text)))
    is_failed = is_error(text.strip())  # in a rejected row, where it has to stay an error
    if is_failed and text not in ERROR_CODES:
        shown = "#N/A"  # files have the English ones only
    cell = WriteOnlyCell(sheet, shown[:_MAX_CELL])
    cell.data_type = "e" if is_failed else "s"
    cell.number_format = _TEXT
    return cell


def _number(text: str) -> float | None:
    return float(text) if text else None
