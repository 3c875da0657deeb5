"""What is exported imports again without a difference."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from storesync.importing.existing import read_existing
from storesync.importing.export import NUMERIC, as_csv, location_rows
from storesync.importing.files import new_text
from storesync.importing.locations import Order, import_locations
from storesync.importing.read import read_table
from storesync.importing.workbook_file import as_workbook
from storesync.model.base import TEXT_PATTERN
from storesync.model.location import LocationFile
from storesync.source.prescan import refused
from storesync.source.scalar import Plain
from storesync.source.tree import MemoryTree

AT = datetime(2026, 11, 1, tzinfo=UTC)
TOP = "brands/harbor/locations"
BRAND = {"brands/harbor/brand.yaml": "name: Harbor\nlocales: [en-US]\ncurrency: USD\n"}


def existing_of(files):
    return read_existing(MemoryTree({**BRAND, **files}), "harbor")


def take_back(raw, existing):
    return import_locations(read_table("table", raw), None, existing, Order(AT.date()))


def kinds_of(existing):
    rows = location_rows(existing)
    return {"csv": as_csv(rows), "xlsx": as_workbook(rows, AT, numeric=NUMERIC)}


FILES = {
    f"{TOP}/_defaults.yaml": "address: {country: US}\ntags: [all]\n",
    f"{TOP}/us/texas/_defaults.yaml": "address: {region: TX}\ntimezone: America/Chicago\n"
    "hours: {mon-fri: 06:00-20:00, 2026-12-25: closed}\n",
    f"{TOP}/us/texas/00417.yaml": """\
name: "=HYPERLINK(x)"
names: {es-MX: Avenida Congreso}
address: {street: "-2 Main St", city: "Austin, TX", postcode: "01234"}
phone: "+15125550142"
geo: {latitude: 30.2700, longitude: -97.74}
hours: {sat-sun: 07:00 - 21:00, 2026-06-01..2026-08-31: {mon-sun: 08:00-22:00}}
tags: [drive-thru]
attributes: {seats: "40", format: kiosk}
locales: [en-US, es-US]
opens_on: 2026-12-01
notes: |
  Keys at number 12,
  "ring" twice
values: {headline: Hello}
""",
    f"{TOP}/store-2.yaml": "name: '''quoted'\ntimezone: Etc/GMT+5\nphone: '+12345'\n",
    f"{TOP}/mar-02.yaml": "name: '  two  spaces '\ntimezone: America/Chicago\n",
}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_people_wrote_comes_back_unchanged(kind):
    existing = existing_of(FILES)
    result = take_back(kinds_of(existing)[kind], existing)
    assert (result.rejected, result.writes) == ((), {})
    assert result.unchanged == 3


def test_a_table_says_what_holds_folder_defaults_included():
    text = kinds_of(existing_of(FILES))["csv"].decode()
    first = next(row for row in csv.DictReader(io.StringIO(text)) if row["id"] == "00417")
    assert first == {
        "id": "00417",
        "folder": "us/texas",
        "name": "'=HYPERLINK(x)",
        "street": "'-2 Main St",
        "street2": "",
        "city": "Austin, TX",
        "region": "TX",
        "postcode": "01234",
        "country": "US",
        "timezone": "America/Chicago",
        "phone": "'+15125550142",
        "email": "",
        "website": "",
        "latitude": "30.2700",
        "longitude": "-97.74",
        "hours": "sat-sun: 07:00 - 21:00; 2026-12-25: closed; "
        "2026-06-01..2026-08-31: {mon-sun: 08:00-22:00}",
        "locales": "en-US; es-US",
        "currency": "",
        "tags": "all; drive-thru",
        "opens_on": "2026-12-01",
        "closed_until": "",
        "closes_on": "",
        "notes": 'Keys at number 12,\n"ring" twice\n',
        "names.es-MX": "Avenida Congreso",
        "attributes.format": "kiosk",
        "attributes.seats": "40",
    }


def test_codes_are_text_in_excel_and_coordinates_numbers():
    raw = kinds_of(existing_of(FILES))["xlsx"]
    sheet = load_workbook(io.BytesIO(raw)).active
    header = [cell.value for cell in sheet[1]]
    row = dict(zip(header, sheet[2], strict=True))
    assert row["postcode"].value == "01234"
    assert row["postcode"].number_format == "@"
    assert row["latitude"].value == 30.27
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n"}


def test_a_second_brand_gets_the_same_locations_from_it():
    existing = existing_of(FILES)
    raw = kinds_of(existing)["csv"]
    other = existing_of({f"{TOP}/_defaults.yaml": FILES[f"{TOP}/_defaults.yaml"]})
    result = take_back(raw, other)
    # A new mar-02 could be a date that a spreadsheet made, and Etc/GMT+5 knows no summer.
    assert [each.column for each in result.rejected] == ["id", "timezone"]
    assert result.created == 1
    made = existing_of({f"{TOP}/_defaults.yaml": FILES[f"{TOP}/_defaults.yaml"], **result.writes})
    assert made.locations["00417"].data["hours"] == {
        "sat-sun": "07:00-21:00",
        "2026-12-25": "closed",
        "2026-06-01..2026-08-31": {"mon-sun": "08:00-22:00"},
    }
    assert made.locations["00417"].folder == "us/texas"


# What is written as a template is an error in a file, template-in-value.
lines = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(
    lambda text: (
        re.search(TEXT_PATTERN, text)
        and not refused(text)
        and not set(text) & set("\r\n")
        and not re.search(r"\{[{%]", text)
    )
)
formulas = st.builds("{}{}".format, st.sampled_from("=+-@'"), lines)
words = st.one_of(
    lines,
    formulas,
    st.sampled_from(["????", "1-Jun", "1.0", "NULL", "0", "TRUE", "#N/A", " #N/A", "'#REF!"]),
)
clocks = st.sampled_from(["06:00-20:00", "closed", "09:00-12:00, 13:00-18:00"])
day = st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(str)
degree = st.decimals(-90, 90, places=5).map(lambda value: Plain(f"{value:f}"))
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,5})?", fullmatch=True)
locations = st.fixed_dictionaries(
    {"name": words, "timezone": st.sampled_from(["UTC", "EST", "Europe/London", "Asia/Saigon"])},
    optional={
        "address": st.fixed_dictionaries(
            {},
            optional={
                "street": words,
                "city": words,
                "region": words,
                "postcode": words,
                "country": st.sampled_from(["US", "DE", "CN"]),
            },
        ),
        "phone": st.from_regex(r"\+[1-9][0-9]{4,14}", fullmatch=True),
        "geo": st.fixed_dictionaries({"latitude": degree, "longitude": degree}),
        "hours": st.dictionaries(st.sampled_from(["mon-fri", "sat", "sun", "2026-12-25"]), clocks),
        "tags": st.lists(slugs, max_size=3),
        "locales": st.lists(st.sampled_from(["en-US", "zh-Hant-TW", "fr"]), min_size=1, max_size=2),
        "currency": st.sampled_from(["USD", "JPY"]),
        "opens_on": day,
        "closes_on": day,
        "notes": st.lists(words, min_size=1, max_size=3).map("\n".join),
        "attributes": st.dictionaries(st.sampled_from(["seats", "format"]), words, min_size=1),
    },
)


NUMBERED = {
    "name": "1_x000D_",
    "timezone": "UTC",
    "address": {"country": "US", "street": "x005F_1"},
}


@settings(max_examples=60)
@given(st.dictionaries(slugs, locations, min_size=1, max_size=4), st.sampled_from(["csv", "xlsx"]))
@example({"0": NUMBERED}, "xlsx")
def test_any_sound_file_survives_its_export_and_import(data, kind):
    files = {
        f"{TOP}/de/{name}.yaml": new_text(each, "", modeline=False) for name, each in data.items()
    }
    existing = existing_of(files)
    for stored in existing.locations.values():
        LocationFile.model_validate(stored.own)
    result = take_back(kinds_of(existing)[kind], existing)
    assert result.rejected == ()
    assert result.writes == {}
    assert result.unchanged == len(data)


HEADER = ["id", "name", "city", "country", "region", "postcode", "phone", "timezone", "latitude",
          "longitude", "hours", "tags", "opens_on"]  # fmt: skip
cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "US", "Germany", "TX", "1234", "512-555-0142", "GMT-06:00 America/Chicago", "51.5",
         "mon-fri: 6am-8pm", "2026-12-01", "4.4E+11", "=1+1", "????", "2-Mar", "\0", "a-1", '"']
    ),
)  # fmt: skip


@settings(max_examples=80)
@given(st.lists(st.lists(cells, min_size=len(HEADER), max_size=len(HEADER)), max_size=6))
def test_every_row_of_any_table_is_accounted_for_and_what_is_made_is_sound(rows):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([HEADER, *rows, ["z-1", *[""] * (len(HEADER) - 1)]])
    result = take_back(stream.getvalue().encode(errors="replace"), existing_of({}))
    assert result.rows == result.created + result.rejected_rows
    made = existing_of(result.writes)
    assert made.broken == {}
    for stored in made.locations.values():
        LocationFile.model_validate(stored.own)
    if not made.locations:
        return
    exported = kinds_of(made)["csv"]
    again = take_back(exported, made)
    assert (again.unchanged, again.rejected, again.writes) == (result.created, (), {})
