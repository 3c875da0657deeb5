"""Proposals beside the campaigns they are about: state, what they wait for, what misses its start.

As text and as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from storesync.approval.state import Deadline, ProposedState, Stage, Wait
from storesync.diagnostics import printable
from storesync.plugins.forge import Proposal
from storesync.report.plan import moment
from storesync.report.proposal import owners_shown

URGENT = "Urgent: "  # begins the title of what was submitted as urgent
_MOST_WAITS = 4
_WIDEST = 600  # characters that all reasons have together


@dataclass(frozen=True)
class Proposed:
    """A proposal that is not merged, and what merging it would touch.

    `campaigns` are `brand/campaign` -> the start that is missed; by the plan where `planned`, else
    by the paths alone. `places` are how many locations of each the plan is about, `titles` what
    campaigns are called that are new.
    """

    proposal: Proposal
    stage: Stage
    paths: tuple[str, ...] = ()
    campaigns: Mapping[str, Deadline] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    planned: bool = False

    @property
    def deadline(self) -> Deadline:
        """Return the first start that is missed, of all campaigns."""
        known = [item.approve_by for item in self.campaigns.values() if item.approve_by]
        late = any(item.late for item in self.campaigns.values())
        return Deadline(min(known, default=None), late)


def as_data(item: Proposed, campaign: str = "") -> dict[str, Any]:
    """Return a proposal as it stands beside a campaign (none: all that it is about) for JSON."""
    stage, deadline = item.stage, _deadline(item, campaign)
    return {
        "id": item.proposal.id,
        "title": item.proposal.title,
        "state": stage.state.value,
        "since": moment(when(stage.since)),
        "by": stage.by,
        "author": item.proposal.author,
        "url": item.proposal.url,
        "waits_for": [{"who": list(wait.who), "what": wait.what} for wait in stage.waits],
        "approve_by": moment(deadline.approve_by),
        "late": deadline.late,
        "planned": item.planned,
    }


def line(item: Proposed, at: datetime, campaign: str = "") -> str:
    """Return the same in one line."""
    stage = item.stage
    by = f" by {printable(stage.by, limit=60)}" if stage.by else ""
    title = printable(item.proposal.title, limit=80)
    text = f"{stage.state.value} {printable(item.proposal.id, limit=80)}: {title}"
    text += f", since {when(stage.since):%Y-%m-%d}{by}"
    shown = stage.waits[:_MOST_WAITS]
    for called, waits in (
        ("in the way: ", [wait for wait in shown if not wait.who]),
        ("waits for ", [wait for wait in shown if wait.who]),
    ):
        text += (
            f"; {called}{'; '.join(_wait_text(wait, _WIDEST // len(shown)) for wait in waits)}"
            if waits
            else ""
        )
    if len(stage.waits) > len(shown):
        text += f"; and {len(stage.waits) - len(shown)} more"
    missed = deadline_text(_deadline(item, campaign), at, stage.state)
    return text + (f"; {missed}" if missed else "")


def _wait_text(wait: Wait, limit: int) -> str:
    """Return who is to do what; the reason is cut, so that nobody who is waited for is."""
    who = owners_shown(wait.who)
    what = printable(wait.what, limit=limit)
    if not wait.who:
        return what
    return f"{'one of ' if len(wait.who) > 1 else ''}{who}: {what}"


def deadline_text(deadline: Deadline, at: datetime, state: ProposedState) -> str:
    """Return what is missed when, empty for nothing."""
    by = deadline.approve_by
    if deadline.late:
        return "already late: it should have started"
    if by is None:
        return ""
    soon = f" (in {_span((by - at).total_seconds())})" if by > at else ""
    missing = "merged" if state is ProposedState.APPROVED else "approved"
    return f"misses its start if not {missing} by {by:%Y-%m-%d %H:%MZ}{soon}"


def age(since: float, at: datetime) -> str:
    """Return how long something has waited."""
    return _span(max(at.timestamp() - since, 0))


def when(seconds: float) -> datetime:
    """Return seconds since 1970 as a moment in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def _deadline(item: Proposed, campaign: str) -> Deadline:
    return item.campaigns.get(campaign, Deadline()) if campaign else item.deadline


def _span(seconds: float) -> str:
    hours = int(seconds // 3_600)
    if hours < 1:
        return "under an hour"
    if hours < 48:
        return f"{hours} hour{'s' if hours > 1 else ''}"
    return f"{hours // 24} days"
