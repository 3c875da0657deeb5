"""Looking only at what a merge reaches shows what looking at everything shows."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merges import ACME, AT, Files, campaign, chain, merges

from storesync.diagnostics import Diagnostic, has_errors
from storesync.plan.piece import Piece
from storesync.plan.plan import Plan
from storesync.plan.review import plan_review
from storesync.source.tree import MemoryTree
from storesync.validate.assess import Assessment, assess
from storesync.validate.identity import renamed
from storesync.validate.part import Part, part_of

FILES = chain()
Sides = tuple[Assessment, Assessment]


def worked_out(before: Files, after: Files) -> Sides:
    """Return both trees as wholes."""
    base = assess(MemoryTree(before), AT)
    return base, assess(MemoryTree(after), AT, before=base.catalog)


def planned(sides: Sides) -> Plan:
    """Return the plan; instead of artifacts all that they are made from is compared."""
    base, head = sides
    known = set(base.skipped(AT))
    skipped = [item for item in head.skipped(AT) if item not in known]
    told = (_made_from, _made_from)
    return plan_review(base.pieces(), head.pieces(), told, AT, skipped, renamed(head.catalog))


def _made_from(piece: Piece) -> str:
    return repr((piece.template, piece.shared, piece.own))


def errors(side: Assessment) -> Counter[Diagnostic]:
    return Counter(item for item in side.diagnostics(AT) if item.severity == "error")


def part(before: Files, after: Files) -> Part | None:
    return part_of(MemoryTree(before), MemoryTree(after), AT)


@given(merges())
@settings(max_examples=150)
def test_a_part_shows_all_that_the_whole_shows(files: tuple[Files, Files]):
    found = part(*files)
    if found is None:
        return
    whole = worked_out(*files)
    some, every = planned(found.sides), planned(whole)
    assert some.changes == every.changes
    assert some.fingerprint == every.fingerprint
    assert (some.skipped, some.inherited) == (every.skipped, every.inherited)
    assert some.unchanged <= every.unchanged
    assert some.unchanged == every.unchanged or not found.is_whole
    # What is wrong elsewhere was so before.
    assert errors(whole[1]) <= errors(whole[0])
    assert not any(has_errors(side.diagnostics(AT)) for side in found.sides)


def edited(path: str, old: str, new: str) -> Files:
    assert old in FILES[path]
    return {**FILES, path: FILES[path].replace(old, new)}


def test_the_chain_has_no_fault():
    assert not errors(assess(MemoryTree(FILES), AT))


LEEDS = f"{ACME}/locations/gb/north/leeds.yaml"
YORK = f"{ACME}/locations/gb/north/york.yaml"


def test_what_is_still_there_was_not_renamed():
    """That is an error where it is written, and nothing of Leeds moves to Laval."""
    laval = f"{ACME}/locations/ca/laval.yaml"
    files = {**FILES, laval: FILES[laval] + "formerly: [leeds]\n"}
    assert renamed(assess(MemoryTree(files), AT).catalog) == {}
    del files[LEEDS]
    assert renamed(assess(MemoryTree(files), AT).catalog) == {("acme", "location/leeds"): "laval"}


@pytest.mark.parametrize(
    ("after", "campaigns", "locations"),
    [
        pytest.param(
            edited(campaign("c2"), "Campaign 2", "New"),
            # By folder, by id and by tag: all that are for Leeds or York as well.
            {"winter", "c1", "c2", "c4", "c6"},
            {"leeds", "york"},
            id="words of a campaign",
        ),
        pytest.param(
            edited(campaign("c5"), "ids: [dover, laval]", "ids: [laval, bath]"),
            {"winter", "c1", "c5", "c6"},
            {"laval", "bath"},
            id="a selector",
        ),
        pytest.param(
            edited(LEEDS, "name: Leeds", "name: Leodis"),
            {"winter", "c1", "c2"},
            {"leeds"},
            id="a location",
        ),
    ],
)
def test_what_is_looked_at(after: Files, campaigns: set[str], locations: set[str]):
    found = part(FILES, after)
    assert found is not None
    catalog = found.sides[1].catalog
    assert set(catalog.brands["acme"].locations) == locations
    assert set(catalog.brands["acme"].campaigns) == campaigns
    assert not catalog.brands["zeta"].locations
    assert planned(found.sides).changes


def test_copy_is_looked_at_with_its_campaign_whatever_changed():
    path = f"{ACME}/campaigns/c2/copy/web.en.yaml"
    with_copy = {
        **FILES,
        path: 'values: {headline: "{{ discount_percentage }} off, {{ location_name }}"}\n',
    }
    of_copy = {**with_copy, path: "values: {headline: Other words}\n"}
    of_location = {**with_copy, LEEDS: FILES[LEEDS].replace("name: Leeds", "name: Leodis")}
    for before, after in ((FILES, with_copy), (with_copy, of_copy), (with_copy, of_location)):
        found = part(before, after)
        assert found is not None
        every = planned(worked_out(before, after))
        assert planned(found.sides).changes == every.changes
        assert any(change.key.campaign == "c2" for change in every.changes)


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(edited("storesync.yaml", "sms: 9", "sms: 8"), id="settings"),
        pytest.param(edited("templates/shared/offer/web.html.j2", "<p>", "<b>"), id="a template"),
        pytest.param({path: FILES[path] for path in FILES if "zeta" not in path}, id="a brand"),
        pytest.param(edited(YORK, "[garden]", "["), id="an error"),
        pytest.param(edited(campaign("c2"), "gb/north", "gb/nort"), id="a selector of nothing"),
        pytest.param(edited(campaign("c6"), "flight", "locales: [fr-CA]\nflight"), id="a language"),
        pytest.param(edited(YORK, "name: York", "name: York\nformerly: [old]"), id="an earlier id"),
        pytest.param(edited(campaign("c2"), "priority: 3", "priority: 7"), id="a collision"),
    ],
)
def test_what_is_worked_out_as_a_whole(after: Files):
    assert part(FILES, after) is None


def test_a_removed_companion_is_missed_at_those_that_name_it():
    other = campaign("c3")
    before = {**FILES, other: f"{FILES[other]}stacks_with: [c5]\n"}
    after = {path: text for path, text in before.items() if path != campaign("c5")}
    assert part(before, after) is None
    assert errors(worked_out(before, after)[1])


def test_a_brand_is_looked_at_as_a_whole_where_anything_else_of_it_changed():
    found = part(
        FILES,
        edited(
            f"{ACME}/locations/gb/_defaults.yaml",
            "address",
            "website: https://gb.example.com\naddress",
        ),
    )
    assert found is not None
    brands = found.sides[1].catalog.brands
    assert len(brands["acme"].locations) == 8
    assert not brands["zeta"].locations
    assert not found.beside


def test_an_error_elsewhere_is_left_to_validate():
    broken = edited(f"{ACME}/locations/ca/laval.yaml", "name: Laval", "name: [")
    after = {**broken, LEEDS: broken[LEEDS].replace("Leeds", "Leodis")}
    found = part(broken, after)
    assert found is not None
    assert len(planned(found.sides).changes) == len(planned(worked_out(broken, after)).changes) > 0


@given(st.sampled_from(sorted(path for path in FILES if path.startswith("brands/"))))
def test_nothing_changed_reaches_nothing(path: str):
    found = part(FILES, {**FILES, path: FILES[path]})
    assert found is not None
    assert planned(found.sides).changes == ()
