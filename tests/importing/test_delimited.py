from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.importing.delimited import LONGEST, read_delimited
from storesync.importing.finding import UnreadableTable


def read(text: str):
    return read_delimited("t.csv", text)


def cells(text: str):
    return [row.cells for row in read(text).rows]


def faults(text: str):
    return {row.number: row.fault.message for row in read(text).rows if row.fault}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_usual_delimiter_and_line_end_is_read(delimiter, end):
    text = end.join([delimiter.join(("id", "name")), delimiter.join(("a", '"B, C; D"')), ""])
    assert read(text).header == ("id", "name")
    assert cells(text) == [("a", "B, C; D")]


def test_excel_says_its_delimiter_in_a_line_of_its_own():
    assert cells("sep=;\nid;name\na;B,C\n") == [("a", "B,C")]


def test_blank_rows_count_and_are_left_out():
    table = read("id , name ,city\n\n a-1 , A , X \n , , \nb,B,Y\n")
    assert table.header == ("id", "name", "city")
    assert [row.number for row in table.rows] == [3, 5]


def test_quoted_cells_may_hold_line_ends_delimiters_and_quotes():
    text = 'id,street,city\na,"1 Main St\nSuite 2, Floor 3","He said ""hi"""\nb,x,y\n'
    assert cells(text) == [("a", "1 Main St\nSuite 2, Floor 3", 'He said "hi"'), ("b", "x", "y")]
    assert faults(text) == {}


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ("id,name\na\n", 2, "row 2 has 1 cells, the header has 2"),
        ("id,name\na,b,EXTRA\n", 2, "EXTRA"),
        ("id,name\na,b\nc,d,,\n", None, ""),  # a trailing delimiter is no cell
        (f"id,name\na,{'x' * (LONGEST + 1)}\n", 2, "name is 131,073 characters long"),
        ('id,name\na,"b"c\n', 2, "quote"),
    ],
)
def test_rows_that_do_not_fit_the_header_say_why(text, row, words):
    found = faults(text)
    assert list(found) == ([row] if row else [])
    assert all(words in message for message in found.values())


@pytest.mark.parametrize(
    "swallowing",
    [
        'id,name,city\na,"Foo,Austin\n{rows}',  # to the end of the file
        'id,name,city\na,"Foo,Austin\n{rows}z,"Bar",Dallas\n',  # to the next quote
        'id,name,city\na,"Foo,Austin\n{rows}z,Bar",Dallas\n',  # to a quote that fits
    ],
)
@pytest.mark.parametrize("count", [1, 50, 1200])
def test_a_quote_that_swallows_rows_costs_its_own_row_alone(swallowing, count):
    rows = "".join(f"s{number},N{number},C\n" for number in range(count))
    table = read(swallowing.replace("{rows}", rows))
    first, *others = table.rows
    assert "line 2 of the file" in first.fault.message
    assert [row.cells for row in others][:count] == [
        (f"s{number}", f"N{number}", "C") for number in range(count)
    ]
    assert [row.number for row in table.rows] == list(range(2, 2 + len(table.rows)))


def test_a_file_of_open_quotes_is_read_in_linear_time():
    table = read("id,name,city\n" + 'a,"x\nb,y,z\n' * 20_000)
    assert len(table.rows) == 40_000
    assert sum(row.fault is None for row in table.rows) == 20_000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("id,name,ID\n", 'two columns named "ID" \\(duplicate header\\): the 1st and the 3rd'),
        ('id,"name\na,b\n', "header"),
        (",".join(f"c{number}" for number in range(600)), "600 columns"),
    ],
)
def test_a_table_without_a_sound_header_is_refused(text, words):
    with pytest.raises(UnreadableTable, match=words):
        read(text)


@given(st.text(alphabet='ab,"\n\r;\t \0', max_size=60))
def test_any_text_is_a_table_or_refused_and_no_row_is_wider_than_the_header(text):
    try:
        table = read(f"id,name,city\n{text}")
    except UnreadableTable:
        return
    assert all(len(row.cells) == 3 for row in table.rows)
    assert len({row.number for row in table.rows}) == len(table.rows)
