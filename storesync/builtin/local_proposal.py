"""What lines say, and where branches are -> proposals."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

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

    `brought` and `named` are `where` and `named` of `source.landed.Arrivals`; `holds` says whether
    the published branch holds a commit in any other way.
    """

    base: str
    heads: Mapping[str, str]
    brought: Mapping[str, str]
    holds: Callable[[str], bool]
    named: Mapping[str, frozenset[str]] = field(default_factory=dict)


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
    """Return what lines and branches say, by merge and by branch.

    What a merge brought is what was submitted then, wherever its branch is by now.
    """
    by_merge: dict[str, list[Proposal]] = {}
    by_branch: dict[str, list[Line]] = {}
    for group in _groups(lines, branches):
        for submitted in _rounds(group, branches):
            for merge, until in _merges(submitted, branches).items():
                by_merge.setdefault(merge, []).append(
                    _proposal(group, until, branches, name, ProposalState.MERGED)
                )
    for line in lines:
        by_branch.setdefault(line.proposal, []).append(line)
    return Seen(tips, branches, lines, proposals(lines, branches, name), by_merge, by_branch)


def proposals(lines: Iterable[Line], branches: Branches, name: Name) -> list[Proposal]:
    """Return the proposals into the published branch as they are now, the newest first.

    There is one for each branch, for what was submitted of it last. `name` makes a login of an
    address.
    """
    found = [_newest(group, branches, name) for group in _groups(lines, branches)]
    return sorted(filter(None, found), key=lambda item: (-item.opened, item.id))


def reviews(lines: Iterable[Line], proposal: Proposal, branches: Branches) -> list[Line]:
    """Return what was said about a proposal, in order, and not about another one of its branch.

    A line of a newer format is among them: it may be an objection.
    """
    mine = [
        line
        for line in sorted(lines, key=lambda item: item.at)
        if (line.proposal, line.base) == (proposal.branch, branches.base)
    ]
    rounds = _rounds(mine, branches)
    own = next((item for item in rounds if _holds(item, proposal.head)), (rounds or [[]])[-1])
    others = {line.commit for item in rounds if item is not own for line in item}
    later = [item[0].at for item in rounds[rounds.index(own) + 1 :]] if own else []
    until = min(later, default=math.inf)
    said = [line for line in mine if line.event in STATES or is_unknown(line)]
    return [
        line
        for line in said
        if _holds(own, line.commit) or (line.commit not in others and line.at < until)
    ]


def _groups(lines: Iterable[Line], branches: Branches) -> list[list[Line]]:
    """Return the lines about each branch that is proposed, in order."""
    groups: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda item: item.at):
        if line.base == branches.base and line.proposal != branches.base:
            groups.setdefault(line.proposal, []).append(line)
    return list(groups.values())


def _newest(lines: Sequence[Line], branches: Branches, name: Name) -> Proposal | None:
    """Return the proposal that a branch is now, at its newest commit."""
    rounds = _rounds(lines, branches)
    if not rounds:
        return None
    last = rounds[-1][-1]
    tip = branches.heads.get(last.proposal)
    is_in = last.commit in branches.brought or branches.holds(last.commit)
    is_ahead = tip is not None and tip not in branches.brought and not branches.holds(tip)
    state = ProposalState.OPEN
    if is_in and not is_ahead:
        state = ProposalState.MERGED
    elif (
        tip is None
        or not is_ahead
        or any(line.event == Event.CLOSED and line.at >= last.at for line in lines)
    ):
        state = ProposalState.CLOSED
    return _proposal(lines, rounds[-1], branches, name, state, tip if is_ahead else None)


def _merges(submitted: Sequence[Line], branches: Branches) -> dict[str, Sequence[Line]]:
    """Return what merges brought of one proposal: merge -> submissions up to what it brought."""
    return {
        branches.brought[line.commit]: submitted[: index + 1]
        for index, line in enumerate(submitted)
        if line.commit in branches.brought
    }


def _proposal(
    lines: Sequence[Line],
    submitted: Sequence[Line],
    branches: Branches,
    name: Name,
    state: ProposalState,
    tip: str | None = None,
) -> Proposal:
    """Return a proposal at `tip`, else at the commit that was submitted last."""
    first, last = submitted[0], submitted[-1]
    head = tip or last.commit
    # Who submitted a commit first brought it; whoever names it again does not take its place.
    pushers = [line.who for line in submitted if line.commit == head]
    ends = [
        line for line in lines if line.event in {Event.MERGED, Event.CLOSED} and line.at >= last.at
    ]
    # Whom a commit names can be somebody's lie, which only ever takes approvals away.
    hands = {line.who for line in submitted} | branches.named.get(head, frozenset())
    over = state is not ProposalState.OPEN
    # Whoever says it again, later, does not make it come later.
    landed = min((line.at for line in ends if line.event == Event.MERGED), default=None)
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
        contributors=frozenset(map(name, hands)),
        landed=landed if state is ProposalState.MERGED else None,
    )


def _rounds(lines: Iterable[Line], branches: Branches) -> list[list[Line]]:
    """Return submissions by proposal: a branch that was merged may be proposed again.

    What came on the published branch together, or not yet, is one of them; so is what came there
    without a merge commit, for nothing tells in how many steps.
    """
    rounds: list[list[Line]] = []
    for line in lines:
        if line.event != Event.SUBMITTED:
            continue
        merge = branches.brought.get(line.commit)
        known = [item for item in rounds if merge and merge == _merge(item, branches)]
        if known:
            known[0].append(line)
        elif rounds and _goes_on(rounds[-1], line, branches):
            rounds[-1].append(line)
        else:
            rounds.append([line])
    return rounds


def _goes_on(submitted: Sequence[Line], line: Line, branches: Branches) -> bool:
    """Say whether a line goes on with a proposal, which was not merged before it."""
    before, merge = _merge(submitted, branches), branches.brought.get(line.commit)
    is_plain = before == submitted[-1].commit and merge == line.commit
    return before is None or is_plain


def _merge(submitted: Sequence[Line], branches: Branches) -> str | None:
    return branches.brought.get(submitted[-1].commit)


def _holds(submitted: Iterable[Line], commit: str) -> bool:
    return any(line.commit == commit for line in submitted)
