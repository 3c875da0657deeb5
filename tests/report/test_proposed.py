"""A proposal in one line of `status`."""

from __future__ import annotations

from datetime import UTC, datetime

from storesync.approval.state import ProposedState, Stage, Wait
from storesync.plugins.forge import Proposal, ProposalState
from storesync.report.proposed import Proposed, line

PROPOSAL = Proposal("7", "Tea", ProposalState.OPEN, "ada", "ada", "tea", "main", "0" * 40, 1.0, 1.0)
AT = datetime(2026, 12, 1, tzinfo=UTC)


def test_however_long_the_reasons_all_who_are_waited_for_are_named():
    waits = tuple(Wait((f"@person-{number}",), f"approve it ({'w' * 400})") for number in range(4))
    told = line(Proposed(PROPOSAL, Stage(ProposedState.PENDING_REVIEW, 1.0, "ada", waits)), AT)
    assert all(wait.who[0] in told for wait in waits)
    assert len(told) < 900


def test_more_than_four_are_counted():
    waits = tuple(Wait((f"@person-{number}",), "approve it") for number in range(6))
    told = line(Proposed(PROPOSAL, Stage(ProposedState.PENDING_REVIEW, 1.0, "ada", waits)), AT)
    assert told.endswith("@person-3: approve it; and 2 more")
