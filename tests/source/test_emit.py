from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from storesync.source.emit import WIDTH, dump
from storesync.source.keys import MERGE, check_key
from storesync.source.prescan import refused
from storesync.source.scalar import Plain
from storesync.source.yaml import read

ODD = st.sampled_from(list("ab :-?,[]{}#&*!|>'\"%@`\t\r\n~01.\\e_=<\xa0\u200b\u3000é日😀"))
TEXT = st.one_of(st.text(ODD, max_size=12), st.text(max_size=12)).filter(lambda t: not refused(t))
KEY = TEXT.filter(lambda key: not check_key(key)[1] and key != MERGE)
KEYED = {"unique_by": lambda entry: check_key(entry[0])[0], "max_size": 3}
DATA = st.recursive(
    TEXT,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.lists(st.tuples(KEY, inner), **KEYED).map(dict)
    ),
    max_leaves=6,
)
FILE = st.lists(st.tuples(KEY, DATA), **KEYED).map(dict)


@given(FILE)
def test_what_is_written_is_read(data):
    text = dump(data)
    document, found = read("a", text.encode())
    assert document is not None, text
    assert document.data == data
    assert not found
    assert not any(type(value) is Plain for value in document.data.values())


@given(TEXT)
def test_other_readers_read_the_same_text(text):
    for data in ({"a": text}, {"a": ["b", text]}, {"a": {"b": text}}):
        written = dump(data)
        assert pyyaml.safe_load(written) == data
        assert pyyaml.load(written, Loader=pyyaml.CSafeLoader) == data
        assert YAML(typ="safe", pure=True).load(written) == data


@given(st.text())
def test_what_is_not_read_is_not_written(text):
    if refused(text):
        with pytest.raises(ValueError, match="U\\+"):
            dump({"a": text})
    else:
        dump({"a": text})


LOCATION = {
    "name": "Congress Avenue",
    "address": {"street": "1100 Congress Ave, Suite 5", "city": "Austin", "postcode": "78701"},
    "phone": "+15125550142",
    "hours": {"mon-fri": "06:00-20:00", date(2026, 12, 25): "closed"},
    "tags": ["drive-thru", "downtown"],
    "latitude": Decimal("30.2700"),
    "opens_on": date(2019, 5, 1),
    "since": datetime(2019, 5, 1, 7, 30),  # noqa: DTZ001 - a location's own time has no zone
    "open": True,
    "seats": 40,
    "closes_on": None,
    "select": [{"folder": "us/texas", "tags": ["a"]}, ["b c"], "d"],
    "notes": "First line\n\n  Second line",
    "terms": "Only one\n",
    "none": {},
    "nothing": [],
}
CANONICAL = """\
# yaml-language-server: $schema=../location.json
#
# By import
phone: "+15125550142"
name: Congress Avenue
address:
  street: 1100 Congress Ave, Suite 5
  city: Austin
  postcode: "78701"
hours: {mon-fri: 06:00-20:00, 2026-12-25: closed}
tags: [drive-thru, downtown]
latitude: 30.2700
opens_on: 2019-05-01
since: 2019-05-01T07:30
open: true
seats: 40
select:
  - folder: us/texas
    tags: [a]
  - - b c
  - d
notes: |-
  First line

    Second line
terms: |
  Only one
none: {}
nothing: []
"""


def test_a_whole_file():
    comment = "yaml-language-server: $schema=../location.json\n\nBy import"
    assert dump(LOCATION, order=["phone", "zip", "name"], comment=comment) == CANONICAL


def test_no_data_at_all():
    assert dump({"a": None}) == "{}\n"
    assert read("a", b"{}\n")[0].data == {}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Congress Avenue", "Congress Avenue"),
        ("Don't miss: 20 % off", '"Don\'t miss: 20 % off"'),
        ("Don't miss", "Don't miss"),
        ("a:b", "a:b"),
        ("C# & C", "C# & C"),
        ("Store #5", '"Store #5"'),
        ('say "hi"', 'say "hi"'),
        ('"hi"', '"\\"hi\\""'),
        ("NO", '"NO"'),
        ("y", '"y"'),
        ("Null", '"Null"'),
        ("10:00", '"10:00"'),
        ("06:00-20:00", "06:00-20:00"),
        ("1.10", '"1.10"'),
        ("01234", '"01234"'),
        ("2026-12-01", '"2026-12-01"'),
        ("1_000", '"1_000"'),
        ("0o17", '"0o17"'),
        ("0b1", '"0b1"'),
        (".5", '".5"'),
        ("1e3", '"1e3"'),
        ("=", '"="'),
        ("", '""'),
        (" a", '" a"'),
        ("a\u00a0", '"a\u00a0"'),
        ("a\tb", '"a\\tb"'),
        ("a\r\nb", '"a\\r\\nb"'),
        ("a \nb", '"a \\nb"'),
        ("\n", '"\\n"'),
        ("a\n\n", '"a\\n\\n"'),
        ("a\\b", "a\\b"),
        (Plain("01234"), "01234"),
        (Plain("not core"), "not core"),
        (Decimal("1E+3"), "1000"),
        (-5, "-5"),
    ],
)
def test_a_scalar(value, written):
    assert dump({"k": value}) == f"k: {written}\n"


def test_single_words_stand_on_one_line_while_they_fit():
    words = ["word" * 5] * 4
    assert dump({"k": words}) == f"k: [{', '.join(words)}]\n"
    text = dump({"k": words * 2})
    assert text == "k:\n" + "  - wordwordwordwordword\n" * 8
    assert max(map(len, dump({"k": words}).splitlines())) <= WIDTH


@pytest.mark.parametrize(
    "data",
    [
        {"a\u200b": "x"},
        {"": "x"},
        {" a": "x"},
        {"<<": "x"},
        {"a": "x", "A": "y"},
        {"a" * 500: "x"},
        {"a": Decimal("NaN")},
        {"a": "\u202e"},
    ],
)
def test_what_reading_would_refuse_is_a_value_error(data):
    with pytest.raises(ValueError, match=r"\S"):
        dump(data)


def test_so_is_what_is_nested_too_deep():
    data = {"a": "b c"}
    for _ in range(49):
        data = {"a": data}
    assert read("a", dump(data).encode())[1] == []
    with pytest.raises(ValueError, match="nested"):
        dump({"a": data})


@pytest.mark.parametrize("value", [1.5, b"x", {1, 2}, [None]])
def test_other_types_are_a_bug(value):
    with pytest.raises(TypeError):
        dump({"a": value})


def test_a_comment_holds_no_hidden_line():
    with pytest.raises(ValueError, match="U\\+2028"):
        dump({}, comment="a\u2028b: c")
