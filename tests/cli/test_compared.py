"""Nothing gets past a reviewer because a file had an error, before the merge or after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from merges import ACME, AT, Files, campaign

from storesync.app.context import Context, Options
from storesync.app.review.asked import Reviewed
from tests.cli.test_review_part import C2, LEEDS, RULED, changed, reviewed

PAGE = "templates/shared/offer/web.html.j2"
BRAND = f"{ACME}/brand.yaml"
DEFAULTS = f"{ACME}/locations/gb/_defaults.yaml"
C3 = campaign("c3")
OWN = f"{ACME}/campaigns/c2/locations/leeds.yaml"


@pytest.fixture
def context(fresh: Path) -> Iterator[Context]:
    with closing(Context(Options(directory=fresh, quiet=True), AT)) as opened:
        yield opened


def more(files: Files, path: str, text: str) -> Files:
    return {**files, path: files.get(path, "") + text}


def edited(files: Files) -> Files:
    return changed(C2, "Warm", "Warmer", files)


def places(found: Reviewed, name: str = "c2") -> set[str]:
    return {item.key.location for item in found.plan.changes if item.key.campaign == name}


def rules(found: Reviewed) -> set[str]:
    return {item.rule for item in found.asked}


BROKEN_PAGE = more(RULED, PAGE, "{{ n")
AVOIDED = more(RULED, BRAND, "voice: {avoid: [Warm]}\n")
TOO_LONG = changed(C2, "Warm", "W" * 500)
EVERY = {"leeds"}

# Files with an error, in which the words of a campaign change as well: somebody has to see them, or
# the merge is refused.
HIDDEN = {
    "a template that cannot be read": BROKEN_PAGE,
    "a template that prints nothing": more(RULED, PAGE, "{{ location.phone | required }}"),
    "a template's variables": more(RULED, "templates/shared/offer/template.yaml", "x: y\n"),
    "a word that the brand avoids": AVOIDED,
    "settings": more(RULED, "storesync.yaml", "x: y\n"),
    "a brand's file with one field too many": more(RULED, BRAND, "x: y\n"),
    "what a folder hands down": more(RULED, DEFAULTS, "timezone: Europe/Nowhere\n"),
    "an answer of a location": more(RULED, OWN, "x: y\n"),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_an_error_of_before_hides_no_change(context, name):
    before = HIDDEN[name]
    found = reviewed(context, before, edited(before), narrow=True)
    assert found.errors or places(found) >= EVERY, (name, found.plan.changes)


@pytest.mark.parametrize("name", HIDDEN)
def test_what_an_error_kept_back_is_shown_when_it_is_mended(context, name):
    found = reviewed(context, HIDDEN[name], RULED, narrow=True)
    assert found.errors == ()
    assert places(found) >= EVERY, name
    # What is asked by settings that cannot be read is not known: who owns them is asked.
    assert {"brand", "unreadable" if name == "settings" else "facts"} <= rules(found)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (AVOIDED, edited(RULED)),
        (BROKEN_PAGE, edited(RULED)),
    ],
    ids=["a word", "a template"],
)
def test_mended_together_with_a_change_both_are_seen(context, before, after):
    found = reviewed(context, before, after, narrow=True)
    assert (found.errors, places(found) >= EVERY) == ((), True)
    assert {"many", "brand"} <= rules(found)


@pytest.mark.parametrize(
    "after",
    [
        more(RULED, PAGE, "{{ n"),
        more(RULED, BRAND, "voice: {avoid: [Warm]}\n"),
        TOO_LONG,
        more(RULED, LEEDS, "x: y\n"),
        more(RULED, f"{ACME}/campaigns/c2/locations/nowhere.yaml", "participation: out\n"),
    ],
)
def test_an_error_that_a_merge_brings_stops_it(context, after):
    assert reviewed(context, RULED, after, narrow=True).errors


def test_an_error_that_moves_to_another_place_stops_a_merge(context):
    """The counts, and the places that are named, are the same before and after."""
    page = more(RULED, PAGE, "{{ location.attributes.gate | required }}")
    gates = {"dover": "gb/south/dover", "hove": "gb/south/hove"}
    before, after = (
        more(page, f"{ACME}/locations/{gates[name]}.yaml", "attributes: {gate: A}\n")
        if name == "dover"
        else changed(f"{ACME}/locations/{gates[name]}.yaml", "kiosk}", "kiosk, gate: A}", page)
        for name in gates
    )
    assert reviewed(context, before, after, narrow=True).errors


def test_a_location_that_cannot_be_read_hides_no_campaign(context):
    c1 = campaign("c1")
    before = {**RULED, LEEDS: "name: [Leeds\n"}
    after = changed(c1, "Warm", "Warmer", before)
    found = reviewed(context, before, after, narrow=True)
    assert (found.errors, places(found, "c1") >= {"hove", "dover"}) == ((), True)
    mended = reviewed(context, after, {**after, LEEDS: RULED[LEEDS]}, narrow=True)
    assert "leeds" in places(mended, "c1")
    assert {"facts", "brand"} <= rules(mended)


def test_an_error_elsewhere_is_no_reason_against_a_merge(context):
    before = changed(C3, "headline", "headlime")
    found = reviewed(context, before, edited(before), narrow=True)
    assert (found.errors, places(found) >= EVERY) == ((), True)


def test_a_waiver_that_lets_go_on_what_an_error_kept_back_shows_it(context):
    waiver = "waive: [{rule: voice.avoid, reason: Later, until: 2026-12-30, by: ann}]\n"
    found = reviewed(context, AVOIDED, more(AVOIDED, C2, waiver), narrow=True)
    assert {item.key.campaign for item in found.plan.changes} == {"c2"}
    assert (found.errors, places(found) >= EVERY) == ((), True)
    assert {item.reason for item in found.plan.changes} == {"an error kept it back until now"}
    assert {"facts", "waiver", "brand"} <= rules(found)


def test_a_change_of_nothing_that_an_error_hides_goes_on(context):
    broken = {**RULED, LEEDS: "name: [Leeds\n"}
    york = f"{ACME}/locations/gb/north/york.yaml"
    found = reviewed(context, broken, changed(york, "York", "Yorke", broken), narrow=True)
    assert (found.errors, places(found, "c1")) == ((), {"york"})
