"""Tables that others made: the hostile ones of the research, and a real chain's."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from storesync.catalog.load import load
from storesync.importing.existing import read_existing
from storesync.importing.export import as_csv, location_rows
from storesync.importing.locations import Order, import_locations
from storesync.importing.read import read_table
from storesync.importing.table import Table
from storesync.source.tree import MemoryTree
from storesync.source.work_tree import WorkTree

SHARED = Path(__file__).parents[2] / ".." / "shared"
CASES = SHARED / "cases" / "hostile-tables"
INDEX = json.loads((CASES / "index.json").read_text())["files"] if CASES.is_dir() else []
BRAND = {
    "storesync.yaml": "format: 1\nrepository: 0123456789abcdef0123\n",
    "brands/harbor/brand.yaml": "name: Harbor\nlocales: [en-US]\ncurrency: USD\n",
}
DAY = date(2026, 11, 1)
# What the index calls a field, and where it goes.
ROLES = {"opens": "opens_on"}


def test_there_are_samples(shared):
    assert len(INDEX) > 0


@pytest.mark.parametrize("case", INDEX, ids=lambda case: case["file"])
def test_hostile_tables_end_as_their_index_says(case, run, tmp_path):
    for name, text in BRAND.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    outcome = run("import", "locations", CASES / case["file"], "--brand", "harbor", cwd=tmp_path)
    accepted = case["verdict"] in {"accept", "warn"}
    assert outcome.code == (0 if accepted else 1)
    said = (outcome.stdout + outcome.stderr).lower()
    assert all(word.lower() in said for word in case["must_say"])
    existing = read_existing(WorkTree(tmp_path), "harbor")
    assert bool(existing.locations) == accepted
    for key, value in case.get("value", {}).items():
        field = key.removeprefix("0.")
        (stored,) = existing.locations.values()
        found = stored.id if field == "id" else stored.own[ROLES[field]]
        assert found == value


def real(shared: Path, kind: str, encoding: str | None, *, rows: int | None = None) -> Table:
    raw = (shared / "data" / f"starbucks-locations.{kind}").read_bytes()
    return read_table(f"shops.{kind}", cut(raw, rows) if rows else raw, encoding=encoding)


def cut(workbook: bytes, rows: int) -> bytes:
    """Return a workbook with its first rows alone, each as whoever wrote it did."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                below = rf'<row r="{rows + 2}".*</row>'.encode()
                part, count = re.subn(below, b"", part, count=1, flags=re.DOTALL)
                assert count == 1
            new.writestr(name, part)
    return made.getvalue()


@pytest.mark.slow
def test_every_row_of_a_real_chain_is_accounted_for(shared):
    existing = read_existing(MemoryTree(BRAND), "harbor")
    result = import_locations(real(shared, "csv", "cp1252"), None, existing, Order(DAY))
    assert (result.rows, result.created, result.rejected_rows) == (25_601, 25_412, 189)
    assert {each.rule for each in result.rejected} == {
        *("lost-digits", "duplicate-id", "no-country", "no-id"),
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "encoding", "rows"), [("csv", "cp1252", None), ("xlsx", None, 6_090)]
)
def test_a_real_chain_becomes_sound_files_and_comes_back(shared, kind, encoding, rows):
    """Every twentieth row, and those around the row that a quote has cut in two.

    A workbook's last 19,000 rows would take three seconds to read.
    """
    table = real(shared, kind, encoding, rows=rows)
    assert len(table.rows) == (rows or 25_601)
    table = replace(table, rows=(*table.rows[::20], *table.rows[6086:6090]))
    existing = read_existing(MemoryTree(BRAND), "harbor")
    result = import_locations(table, None, existing, Order(DAY))
    assert {6089, 6090} <= {each.row for each in result.rejected}
    assert result.rows == result.created + result.rejected_rows
    tree = MemoryTree({**BRAND, **result.writes})
    catalog = load(tree)
    assert catalog.diagnostics == ()
    assert len(catalog.brands["harbor"].locations) == result.created
    made = read_existing(tree, "harbor")
    again = import_locations(table, None, made, Order(DAY))
    assert (again.unchanged, again.writes) == (result.created, {})
    exported = read_table("export.csv", as_csv(location_rows(made)))
    back = import_locations(exported, None, made, Order(DAY))
    assert (back.unchanged, back.rejected, back.writes) == (result.created, (), {})
