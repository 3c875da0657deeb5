"""Proposals as people name them, what they change, and whether their reviews suffice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from storesync.diagnostics import did_you_mean, printable
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.app.proposals.forges import Published
    from storesync.approval.asked import Asked
    from storesync.approval.decide import Case, Decision
    from storesync.plugins.forge import People, Proposal, Review, Verdict
    from storesync.source.plumbing import FileChange


def decided(
    published: Published, proposal: Proposal, reviews: Sequence[Review]
) -> tuple[Decision, People]:
    """Return what some reviews of a proposal are worth, after the published branch's CODEOWNERS."""
    return _decided(published, _case(published, proposal, reviews))


def _decided(published: Published, case: Case) -> tuple[Decision, People]:
    from storesync.approval.decide import decide, fold
    from storesync.plugins.forge import PeopleQuery

    ownership = published.base.ownership
    owners = {fold(owner) for path in case.paths for owner in ownership.of(path).owners}
    logins = _logins(case.reviews)
    teams = frozenset(owner for owner in owners if "/" in owner)
    people = published.forge.people(PeopleQuery(frozenset(logins | (owners - teams)), teams))
    return decide(case, ownership, people), people


def _case(published: Published, proposal: Proposal, reviews: Sequence[Review]) -> Case:
    from storesync.approval.decide import Case

    return Case(
        paths=frozenset(proposed_paths(published, proposal.head)),
        author=proposal.author,
        pusher=proposal.pusher,
        head=proposal.head,
        reviews=tuple(reviews),
        same=frozenset(_same(published, proposal.head, (item.commit for item in reviews))),
        contributors=proposal.contributors | makers(published, proposal.head),
        readers=published.readers(_logins(reviews)),
    )


def makers(published: Published, head: str) -> frozenset[str]:
    """Return who brought in past review what a commit approves along: it is theirs as well."""
    if head not in published.made:
        published.made[head] = _makers(published, head)
    return published.made[head]


def _makers(published: Published, head: str) -> frozenset[str]:
    from storesync.approval.makers import makers_of

    standing = published.base.standing
    if standing is None or not standing.taints:  # mostly: and Git need not be asked
        return frozenset()
    known, repository = published.teams.addresses(), published.context.repository
    return makers_of(repository, standing, _changes(published, head), known)


def with_makers(published: Published, proposal: Proposal) -> Proposal:
    """Return a proposal that also names those by `makers`: nobody has to ask them."""
    made = makers(published, proposal.head)
    return replace(proposal, contributors=proposal.contributors | made)


def _logins(reviews: Iterable[Review]) -> set[str]:
    from storesync.approval.decide import fold

    return {fold(item.login) for item in reviews if item.login is not None}


def judged(
    published: Published, proposal: Proposal, reviews: Sequence[Review], asked: Iterable[Asked]
) -> Decision:
    """Return what reviews are worth by CODEOWNERS and by all else that the plan asks for."""
    from storesync.approval.decide import approving
    from storesync.approval.meets import beside_owners, people_for, with_lacking

    case = _case(published, proposal, reviews)
    decision, people = _decided(published, case)
    rest = beside_owners(asked)
    if not rest:
        return decision
    known = published.forge.people(people_for(rest, _logins(reviews)))
    return with_lacking(decision, rest, approving(case, people), known, case)


def owners_of(published: Published, head: str) -> list[str]:
    """Return all owners of what a commit changes, but me."""
    from storesync.approval.decide import fold

    owned = published.base.ownership.of_all(proposed_paths(published, head))
    me = fold(published.forge.login())
    return sorted({owner for item in owned for owner in item.owners if fold(owner) != me})


def reviewers_of(published: Published, head: str, asked: Iterable[Asked]) -> list[str]:
    """Return all who may give what is asked for, owners or not, but me."""
    from storesync.approval.asked import unique
    from storesync.approval.decide import fold

    me = fold(published.forge.login())
    named = (name for item in asked for name in item.who if fold(name) != me)
    return sorted(unique([*owners_of(published, head), *named]))


def proposed_paths(published: Published, head: str) -> list[str]:
    """Return the paths that a commit changes since it left the published branch."""
    return [item.path for item in _changes(published, head)]


def _changes(published: Published, head: str) -> list[FileChange]:
    repository = published.context.repository
    base = repository.merge_base(published.tip, repository.resolve(head))
    if base is None:
        return []  # no history in common: nothing is known, so nothing is approved
    return repository.changes(base, head, [])


def _same(published: Published, head: str, commits: Iterable[str | None]) -> list[str]:
    """Return those of some commits whose change is byte by byte, modes included, that of `head`."""
    others = {item for item in commits if item is not None and item != head}
    known = [item for item in others if published.context.repository.is_ancestor(item, item)]
    wanted = _change(published, head) if known else None
    return [item for item in known if wanted is not None and _change(published, item) == wanted]


def _change(published: Published, head: str) -> bytes | None:
    repository = published.context.repository
    base = repository.merge_base(published.tip, head)
    if base is None:
        return None
    return repository.git("diff-tree", "-r", "-z", "--raw", "--no-renames", base, head).stdout


def find_proposal(published: Published, name: str) -> Proposal:
    """Return the open proposal of an id, a branch or a campaign. Raises UserError."""
    from storesync.plugins.forge import ProposalQuery

    named = published.forge.proposals(ProposalQuery(id=name, branch=name))
    found = about = [item for item in named if _is_open(item)]
    if not found:
        found = published.forge.proposals(ProposalQuery())
        here = published.bring(found)
        about = [item for item in here if name in _campaigns(published, item)]
    if len(about) == 1:
        return _here(published, about[0])
    if about:
        ids = ", ".join(printable(item.id) for item in about)
        raise UserError(f"several proposals are about {printable(name)}", hint=f"name one: {ids}")
    if named:
        message = f"{printable(named[0].id)} is {named[0].state.value}, not open"
        hint = "what was merged and approved by nobody is proposed by storesync submit CAMPAIGN"
        raise UserError(message, hint=hint if named[0].merged else "")
    hint = did_you_mean(name, [item.id for item in found]) or _listed(found)
    raise UserError(f'there is no open proposal "{printable(name)}"', hint=hint)


def _is_open(proposal: Proposal) -> bool:
    from storesync.plugins.forge import ProposalState

    return proposal.state in {ProposalState.OPEN, ProposalState.DRAFT}


def _here(published: Published, proposal: Proposal) -> Proposal:
    """Return a proposal whose commit is in this clone. Raises UserError where it cannot be had."""
    if not published.bring([proposal]):
        message = f"the commit of {printable(proposal.id)} is not here and cannot be fetched"
        raise UserError(message, hint="look whether it was pushed anew, and try again")
    return with_makers(published, proposal)


def waits_for_me(published: Published, *, every: bool) -> Iterator[Proposal]:
    """Yield proposals that I could approve, those whose files I own first; not `every`: they alone.

    Requirements may ask for somebody who owns none of the files; that takes a plan of each.
    """
    from storesync.plugins.forge import ProposalQuery

    found = published.bring(published.forge.proposals(ProposalQuery()))
    every_hand = (with_makers(published, item) for item in found)
    others = [item for item in every_hand if not has_my_hand(published, item)]
    mine = [item for item in others if _waits_as_owner(published, item)]
    yield from mine
    if every or not mine:
        rest = (item for item in others if item not in mine)
        yield from (item for item in rest if _waits_as_asked(published, item))


def waiting(published: Published) -> Proposal:
    """Return the one proposal that waits for me. Raises UserError where it is not one."""
    from storesync.plugins.forge import ProposalQuery

    mine = list(waits_for_me(published, every=False))
    if len(mine) == 1:
        return mine[0]
    if mine:
        raise UserError(f"{len(mine)} proposals wait for you", hint=_listed(mine))
    every = published.forge.proposals(ProposalQuery())
    raise UserError("no proposal waits for you", hint=_listed(every))


def check_may_reject(published: Published, proposal: Proposal) -> None:
    """Raise UserError where I am a viewer whom no requirement asks: nobody could lift my no."""
    if published.is_mine_to_read() and not _waits_as_asked(published, proposal):
        raise viewer(published)


def viewer(published: Published) -> UserError:
    """Return what is said to a viewer who does more than read."""
    who = printable(published.forge.login())
    hint = "tell somebody who approves it; storesync whoami shows your roles"
    return UserError(f"{who} is a viewer: viewers read", hint=hint)


def has_my_hand(published: Published, proposal: Proposal) -> bool:
    """Say whether I had a hand in a proposal, so that my approval of it counts for nothing."""
    from storesync.approval.decide import fold

    return fold(published.forge.login()) in {fold(name) for name in proposal.hands}


def has_said(published: Published, verdict: Verdict) -> bool:
    """Say whether my last word on a proposal is this verdict already, of the same commit and plan.

    Other words to the author are one more.
    """
    from storesync.approval.decide import fold, latest_words

    reviews = published.forge.reviews(verdict.proposal)
    last = latest_words(reviews).get(fold(published.forge.login()))
    if last is None or verdict.body.strip() not in {"", last.body.strip()}:
        return False
    said = (last.state, last.commit, last.plan)
    return said == (verdict.state, verdict.proposal.head, verdict.plan)


def _waits_as_owner(published: Published, proposal: Proposal) -> bool:
    """Say whether files of mine are not approved, or what I asked to be changed was."""
    from storesync.approval.decide import fold

    me = fold(published.forge.login())
    decision, people = decided(published, proposal, published.forge.reviews(proposal))
    again = {fold(item.login or "") for item in decision.asking if item.commit != proposal.head}
    return me in again or _names(decision, people, me)


def _waits_as_asked(published: Published, proposal: Proposal) -> bool:
    """Say whether the plan asks me; one that conflicts waits for its author alone."""
    from storesync.app.proposals.reviewing import reviewed
    from storesync.approval.decide import fold
    from storesync.approval.meets import beside_owners, people_for

    try:
        seen = reviewed(published, proposal)
    except UserError:
        return False
    reviews = published.forge.reviews(proposal)
    people = published.forge.people(people_for(beside_owners(seen.asked), _logins(reviews)))
    decision = judged(published, proposal, reviews, seen.asked)
    return _names(decision, people, fold(published.forge.login()))


def _names(decision: Decision, people: People, login: str) -> bool:
    """Say whether somebody could give an approval that is missing."""
    from storesync.approval.decide import members_of

    asked = (members_of(owner, people) for item in decision.unmet for owner in item.owners)
    return any(login in members for members in asked if members)


def _campaigns(published: Published, proposal: Proposal) -> set[str]:
    """Return the campaigns whose own files a proposal changes, by bare ids too."""
    from storesync.app.find import campaigns_in

    names = campaigns_in(proposed_paths(published, proposal.head))
    return names | {name.partition("/")[2] for name in names}


def _listed(found: Sequence[Proposal]) -> str:
    if not found:
        return "none is open"
    return f"open: {', '.join(printable(item.id) for item in found[:10])}"
