"""A brand in memory, tables as text, and Excel files that are as odd as a test wants them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from storesync.importing.existing import read_existing
from storesync.importing.locations import Import, Order, import_locations
from storesync.importing.mapping import read_mapping
from storesync.importing.read import read_table
from storesync.source.tree import MemoryTree

DAY = date(2026, 11, 1)
BRAND = "name: Harbor Coffee\nlocales: [en-US]\ncurrency: USD\n"
TOP = "brands/harbor/locations/"
SHARED = Path(__file__).parents[2] / ".." / "shared"

Files = Mapping[str, str | bytes]
Take = Callable[..., Import]


@pytest.fixture
def shared() -> Path:
    """The folder of samples beside the repository; its tests are skipped where there is none."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared is not there")
    return SHARED


@pytest.fixture
def take() -> Take:
    """Import a table (CSV text or bytes) into a brand that has `files` below its locations."""

    def run(
        table: str | bytes, files: Files | None = None, mapping: str = "", **order: Any
    ) -> Import:
        raw = table.encode() if isinstance(table, str) else table
        tree = {f"{TOP}{path}": text for path, text in (files or {}).items()}
        existing = read_existing(MemoryTree({"brands/harbor/brand.yaml": BRAND, **tree}), "harbor")
        return import_locations(
            read_table("table", raw),
            read_mapping("map.yaml", mapping.encode()) if mapping else None,
            existing,
            Order(**{"at": DAY, **order}),
        )

    return run


@pytest.fixture
def files_of() -> Callable[[Import], dict[str, str]]:
    """Return what an import would write, by path below the brand's locations."""
    return lambda result: {
        path.removeprefix(TOP): raw.decode() for path, raw in result.writes.items()
    }


@pytest.fixture
def sheet() -> Callable[..., bytes]:
    """Make an Excel file of rows; `edit` may change the workbook before it is saved."""

    def make(rows: Sequence[Sequence[Any]], edit: Callable[[Any], None] | None = None) -> bytes:
        book = Workbook()
        for row in rows:
            book.active.append(list(row))
        if edit:
            edit(book)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return make


@pytest.fixture
def rezip() -> Callable[..., bytes]:
    """Write an archive anew with other bytes for some of its parts."""

    def make(raw: bytes, parts: Mapping[str, Callable[[bytes], bytes] | bytes]) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w", 8) as new:
            for name in {*old.namelist(), *parts}:
                data = old.read(name) if name in old.namelist() else b""
                change = parts.get(name, data)
                new.writestr(name, change(data) if callable(change) else change)
        return stream.getvalue()

    return make
