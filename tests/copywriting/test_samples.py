"""The fact cases that come with the project's brief, where they lie beside the repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.facts import Facts, facts_of

SAMPLES = Path(__file__).parents[3] / "shared" / "cases" / "facts.json"
# A limit of a channel, and none of facts.
_OTHER = {"too-long"}


def declared(roles: dict[str, Any]) -> Facts:
    offer = {
        "product": "p",
        "discount_percentage": roles["discount_percent"],
        "price": roles["price_now"],
        "regular_price": roles["price_was"],
    }
    shared = {
        "locale": "en-GB",
        "brand": {"name": roles["brand"]},
        "offer": offer,
        "product_name": roles["product"],
        "legal": {"terms": roles["legal"]},
        "flight": {"start": roles["start"], "end": roles["end"]},
    }
    location = {
        "name": roles["location"],
        "phone": roles["phone"],
        "website": roles["url"],
        "hours": {"mon-sun": f"{roles['opens']}-{roles['closes']}"},
        "attributes": {"note": roles.get("location_note", "")},
    }
    own = {"currency": roles["currency"], "location_name": roles["location"], "location": location}
    return facts_of(shared, own)


def test_samples():
    if not SAMPLES.exists():
        pytest.skip("no ../shared/cases/facts.json")
    given = json.loads(SAMPLES.read_text(encoding="utf-8"))
    wrong = []
    for case in given["cases"]:
        if case["id"] in _OTHER:
            continue
        found = check(case["copy"], "en-GB", declared(case.get("facts_override") or given["facts"]))
        said = " ".join(f"{one.text} {one.message}" for one in found).casefold()
        named = all(word.casefold() in said for word in case["must_name"])
        if (case["verdict"] == "pass") != (not found) or not named:
            wrong.append((case["id"], said))
    assert wrong == []
