"""Working out only what changed gives what working out everything gives, or says that it cannot."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from casefile import CASES, base, read_case
from hypothesis import given, settings
from hypothesis import strategies as st

from storesync.catalog.layout import place_of
from storesync.diagnostics import Diagnostic, Severity, has_errors
from storesync.plan.piece import Piece
from storesync.source.part import PartTree
from storesync.source.tree import MemoryTree
from storesync.validate.assess import Assessment, assess
from storesync.validate.narrow import (
    Inputs,
    Kept,
    combined,
    inputs_of,
    stands_alone,
    witnesses_of,
)

CASE = read_case(CASES / "valid" / "everything.txt")
AT = CASE.moments[0]
FILES = {**base(), **{path: text for path, text in CASE.sections.items() if path != "expected"}}
YORK = "brands/acme/locations/gb/north/york.yaml"
LAVAL = "brands/acme/locations/ca/laval.yaml"
FILES[YORK] = FILES[YORK].replace("formerly: [york-old]\n", "")
KIOSKS = "select:\n  - {attributes: {format: kiosk}}\n  - {tags: [garden]}\n"
CAMPAIGN = "brands/acme/campaigns/garden/campaign.yaml"
FILES[CAMPAIGN] = (
    "name: Garden\ntemplate: shared/offer\nflight: {start: 2026-12-01, end: 2026-12-08}\n"
    f"{KIOSKS}channels: [web]\n"
    "offer: {discount_percentage: 10, prior_price: 4, prior_price_source: Tills}\npriority: 7\n"
    "values: {headline: Grow}\n"
)
FILES["brands/acme/campaigns/carnaval/campaign.yaml"] = (
    "name: Carnaval\ntemplate: shared/offer\nflight: {start: 2027-02-01, end: 2027-02-08}\n"
    "channels: [web]\noffer: {discount_percentage: 10}\npriority: 8\nlocales: [fr-FR]\n"
    "values: {headline: Fête}\n"
)
LOCATIONS = sorted(path for path in FILES if re.search(r"acme/locations/.*/[a-z]+\.yaml", path))
LINES = st.sampled_from(
    [
        "tags: [garden]", "tags: [drive-thru]", "attributes: {format: kiosk}", "formerly: [leeds]",
        "formerly: [bath]", "closed_until: 2026-12-03", "opens_on: 2026-12-05", "currency: USD",
        "closes_on: 2026-11-30", "locales: [de-DE]", "locales: [en-GB, fr-FR]", "values: {note: 5}",
        "values: {price: {USD: 1.00}}", "values: {discount_percentage: 80}",
        "timezone: Asia/Kathmandu",
        "waive: [{rule: missing-translation, reason: Later, until: 2026-12-30, by: ann}]",
        "x: y",        "notes: Busy", "hours: {mon-sun: closed}",
    ]
)  # fmt: skip


@st.composite
def edits(draw: st.DrawFn, files: dict[str, str]) -> dict[str, str]:
    """Return the tree with some location files changed: a line added, taken out or all swapped."""
    changed = dict(files)
    for path in draw(st.lists(st.sampled_from(LOCATIONS), max_size=2)):
        lines = changed[path].splitlines(keepends=True)
        how = draw(st.sampled_from(["add", "add", "remove", "swap"]))
        if how == "add":
            lines.append(f"{draw(LINES)}\n")
        elif how == "remove" and lines:
            del lines[draw(st.integers(0, len(lines) - 1))]
        else:
            lines = [changed[draw(st.sampled_from(LOCATIONS))]]
        changed[path] = "".join(lines)
    return changed


def worked_out(files: dict[str, str]) -> tuple[Assessment, Kept]:
    """Return a tree assessed as a whole, and what is kept of what that hangs on."""
    found = assess(MemoryTree(files), AT)
    return found, inputs_in(files).kept(witnesses_of(found.catalog))


def inputs_in(files: dict[str, str]) -> Inputs:
    return inputs_of(MemoryTree(files).content_ids(), "tool")


def pieces(found: Assessment) -> Counter[str]:
    return Counter(map(repr, map(_plain, found.pieces())))


def _plain(piece: Piece) -> tuple[object, ...]:
    return tuple(getattr(piece, name) for name in Piece.__slots__ if name != "rules")


@given(st.data())
@settings(max_examples=100)
def test_a_part_and_the_past_give_the_whole(data: st.DataObject):
    before_files = data.draw(edits(FILES))
    after_files = data.draw(edits(before_files))
    before, kept_before = worked_out(before_files)
    after, now = assess(MemoryTree(after_files), AT), inputs_in(after_files)
    changed = now.changed_since(kept_before)
    if changed is None:
        return
    left_out = now.locations.keys() - changed
    part = assess(PartTree(MemoryTree(after_files), left_out=left_out), AT)
    if not stands_alone(part.catalog):
        return
    old, new = before.diagnostics(AT), part.diagnostics(AT)
    found = combined(old, new, now.locations, changed)
    if found is None:
        return
    assert found == after.diagnostics(AT)
    if not has_errors(found):
        stay = {place.id for place in map(place_of, left_out) if place}
        kept = Counter(
            repr(_plain(piece)) for piece in before.pieces() if piece.key.location in stay
        )
        assert kept + pieces(part) == pieces(after)


@pytest.mark.parametrize(
    ("path", "change", "narrow"),
    [
        pytest.param(LAVAL, ("name: Laval", "name: Chomedey"), True, id="its own matter"),
        pytest.param(LAVAL, ("currency: CAD\n", ""), True, id="a line less"),
        pytest.param(YORK, ("name: York", "name: Jorvik"), False, id="a selector's only match"),
        pytest.param(YORK, ("name: York", "name: York\nformerly: [a]"), False, id="another's id"),
        pytest.param(YORK, ("name: York", "name: ["), False, id="an error"),
        pytest.param(CAMPAIGN, ("Garden", "Gardens"), False, id="another kind of file"),
    ],
)
def test_what_is_narrow(path: str, change: tuple[str, str], narrow: bool):
    before, kept = worked_out(FILES)
    files = {**FILES, path: FILES[path].replace(*change)}
    assert files != FILES
    tree, inputs = MemoryTree(files), inputs_in(files)
    changed = inputs.changed_since(kept)
    outcome = None
    if changed is not None:
        part = assess(PartTree(tree, left_out=inputs.locations.keys() - changed), AT)
        if stands_alone(part.catalog):
            found = part.diagnostics(AT)
            outcome = combined(before.diagnostics(AT), found, inputs.locations, changed)
    assert (outcome is not None) is narrow


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(Diagnostic("too-long", "at 2 locations, such as york", CAMPAIGN), id="error"),
        pytest.param(
            Diagnostic("time-twice", "and 1 more zones", CAMPAIGN, severity=Severity.WARNING),
            id="warning",
        ),
    ],
)
def test_what_counts_locations_is_worked_out(item: Diagnostic):
    assert combined([item], [item], LOCATIONS, {YORK}) is None


def test_nothing_changed_needs_no_witness():
    inputs = Inputs("rest", {YORK: "1"})
    assert inputs.changed_since(inputs.kept([[]])) == frozenset()


@given(
    st.dictionaries(st.sampled_from(LOCATIONS), st.sampled_from("123")),
    st.dictionaries(st.sampled_from(LOCATIONS), st.sampled_from("123")),
)
def test_what_changed_is_told_from_what_is_kept(before: dict[str, str], after: dict[str, str]):
    kept = Inputs("rest", dict(sorted(before.items()))).kept()
    now = Inputs("rest", dict(sorted(after.items())))
    differ = frozenset(path for path in after if before.get(path) != after[path])
    assert now.changed_since(kept) == (differ if before.keys() == after.keys() else None)
    assert (now.key == Inputs("rest", dict(sorted(before.items()))).key) is (before == after)
