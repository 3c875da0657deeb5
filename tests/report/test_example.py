"""One location's texts on one channel."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storesync.plan.change import Action, Change, PlacementKey
from storesync.report.example import example_lines
from storesync.report.view import Example

AT = datetime(2026, 12, 1, 7, tzinfo=UTC)
LOST = {"subject": "Hello", "html": "<p>Come in", "txt": "Come in"}
CASES = [
    (
        Example({"html": "<p>20% off"}, {"html": "<p>25% off"}),
        ["**email**: <del>20%</del> <b>25%</b> off"],
    ),
    (Example(None, LOST), ["**email subject**: Hello", "**email**: Come in"]),
    (Example(LOST, LOST), []),
    # The plain text is left out only where it says the same.
    (
        Example(
            {"html": "<p>a 20% <b>b</b>", "txt": "a 20% b"},
            {"html": "<p>a 25% <b>b</b>", "txt": "a / 25%"},
        ),
        ["**email**: a <del>20%</del> <b>25%</b> b", "**email**: a <del>20% b</del> <b>/ 25%</b>"],
    ),
    (
        Example({"html": "<p>a 20%", "txt": "a 20%"}, {"html": "<p>a 25%", "txt": "a 25%."}),
        ["**email**: a <del>20%</del> <b>25%</b>"],
    ),
    (
        Example({"html": "<p>a"}, {"html": "<div>a"}),
        ["**email**: <i>the words stay; layout, pictures or styles change</i>"],
    ),
    (
        Example({"txt": "a\nb"}, {"txt": "a\n\nb"}),
        [],
    ),
    (
        Example({"html": "<p>a"}, {"html": "<p class='x'>b"}),
        ["**email**: <del>a</del> <b>b</b> <i>(layout, pictures or styles change, too)</i>"],
    ),
    # A part that comes or goes is no text that stays.
    (Example({"subject": "a"}, {"subject": "a", "txt": "b"}), ["**email**: <b>b</b>"]),
    (Example({"subject": "a", "txt": "b"}, {"subject": "a"}), ["**email**: <del>b</del>"]),
    (Example(LOST, None), ["**email**: <i>cannot be rendered: see `storesync validate`</i>"]),
]


def change(action: Action) -> Change:
    key = PlacementKey("acme", "winter", "leith", "email", "en-GB", "outbox")
    return Change(action, key, AT, None, "f", "a", "", explained=False)


@pytest.mark.parametrize(("example", "lines"), CASES)
def test_parts_are_shown_as_they_change(example: Example, lines: list[str]):
    assert list(example_lines(change(Action.UPDATE), example)) == lines


def test_what_comes_down_is_shown_as_it_was():
    lines = ["**email subject**: Hello", "**email**: Come in"]
    assert list(example_lines(change(Action.WITHDRAW), Example(LOST, None))) == lines
