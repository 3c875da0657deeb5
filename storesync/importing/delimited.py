"""Text of a CSV file -> a table, and which row is at fault where quotes or cells do not fit."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from storesync.diagnostics import printable
from storesync.importing.finding import Finding, UnreadableTable
from storesync.importing.table import Row, Table, check_header

# The csv module's own limit for one cell; a longer line is longer than any location's.
LONGEST = 131_072
_DELIMITERS = ",;\t|"
# A quoted cell may go over as many lines: where it does not end, not all of a file is read in vain.
_MOST_LINES = 500
_QUOTES = 'a quote (") is opened and not closed where its cell ends'
_LEAST_WIDTH = 3


class _Record(NamedTuple):
    """Cells of one record, the index of its first line, and what is wrong with it."""

    line: int
    cells: list[str]
    fault: str = ""


def read_delimited(name: str, text: str, warnings: Sequence[Finding] = ()) -> Table:
    """Read CSV with `,`, `;`, TAB or `|` between cells, whichever the header has most of.

    Row numbers count records, so that they are what a spreadsheet shows; blank rows count and are
    left out. Raises UnreadableTable where there is no sound header.
    """
    lines = io.StringIO(text, newline="").readlines()
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) <= len("sep=") + 1:
        lines = lines[1:]  # Excel's own way of naming the delimiter
    if not lines:
        raise UnreadableTable(f"{name} is empty", hint="row 1 names the columns")
    delimiter = _delimiter(lines[0])
    records = _Records(lines, delimiter)
    first = next(records)
    if first.fault:
        raise UnreadableTable(f"{name}: row 1, the header: {first.fault}", hint="mend the header")
    header = check_header(name, tuple(first.cells))
    records.width = len(header)
    rows = tuple(
        _row(number, record, header)
        for number, record in enumerate(records, start=2)
        if record.fault or any(cell.strip() for cell in record.cells)
    )
    return Table(name, header, rows, tuple(warnings))


def _delimiter(header: str) -> str:
    """Return the delimiter a header has most of outside quotes; a comma where it has none."""
    bare = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=lambda each: (bare.count(each), -_DELIMITERS.index(each)))


def _row(number: int, record: _Record, header: tuple[str, ...]) -> Row:
    cells, width = record.cells, len(header)
    fault = None
    if record.fault:
        fault = Finding(number, "", "quotes", f"row {number}: {record.fault}")
    elif max(map(len, cells)) > LONGEST or sum(map(len, cells)) > 2 * LONGEST:
        longest = max(range(len(cells)), key=lambda index: len(cells[index]))
        column = header[longest] if longest < width else ""
        size = len(cells[longest])
        message = f"row {number}: {column or 'a cell'} is {size:,} characters long, too long"
        fault = Finding(number, column, "too-long", message)
    elif len(cells) < width:
        message = f"row {number} has {len(cells)} cells, the header has {width}: cells are missing"
        fault = Finding(number, "", "cells", message)
    elif any(cell.strip() for cell in cells[width:]):
        extra = printable(next(cell for cell in cells[width:] if cell.strip()), limit=40)
        message = (
            f'row {number} has {len(cells)} cells, the header has {width}: "{extra}" is too much;'
            " a cell that holds the delimiter needs quotes"
        )
        fault = Finding(number, "", "cells", message)
    return Row(number, tuple([*cells, *[""] * (width - len(cells))][:width]), fault)


class _Records(Iterator[_Record]):
    """The records of a file, one after the other; `width` is the header's, once it is known."""

    def __init__(self, lines: list[str], delimiter: str) -> None:
        self.width = 0
        self._lines = lines
        self._delimiter = delimiter
        self._next = 0

    def __next__(self) -> _Record:
        if self._next >= len(self._lines):
            raise StopIteration
        start = self._next
        line = self._lines[start]
        if '"' not in line or len(line) > LONGEST:
            self._next += 1
            return _Record(start, _split(line, self._delimiter))
        record, used = self._quoted(start)
        self._next += used
        return record

    def _quoted(self, start: int) -> tuple[_Record, int]:
        """Return the record that begins at a line with a quote, and how many lines it takes."""
        piece = self._lines[start : start + _MOST_LINES]
        reader = csv.reader(piece, delimiter=self._delimiter, strict=True)
        try:
            cells = next(reader)
        except csv.Error:
            return self._broken(start, _QUOTES)
        inner = piece[1 : reader.line_num]
        if inner and self._swallows(cells, inner):
            what = f"{_QUOTES}: it would swallow {len(inner)} rows that follow"
            return self._broken(start, what)
        return _Record(start, cells), reader.line_num

    def _broken(self, start: int, what: str) -> tuple[_Record, int]:
        """Give up the one line where a quote opened; the lines after it are rows of their own."""
        fault = f"{what} (line {start + 1} of the file)"
        return _Record(start, _split(self._lines[start], self._delimiter), fault), 1

    def _swallows(self, cells: list[str], inner: list[str]) -> bool:
        """Say whether lines inside a quoted cell are rows of the table and not an address's."""
        sound = len(cells) == self.width
        if not self.width or (sound and self.width < _LEAST_WIDTH):
            return False
        return any(self._is_record(line) for line in inner)

    def _is_record(self, line: str) -> bool:
        cells = _split(line, self._delimiter)
        return len(cells) == self.width and not any(cell[:1] == " " for cell in cells[1:])


def _split(line: str, delimiter: str) -> list[str]:
    return line.rstrip("\r\n").split(delimiter)
