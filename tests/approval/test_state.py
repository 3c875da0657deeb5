"""The state of a proposal, what it waits for, and what misses its start."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storesync.approval.codeowners import read_codeowners
from storesync.approval.decide import Case, decide
from storesync.approval.ownership import Ownership
from storesync.approval.state import Deadline, Stage, Wait, deadline_of, stage_of
from storesync.plan.change import Action, Change, PlacementKey
from storesync.plugins.forge import People, Proposal, ProposalState, Review

OWNERS = Ownership(read_codeowners(b"* @ben @mia\n"))
PEOPLE = People(writers=frozenset({"ben", "mia", "dan"}))
PROPOSAL = Proposal(
    "17", "Winter", ProposalState.OPEN, "dan", "dan", "winter", "main", "h2", 10.0, 20.0
)
NEEDED = Wait(("@ben", "@mia"), "approve it (a.yaml: no approval yet)", approval=True)
AT = datetime(2026, 12, 1, 7, tzinfo=UTC)


def said(login: str, state: str, at: float, body: str = "", commit: str = "h2") -> Review:
    return Review(login, state, commit, at, body)


def stage(*reviews: Review, obstacles: tuple[Wait, ...] = (), **changes: object) -> Stage:
    proposal = replace(PROPOSAL, **changes)
    case = Case(
        frozenset({"a.yaml"}), proposal.author, proposal.pusher, proposal.head, tuple(reviews)
    )
    return stage_of(proposal, reviews, decide(case, OWNERS, PEOPLE), obstacles)


YES, NO = said("ben", "APPROVED", 30.0), said("mia", "CHANGES_REQUESTED", 31.0, "Too\n cheap")
BARE = said("mia", "CHANGES_REQUESTED", 31.0, " ")
OLD = said("mia", "CHANGES_REQUESTED", 15.0, "Too cheap", "h1")


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        ((), ("pending_review", 20.0, "dan", [NEEDED])),
        ((YES,), ("approved", 30.0, "ben", [Wait(("dan", "ben"), "merge it")])),
        ((YES, NO), ("rejected", 31.0, "mia", [Wait(("dan",), "change it: Too cheap")])),
        ((YES, BARE), ("pending_review", 20.0, "dan", [Wait(("mia",), "say what should change")])),
        (
            (OLD,),
            (
                "pending_review",
                20.0,
                "dan",
                [Wait(("mia",), "look at it again: it was changed since"), NEEDED],
            ),
        ),
        ((said("stranger", "CHANGES_REQUESTED", 9.0, "No"), YES), ("approved", 30.0, "ben", ...)),
        ((said("ben", "SHRUGGED", 9.0), YES), ("approved", 30.0, "ben", ...)),
        (
            (YES, said("ben", "SHRUGGED", 32.0)),
            (
                "pending_review",
                20.0,
                "dan",
                [Wait((), "ben left a review in an unknown state: SHRUGGED"), NEEDED],
            ),
        ),
    ],
)
def test_states_follow_from_what_was_said(reviews, expected):
    found = stage(*reviews)
    state, since, by, waits = expected
    assert (found.state, found.since, found.by) == (state, since, by)
    assert waits is ... or list(found.waits) == waits


def test_a_draft_is_one_whatever_was_said():
    found = stage(YES, state=ProposalState.DRAFT)
    assert (found.state, found.waits) == (
        "draft",
        (Wait(("dan",), "say that it is ready for review"),),
    )


def test_closed_unmerged_it_is_rejected():
    found = stage(YES, state=ProposalState.CLOSED, closed_by="mia", changed=40.0)
    assert (found.state, found.since, found.by) == ("rejected", 40.0, "mia")


def test_what_no_review_says_keeps_it_from_being_approved():
    conflict = Wait(("dan",), "it conflicts")
    found = stage(YES, obstacles=(conflict,))
    assert (found.state, found.waits) == ("pending_review", (conflict,))


def change(action: Action, start: int | None, end: int | None = None) -> Change:
    starts, ends = (None if n is None else AT + timedelta(hours=n) for n in (start, end))
    key = PlacementKey("acme", "winter", "bath", "web", "en-GB", "")
    return Change(action, key, starts, ends, "f", "a", "", explained=True)


CREATE, UPDATE, WITHDRAW = Action.CREATE, Action.UPDATE, Action.WITHDRAW


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], Deadline()),
        ([change(CREATE, 5), change(UPDATE, 3), change(WITHDRAW, 1)],
         Deadline(AT + timedelta(hours=3))),
        ([change(CREATE, 0)], Deadline(None, late=True)),
        ([change(UPDATE, -1), change(WITHDRAW, None)], Deadline()),
        ([change(CREATE, -2, -1), change(CREATE, -1, 9), change(CREATE, 4)],
         Deadline(AT + timedelta(hours=4), late=True)),
        ([change(CREATE, -2, 0)], Deadline()),
    ],
)  # fmt: skip
def test_what_misses_its_start(changes, expected):
    assert deadline_of(changes, AT) == expected
