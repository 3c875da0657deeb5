"""How a review tells what an upgrade alone alters."""

from __future__ import annotations

from storesync.plan.change import PlacementKey
from storesync.report.upgrade import as_text

OLD = "storesync 1.0, babel 2.16.0, tzdata 2025.1"
NEW = "storesync 1.0, babel 2.17.0, tzdata 2025.2, other 3"


def key(campaign: int, location: int) -> PlacementKey:
    return PlacementKey("b", f"c{campaign}", f"l{location}", "web", "en-GB", "outbox")


def test_nothing_is_said_of_nothing():
    assert as_text([], [], {OLD}, NEW) == []


def test_other_words_with_the_campaigns_and_what_is_known_of_one():
    [text] = as_text([(key(n % 7, n), f"{n:064}") for n in range(1_400)], [], {OLD}, NEW)
    assert text == (
        "1,400 deliveries would read otherwise by this version (babel 2.16.0 to 2.17.0,"
        " tzdata 2025.1 to 2025.2), though nobody changed anything: b/c0, b/c1, b/c2, b/c3, b/c4"
        " and 2 more. What is live stays until something about it changes. Of what stands at l0,"
        " web, only the hash 000000000000 is known, so its words cannot be compared here"
    )


def test_other_moments():
    [text] = as_text([], [key(1, 2)], {OLD, NEW}, NEW)
    assert text == (
        "1 delivery would begin or end at another moment by this version (babel 2.16.0 to 2.17.0,"
        " tzdata 2025.1 to 2025.2), though nobody changed anything: b/c1; such as l2, web"
    )


def test_versions_that_say_nothing_are_named_as_what_they_are():
    hostile = "storesync 1.0, babel \x1b[31m"
    assert "babel \\u001b[31m to 2.17.0" in as_text([], [key(1, 1)], {hostile}, NEW)[0]
    assert "(other libraries)" in as_text([], [key(1, 1)], {"", "storesync 1.0"}, NEW)[0]
