from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from storesync.errors import UserError
from storesync.importing.finding import UnreadableTable
from storesync.importing.read import read_table
from storesync.importing.words import escaped, restore, unquote_error
from storesync.importing.workbook_file import as_workbook

HEADER = ["id", "name", "phone"]
AT = datetime(2026, 12, 1, tzinfo=UTC)
SHEET = "xl/worksheets/sheet1.xml"


def read(raw: bytes, **options):
    return read_table("t.xlsx", raw, **options)


def test_cells_are_text_as_a_person_would_type_them(sheet):
    row = ["a-1", 12.0, 27873500215.0, True, -73.98, date(2026, 12, 1), "x_x000D_\ny"]
    table = read(sheet([["id", *"bcdefg"], row]))
    assert table.rows[0].cells == (
        *("a-1", "12", "27873500215", "true", "-73.98", "2026-12-01", "x\n\ny"),
    )
    assert table.numbers == {1: (1, "B2"), 2: (1, "C2"), 4: (1, "E2")}


def test_characters_may_be_told_by_their_numbers(sheet):
    row = ["caf_x00E9_", "a_x000A_b", "_x005F_x0041_", "_x0001_", "_xD800_ _x004_ x0041_"]
    table = read(sheet([["id", *"bcde"], row]))
    assert table.rows[0].cells[:2] == ("café", "a\nb")
    assert table.rows[0].cells[3:] == ("_x0001_", "_xD800_ _x004_ x0041_")


@given(st.lists(st.text("_x05Fa4", min_size=1, max_size=20), min_size=1, max_size=5))
def test_what_only_looks_like_such_numbers_survives(texts):
    raw = as_workbook([[f"c{at}" for at in range(len(texts))], texts], AT)
    assert [restore(cell) for cell in read(raw).rows[0].cells] == texts
    assert not any("x005F_" in escaped(text) for text in texts)


@pytest.mark.parametrize("text", ["#N/A", "'#N/A", "#BEZUG!"])
def test_a_text_that_reads_like_an_error_is_text_where_the_file_says_so(sheet, text):
    def as_text(book):
        book.active["B2"].data_type = "s"

    raw = sheet([["id", "name"], ["a", text]], as_text)
    row = read(raw).rows[0]
    assert (row.fault, unquote_error(row.cells[1])) == (None, text.removeprefix("'"))
    # As rejected rows are written, which are imported again.
    row = read(as_workbook([["id", "name"], row.cells], AT)).rows[0]
    assert (row.fault, unquote_error(row.cells[1])) == (None, text.removeprefix("'"))


@pytest.mark.parametrize("error", ["#N/A", "#BEZUG!"])
def test_an_error_stays_one_among_rejected_rows(error):
    assert read(as_workbook([["id", "name"], ["a", error]], AT)).rows[0].fault.rule == "error-cell"


def test_numbers_that_excel_does_not_hold_keep_their_exponent(sheet):
    table = read(sheet([HEADER, [1234567890123456789, "A", 4.41315e25]]))
    assert table.rows[0].cells == ("1.234567890123457e+18", "A", "4.41315e+25")


def test_zeros_that_a_format_shows_are_part_of_a_code(sheet):
    def shape(book):
        book.active["A2"].number_format = "00000"
        book.active["B2"].number_format = "00000\\-0000"
        book.active["C2"].number_format = "0.00"

    table = read(sheet([["zip", "plus", "price"], [1234, 12345678, 5]], shape))
    assert table.rows[0].cells == ("01234", "01234-5678", "5")
    assert table.numbers == {2: (1, "C2")}


def test_dates_of_the_calendar_from_1904_are_read(sheet):
    def set_epoch(book):
        book.epoch = CALENDAR_MAC_1904

    assert read(sheet([["id", "opens"], ["a", date(2026, 12, 1)]], set_epoch)).rows[0].cells == (
        *("a", "2026-12-01"),
    )


def test_rows_are_as_wide_as_the_header_and_blank_ones_are_left_out(sheet):
    table = read(sheet([[*HEADER, None], ["a"], [None], ["b", None, "3"]]))
    assert table.header == tuple(HEADER)
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("a", "", "")),
        (4, ("b", "", "3")),
    ]


@pytest.mark.parametrize(
    ("change", "rule", "words"),
    [
        (lambda s: s.__setitem__("B2", "=1+1"), "formula-cell", "B2 holds a formula"),
        (lambda s: s.__setitem__("B2", '=WEBSERVICE("http://127.0.0.1/x")'), "formula-cell", "B2"),
        (lambda s: s.__setitem__("B2", "#REF!"), "error-cell", "B2 holds the error #REF!"),
        (lambda s: s.merge_cells("B2:B3"), "merged", "B2:B3"),
        (lambda s: s.__setitem__("F2", "note"), "cells", "F2 is beside the table"),
    ],
)
def test_what_cannot_be_read_rejects_its_row_and_names_the_cell(sheet, change, rule, words):
    raw = sheet([HEADER, ["a", "A", "1"], ["b", "B", "2"]], lambda book: change(book.active))
    fault = read(raw).rows[0].fault
    assert (fault.row, fault.rule) == (2, rule)
    assert words in fault.message


def test_the_first_sheet_that_is_shown_is_read_or_the_one_that_is_named(sheet):
    def add(book):
        book.active.sheet_state = "hidden"
        for name in ("Shops", "Other"):
            each = book.create_sheet(name)
            each.append(["id"])
            each.append([name])

    raw = sheet([["id"], ["hidden"]], add)
    table = read(raw)
    assert table.rows[0].cells == ("Shops",)
    assert "Other" in table.warnings[0].message
    assert read(raw, sheet="Other").rows[0].cells == ("Other",)
    with pytest.raises(UserError, match="no sheet") as caught:
        read(raw, sheet="Shop")
    assert "Shops" in caught.value.hint


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old format"),
        (b"PK\x03\x04 and no more", "cannot be opened"),
        (archive(readme=b"x"), "no Excel file"),
        (archive(**{"xl/workbook.bin": b"x", "[Content_Types].xml": b"<Types/>"}), ".xlsb"),
    ],
)
def test_files_that_are_no_excel_files_are_refused(raw, words):
    with pytest.raises(UnreadableTable, match=words):
        read(raw)


def strict(data: bytes) -> bytes:
    return data.replace(
        b"schemas.openxmlformats.org/spreadsheetml/2006", b"purl.oclc.org/ooxml/spreadsheetml"
    )


def backwards(data: bytes) -> bytes:
    """Let A2 name the last but one of the shared texts."""
    return re.sub(rb'<c r="A2".*?</c>', b'<c r="A2" t="s"><v>-2</v></c>', data)


def test_a_header_of_merged_cells_is_refused(sheet):
    raw = sheet([HEADER, ["a", "A", "1"]], lambda book: book.active.merge_cells("B1:C1"))
    with pytest.raises(UnreadableTable, match="row 1, the header: the cells B1:C1 are merged"):
        read(raw)


def test_a_number_beyond_all_numbers_rejects_its_row(sheet, rezip):
    raw = sheet([HEADER, [17, "A", "1"]])
    huge = rezip(raw, {SHEET: lambda data: data.replace(b"<v>17</v>", b"<v>1e999</v>")})
    fault = read(huge).rows[0].fault
    assert (fault.rule, "A2 holds a number that is too large" in fault.message) == (
        "error-cell",
        True,
    )


def test_a_number_in_a_format_that_the_file_lacks_is_read(sheet, rezip):
    raw = sheet([HEADER, [17, "A", "1"]])
    odd = rezip(raw, {SHEET: lambda data: data.replace(b'<c r="A2"', b'<c s="999" r="A2"')})
    assert read(odd).rows[0].cells == ("17", "A", "1")


def doctype(data: bytes) -> bytes:
    return data.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({SHEET: doctype}, "entities"),
        ({SHEET: lambda data: data.decode().encode("utf-16")}, "not UTF-8"),
        ({SHEET: lambda data: data + b" " * 30_000_000}, "too large"),
        ({SHEET: lambda data: re.sub(rb'r="A2"', b'r="AAA2"', data)}, "beyond column ZZ"),
        ({SHEET: lambda data: re.sub(rb'<row r="2"', b'<row r="99999999999"', data)}, "below row"),
        ({SHEET: lambda data: data[:-40]}, "cannot be read"),
        ({SHEET: strict}, "Strict Open XML"),
        ({SHEET: backwards}, "a text that is not in the file"),
        ({SHEET: lambda _: b""}, "cannot be read"),
        (
            {
                SHEET: lambda data: data.replace(
                    b"</sheetData>",
                    b'</sheetData><mergeCells count="2"><mergeCell ref="A1:A1048576"/>'
                    b'<mergeCell ref="B1:B1048576"/></mergeCells>',
                )
            },
            "merged",
        ),
    ],
)
def test_hostile_archives_are_refused_before_they_cost_anything(sheet, rezip, parts, words):
    raw = rezip(sheet([HEADER, ["a", "A", "1"]]), parts)
    with pytest.raises(UnreadableTable, match=words):
        read(raw)


def test_a_sheet_that_lies_about_its_size_is_read_to_its_end(sheet, rezip):
    raw = sheet([HEADER, ["a", "A", "1"], ["b", "B", "2"]])
    small = rezip(
        raw, {SHEET: lambda d: re.sub(rb'dimension ref="[^"]*"', b'dimension ref="A1"', d)}
    )
    huge = rezip(
        raw,
        {SHEET: lambda d: re.sub(rb'dimension ref="[^"]*"', b'dimension ref="A1:XFD1048576"', d)},
    )
    assert read(small).rows == read(huge).rows == read(raw).rows


def test_a_header_that_is_a_formula_is_refused(sheet):
    with pytest.raises(UnreadableTable, match="B1 holds a formula"):
        read(sheet([["id", "=A1"], ["a", "b"]]))


def test_cells_that_share_one_long_text_are_bounded_as_those_of_a_csv_are(sheet, monkeypatch):
    monkeypatch.setattr("storesync.importing.workbook.MAX_TEXT", 1_000)
    rows = [["id", "notes"], *([f"s-{number}", "x" * 90] for number in range(12))]
    assert len(read(sheet(rows[:11])).rows) == 10
    with pytest.raises(UnreadableTable, match="more than 1,000 characters in its cells"):
        read(sheet(rows))
