"""A campaign's values by location: out into a table and back, and what a changed cell becomes."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from storesync.catalog.load import load
from storesync.errors import UserError
from storesync.importing.campaign_values import CampaignValues, campaign_values
from storesync.importing.export import as_csv
from storesync.importing.finding import UnreadableTable
from storesync.importing.locations import Import
from storesync.importing.mapping import read_mapping
from storesync.importing.read import read_table
from storesync.importing.values import ValuesOrder, import_values
from storesync.importing.values_table import numeric_columns, values_rows
from storesync.importing.workbook_file import as_workbook
from storesync.resolve.explain import explain
from storesync.source.tree import MemoryTree

TOP = "brands/harbor/campaigns/pies"
BRAND = "name: Harbor\nlocales: [en-US, fr-CA]\ncurrency: USD\n"
LOCATION = "name: {}\ntimezone: America/Chicago\naddress: {{country: US, city: Austin}}\n"
TEMPLATE = """\
name: Offer
variables:
  headline: {maxLength: 40}
  message: {maxLength: 60, lock: location}
  discount_percentage: {type: integer, minimum: 5, maximum: 30, lock: location, unit: percent}
  price: {type: money, lock: location, required: false}
  opens: {type: date, lock: location, required: false}
  is_new: {type: boolean, lock: location, required: false}
  reason: {lock: location, required: false}
"""
CAMPAIGN = """\
name: Pies
template: shared/offer
flight: {start: 2026-12-01}
channels: [web]
select: [{tags: [pies]}]
offer: {discount_percentage: 20, price: {USD: 4.50, CAD: 5.25}}
values:
  headline: Pies are here
  message: {en-US: Warm pies, fr-CA: Des tartes}
participation: opt_out
"""
OWN = """\
# Ana asked for it.
offer: {discount_percentage: 25}   # the most we can
values: {message: {en-US: Our pies, fr-CA: Nos tartes}}
reason: New oven
until: 2026-12-08
"""
TREE = {
    "brands/harbor/brand.yaml": BRAND,
    "brands/harbor/locations/austin.yaml": LOCATION.format("Austin") + "tags: [pies]\n",
    "brands/harbor/locations/boston.yaml": LOCATION.format("Boston")
    + "tags: [pies]\nformerly: [beantown]\n",
    "brands/harbor/locations/elsewhere.yaml": LOCATION.format("Elsewhere"),
    f"{TOP}/campaign.yaml": CAMPAIGN,
    f"{TOP}/locations/austin.yaml": OWN,
    "templates/shared/offer/template.yaml": TEMPLATE,
    "templates/shared/offer/web.html.j2": "<p>{{ message }}",
}
WHY = "location,reason"


def workbook(rows: list[list[Any]], **formats: str) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cell, shape in formats.items():
        sheet[cell].number_format = shape
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def known(files: Mapping[str, str | bytes] | None = None) -> CampaignValues:
    tree = MemoryTree({**TREE, **(files or {})})
    catalog = load(tree)
    return campaign_values(catalog, catalog.brands["harbor"].campaigns["pies"], tree)


def take(
    table: str | bytes, files: Mapping[str, str | bytes] | None = None, **given: Any
) -> Import:
    mapping = given.pop("mapping", "")
    raw = table.encode() if isinstance(table, str) else table
    return import_values(
        read_table("table", raw),
        read_mapping("map.yaml", mapping.encode()) if mapping else None,
        known(files),
        ValuesOrder(**given),
    )


def written(result: Import, location: str) -> str:
    assert result.rejected == ()
    return result.writes[f"{TOP}/locations/{location}.yaml"].decode()


def reasons(result: Import) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.rule) for each in result.rejected]


def table_of(values: CampaignValues) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(values_rows(values)).decode())))


def test_the_table_has_what_holds_at_each_location():
    austin, boston = table_of(known())
    assert list(austin) == [
        *("location", "name", "message.en-US", "message.fr-CA", "discount_percentage", "price"),
        *("opens", "is_new", "values.reason", "participation", "reason", "until"),
    ]
    assert (austin["discount_percentage"], boston["discount_percentage"]) == ("25", "20")
    assert (austin["message.fr-CA"], boston["message.en-US"]) == ("Nos tartes", "Warm pies")
    assert (austin["price"], boston["price"]) == ("4.50", "4.50")
    assert (austin["reason"], austin["until"], boston["until"]) == ("New oven", "2026-12-08", "")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("until", ["2026-12-08", "2026-12-08T00:00", "2026-12-08T18:00"])
def test_what_is_taken_out_comes_back_without_a_difference(kind, until):
    values = known(files := {f"{TOP}/locations/austin.yaml": OWN.replace("2026-12-08", until)})
    rows = values_rows(values)
    at = datetime(2026, 11, 1, tzinfo=UTC)
    raw = as_csv(rows) if kind == "csv" else as_workbook(rows, at, numeric=numeric_columns(values))
    result = take(raw, files)
    assert (result.unchanged, result.writes, result.rejected) == (2, {}, ())
    assert result.warnings == ()


def test_a_mere_day_of_a_spreadsheet_is_no_midnight():
    assert take("location,until\naustin,2026-12-08 00:00:00\n").unchanged == 1


def test_a_line_that_ends_elsewhere_is_another_text():
    own = OWN.replace("{message: {en-US: Our pies, fr-CA: Nos tartes}}", "{message: Our pies}")
    files = {f"{TOP}/locations/austin.yaml": own}
    assert take("location,message\naustin,Our  pies \n", files).unchanged == 1
    result = take('location,message\naustin,"Our\npies"\n', files)
    assert 'message: "Our\\npies"' in written(result, "austin")


def test_a_new_file_has_what_differs_and_why():
    text = (
        "location,message.fr-CA,discount_percentage,price,opens,is_new,values.reason,reason,until\n"
        "boston,Nos bonnes tartes,30 %,4.75,2026-12-05,TRUE,Cold,The lake,2026-12-08T18:00\n"
    )
    result = take(text, modeline=True)
    assert (result.created, result.before) == (1, {})
    assert written(result, "boston") == (
        "# yaml-language-server: $schema=../../../../../schemas/override.json\n"
        "offer: {discount_percentage: 30, price: 4.75}\n"
        "values:\n  opens: 2026-12-05\n  is_new: true\n  reason: Cold\n"
        "  message:\n    en-US: Warm pies\n    fr-CA: Nos bonnes tartes\n"
        "reason: The lake\nuntil: 2026-12-08T18:00\n"
    )
    again = take(text, result.writes)
    assert (again.unchanged, again.writes) == (1, {})


def test_a_persons_file_keeps_all_else():
    result = take("location,message.en-US,discount_percentage\naustin,Her pies,30\n")
    assert (result.updated, written(result, "austin")) == (
        1,
        OWN.replace("25", "30").replace("en-US: Our pies", "en-US: Her pies"),
    )
    assert result.before == {f"{TOP}/locations/austin.yaml": OWN.encode()}


def test_of_a_text_by_language_only_the_one_that_differs_is_written_anew():
    texts = "    en-US: Our pies\n    # Ask Luc.\n    fr-CA: 'Nos tartes'\n"
    own = f"values:\n  message:\n{texts}reason: x\n"
    files = {f"{TOP}/locations/austin.yaml": own}
    result = take("location,message.en-US\naustin,Her pies\n", files)
    assert written(result, "austin") == own.replace("Our", "Her")


def test_a_text_in_one_language_leaves_the_others_as_they_are():
    files = {
        f"{TOP}/campaign.yaml": CAMPAIGN.replace("{en-US: Warm pies, fr-CA: Des tartes}", "Pies")
    }
    result = take("location,message.fr-CA\nboston,Des tartes\n", files, reason="Quebec")
    assert "    en-US: Pies\n    fr-CA: Des tartes\n" in written(result, "boston")


def test_an_answer_alone_is_written_with_its_reason():
    result = take("location,participation,reason\nboston,OUT,No oven\n")
    assert written(result, "boston") == "participation: out\nreason: No oven\n"
    taken = take("location,participation\nbeantown,out\n", reason="No oven")
    assert written(taken, "boston") == "participation: out\nreason: No oven\n"


def test_a_reason_alone_is_of_nothing():
    result = take("location,reason,until\nboston,Nothing differs,2026-12-08\n")
    assert (result.unchanged, result.writes) == (1, {})
    assert take("location,until\naustin,2026-12-09\n").updated == 1


def test_a_better_reason_replaces_the_one_in_the_file():
    result = take("location,reason,until\naustin,Newer oven,\n", reason="Not this")
    assert written(result, "austin") == OWN.replace("New oven", "Newer oven")
    silent = {f"{TOP}/locations/austin.yaml": "participation: in\n"}
    assert take("location,price\naustin,\n", silent, reason="Prices").writes == {}


def test_a_percentage_of_excel_is_what_people_see():
    rows = [["location", "discount_percentage", "price"], ["boston", 0.25, 4.75]]
    result = take(workbook(rows, B2="0%", C2='0.00" %"'), reason="Why")
    assert written(result, "boston") == (
        "offer: {discount_percentage: 25, price: 4.75}\nreason: Why\n"
    )
    wrong = take(workbook(rows, B2="0.00%", C2="0%"), reason="Why")
    assert reasons(wrong) == [(2, "price", "invalid-value")]


@pytest.mark.parametrize(
    ("until", "written_as"),
    [
        ("08.12.2026 18:00", "2026-12-08T18:00"),
        ("2026-12-08 18:00:00", "2026-12-08T18:00"),
        ("2026-12-08 00:00:00", "2026-12-08"),
        ("8.12.2026", "2026-12-08"),
    ],
)
def test_own_values_end_with_a_day_or_at_a_time(until, written_as):
    table = f"location,price,until\nboston,4,{until}\n"
    result = take(table, reason="Why", mapping="dates: DD.MM.YYYY\n")
    assert f"\nuntil: {written_as}\n" in written(result, "boston")


def test_no_break_spaces_are_the_authors():
    text = "Soldes\u202f! 5\u00a0$"
    result = take(f"location,message.fr-CA\nboston,{text}\n", reason="Why")
    assert f"fr-CA: {text}\n" in written(result, "boston")
    plain = take("location,message.fr-CA\nboston,Soldes ! 5 $\n", result.writes)
    assert "fr-CA: Soldes ! 5 $\n" in written(plain, "boston")


@pytest.mark.parametrize("reason", ["\u200b", "x" * 20_001, " ", "a\x07b"])
def test_a_reason_that_no_file_may_have_rejects_the_row(reason):
    for result in (
        take("location,price\nboston,4\n", reason=reason),
        take(f"location,price,reason\nboston,4,{reason}\n"),
    ):
        assert result.rejected
        assert result.writes == {}


def test_the_files_own_reason_stays_where_the_table_gives_none():
    result = take("location,discount_percentage\naustin,30\n", reason="Another")
    assert "reason: New oven\n" in written(result, "austin")


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("location,discount_percentage\nboston,31\n", "invalid-value"),
        ("location,discount_percentage\nboston,lots\n", "invalid-value"),
        ("location,discount_percentage\nboston,12.5\n", "invalid-value"),
        ("location,price\nboston,4.75 €\n", "invalid-value"),
        ('location,price\nboston,"1,234"\n', "invalid-value"),
        ("location,opens\nboston,soon\n", "invalid-value"),
        ("location,is_new\nboston,perhaps\n", "invalid-value"),
        ("location,participation\nboston,maybe\n", "invalid-value"),
        ("location,headline\nboston,Mine\n", "locked-value"),
        ("location,message\nboston,Mine\n", "by-language"),
        ("location,message.en-US\nboston,{{ brand }}\n", "template"),
        ("location,message.en-US\nboston,a\x07b\n", "character"),
        ("location,until\naustin,soon\n", "invalid-day"),
        ("location,until\naustin,2026-12-08T18:00:30\n", "invalid-day"),
        ("location,until\naustin,2026-12-08 25:00\n", "invalid-day"),
        ("location,until\naustin,2026-12-08 18:00Z\n", "invalid-day"),
        ("location,until\naustin,0001-01-01\n", "invalid-value"),
        ("location,price\n,4\n", "no-id"),
        ("location,price\nelsewhere,4\n", "unknown-location"),
        ("location,price\nbostn,4\n", "unknown-location"),
    ],
)  # fmt: skip
def test_rows_that_cannot_be_trusted_are_rejected(row, rule):
    result = take(row, reason="Why not")
    assert [each.rule for each in result.rejected] == [rule]
    assert (result.writes, result.rows, result.rejected_rows) == ({}, 1, 1)


def test_who_differs_says_why():
    assert reasons(take("location,price\nboston,4\n")) == [(2, "reason", "missing-reason")]


def test_a_second_row_of_a_location_is_rejected():
    result = take("location,price\nboston,4\nbeantown,5\n", reason="Prices")
    assert reasons(result) == [(3, "location", "duplicate-id")]
    assert result.created == 1


def test_columns_of_headquarters_may_say_what_holds():
    assert take("location,headline\nboston,Pies are here\n").unchanged == 1


def test_a_mapping_says_what_columns_mean():
    mapping = (
        'columns: {Filiale: location, Preis: price}\ndecimal: ","\nconstants: {reason: Preise}\n'
    )
    result = take("Filiale;Preis;Rest\nboston;4,75;\n", mapping=mapping)
    assert written(result, "boston") == "offer: {price: 4.75}\nreason: Preise\n"


def test_of_another_chain_s_table_only_some_rows_tell_what_is_similar():
    result = take("location,reason\n" + "bostn,x\n" * 50)
    told = ["did you mean" in each.message for each in result.rejected]
    assert (len(told), sum(told), told[0]) == (50, 20, True)


def test_a_table_without_locations_or_rows_is_unreadable():
    with pytest.raises(UnreadableTable, match="no column holds the location's id"):
        take("price\n4\n")
    with pytest.raises(UnreadableTable, match="no rows"):
        take("location,price\n")


def test_a_file_with_an_error_is_left_as_it_is():
    files = {f"{TOP}/locations/austin.yaml": "reason: x\noffer: {discount_percentage: [\n"}
    result = take("location,price\naustin,4\nboston,5\n", files, reason="Prices")
    assert reasons(result) == [(2, "", "broken-file")]
    assert f"{TOP}/locations/austin.yaml:3:1: " in result.rejected[0].message
    assert result.created == 1
    assert [row["location"] for row in table_of(known(files))] == ["boston"]


def test_a_campaign_without_its_template_has_no_values():
    tree = MemoryTree({**TREE, f"{TOP}/campaign.yaml": CAMPAIGN.replace("offer\n", "other\n", 1)})
    catalog = load(tree)
    with pytest.raises(UserError, match="template shared/other cannot be used"):
        campaign_values(catalog, catalog.brands["harbor"].campaigns["pies"], tree)


TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=40)


@given(
    message=TEXTS,
    percentage=st.integers(5, 30),
    price=st.decimals(0, 999, places=2),
    language=st.sampled_from(["en-US", "fr-CA", "de"]),
)
def test_what_a_row_says_holds_afterwards_and_comes_back(message, percentage, price, language):
    header = f"location,message.{language},discount_percentage,price\n"
    stream = io.StringIO()
    csv.writer(stream).writerow(["boston", message, percentage, price])
    result = take(header + stream.getvalue(), reason="Why")
    if result.rejected:  # a text that no file may hold, or that says nothing
        assert result.writes == {}
        return
    values = known(result.writes)
    said = {
        item.name: item.value
        for item in explain(
            values.brand, values.campaign, values.template, values.locations["boston"]
        )
    }
    assert int(said["discount_percentage"]) == percentage
    amount = said["price"]
    assert Decimal(str(amount["USD"] if isinstance(amount, Mapping) else amount)) == price
    again = take(header + stream.getvalue(), result.writes, reason="Why")
    assert (again.unchanged, again.writes) == (1, {})
    assert take(as_csv(values_rows(values)), result.writes).writes == {}
