from __future__ import annotations

import pytest

from storesync.errors import UserError
from storesync.importing.columns import match_columns
from storesync.importing.fields import FIELDS, field_of, variable_name
from storesync.importing.finding import UnreadableTable
from storesync.importing.mapping import read_mapping
from storesync.importing.read import read_table


def match(header: str, mapping: str = ""):
    width = header.count(",")
    table = read_table("t.csv", f"{header}\n{'x,' * width}x\n".encode())
    return match_columns(table, read_mapping("map.yaml", mapping.encode()) if mapping else None)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Store Number", "id"),
        ("STORE_ID", "id"),
        ("Store Name", "name"),
        ("Street Address", "street"),
        ("State/Province", "region"),
        ("ZIP", "postcode"),
        ("Postcode", "postcode"),
        ("PLZ", "postcode"),
        ("Straße", "street"),
        ("Phone Number", "phone"),
        ("Lat", "latitude"),
        ("opens_on", "opens_on"),
        ("Öffnungszeiten", "hours"),
        ("Monday Hours", "hours.mon"),
        ("Ownership Type", "attributes.ownership_type"),
        ("attributes.Seats Inside", "attributes.seats_inside"),
        ("names.fr-CA", "names.fr-CA"),
        *((name, name) for name in FIELDS),
    ],
)
def test_headers_of_real_tables_are_known(header, field):
    assert field_of(header).name == field


@pytest.mark.parametrize("header", ["Kette", "", "names.french", "attributes.", "attributes.9"])
def test_others_are_not(header):
    assert field_of(header) is None


def test_an_attribute_is_named_by_its_header():
    assert variable_name("Café: Sitzplätze (innen)") == "cafe_sitzplatze_innen"


def test_the_real_chain_needs_no_mapping_file():
    header = (
        "Brand,Store Number,Store Name,Ownership Type,Street Address,City,State/Province,Country,"
        "Postcode,Phone Number,Timezone,Longitude,Latitude"
    )
    columns = match(header)
    assert set(columns.known) == {
        *("id", "name", "attributes.ownership_type", "street", "city", "region", "country"),
        *("postcode", "phone", "timezone", "longitude", "latitude"),
    }
    assert columns.warnings == ()


def test_columns_that_are_not_understood_are_ignored_with_a_warning():
    warnings = match("id,name,Kette,emial,").warnings
    assert [each.column for each in warnings] == ["Kette", "emial", ""]
    assert 'did you mean "email"?' in warnings[1].message


def test_a_mapping_file_says_what_columns_mean():
    columns = match(
        "Filial-Nr,Text,Kette,Eröffnet",
        "columns: {Filial-Nr: id, Text: attributes.profile, Eröffnet: opens_on}\n"
        "ignore: [Kette]\nconstants: {country: DE, timezone: Europe/Berlin}\ndates: DD.MM.YYYY\n",
    )
    assert list(columns.known) == ["id", "country", "timezone", "opens_on", "attributes.profile"]
    assert columns.text("country", ("1", "x", "y", "z")) == "DE"
    assert columns.text("id", ("1", "x", "y", "z")) == "1"
    assert columns.warnings == ()


def test_a_mapping_wins_over_a_header_and_a_constant_over_a_column():
    columns = match("id,name,title,country", "columns: {title: notes}\nconstants: {country: DE}")
    assert columns.fields["name"] == (1, "name")
    assert columns.fields["notes"] == (2, "title")
    assert columns.text("country", ("1", "x", "y", "US")) == "DE"


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("name,city", "row 1, the header: no column holds the location's id"),
        ("id,phone,Tel", "both mean phone"),
        ("id,na\0me", r"row 1, the header: column 2 holds the control character U\+0000"),
    ],
)
def test_a_header_without_a_clear_meaning_is_refused(header, words):
    with pytest.raises(UnreadableTable, match=words):
        match(header)


def test_a_title_above_the_header_is_told_from_a_header():
    with pytest.raises(UnreadableTable) as caught:
        match("Our shops,,")
    assert caught.value.hint.endswith("the header has to be in row 1, without a title above it")


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ("columns: {Nummer: id}", 'column "Nummer"'),
        ("columns: {name: nmae}", 'field "nmae"'),
        ("constants: {id: x}", "same id"),
        ("columns: [a]", "map.yaml:1:"),
        ("colums: {a: b}", 'map.yaml:1:1: unknown field "colums"'),
        ("columns: {a: b", "map.yaml:1:"),
    ],
)
def test_a_mapping_that_names_what_is_not_there_is_wrong_use(mapping, words):
    with pytest.raises(UserError, match=words) as caught:
        match("id,name", mapping)
    assert not isinstance(caught.value, UnreadableTable)


@pytest.mark.parametrize(
    ("field", "hint"),
    [("lat", 'did you mean "latitude"?'), ("postcod", "postcode"), ("xyz", "fields: id, ")],
)
def test_a_field_that_there_is_not_is_told_with_those_there_are(field, hint):
    with pytest.raises(UserError) as refused:
        match("id,Breite", f"columns: {{Breite: {field}}}")
    assert hint in refused.value.hint
