"""Copy that holds a legal text, or nearly; a word that a short one has in common is none."""

from __future__ import annotations

import pytest
from casefile import base

from storesync.catalog.load import load
from storesync.source.tree import MemoryTree
from storesync.validate.legal import check_legal

BRAND = "brands/acme/brand.yaml"
COPY = "brands/acme/campaigns/winter/copy/web.en.yaml"
LEGAL = "  ad: Ad\n  age: 18+\n  sale: Sponsored content\n  once: One to a customer and visit\n"


@pytest.mark.parametrize(
    ("copy", "named"),
    [
        ("An ad for 18 kinds of tea", []),
        ("Sponsored content of another kind", []),
        ("Ad", ["ad"]),
        ("18", ["age"]),
        ("sponsored content!", ["sale"]),
        ("Only while the stocks last", []),
        ("Sponsored content: one to a table", []),
        ("One to a customer, and to friends", ["once"]),
    ],
)
def test_copy_that_says_a_legal_text(copy: str, named: list[str]):
    files = dict(base())
    assert "legal:\n" in files[BRAND]
    files[BRAND] = files[BRAND].replace("legal:\n", f"legal:\n{LEGAL}")
    files[COPY] = f'values: {{headline: "{copy}"}}\n'
    catalog = load(MemoryTree(files))
    assert not catalog.diagnostics
    brand = catalog.brands["acme"]
    found = [item.message for item in check_legal(brand)]
    assert found == [f'this is the legal text "{name}", or nearly' for name in named]
