"""Walks along the published branch and proves each landing, asking as little as may be.

Every doubt (a forge that cannot answer, a commit that is not here, a line of CODEOWNERS that is
broken) means: not approved now. A later run asks again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import NamedTuple

from storesync.approval.decide import decide, hands_of
from storesync.approval.deciding import DecidingFiles, decides
from storesync.approval.doubt import Doubt, is_settled, remembered, said_of, turn_of, waiting
from storesync.approval.evidence import gather, named_commits
from storesync.approval.judged import (
    Bring,
    Finding,
    Hosts,
    Judged,
    Logins,
    Readers,
    Require,
    nothing_more,
)
from storesync.approval.landing import (
    Landing,
    case_of,
    check_whole,
    end_of,
    fault_among,
    fault_of,
    landing_of,
    proposals_of,
    why_not,
)
from storesync.approval.looked import looked_at
from storesync.approval.makers import makers_of
from storesync.approval.proof import Standing, Unproven, accept, begin, refuse
from storesync.approval.ratify import ratified
from storesync.approval.record import ApprovalRecord, counted
from storesync.errors import UserError
from storesync.plugins.forge import Forge, People, PeopleQuery, Proposal, ProposalQuery, Review
from storesync.source.git import Repository
from storesync.source.landed import LandedCommit, landed
from storesync.source.plumbing import FileChange


class _Answer(NamedTuple):
    """What was found of a landing, and whether somebody objects to it."""

    found: ApprovalRecord | Unproven
    objects: bool = False


@dataclass
class Prover:
    """What proving needs: Git, the forge and its branch, records by commit, what else is asked.

    `reread` are commits whose records do not count in this walk: the forge is asked again.
    `doubts` are what earlier runs found unapproved, by base: of one that still is in the files,
    drawn by the moment, it is asked in each walk whether anything was said since.
    """

    repository: Repository
    host: Hosts
    at: datetime
    records: Mapping[str, ApprovalRecord]
    require: Require = nothing_more
    bring: Bring = lambda *_: None
    reread: Collection[str] = ()
    logins: Logins = lambda _: {}
    readers: Readers = lambda *_: frozenset()
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    _files: DecidingFiles = field(init=False)
    # Why nothing more can be proven in this walk, empty where it can.
    _blind: str = ""
    _people: dict[tuple[int, frozenset[str], frozenset[str]], People] = field(default_factory=dict)
    _recalled: dict[str, tuple[Standing, Landing]] = field(default_factory=dict)  # by base

    def __post_init__(self) -> None:
        self._files = DecidingFiles(self.repository)

    def walk(self, baseline: str, tip: str) -> Standing:
        """Return the standing at `tip`, a commit of the published branch.

        Raises UserError where the branch does not go on from the baseline, or where a commit that
        was proven before is no part of it any more.
        """
        commits = landed(self.repository, baseline, tip)
        check_whole(self.records, {baseline, *(item.id for item in commits)})
        # What was proven since is no doubt any more, also where its record is to be read again.
        doubts = {at: item for at, item in self.doubts.items() if item.commit not in self.records}
        standing = self._along(baseline, commits, doubts)
        turn = turn_of(waiting(doubts, standing), self.at)
        if turn is not None:
            before, landing = self._recalled[turn.base]
            if remembered(turn, before, landing, partial(self._host, before)) is None:
                del doubts[turn.base]
                self._blind = ""
                return self._along(baseline, commits, doubts)
        return standing

    def _along(
        self, baseline: str, commits: Sequence[LandedCommit], doubts: Mapping[str, Doubt]
    ) -> Standing:
        """Return the standing after some commits; nothing is asked of what is known of them."""
        standing, at = begin(baseline), 0
        by_base = {x.base: x for x in self.records.values() if x.commit not in self.reread}
        index = {item.id: number for number, item in enumerate(commits)}
        while at < len(commits):
            base = commits[at].parents[0]
            known = by_base.get(base) or doubts.get(base)
            end = index.get(known.commit, -1) if known else -1
            group = commits[at : end + 1]
            after = self._known(standing, group, known) if known and group else None
            if after is None:
                found = self._proposals(standing, commits[at].id)
                end = at if isinstance(found, str) else end_of(commits, at, index, found)
                after = self._step(standing, commits[at : end + 1], found)
            standing = after
            at = end + 1
        return standing

    def _known(
        self, standing: Standing, group: Sequence[LandedCommit], known: ApprovalRecord | Doubt
    ) -> Standing | None:
        """Return the standing after a landing that is known, None where it has to be proven."""
        if isinstance(known, ApprovalRecord):
            return self._accept(standing, group, known)
        changes = self.repository.changes(known.base, known.commit, [])
        landing = landing_of(group, known.base, changes)
        if self._blind or any(map(decides, landing.paths)):
            return None  # with a forged doubt, older rules would decide on what came after
        found = remembered(known, standing, landing)
        if found is None:
            return None
        self._recalled[known.base] = (standing, landing)
        self._files.follow(known.base, known.commit, changes)
        return refuse(standing, landing, changes, found)

    def _proposals(self, standing: Standing, commit: str) -> list[Proposal] | str:
        """Return the proposals that a commit belongs to, or why nobody can tell."""
        try:
            return self._host(standing)[0].proposals(ProposalQuery(commit=commit))
        except UserError as error:
            return f"the forge cannot be asked: {error.message}"

    def _host(self, standing: Standing) -> tuple[Forge, str]:
        """Return the forge that counts for what comes after a standing. Raises UserError."""
        return self.host(self._files.settings(standing.commit, standing.replaced()))

    def _accept(
        self, standing: Standing, group: Sequence[LandedCommit], record: ApprovalRecord
    ) -> Standing:
        """Return the standing after a landing of which there is a record."""
        # Where nothing is tainted it does not matter which files were touched.
        changed = standing.taints
        changes = self.repository.changes(record.base, record.commit, []) if changed else []
        return self._proven(standing, landing_of(group, record.base, changes), changes, record)

    def _proven(
        self,
        standing: Standing,
        landing: Landing,
        changes: Sequence[FileChange],
        record: ApprovalRecord,
    ) -> Standing:
        looked = looked_at(self.repository, standing, landing.base, record.head, changes)
        return accept(standing, landing, changes, record, looked)

    def _step(
        self,
        standing: Standing,
        group: Sequence[LandedCommit],
        proposals: list[Proposal] | str,
    ) -> Standing:
        """Return the standing after a landing that has to be proven now."""
        last, base = group[-1], group[0].parents[0]
        changes = self.repository.changes(base, last.id, [])
        landing = landing_of(group, base, changes)
        if self._blind:
            found: ApprovalRecord | Unproven = Unproven(landing, self._blind, unseen=True)
        else:
            found = self._prove(standing, landing, proposals, changes)
        self._files.follow(base, last.id, changes)
        if isinstance(found, ApprovalRecord):
            return self._proven(standing, landing, changes, found)
        if any(map(decides, landing.paths)):
            found = replace(found, said="")  # nor is it recalled: see `_known`
            if found.unseen and not self._blind:
                self._blind = f"who decides may have changed in {last.id[:12]}: {found.reason}"
        return refuse(standing, landing, changes, found)

    def _prove(
        self,
        standing: Standing,
        landing: Landing,
        proposals: list[Proposal] | str,
        changes: Sequence[FileChange],
    ) -> ApprovalRecord | Unproven:
        if isinstance(proposals, str):
            return Unproven(landing, proposals, unseen=True)
        try:
            forge, branch = self._host(standing)
            found = proposals_of(landing.commits, proposals, branch)
            fault = fault_among(found)
            if fault:
                said = "" if found else said_of(standing, (), ())
                return Unproven(landing, fault, found[0].id if found else "", said=said)
            answers = [self._of(forge, standing, landing, item, changes) for item in found]
        except UserError as error:
            return Unproven(landing, f"it cannot be proven now: {error.message}", unseen=True)
        # Where a commit was proposed twice, whoever objects to one of them objects to both.
        against = next((item for item in answers if item.objects), None)
        sound = next((item for item in answers if isinstance(item.found, ApprovalRecord)), None)
        return (against or sound or answers[0]).found

    def _of(
        self,
        forge: Forge,
        standing: Standing,
        landing: Landing,
        proposal: Proposal,
        changes: Sequence[FileChange],
    ) -> _Answer:
        """Return what is to be said of a landing as that of one proposal. Raises UserError."""
        reviews = forge.reviews(proposal)
        settings = self._files.settings(standing.commit, standing.replaced())
        self.bring(settings, proposal, named_commits(proposal, reviews))
        evidence = gather(self.repository, landing.base, proposal, reviews)
        fault = fault_of(landing, proposal, evidence)
        if fault:
            return _Answer(Unproven(landing, fault, proposal.id))
        blob, ownership = self._files.owners(landing.base, standing.replaced())
        case = case_of(landing, proposal, evidence)
        ratifies = tuple(ratified(self.repository, changes)) if standing.taints else ()
        logins, hands = self.logins(settings), partial(self._hands, standing)
        made = makers_of(self.repository, standing, changes, logins, hands)
        case = replace(case, contributors=case.contributors | made)
        owners = {name for item in ownership.of_all(case.paths) for name in item.owners}
        people = self._asked(forge, evidence.reviews, owners)
        decision = decide(case, ownership, people)
        if decision.objections and not forge.capabilities.proves_identity:
            speakers = [item.login for item in evidence.reviews if item.login]
            reading = self.readers(landing.base, standing.replaced(), speakers)
            case = replace(case, readers=reading)
            decision = decide(case, ownership, people)
        reason, finding = why_not(decision), Finding()
        if not reason:
            finding = self.require(Judged(landing, case, decision, standing, ownership, forge))
            reason = finding.unmet
        if reason:
            words = f"proposal {proposal.id}: {reason}"
            objects = bool(decision.objections)
            said = said_of(standing, [proposal], reviews)
            said = said if is_settled(decision, reviews, finding) else ""
            refused = Unproven(landing, words, proposal.id, hands=hands_of(case), said=said)
            return _Answer(refused, objects=objects)
        record = ApprovalRecord(
            commit=landing.commit,
            base=landing.base,
            proposal=proposal.id,
            head=proposal.head,
            author=proposal.author or "",
            codeowners=blob,
            reviewers=tuple(counted(decision, evidence.reviews, owners, people)),
            at=self.at,
            requirements=finding.met,
            plan=finding.plan,
            campaigns=finding.campaigns,
            ratifies=ratifies,
        )
        return _Answer(record)

    def _hands(self, standing: Standing, cause: Unproven) -> frozenset[str]:
        """Return who made a proposal that was merged as it was, none where it is no such thing."""
        if not cause.is_recalled:
            return cause.hands
        (forge, branch), landing = self._host(standing), cause.landing
        found = forge.proposals(ProposalQuery(commit=landing.commits[0]))
        for proposal in proposals_of(landing.commits, found, branch):
            settings = self._files.settings(standing.commit, standing.replaced())
            self.bring(settings, proposal, {proposal.head})
            evidence = gather(self.repository, landing.base, proposal, ())
            if not fault_of(landing, proposal, evidence):
                return hands_of(case_of(landing, proposal, evidence))
        return frozenset()

    def _asked(self, forge: Forge, reviews: Sequence[Review], owners: Collection[str]) -> People:
        logins = frozenset(item.login for item in reviews if item.login)
        names = frozenset(name.removeprefix("@").lower() for name in owners)
        teams = frozenset(name for name in names if "/" in name)
        known = (id(forge), logins, teams)
        if known not in self._people:
            self._people[known] = forge.people(PeopleQuery(logins, teams))
        return self._people[known]
