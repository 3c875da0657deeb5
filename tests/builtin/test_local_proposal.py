"""Lines and branches -> proposals, without any Git."""

from __future__ import annotations

import pytest

from storesync.builtin.local_line import Event, Line
from storesync.builtin.local_proposal import Branches, proposals, reviews, see
from storesync.plugins.forge import ProposalState

ONE, TWO, THREE, FOUR, BASE = (char * 40 for char in "12340")
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


@pytest.mark.parametrize("tip", [ONE, TWO, BASE, None])
@pytest.mark.parametrize("again", [[], [line(Event.SUBMITTED, TWO, 3.0, BEN)]])
def test_a_merge_stays_one_whatever_becomes_of_its_branch(tip, again):
    seen = _seen([SUBMITTED, line(Event.APPROVED, ONE, 2.0, BEN), *again], tip, {ONE: THREE})
    [item] = seen.by_merge[THREE]
    expected = (MERGED, ONE, "mia@example.com", "mia@example.com", THREE)
    assert (item.state, item.head, item.author, item.pusher, item.merged) == expected
    said = reviews(seen.lines, item, seen.branches)
    assert [(it.event, it.commit) for it in said] == [("approved", ONE)]


def test_a_branch_that_was_merged_twice_is_two_proposals():
    lines = [
        SUBMITTED,
        line(Event.APPROVED, ONE, 2.0, BEN),
        line(Event.SUBMITTED, TWO, 3.0, BEN),
        line(Event.CHANGES_REQUESTED, TWO, 4.0, MIA),
        line(Event.SUBMITTED, ONE, 5.0, BEN),  # named once more, by somebody else
    ]
    seen = _seen(lines, TWO, {ONE: THREE, TWO: FOUR})
    found = [seen.by_merge[merge][0] for merge in (THREE, FOUR)]
    assert [(item.head, item.author) for item in found] == [(ONE, MIA), (TWO, BEN)]
    said = [[it.event for it in reviews(lines, item, seen.branches)] for item in found]
    assert said == [["approved"], ["changes_requested"]]


def test_what_came_without_a_merge_commit_is_one_proposal():
    """Nothing tells whether it came at once, so an objection to any part of it is one to all."""
    lines = [
        SUBMITTED,
        line(Event.CHANGES_REQUESTED, ONE, 2.0, BEN),
        line(Event.SUBMITTED, TWO, 3.0, BEN),
    ]
    seen = _seen(lines, TWO, {ONE: ONE, TWO: TWO})
    for commit in (ONE, TWO):
        [item] = seen.by_merge[commit]
        assert (item.head, item.author, item.merged) == (commit, MIA, commit)
        assert [it.commit for it in reviews(lines, item, seen.branches)] == [ONE]


def test_an_objection_to_what_was_pushed_between_counts_for_the_proposal_of_its_time():
    lines = [
        SUBMITTED,
        line(Event.CHANGES_REQUESTED, BASE, 2.0, BEN),  # pushed, never submitted
        line(Event.SUBMITTED, TWO, 3.0),
        line(Event.CHANGES_REQUESTED, FOUR, 4.0, BEN),
    ]
    seen = _seen(lines, TWO, {ONE: THREE})
    said = reviews(lines, seen.by_merge[THREE][0], seen.branches)
    assert [it.commit for it in said] == [BASE]
    assert len(reviews(lines, seen.proposals[0], seen.branches)) == 2


def _seen(lines, tip, brought):
    heads = {"main": BASE} | ({"winter": tip} if tip else {})
    branches = Branches("main", heads, {BASE: BASE, **brought}, lambda _: False)
    return see(lines, branches, lambda address: address, ())
