"""Walks along the published branch and proves each landing, asking as little as may be.

Every doubt (a forge that cannot answer, a commit that is not here, a line of CODEOWNERS that is
broken) means: not approved now. A later run asks again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from storesync.approval.decide import Case, Decision, decide, members_of
from storesync.approval.deciding import DecidingFiles
from storesync.approval.evidence import gather, looked_at
from storesync.approval.landing import Evidence, Landing, case_of, fault_of, proposal_of, why_not
from storesync.approval.ownership import Ownership
from storesync.approval.proof import Standing, Unproven, accept, begin, refuse
from storesync.approval.ratify import ratified
from storesync.approval.record import ApprovalRecord, Reviewer
from storesync.errors import UserError
from storesync.plugins.forge import (
    Forge,
    People,
    PeopleQuery,
    Proposal,
    ProposalQuery,
    Review,
)
from storesync.source.git import Repository
from storesync.source.landed import LandedCommit, landed
from storesync.source.plumbing import FileChange


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about approval requirements beyond CODEOWNERS.

    `unmet` says what is missing, empty where nothing is. `plan` and `campaigns` are fingerprints,
    empty where no plan had to be worked out.
    """

    met: tuple[str, ...] = ()
    unmet: str = ""
    plan: str = ""
    campaigns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """A landing whose reviews suffice by CODEOWNERS, with all that is known of it."""

    landing: Landing
    case: Case
    decision: Decision
    standing: Standing
    ownership: Ownership
    forge: Forge


# What is asked beyond CODEOWNERS. Raises UserError where that cannot be told.
Require = Callable[[Judged], Finding]


# Fetches commits of a proposal that are not in this clone, by the settings in a blob.
Bring = Callable[[str, Proposal, Collection[str]], None]


# The forge and its branch by the settings in a blob ("" for none). Raises UserError.
Host = Callable[[str], tuple[Forge, str]]


def nothing_more(*_: object) -> Finding:
    """Ask for nothing beyond CODEOWNERS."""
    return Finding()


@dataclass
class Prover:
    """What proving needs: Git, the forge and its branch, records by commit, what else is asked.

    `reread` are commits whose records do not count in this walk: the forge is asked again.
    """

    repository: Repository
    host: Host
    at: datetime
    records: Mapping[str, ApprovalRecord]
    require: Require = nothing_more
    bring: Bring = lambda *_: None
    reread: Collection[str] = ()
    _files: DecidingFiles = field(init=False)
    _people: dict[tuple[int, frozenset[str], frozenset[str]], People] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._files = DecidingFiles(self.repository)

    def walk(self, baseline: str, tip: str) -> Standing:
        """Return the standing at `tip`, a commit of the published branch.

        Raises UserError where the branch does not go on from the baseline, or where a commit that
        was proven before is no part of it any more.
        """
        commits = landed(self.repository, baseline, tip)
        there = {baseline, *(item.id for item in commits)}
        lost = next((item for item in self.records.values() if item.commit not in there), None)
        if lost is not None:
            raise UserError(
                f"the published branch as it is here lacks {lost.commit[:12]}, proven before",
                hint="git pull; if nothing is new, it was set back or rewritten: restore it",
            )
        standing = begin(baseline)
        by_base = {item.base: item for item in self.records.values() if self._holds(item)}
        index = {item.id: number for number, item in enumerate(commits)}
        at = 0
        while at < len(commits):
            record = by_base.get(commits[at].parents[0])
            end = index.get(record.commit, -1) if record else -1
            if record is not None and end >= at:
                group = commits[at : end + 1]
                standing = self._accept(standing, group, record)
            else:
                found = self._proposals(standing, commits[at].id)
                end = at if isinstance(found, str) else _end(commits, at, index, found)
                group = commits[at : end + 1]
                standing = self._step(standing, group, found)
            at = end + 1
        return standing

    def _proposals(self, standing: Standing, commit: str) -> list[Proposal] | str:
        """Return the proposals that a commit belongs to, or why nobody can tell."""
        try:
            return self._host(standing)[0].proposals(ProposalQuery(commit=commit))
        except UserError as error:
            return f"the forge cannot be asked: {error.message}"

    def _host(self, standing: Standing) -> tuple[Forge, str]:
        """Return the forge that counts for what comes after a standing. Raises UserError."""
        return self.host(self._files.settings(standing.commit, standing.replaced()))

    def _holds(self, record: ApprovalRecord) -> bool:
        return record.commit not in self.reread

    def _accept(
        self, standing: Standing, group: Sequence[LandedCommit], record: ApprovalRecord
    ) -> Standing:
        """Return the standing after a landing of which there is a record."""
        # Where nothing is tainted it does not matter which files were touched.
        changed = standing.taints
        changes = self.repository.changes(record.base, record.commit, []) if changed else []
        return accept(standing, _landing(group, record.base, changes), changes, record)

    def _step(
        self,
        standing: Standing,
        group: Sequence[LandedCommit],
        proposals: list[Proposal] | str,
    ) -> Standing:
        """Return the standing after a landing that has to be proven now."""
        last, base = group[-1], group[0].parents[0]
        changes = self.repository.changes(base, last.id, [])
        landing = _landing(group, base, changes)
        found = self._prove(standing, landing, proposals, changes)
        self._files.follow(base, last.id, changes)
        if isinstance(found, Unproven):
            return refuse(standing, landing, changes, found)
        return accept(standing, landing, changes, found)

    def _prove(
        self,
        standing: Standing,
        landing: Landing,
        proposals: list[Proposal] | str,
        changes: Sequence[FileChange],
    ) -> ApprovalRecord | Unproven:
        if isinstance(proposals, str):
            return Unproven(landing, proposals, unseen=True)
        name = ""
        try:
            _, branch = self._host(standing)
            proposal = proposal_of(landing.commits, proposals, branch)
            name = proposal.id if proposal else ""
            evidence = self._evidence(standing, landing, proposals, proposal)
            fault = fault_of(landing, evidence, branch)
            if fault or proposal is None:
                return Unproven(landing, fault, name)
            return self._judge(standing, landing, evidence, proposal, changes)
        except UserError as error:
            why = f"it cannot be proven now: {error.message}"
            return Unproven(landing, why, name, unseen=True)

    def _evidence(
        self,
        standing: Standing,
        landing: Landing,
        proposals: Sequence[Proposal],
        proposal: Proposal | None,
    ) -> Evidence:
        if proposal is None:
            return Evidence(tuple(proposals))
        blob = self._files.settings(standing.commit, standing.replaced())
        reviews = self.host(blob)[0].reviews(proposal)
        self.bring(blob, proposal, looked_at(proposal, reviews))
        return gather(self.repository, landing.base, proposals, proposal, reviews)

    def _judge(
        self,
        standing: Standing,
        landing: Landing,
        evidence: Evidence,
        proposal: Proposal,
        changes: Sequence[FileChange],
    ) -> ApprovalRecord | Unproven:
        blob, ownership = self._files.owners(landing.base, standing.replaced())
        forge, branch = self._host(standing)
        case = case_of(landing, evidence, branch)
        owners = {name for item in ownership.of_all(case.paths) for name in item.owners}
        people = self._asked(forge, evidence.reviews, owners)
        decision = decide(case, ownership, people)
        reason = why_not(decision)
        finding = Finding()
        if not reason:
            finding = self.require(Judged(landing, case, decision, standing, ownership, forge))
            reason = finding.unmet
        if reason:
            return Unproven(landing, f"proposal {proposal.id}: {reason}", proposal.id)
        return ApprovalRecord(
            commit=landing.commit,
            base=landing.base,
            proposal=proposal.id,
            head=proposal.head,
            author=proposal.author or "",
            codeowners=blob,
            reviewers=tuple(_counted(decision, evidence.reviews, owners, people)),
            at=self.at,
            requirements=finding.met,
            plan=finding.plan,
            campaigns=finding.campaigns,
            ratifies=tuple(ratified(self.repository, changes)) if standing.taints else (),
        )

    def _asked(self, forge: Forge, reviews: Sequence[Review], owners: Collection[str]) -> People:
        logins = frozenset(item.login for item in reviews if item.login)
        names = frozenset(name.removeprefix("@").lower() for name in owners)
        teams = frozenset(name for name in names if "/" in name)
        known = (id(forge), logins, teams)
        if known not in self._people:
            self._people[known] = forge.people(PeopleQuery(logins, teams))
        return self._people[known]


def _end(
    commits: Sequence[LandedCommit],
    at: int,
    index: Mapping[str, int],
    proposals: Sequence[Proposal],
) -> int:
    """Return where a rebase merge that begins at a commit ends; that commit itself if none does.

    It brings several commits; each of them leads to the proposal, which names the last one.
    """
    merged = [item.merged for item in proposals if item.merged is not None]
    last = [index[item] for item in merged if item in index]
    end = max(last, default=at)
    plain = all(len(item.parents) == 1 for item in commits[at : end + 1])
    return end if len(last) == 1 and end > at and plain else at


def _landing(group: Sequence[LandedCommit], base: str, changes: Sequence[FileChange]) -> Landing:
    last = group[-1]
    return Landing(
        commits=tuple(item.id for item in group),
        base=base,
        parents=last.parents,
        tree=last.tree,
        paths=frozenset(change.path for change in changes),
        at=last.at,
        author=last.author,
    )


def _counted(
    decision: Decision, reviews: Sequence[Review], owners: Collection[str], people: People
) -> Iterator[Reviewer]:
    """Yield whose approval counted, on whose behalf, and in which review."""
    for login in decision.approvers:
        mine = [item for item in reviews if (item.login or "").lower() == login]
        last = max(mine, key=lambda item: item.at)
        behalf = sorted(name for name in owners if login in (members_of(name, people) or ()))
        yield Reviewer(login, tuple(behalf), last.id, recorded=last.recorded)
