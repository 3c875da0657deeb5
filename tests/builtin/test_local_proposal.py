"""Lines and branches -> proposals, without any Git."""

from __future__ import annotations

import pytest

from storesync.builtin.local_line import Event, Line
from storesync.builtin.local_proposal import Branches, proposals, reviews
from storesync.plugins.forge import ProposalState

ONE, TWO, THREE, BASE = (char * 40 for char in "1230")
MIA, BEN = "mia@example.com", "ben@example.com"
OPEN, CLOSED, MERGED = ProposalState.OPEN, ProposalState.CLOSED, ProposalState.MERGED


def line(event: Event | str, commit: str, at: float, who: str = MIA, **more) -> Line:
    return Line(event, more.pop("proposal", "winter"), more.pop("base", "main"), commit, who, at)


def found(lines, heads=None, brought=None, held=()):
    known = {"main": BASE, **(heads or {})}
    branches = Branches("main", known, {BASE: BASE, **(brought or {})}, lambda it: it in held)
    return branches, proposals(lines, branches, lambda address: address.partition("@")[0])


SUBMITTED = line(Event.SUBMITTED, ONE, 1.0)


@pytest.mark.parametrize(
    ("lines", "heads", "brought", "expected"),
    [
        ([SUBMITTED], {"winter": ONE}, {}, (OPEN, ONE, "mia", "mia", None)),
        # Somebody pushed and said nothing of it: nobody knows who.
        ([SUBMITTED], {"winter": TWO}, {}, (OPEN, TWO, "mia", None, None)),
        (
            [SUBMITTED, line(Event.SUBMITTED, TWO, 2.0, BEN)],
            {"winter": TWO},
            {},
            (OPEN, TWO, "mia", "ben", None),
        ),
        # Whoever names a commit again does not take the place of who brought it.
        (
            [
                SUBMITTED,
                line(Event.SUBMITTED, TWO, 2.0, BEN),
                line(Event.SUBMITTED, TWO, 3.0, MIA),
            ],
            {"winter": TWO},
            {},
            (OPEN, TWO, "mia", "ben", None),
        ),
        ([SUBMITTED], {}, {}, (CLOSED, ONE, "mia", "mia", None)),
        (
            [SUBMITTED, line(Event.CLOSED, ONE, 2.0)],
            {"winter": ONE},
            {},
            (CLOSED, ONE, "mia", "mia", None),
        ),
        (
            [SUBMITTED, line(Event.CLOSED, ONE, 2.0), line(Event.SUBMITTED, TWO, 3.0)],
            {"winter": TWO},
            {},
            (OPEN, TWO, "mia", "mia", None),
        ),
        ([SUBMITTED], {"winter": ONE}, {ONE: THREE}, (MERGED, ONE, "mia", "mia", THREE)),
        ([SUBMITTED], {}, {ONE: THREE}, (MERGED, ONE, "mia", "mia", THREE)),
        # Saying that it was merged merges nothing.
        (
            [SUBMITTED, line(Event.MERGED, ONE, 2.0)],
            {"winter": ONE},
            {},
            (OPEN, ONE, "mia", "mia", None),
        ),
        # Merged, and gone on: what is on the branch now was never looked at.
        ([SUBMITTED], {"winter": TWO}, {ONE: THREE}, (OPEN, TWO, "mia", None, None)),
        (
            [SUBMITTED, line(Event.SUBMITTED, TWO, 4.0, BEN)],
            {"winter": TWO},
            {ONE: THREE},
            (OPEN, TWO, "ben", "ben", None),
        ),
        # Set back to the published branch without being merged.
        ([SUBMITTED], {"winter": BASE}, {}, (CLOSED, ONE, "mia", "mia", None)),
    ],
)
def test_what_becomes_of_a_proposal(lines, heads, brought, expected):
    [item] = found(lines, heads, brought)[1]
    assert (item.state, item.head, item.author, item.pusher, item.merged) == expected


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [line(Event.APPROVED, ONE, 1.0, BEN)],
        [line(Event.SUBMITTED, ONE, 1.0, base="other")],
        [line(Event.SUBMITTED, ONE, 1.0, proposal="main")],
        [line("format 2", ONE, 1.0)],
    ],
)
def test_what_is_no_proposal(lines):
    assert found(lines, {"winter": ONE})[1] == []


def test_brought_in_another_way_it_is_merged():
    [item] = found([SUBMITTED], {"winter": ONE}, held={ONE})[1]
    assert (item.state, item.merged) == (MERGED, None)


def test_reviews_are_those_of_this_proposal():
    old = [SUBMITTED, line(Event.CHANGES_REQUESTED, ONE, 2.0, BEN)]
    new = [
        line(Event.SUBMITTED, TWO, 3.0),
        line(Event.APPROVED, TWO, 5.0, BEN),
        line("format 2", TWO, 4.0, BEN),
        line(Event.APPROVED, TWO, 4.0, BEN, proposal="other"),
        line(Event.APPROVED, TWO, 4.0, BEN, base="other"),
    ]
    branches, [item] = found([*old, *new], {"winter": TWO}, {ONE: THREE})
    assert [it.event for it in reviews([*old, *new], item, branches)] == ["format 2", "approved"]
    branches, [item] = found([*old, *new], {"winter": TWO})
    assert len(reviews([*old, *new], item, branches)) == 3
