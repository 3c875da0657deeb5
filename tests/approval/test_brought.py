"""Who approved what a landing brought."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storesync.approval.brought import approvers
from storesync.approval.record import ApprovalRecord, Reviewer

LINE = ["d", "c", "b", "a"]  # the newest first


def record(base: str, commit: str, *logins: str) -> ApprovalRecord:
    reviewers = tuple(Reviewer(login, ()) for login in logins)
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return ApprovalRecord(commit, base, "1", commit, "zoe", "", reviewers, at)


@pytest.mark.parametrize(
    ("landing", "expected"),
    [("a", ()), ("b", ("mia",)), ("c", ("mia",)), ("d", ("ben", "robin")), ("x", ())],
)
def test_who_approved_each_commit_of_a_line(landing, expected):
    """The second landing was a rebase of two commits; `a` is the baseline."""
    records = [record("a", "c", "mia"), record("c", "d", "robin", "ben"), record("x", "y", "eve")]
    assert approvers({"k": landing}, LINE, records) == {"k": expected}


def test_a_later_record_of_the_same_landing_counts():
    records = [record("a", "b", "mia"), record("a", "b", "ben")]
    assert approvers({"k": "b"}, LINE, records) == {"k": ("ben",)}
