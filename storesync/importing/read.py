"""A file's bytes -> a table, whatever its kind."""

from __future__ import annotations

from pathlib import PurePath

from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.importing.delimited import read_delimited
from storesync.importing.encoding import decode
from storesync.importing.finding import UnreadableTable
from storesync.importing.table import Table

MAX_BYTES = 64 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls and of encrypted .xlsx


def read_table(name: str, raw: bytes, *, encoding: str | None = None, sheet: str = "") -> Table:
    """Read a CSV or Excel file, told apart by their first bytes.

    `encoding` is for CSV that is not Unicode; `sheet` names the worksheet, else it is the first.
    Raises UnreadableTable where no row can be trusted, UserError for an unknown encoding or sheet.
    """
    short = PurePath(name).name
    if len(raw) > MAX_BYTES:
        message = f"{short} has more than {MAX_BYTES:,} bytes"
        raise UnreadableTable(message, hint="split the table and import its parts")
    if raw.startswith(_OLE):
        message = f"{short} is an Excel file of the old format (.xls) or has a password"
        raise UnreadableTable(
            message, hint="save it in Excel as .xlsx without a password, or as CSV"
        )
    if raw.startswith(_ZIP):
        # Only now: openpyxl takes 0.2 s to import.
        from storesync.importing.workbook import read_workbook

        return read_workbook(short, raw, sheet)
    if sheet:
        message = f"{short} is no Excel file, so it has no sheet {printable(sheet, limit=60)}"
        raise UserError(message, hint="leave out --sheet")
    text, warnings = decode(short, raw, encoding)
    return read_delimited(short, text, warnings)
