"""Gifts, limits, several of a thing and properties in Italian, Portuguese, Dutch and Polish."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts, facts_of
from storesync.model.template import Variable

_ROWS = yaml.safe_load(Path(__file__).with_name("shops_of_four.yaml").read_text("utf-8"))
_PERCENT = {"discount_percentage": Variable(type="integer", unit="percent")}


def _facts(shop: str) -> Facts:
    row = _ROWS[shop]
    percent, price, regular = row["offer"]
    shared = {
        "locale": row["locale"],
        "product_name": row["product"],
        "discount_percentage": percent,
        "offer": {"product": "p", "price": price, "regular_price": regular},
        "legal": {"terms": row.get("terms", "")},
    }
    own = {"currency": row["currency"]}
    return facts_of(shared, own, row["statements"], variables=_PERCENT)


def _texts(kind: str) -> list[tuple[str, str]]:
    return [(shop, text) for shop, row in _ROWS.items() for text in row[kind]]


def _found(shop: str, text: str) -> list[str]:
    facts = _facts(shop)
    return [one.text for one in check(text, facts.locale, facts)]


@pytest.mark.parametrize(("shop", "text"), _texts("right"))
def test_what_is_declared_may_be_told_otherwise(shop: str, text: str):
    assert _found(shop, text) == []


@pytest.mark.parametrize(("shop", "text"), _texts("wrong"))
def test_what_is_not_declared_is_found(shop: str, text: str):
    assert _found(shop, text)
