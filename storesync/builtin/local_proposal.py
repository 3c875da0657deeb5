"""What lines say, and where branches are -> proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from storesync.builtin.local_line import Event, Line, is_unknown
from storesync.plugins.forge import Proposal, ProposalState, ReviewState

STATES = {
    Event.APPROVED: ReviewState.APPROVED,
    Event.CHANGES_REQUESTED: ReviewState.CHANGES_REQUESTED,
}
Name = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Branches:
    """Where branches are: their newest commits, and how commits came on the published one.

    `brought` is as `source.joining.merges` returns it; `holds` says whether the published branch
    holds a commit in any other way.
    """

    base: str
    heads: Mapping[str, str]
    brought: Mapping[str, str]
    holds: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Seen:
    """What notes at `tips` say together with the branches, to be looked up."""

    tips: tuple[str, ...]
    branches: Branches
    lines: list[Line]
    proposals: list[Proposal]
    by_merge: Mapping[str, list[Proposal]]
    by_branch: Mapping[str, list[Line]]


def see(lines: list[Line], branches: Branches, name: Name, tips: tuple[str, ...]) -> Seen:
    """Return what lines and branches say, by merge and by branch."""
    found = proposals(lines, branches, name)
    by_merge: dict[str, list[Proposal]] = {}
    by_branch: dict[str, list[Line]] = {}
    for item in found:
        if item.merged is not None:
            by_merge.setdefault(item.merged, []).append(item)
    for line in lines:
        by_branch.setdefault(line.proposal, []).append(line)
    return Seen(tips, branches, lines, found, by_merge, by_branch)


def proposals(lines: Iterable[Line], branches: Branches, name: Name) -> list[Proposal]:
    """Return the proposals into the published branch, the newest first.

    `name` makes a login of an address.
    """
    groups: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda item: item.at):
        if line.base == branches.base and line.proposal != branches.base:
            groups.setdefault(line.proposal, []).append(line)
    found = [_proposal(group, branches, name) for group in groups.values()]
    return sorted(filter(None, found), key=lambda item: (-item.opened, item.id))


def reviews(lines: Iterable[Line], proposal: Proposal, branches: Branches) -> list[Line]:
    """Return what was said about a proposal, in order, and not about an earlier one of its branch.

    A line of a newer format is among them: it may be an objection.
    """
    mine = [
        line
        for line in sorted(lines, key=lambda item: item.at)
        if (line.proposal, line.base) == (proposal.branch, branches.base)
    ]
    rounds = _rounds([line for line in mine if line.event == Event.SUBMITTED], branches)
    over = {line.commit for lines in rounds[:-1] for line in lines}
    said = [line for line in mine if line.event in STATES or is_unknown(line)]
    return [line for line in said if line.commit not in over]


def _proposal(lines: Sequence[Line], branches: Branches, name: Name) -> Proposal | None:
    rounds = _rounds([line for line in lines if line.event == Event.SUBMITTED], branches)
    if not rounds:
        return None
    submitted = rounds[-1]
    first, last = submitted[0], submitted[-1]
    tip = branches.heads.get(last.proposal)
    is_in = last.commit in branches.brought or branches.holds(last.commit)
    is_ahead = tip is not None and tip not in branches.brought and not branches.holds(tip)
    head = tip if tip is not None and is_ahead else last.commit
    # Who submitted a commit first brought it; whoever names it again does not take its place.
    pushers = [line.who for line in submitted if line.commit == head]
    ends = [
        line for line in lines if line.event in {Event.MERGED, Event.CLOSED} and line.at >= last.at
    ]
    state = ProposalState.OPEN
    if is_in and not is_ahead:
        state = ProposalState.MERGED
    elif tip is None or not is_ahead or any(line.event == Event.CLOSED for line in ends):
        state = ProposalState.CLOSED
    over = state is not ProposalState.OPEN
    return Proposal(
        id=last.proposal,
        title=last.title,
        state=state,
        author=name(first.who),
        pusher=name(pushers[0]) if pushers else None,
        branch=last.proposal,
        base=branches.base,
        head=head,
        opened=first.at,
        changed=max(line.at for line in [*submitted, *ends]),
        merged=branches.brought.get(head) if state is ProposalState.MERGED else None,
        body=last.body,
        closed_by=name(ends[-1].who) if over and ends else None,
    )


def _rounds(submitted: Sequence[Line], branches: Branches) -> list[list[Line]]:
    """Return submissions by proposal: a branch that was merged may be proposed again."""
    rounds: list[list[Line]] = []
    for line in submitted:
        is_new = not rounds or (
            rounds[-1][-1].commit in branches.brought and line.commit not in branches.brought
        )
        if is_new:
            rounds.append([line])
        else:
            rounds[-1].append(line)
    return rounds
