"""Open proposals with their states: what the forge says, decided by Git and the plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from storesync.app.context import Context
from storesync.diagnostics import printable
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.app.proposals.forges import Published
    from storesync.approval.asked import Asked
    from storesync.approval.state import Deadline, Stage, Wait
    from storesync.plan.change import Change
    from storesync.plugins.forge import Proposal
    from storesync.report.proposed import Proposed

MOST_PLANNED = 5  # plans take seconds each in a large chain
_CLOSED = 20  # closed ones that are looked at, those changed last


@dataclass(frozen=True, slots=True)
class Look:
    """What to look for: as of `at`, about one campaign (`brand/campaign`) or all, so many plans."""

    at: datetime
    campaign: str = ""
    most: int = MOST_PLANNED


def proposed(published: Published, look: Look) -> tuple[list[Proposed], list[str]]:
    """Return proposals that are not merged, and what cannot be told of them, in words.

    Raises UserError where the forge cannot be asked at all.
    """
    from storesync.plugins.forge import ProposalState

    found: list[Proposed] = []
    unseen: list[str] = []
    left = look.most
    for proposal, paths in _candidates(published, look):
        is_over = proposal.state is ProposalState.CLOSED
        if not (is_over or left):
            unseen.append(f"plan of {printable(proposal.id)}: {look.most} others were worked out")
        plans = not is_over and left > 0
        left -= plans
        found.append(_proposed(published, proposal, paths, look, plan=plans))
    return found, unseen


def _candidates(published: Published, look: Look) -> list[tuple[Proposal, tuple[str, ...]]]:
    """Return proposals that are not merged and may be about what is looked for, with their paths.

    Where a campaign is looked for, those that change its own files come first.
    """
    from storesync.plugins.forge import ProposalQuery, ProposalState

    wanted = [
        item
        for item in published.forge.proposals(ProposalQuery(over=_CLOSED))
        if item.state is not ProposalState.MERGED
        and (item.state is not ProposalState.CLOSED or _stands(published, item))
    ]
    published.bring(wanted)  # a fork's are in no branch; what cannot be had is told below
    found = [(item, _paths(published, item)) for item in wanted]
    if not look.campaign:
        return found
    brand = f"brands/{look.campaign.partition('/')[0]}/"
    own = f"{brand}campaigns/{look.campaign.partition('/')[2]}/"
    shared = (brand, "templates/", "storesync.yaml")
    near = [item for item in found if not item[1] or any(x.startswith(shared) for x in item[1])]
    return sorted(near, key=lambda item: not any(path.startswith(own) for path in item[1]))


def _paths(published: Published, proposal: Proposal) -> tuple[str, ...]:
    """Return what a proposal changes, nothing where its commits are not in this clone."""
    from storesync.app.proposals.decided import proposed_paths

    try:
        return tuple(proposed_paths(published, proposal.head))
    except UserError:
        return ()


def _stands(published: Published, proposal: Proposal) -> bool:
    """Say whether a closed proposal's branch still is where it was closed: nobody gave it up."""
    from storesync.source.mirror import branches

    known = branches(published.context.repository, published.remote)
    return known.get(proposal.branch) == proposal.head


def _proposed(
    published: Published, proposal: Proposal, paths: tuple[str, ...], look: Look, *, plan: bool
) -> Proposed:
    from storesync.app.find import campaigns_in
    from storesync.app.proposals.decided import with_makers
    from storesync.approval.state import Deadline, Wait
    from storesync.report.proposed import Proposed

    if paths:  # else its commits are not here
        proposal = with_makers(published, proposal)
    campaigns: dict[str, Deadline] = dict.fromkeys(sorted(campaigns_in(paths)), Deadline())
    author = (proposal.author,) if proposal.author else ()
    obstacles: list[Wait] = []
    asked: tuple[Asked, ...] = ()
    changes: tuple[Change, ...] = ()
    planned = False
    if plan:
        from storesync.app.proposals.reviewing import reviewed

        try:
            seen = reviewed(published, proposal, at=look.at)
        except UserError as error:
            obstacles.append(Wait(author, error.message))
        else:
            planned, asked, changes = True, seen.asked, seen.plan.changes
            if seen.errors:
                first = seen.errors[0]
                obstacles.append(Wait(author, f"correct errors: {first.path}: {first.message}"))
            campaigns |= _deadlines(changes, look.at)
    else:
        text = "its plan was not worked out here: storesync approve shows it"
        obstacles.append(Wait((), text))
    places = _places(changes)
    titles = {name: _title(published, proposal.head, name) for name in campaigns}
    stage = _stage(published, proposal, asked, obstacles)
    return Proposed(proposal, stage, paths, campaigns, places, titles, planned)


def _stage(
    published: Published, proposal: Proposal, asked: tuple[Asked, ...], known: list[Wait]
) -> Stage:
    """Return a proposal's state; where the forge does not say enough it is not approved."""
    from storesync.app.proposals.decided import judged
    from storesync.approval.decide import Decision
    from storesync.approval.state import Wait, stage_of

    try:
        reviews = published.forge.reviews(proposal)
        decision = judged(published, proposal, reviews, asked)
    except UserError as error:
        known.append(Wait((), f"who approved it cannot be told: {error.message}"))
        return stage_of(proposal, (), Decision((), ()), known)
    return stage_of(proposal, reviews, decision, known)


def _deadlines(changes: tuple[Change, ...], at: datetime) -> Mapping[str, Deadline]:
    from storesync.approval.state import deadline_of

    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        found[f"{change.key.brand}/{change.key.campaign}"].append(change)
    return {name: deadline_of(members, at) for name, members in sorted(found.items())}


def _places(changes: tuple[Change, ...]) -> dict[str, int]:
    found: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        found[f"{change.key.brand}/{change.key.campaign}"].add(change.key.location)
    return {name: len(places) for name, places in found.items()}


def _title(published: Published, head: str, campaign: str) -> str:
    """Return what a proposal calls a campaign, its id where that cannot be read."""
    from storesync.source.yaml import read

    brand, _, name = campaign.partition("/")
    path = f"brands/{brand}/campaigns/{name}/campaign.yaml"
    try:
        raw = published.context.repository.file(head, path)
    except UserError:
        return name
    document = read(path, raw)[0] if raw is not None else None
    said = document.data.get("name") if document is not None else None
    return said if isinstance(said, str) else name


def look_for(context: Context, look: Look, *, offline: bool) -> tuple[list[Proposed], list[str]]:
    """Return proposals that are not merged, and what cannot be seen: it is told, and stops nothing.

    Where no settings name a forge it is not told: whoever works alone needs none.
    """
    from storesync.app.proposals.forges import open_published

    if offline:
        return [], ["proposals: not asked for (--offline)"]
    try:
        return proposed(open_published(context), look)
    except UserError as error:
        return [], [f"proposals: {error.message}"] if names_forge(context) else []


def names_forge(context: Context) -> bool:
    """Say whether the settings on disk name a forge, or cannot be read."""
    from storesync.source.tree import SETTINGS

    return b"forge" in context.work_tree.read(SETTINGS)
