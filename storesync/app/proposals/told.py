"""What the forge tells of proposals, for the audit trail: proposed, reviewed, merged or closed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from storesync.errors import UserError
from storesync.plugins.forge import Proposal, ProposalQuery, ProposalState, Review, ReviewState
from storesync.report.history import Event
from storesync.report.proposed import when

if TYPE_CHECKING:
    from storesync.app.proposals.forges import Published
    from storesync.app.proposals.trail import Trail
    from storesync.source.landed import Brought

_MOST_OVER = 3_000  # GitHub lists no more at once than this is worth
_SAID = {
    ReviewState.APPROVED: "approved",
    ReviewState.CHANGES_REQUESTED: "rejected",
    ReviewState.DISMISSED: "dismissed",
    ReviewState.COMMENTED: "commented",
}


def told(published: Published, trail: Trail) -> Iterator[Event]:
    """Yield what happened to proposals about what a trail is of. Raises UserError."""
    for proposal in published.forge.proposals(ProposalQuery(over=_MOST_OVER)):
        names = _campaigns(published, trail, proposal)
        if trail.is_about(names):
            yield from _events(published, trail, proposal, names)


def _events(
    published: Published, trail: Trail, proposal: Proposal, names: list[str]
) -> Iterator[Event]:
    from storesync.app.proposals.trail import place_of

    place = place_of(names, trail.campaign)

    def event(at: float, who: str | None, what: str, detail: str = "", commit: str = "") -> Event:
        return Event(
            at=when(at),
            actor=who or "somebody",
            event=what,
            brand=place[0],
            campaign=place[1],
            detail=detail,
            commit=commit,
            proposal=proposal.id,
        )

    is_open = proposal.state in {ProposalState.OPEN, ProposalState.DRAFT}
    yield event(proposal.opened, proposal.author, "submitted", proposal.title)
    if is_open and proposal.changed > proposal.opened:
        yield event(proposal.changed, proposal.pusher, "updated", commit=proposal.head)
    reviews = published.forge.reviews(proposal)
    for review in reviews:
        yield event(review.at, review.login, _said(review), _words(review), review.commit or "")
    if proposal.state is ProposalState.CLOSED:
        yield event(proposal.changed, proposal.closed_by, "closed", commit=proposal.head)
    if proposal.merged is not None:
        at = _merged_at(proposal, reviews, trail.brought.get(proposal.merged))
        yield event(at, proposal.closed_by, "merged", commit=proposal.merged)


def _merged_at(proposal: Proposal, reviews: list[Review], known: Brought | None) -> float:
    """Return when a proposal was merged: as its commit says in whole seconds, after its approval.

    When it changed last may be later: it can be commented afterwards.
    """
    if known is None:
        return proposal.changed
    given = [item.at for item in reviews if item.state == ReviewState.APPROVED]
    approved = [at for at in given if at <= proposal.changed]
    return max([known.at.timestamp(), proposal.opened, *approved])


def _said(review: Review) -> str:
    """Return what a review is called; one that asks for changes without a word rejects nothing."""
    if review.state == ReviewState.CHANGES_REQUESTED and not review.body.strip():
        return "asked"
    known = {item.value: word for item, word in _SAID.items()}
    return known.get(review.state, review.state.lower())


def _words(review: Review) -> str:
    plan = f" (plan {review.plan[:12]})" if review.plan else ""
    recorded = " (recorded)" if review.recorded else ""
    return f"{' '.join(review.body.split())[:500]}{plan}{recorded}".strip()


def _campaigns(published: Published, trail: Trail, proposal: Proposal) -> list[str]:
    """Return the campaigns whose files a proposal changes or changed, as far as Git knows it."""
    from storesync.app.find import campaigns_in
    from storesync.app.proposals.decided import proposed_paths

    if proposal.merged is not None:
        return trail.campaigns(proposal.merged)
    try:
        return sorted(campaigns_in(proposed_paths(published, proposal.head)))
    except UserError:  # its commits are not in this clone
        return []
