"""What an earlier run found unapproved: two questions tell whether anything was said since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storesync.approval.decide import Decision, fold, latest_words
from storesync.approval.judged import Finding, Host
from storesync.approval.landing import Landing, proposals_of
from storesync.approval.proof import Standing, Unproven
from storesync.errors import UserError
from storesync.plugins.forge import Proposal, ProposalQuery, Review, ReviewState
from storesync.render.artifact import fingerprint
from storesync.render.versions import versions

# Seconds: how often CI looks. One landing a run is looked into.
_TURN = 300


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a landing on `base` is not approved, and a hash of all that was said of it."""

    commit: str
    base: str
    proposal: str
    reason: str
    said: str


def doubts_of(lines: Iterable[Mapping[str, Any]]) -> dict[str, Doubt]:
    """Return by its base what the journal's lines say of each landing; the last one counts.

    Anybody who may write to the ledger can forge one: that holds something back, and no more.
    """
    found: dict[str, Doubt] = {}
    for line in lines:
        names = {"commit": "commit", "base": "base", "proposal": "proposal", "reason": "detail"}
        parts = {name: str(line.get(field, "")) for name, field in names.items()}
        doubt = Doubt(**parts, said=str(line.get("said", "")))
        found.pop(doubt.base, None)
        if doubt.base and doubt.said:
            found[doubt.base] = doubt
    return found


def said_of(standing: Standing, found: Sequence[Proposal], reviews: Iterable[Review]) -> str:
    """Return hashes of what is proven before a landing, and of what the forge says of it.

    Another version of StoreSync may find something else.
    """
    rest = [versions(), sorted(standing.replaced().items()), sorted(standing.ratified.items())]
    known = [[item.id, item.head, item.state.value, item.merged] for item in found]
    said = [[item.id, item.login, item.state, item.commit, item.body] for item in reviews]
    return f"{fingerprint(rest)} {fingerprint([known, said])}"


def is_settled(decision: Decision, reviews: Iterable[Review], finding: Finding) -> bool:
    """Say whether only more reviews could help, whatever rights or teams become known.

    An approval that counts for nothing may count later, and so may any where it is a team, or
    somebody by an address, who is asked; who objects may lose the right to. Where nobody is asked
    for what is not met, something else is in the way, such as an error.
    """
    if decision.objections or (finding.unmet and not finding.missing):
        return False
    words = latest_words(reviews).items()
    approving = {login for login, item in words if item.state == ReviewState.APPROVED}
    asked = {*decision.missing, *finding.missing}
    if approving and any("/" in name or not name.startswith("@") for name in asked):
        return False
    return approving <= {*map(fold, decision.approvers), *finding.counted}


def waiting(doubts: Mapping[str, Doubt], standing: Standing) -> list[Doubt]:
    """Return the doubts, given by their base, of what was recalled and still is in the files."""
    taints = standing.taints.keys()
    recalled = (item.landing for item in standing.unproven if item.is_recalled)
    return [doubts[item.base] for item in recalled if not taints.isdisjoint(item.paths)]


def turn_of(among: Sequence[Doubt], at: datetime) -> Doubt | None:
    """Return the one of some doubts that is looked into at a moment, None where there is none.

    Drawn by the moment and not one after another: runs each half an hour, or of every night, would
    meet the same ones over and over.
    """
    turn = fingerprint(int(at.timestamp()) // _TURN)
    return among[int(turn, 16) % len(among)] if among else None


def remembered(
    doubt: Doubt, standing: Standing, landing: Landing, ask: Callable[[], Host] | None = None
) -> Unproven | None:
    """Return what was found before of a landing if that still stands, else None.

    The forge is asked if `ask` is given; else what is proven before it has to be the same.
    """
    found: list[Proposal] = []
    reviews: list[Review] = []
    if ask is not None:
        try:
            forge, branch = ask()
            query = ProposalQuery(commit=landing.commits[0], brief=True)
            found = proposals_of(landing.commits, forge.proposals(query), branch)
            reviews = [review for item in found for review in forge.reviews(item)]
        except UserError:
            return None  # asked once more, it says why
    said = said_of(standing, found, reviews)
    is_same = said == doubt.said if ask else said.split(" ")[0] == doubt.said.split(" ")[0]
    if not is_same:
        return None
    return Unproven(landing, doubt.reason, doubt.proposal, said=doubt.said, is_recalled=True)
