"""docs/importing.md names every rule and every field there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from storesync.importing.campaign_values import ANSWERS
from storesync.importing.fields import FIELDS
from storesync.importing.measures import RESULTS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
# Which argument of a call is the rule.
PLACE = {"warn": 1, "reject": 1, "Finding": 2}
# Rules that are worked out before they are given to such a call.
HANDED_ON = {"formula", "instructions", "lost-letters", "no-postcode", "leading-zeros", "no-name",
             "lost-text", "truth-value", "lost-digits", "number", "invalid-phone",
             "phone-shortened"}  # fmt: skip


def rules() -> Iterator[str]:
    for path in (ROOT / "storesync" / "importing").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                place = PLACE.get(name, 99)
                if place < len(node.args) and isinstance(node.args[place], ast.Constant):
                    yield node.args[place].value


def test_every_rule_is_in_its_tables():
    listed = set(re.findall(r"^\| `([a-z-]+)` \|", PAGE, flags=re.MULTILINE))
    fields = {*FIELDS, *RESULTS.fields, *ANSWERS}
    assert {*rules(), *HANDED_ON} <= listed
    assert listed - fields <= {*rules(), *HANDED_ON}


def test_every_field_is_in_its_table():
    days = {"hours.mon", "hours.sun"}
    names = {name for name in FIELDS if not name.startswith(("hours.", "attributes."))} | days
    assert [name for name in sorted(names) if f"`{name}`" not in PAGE] == []
