"""What an unproven change makes of placements, seen from two trees, without any files."""

from __future__ import annotations

import pytest

from storesync.publish.unproven import View, differing, gone, known_otherwise, over
from tests.plan.test_held import AT, HOUR, key, piece, record

OLD, NEW, OTHER = key("old", "sms"), key("new", "sms"), key("dean", "sms")
MOVED = {("acme", "location/old"): "new"}
LIVE = {OLD: record(OLD), OTHER: record(OTHER)}


def view(*keys, renamed=None):
    return View([piece(item) for item in keys], renamed or {})


@pytest.mark.parametrize(
    ("now", "proven", "expected"),
    [
        (view(NEW, OTHER, renamed=MOVED), view(NEW, OTHER, renamed=MOVED), set()),
        # Its past taken away, given by nobody, or another one.
        (view(NEW, OTHER), view(NEW, OTHER, renamed=MOVED), {OLD, NEW}),
        (view(NEW, OTHER, renamed=MOVED), view(OLD, OTHER), {OLD, NEW}),
        (
            view(NEW, renamed={("acme", "location/else"): "new"}),
            view(NEW, renamed=MOVED),
            {OLD, NEW},
        ),
        # A campaign, and a brand with all that is in it.
        (
            view(OLD, renamed={("acme", "campaign/autumn"): "winter"}),
            view(OLD),
            {OLD, OTHER},
        ),
        (view(NEW, renamed={("", "brand/apex"): "acme"}), view(NEW), {OLD, NEW, OTHER}),
        # Sent in one language, approved in another one: the first, asked for again past review,
        # would make a message of its own of the second.
        (
            view(OLD, OLD._replace(locale="fr-FR")),
            view(OLD._replace(locale="fr-FR")),
            {OLD._replace(locale="fr-FR")},
        ),
    ],
)
def test_whose_past_is_another_one(now, proven, expected):
    assert known_otherwise(now, proven, LIVE) == expected


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(-2, -1)], "flight ended 2026-12-10 11:00Z"),
        ([(-2, None)], None),
        ([(-1, 1)], None),
        ([(1, 2)], "starts 2026-12-10 13:00Z"),  # such as a location that closes until then
        ([(-2, -1), (1, 2)], "starts 2026-12-10 13:00Z"),
        ([(-2, -1), (-1, 1)], None),
        ([], None),
    ],
)
def test_what_is_not_out_now_by_what_was_approved(spans, expected):
    pieces = [
        piece(OLD, starts=AT + HOUR * start, ends=None if end is None else AT + HOUR * end)
        for start, end in spans
    ]
    assert over(pieces, {OLD}, AT).get(OLD) == expected
    assert over(pieces, {OTHER}, AT) == {}


def test_what_was_approved_to_go_is_gone():
    live = {OLD: record(OLD), OTHER: record(OTHER, out=False)}
    assert gone(view(NEW), {OLD, OTHER}, live) == {OLD: "no longer selected or gone"}
    assert gone(view(NEW), {OTHER}, live) == {}
    assert gone(view(OLD), {OLD}, live) == {}
    assert gone(view(NEW, renamed=MOVED), {OLD}, live) == {}


def test_a_title_is_part_of_what_goes_out():
    now, proven = piece(OLD)._replace(titles={"en-GB": "Free beer"}), piece(OLD)
    assert differing([now], [proven], {id(now): "a", id(proven): "a"}, AT) == {OLD}
