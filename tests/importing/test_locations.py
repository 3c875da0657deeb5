"""A table against the files of a brand: what is created, changed, left alone, rejected, closed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from storesync.errors import UserError
from storesync.importing.finding import UnreadableTable

HEADER = "id,name,street,city,region,postcode,country,timezone,phone,lat,lng\n"
AUSTIN = (
    "00417,Congress,1100 Congress Ave,Austin,TX,78701,US,America/Chicago,512-555-0142,"
    "30.27,-97.74\n"
)
TABLE = HEADER + AUSTIN

PERSONS = """\
# Opened with the mayor.
name: Congress   # on the door since 2019
address: {city: Austin, street: "1100 Congress Ave"}
tags: [drive-thru]
notes: Keys at number 12
"""


def rules(findings):
    return {each.rule for each in findings}


def counts(result):
    rejected = len({each.row for each in result.rejected})
    assert result.rows == result.created + result.updated + result.unchanged + rejected
    return (result.created, result.updated, result.unchanged, rejected)


def test_a_new_location_says_only_what_its_folders_do_not(take, files_of):
    result = take(TABLE)
    assert counts(result) == (1, 0, 0, 0)
    assert result.warnings == ()
    assert files_of(result) == {
        "us/_defaults.yaml": "address: {country: US}\n",
        "us/texas/_defaults.yaml": "address: {region: TX}\n",
        "us/texas/00417.yaml": (
            "name: Congress\n"
            "address:\n"
            "  street: 1100 Congress Ave\n"
            "  city: Austin\n"
            '  postcode: "78701"\n'
            "timezone: America/Chicago\n"
            'phone: "+15125550142"\n'
            "geo: {latitude: 30.27, longitude: -97.74}\n"
        ),
    }


def test_a_country_that_is_not_the_brands_own_says_its_language_and_money(take, files_of):
    files = files_of(take("id,name,country,city\nb-1,Mitte,Germany,Berlin\n", modeline=True))
    modeline = "# yaml-language-server: $schema=../../../../schemas/location.json\n"
    assert files["de/_defaults.yaml"] == (
        f"{modeline}address: {{country: DE}}\nlocales: [de-DE]\ncurrency: EUR\n"
    )
    assert files["de/b-1.yaml"].startswith(f"{modeline}name: Mitte\n")
    assert "timezone: Europe/Berlin" in files["de/b-1.yaml"]  # the only one there


def test_the_same_table_again_changes_nothing(take, files_of):
    first = take(TABLE)
    again = take(TABLE, files_of(first))
    assert counts(again) == (0, 0, 1, 0)
    assert again.writes == {}


def test_folders_that_are_there_are_not_given_defaults(take, files_of):
    files = files_of(
        take(TABLE, {"us/texas/other.yaml": "name: Other\ntimezone: America/Chicago\n"})
    )
    assert list(files) == ["us/texas/00417.yaml"]
    assert "  region: TX\n" in files["us/texas/00417.yaml"]
    assert "  country: US\n" in files["us/texas/00417.yaml"]


def test_a_persons_file_is_changed_where_it_lies_and_nothing_else_moves(take, files_of):
    files = {
        "us/_defaults.yaml": "address: {country: US}\n",
        "us/texas/_defaults.yaml": "address: {region: TX}\ntimezone: America/Chicago\n",
        "us/texas/downtown/00417.yaml": PERSONS,
    }
    result = take(TABLE.replace("Congress,", "Congress Avenue,", 1), files)
    assert counts(result) == (0, 1, 0, 0)
    changed = files_of(result)
    assert list(changed) == ["us/texas/downtown/00417.yaml"]
    assert changed["us/texas/downtown/00417.yaml"] == (
        "# Opened with the mayor.\n"
        "name: Congress Avenue   # on the door since 2019\n"
        'address: {city: Austin, street: "1100 Congress Ave", postcode: "78701"}\n'
        "tags: [drive-thru]\n"
        "notes: Keys at number 12\n"
        'phone: "+15125550142"\n'
        "geo: {latitude: 30.27, longitude: -97.74}\n"
    )


def test_cells_that_are_empty_or_unusable_leave_the_file_alone(take):
    file = "name: Congress\naddress: {country: US, city: Austin}\ntimezone: America/Chicago\n"
    table = "id,name,city,country,phone,timezone,lat,lng\n00417,???,,,,,0,0\n"
    result = take(table, {"00417.yaml": file + 'phone: "+15125550142"\n'})
    assert counts(result) == (0, 0, 1, 0)


def test_a_location_is_known_by_an_earlier_id(take):
    file = "name: Congress\naddress: {country: US}\ntimezone: America/Chicago\nformerly: [old-1]\n"
    result = take("id,name\nold-1,New name\n", {"us/new-1.yaml": file})
    assert list(result.writes) == ["brands/harbor/locations/us/new-1.yaml"]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (",Congress,x,Austin,TX,78701,US,America/Chicago,,,", "no-id"),
        ("2-Mar,Congress,x,Austin,TX,78701,US,America/Chicago,,,", "excel-date"),
        ("07:30:00,Congress,x,Austin,TX,78701,US,America/Chicago,,,", "excel-date"),
        ("#N/A,Congress,x,Austin,TX,78701,US,America/Chicago,,,", "error-cell"),
        ("'#N/A,Congress,x,Austin,TX,78701,US,America/Chicago,,,", "invalid-id"),
        ("a-1, #REF! ,x,Austin,TX,78701,US,America/Chicago,,,", "error-cell"),
        ("a-1,#REF!,x,Austin,TX,78701,US,America/Chicago,,,", "error-cell"),
        ("a-1,Congress,x,#BEZUG!,TX,78701,US,America/Chicago,,,", "error-cell"),
        ("1.2E+06,Congress,x,Austin,TX,78701,US,America/Chicago,,,", "lost-digits"),
        ("NUL,Congress,x,Austin,TX,78701,US,America/Chicago,,,", "reserved-name"),
        ("../etc/x,Congress,x,Austin,TX,78701,US,America/Chicago,,,", "invalid-id"),
        ("=1+1,Congress,x,Austin,TX,78701,US,America/Chicago,,,", "invalid-id"),
        ("店,Congress,x,Austin,TX,78701,US,America/Chicago,,,", "invalid-id"),
        ("a-1,Congress,x,Austin,TX,78701,,America/Chicago,,,", "no-country"),
        ("a-1,Congress,x,Austin,TX,78701,Atlantis,America/Chicago,,,", "unknown-country"),
        ("a-1,Congress,x,Austin,TX,78701,US,Mars/Olympus,,,", "unknown-timezone"),
        ("a-1,Congress,x,Austin,TX,78701,US,,,,", "no-timezone"),
        ("a-1,Congress,x,Austin,TX,7.8E+04,US,America/Chicago,,,", "lost-digits"),
        ("a-1,Congress,x,Austin,TX,78701,US,America/Chicago,4.41315E+11,,", "lost-digits"),
        ("a-1,Con\0gress,x,Austin,TX,78701,US,America/Chicago,,,", "character"),
        ("a-1,Con\u202egress,x,Austin,TX,78701,US,America/Chicago,,,", "character"),
        ("a-1,Con\u0085gress,x,Austin,TX,78701,US,America/Chicago,,,", "character"),
        (f"a-1,{'x' * 301},x,Austin,TX,78701,US,America/Chicago,,,", "invalid-value"),
        ("a-1,{{ brand_name }},x,Austin,TX,78701,US,America/Chicago,,,", "template"),
        ("a-1,Congress,{% if,Austin,TX,78701,US,America/Chicago,,,", "template"),
        ("a-1,Congress", "cells"),
    ],
)
def test_rows_that_cannot_be_trusted_are_rejected_with_row_and_column(take, row, rule):
    result = take(f"{HEADER}{AUSTIN}{row}\n")
    assert counts(result) == (1, 0, 0, 1)
    (finding,) = result.rejected
    assert (finding.row, finding.rule) == (3, rule)
    assert rule not in {each.rule for each in result.warnings}
    assert "row 3" in finding.message


@pytest.mark.parametrize(
    ("row", "rule", "column"),
    [
        ("a-1,=1+1,x,Austin,TX,78701,US,America/Chicago,,,", "formula", "name"),
        ("a-1,A</b> SYSTEM: x,x,Austin,TX,78701,US,America/Chicago,,,", "instructions", "name"),
        ("a-1,Gda?sk,x,Austin,TX,78701,US,America/Chicago,,,", "lost-letters", "name"),
        ("a-1,?????,x,Austin,TX,78701,US,America/Chicago,,,", "lost-text", "name"),
        ("a-1,,x,Austin,TX,78701,US,America/Chicago,,,", "no-name", "name"),
        ("a-1,A\x96B,x,Austin,TX,78701,US,America/Chicago,,,", "windows-characters", "name"),
        ("a-1,2026-01-01T10:00:00,x,Austin,TX,78701,US,America/Chicago,,,", "excel-date", "name"),
        ("a-1,A,x,2-Mar,TX,78701,US,America/Chicago,,,", "excel-date", "city"),
        ("a-1,1e+20,x,Austin,TX,78701,US,America/Chicago,,,", "lost-digits", "name"),
        ("a-1,-1.5E-07,x,Austin,TX,78701,US,America/Chicago,,,", "lost-digits", "name"),
        ("a-1,FALSE,x,Austin,TX,78701,US,America/Chicago,,,", "truth-value", "name"),
        ("WAHR,A,x,Austin,TX,78701,US,America/Chicago,,,", "truth-value", "id"),
        ("18.5,A,x,Austin,TX,78701,US,America/Chicago,,,", "number", "id"),
        ("-7,A,x,Austin,TX,78701,US,America/Chicago,,,", "number", "id"),
        ("a-1,'#N/A,x,Austin,TX,78701,US,America/Chicago,,,", "error-cell", "name"),
        ("a-1,A,1-Jun,Austin,TX,78701,US,America/Chicago,,,", "excel-date", "street"),
        ("a-1,A,x,Austin,QC,78701,US,America/Chicago,,,", "unknown-region", "region"),
        ("a-1,A,x,Austin,TX,1234,US,America/Chicago,,,", "leading-zeros", "postcode"),
        ("a-1,A,x,Austin,TX,0,US,America/Chicago,,,", "no-postcode", "postcode"),
        ("a-1,A,x,Austin,TX,78701,US,Asia/Beijing,,,", "timezone-name", "timezone"),
        ("a-1,A,x,Austin,TX,78701,US,Asia/Tokyo,,,", "timezone-country", "timezone"),
        ("a-1,A,x,Austin,TX,78701,US,America/Chicago,123,,", "invalid-phone", "phone"),
        ("a-1,A,x,Austin,TX,78701,US,America/Chicago,,-97.74,30.27", "position", "lat"),
        ("a-1,A,x,Austin,TX,78701,US,America/Chicago,,30.27,", "invalid-position", "lng"),
    ],
)
def test_suspicious_rows_are_saved_with_a_warning_that_names_the_column(take, row, rule, column):
    result = take(f"{HEADER}{row}\n")
    assert counts(result) == (1, 0, 0, 0)
    found = {each.rule: each for each in result.warnings}
    assert rule in found
    assert (found[rule].row, found[rule].column) == (2, column)
    assert column in found[rule].message


def test_a_name_that_is_lost_gives_way_to_the_city_or_the_brand(take, files_of):
    table = "id,name,city,country\na,????,Berlin,DE\nb,????,???,DE\n"
    files = files_of(take(table))
    assert files["de/a.yaml"].startswith("name: Berlin\n")
    assert files["de/b.yaml"].startswith("name: Harbor Coffee\n")


def test_what_excel_made_of_a_cell_is_told_with_what_it_became(take, files_of, sheet):
    rows = [
        ["id", "name", "folder", "tags", "attributes.seats", "country"],
        [True, datetime.fromisoformat("2026-01-01T10:00"), None, None, 40, "DE"],
        [18.5, 1e20, True, True, True, "DE"],
        [19, 21, None, None, 1e20, "DE"],
    ]
    result = take(sheet(rows))
    assert [(each.row, each.column, each.rule) for each in result.warnings if each.row > 1] == [
        (2, "id", "truth-value"),
        (2, "name", "excel-date"),
        (3, "id", "number"),
        (3, "name", "lost-digits"),
        (3, "tags", "truth-value"),
        (3, "folder", "truth-value"),
        (4, "attributes.seats", "lost-digits"),
    ]
    said = "\n".join(each.message for each in result.warnings)
    for words in (
        'name: "2026-01-01T10:00:00" looks like a date that a spreadsheet made',
        'id: "18.5" looks like a number of a spreadsheet and is saved as 18-5',
        'id: "true" looks like a TRUE or FALSE of a spreadsheet and is saved as true',
        'name: "1e+20" looks like a number whose digits a spreadsheet lost and is saved as "1e+20"',
        "format the cell as text",
    ):
        assert words in said
    assert {*files_of(result)} >= {"true/18-5.yaml", "de/true.yaml", "de/19.yaml"}


def test_the_second_row_with_an_id_is_rejected_and_names_the_first(take):
    result = take("id,name,country\nA 1,First,DE\na-1,Second,DE\n")
    assert counts(result) == (1, 0, 0, 1)
    assert "is the id of row 2 already" in result.rejected[0].message


def test_a_swallowed_row_is_rejected_and_those_after_it_are_not(take):
    result = take('id,name,country\na,"Foo,DE\nb,Bar,DE\nc,Baz,DE\n')
    assert counts(result) == (2, 0, 0, 1)
    assert result.rejected[0].row == 2


def test_a_table_without_countries_takes_them_from_the_folder(take):
    top = {"_defaults.yaml": "address: {country: US}\ntimezone: America/Chicago\n"}
    result = take("id,name,phone\na,A,512-555-0142\n", top)
    assert result.warnings == ()
    assert b"+15125550142" in result.writes["brands/harbor/locations/a.yaml"]


def test_a_table_without_countries_and_zones_says_so_once(take):
    result = take("id,name\na,A\nb,B\n")
    assert counts(result) == (2, 0, 0, 0)
    assert [each.rule for each in result.warnings] == ["incomplete", "incomplete"]


def test_a_column_of_folders_decides_where_new_locations_go(take, files_of):
    result = take("id,name,country,folder\na,A,DE,germany/north\n")
    assert list(files_of(result)) == ["germany/north/a.yaml"]
    assert counts(take("id,name,country,folder\na,A,DE,../up\n")) == (0, 0, 0, 1)


def test_constants_and_other_columns_of_a_mapping_file(take, files_of):
    mapping = (
        "columns: {Nr: id, Titel: name, Auf: opens_on, Plätze: attributes.seats}\n"
        "constants: {country: DE, tags: kiosk; mall}\ndates: DD.MM.YYYY\n"
    )
    files = files_of(take("Nr;Titel;Auf;Plätze\n7;Nord;1.12.2026;40\n", mapping=mapping))
    assert files["de/7.yaml"] == (
        "name: Nord\ntimezone: Europe/Berlin\ntags: [kiosk, mall]\n"
        'attributes: {seats: "40"}\nopens_on: 2026-12-01\naddress: {}\n'
    ).replace("address: {}\n", "")


def test_tags_of_the_folder_stay_and_are_not_repeated(take, files_of):
    files = {
        "_defaults.yaml": "address: {country: US}\ntimezone: America/Chicago\ntags: [all]\n",
        "a.yaml": "name: A\ntags: [old]\n",
    }
    result = take("id,tags\na,new; all\n", files)
    assert files_of(result) == {"a.yaml": "name: A\ntags: [new]\n"}
    assert rules(take("id,tags\na,new\n", files).warnings) == {"folder-tags"}


def test_a_web_address_gets_its_beginning(take):
    result = take("id,name,country,website\na,A,DE,www.example.com/a\n")
    assert (
        b"website: https://www.example.com/a" in result.writes["brands/harbor/locations/de/a.yaml"]
    )


def test_hours_by_the_day_and_in_one_cell_mean_the_same(take, files_of):
    files = files_of(take("id,name,country,Monday,Tuesday\na,A,GB,6am-8pm,closed\n"))
    assert "hours: {mon: 06:00-20:00, tue: closed}" in files["gb/a.yaml"]
    again = take("id,hours\na,mon: 06:00-20:00; tue: closed\n", files)
    assert counts(again) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("column", "text"), [("email", "nobody"), ("website", "not a page"),
                         ("website", "javascript:alert(1)"), ("currency", "dollars"),
                         ("hours", "late"), ("locales", "english"), ("opens_on", "1.12.2026")]
)  # fmt: skip
def test_what_a_location_can_do_without_is_left_out(take, column, text):
    result = take(f"id,name,country,{column}\na,A,DE,{text}\n")
    if column == "opens_on":  # a wrong day would publish too early
        assert rules(result.rejected) == {"invalid-day"}
        return
    assert counts(result) == (1, 0, 0, 0)
    assert result.warnings[0].column == column
    assert text not in result.writes["brands/harbor/locations/de/a.yaml"].decode()


BROKEN = {"a.yaml": "name: [\n", "b.yaml": "name: B\n", "x/b.yaml": "name: B\n"}


def test_files_with_errors_and_ids_with_two_files_keep_their_rows_out(take):
    result = take("id,name\na,A\nb,B\n", BROKEN)
    assert counts(result) == (0, 0, 0, 2)
    assert rules(result.rejected) == {"broken-file"}
    assert "a.yaml:" in result.rejected[0].message
    assert "two files" in result.rejected[1].message


def test_a_brand_that_is_not_there_or_unsound_is_wrong_use(take):
    with pytest.raises(UserError, match="_defaults"):
        take("id,name\na,A\n", {"_defaults.yaml": "address: [\n"})


def many(count: int):
    return {
        f"l-{number}.yaml": (
            f"name: N{number}\naddress: {{country: GB}}\ntimezone: Europe/London\n"
        )
        for number in range(count)
    }


def rows(count: int, change: int = 0):
    lines = (f"l-{number},{'M' if number < change else 'N'}{number}" for number in range(count))
    return "id,name\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("has", "changed", "large"), [(9, 9, False), (10, 3, False), (10, 4, True), (100, 31, True)]
)
def test_a_change_of_more_than_a_third_of_a_brand_is_large(take, has, changed, large):
    assert take(rows(has, changed), many(has)).is_large == large


def test_absent_rows_mean_nothing_unless_the_table_is_complete(take, files_of):
    assert take(rows(10), many(12)).writes == {}
    result = take(rows(10), many(12), closes_on=date(2026, 12, 31))
    assert (result.removed, counts(result)) == (2, (0, 0, 10, 0))
    files = files_of(result)
    assert sorted(files) == ["l-10.yaml", "l-11.yaml"]
    assert files["l-10.yaml"].endswith("closes_on: 2026-12-31\n")
    again = take(rows(10), {**many(12), **files}, closes_on=date(2027, 1, 1))
    assert (again.removed, again.writes) == (0, {})


def test_a_rejected_row_is_not_absent_and_one_without_an_id_stops_a_complete_table(take):
    table = "id,name,phone\nl-0,N0,4.4E+11\n"
    assert take(table, many(1), closes_on=date(2026, 12, 31)).removed == 0
    with pytest.raises(UserError, match="rows 2 nobody can say"):
        take("id,name\n,N0\n", many(1), closes_on=date(2026, 12, 31))


def test_a_closed_location_in_the_table_is_noticed(take):
    files = {"l-0.yaml": many(1)["l-0.yaml"] + "closes_on: 2026-01-01\n"}
    assert rules(take(rows(1), files).warnings) == {"closed-location"}


def test_a_table_that_no_row_of_can_be_read_is_refused(take):
    for table in ("id,id\n1,2\n", "id,name\n\n , \n"):
        with pytest.raises(UnreadableTable):
            take(table)
