"""What is found of one landing: its proposals, what people said of them, whether that suffices.

Every doubt (a forge that cannot answer, a commit that is not here, a line of CODEOWNERS that is
broken) means: not approved now. A later run asks again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import NamedTuple, Protocol

from storesync.approval.decide import decide, hands_of
from storesync.approval.deciding import DecidingFiles
from storesync.approval.doubt import is_settled, said_of
from storesync.approval.evidence import gather, named_commits
from storesync.approval.judged import Finding, Host, Judged, Require, nothing_more
from storesync.approval.landing import (
    Landing,
    case_of,
    fault_among,
    fault_of,
    proposals_of,
    why_not,
)
from storesync.approval.makers import makers_of
from storesync.approval.proof import Standing, Unproven
from storesync.approval.ratify import ratified
from storesync.approval.record import ApprovalRecord, counted
from storesync.errors import UserError
from storesync.plugins.forge import Forge, People, PeopleQuery, Proposal, ProposalQuery, Review
from storesync.source.git import Repository
from storesync.source.plumbing import FileChange


class Hosts(Protocol):
    """Where approvals were given, by the settings in a blob ("" for none). Raises UserError."""

    def host(self, blob: str) -> Host:
        """Return the forge, and the branch that is published."""

    def bring(self, blob: str, proposal: Proposal, commits: Collection[str]) -> None:
        """Fetch commits of a proposal that are not in this clone."""

    def logins(self, blob: str) -> Mapping[str, str]:
        """Return login by mail address, both in small letters."""

    def readers(
        self, commit: str, replaced: Mapping[str, str | None], logins: Collection[str]
    ) -> frozenset[str]:
        """Return those of some logins who may only read.

        So say the files of a commit, with other blobs for some of them.
        """


class _Answer(NamedTuple):
    """What was found of a landing, and whether somebody objects to it."""

    found: ApprovalRecord | Unproven
    objects: bool = False


@dataclass
class Inquiry:
    """What is asked of Git and of forges about landings, at a moment (UTC).

    `require` says what is asked beyond CODEOWNERS.
    """

    repository: Repository
    hosts: Hosts
    at: datetime
    require: Require = nothing_more
    files: DecidingFiles = field(init=False)
    _people: dict[tuple[int, frozenset[str], frozenset[str]], People] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.files = DecidingFiles(self.repository)

    def proposals(self, standing: Standing, commit: str) -> list[Proposal] | str:
        """Return the proposals that a commit belongs to, or why nobody can tell."""
        try:
            return self.host(standing)[0].proposals(ProposalQuery(commit=commit))
        except UserError as error:
            return f"the forge cannot be asked: {error.message}"

    def host(self, standing: Standing) -> tuple[Forge, str]:
        """Return the forge that counts for what comes after a standing. Raises UserError."""
        return self.hosts.host(self._settings(standing))

    def find(
        self,
        standing: Standing,
        landing: Landing,
        proposals: list[Proposal] | str,
        changes: Sequence[FileChange],
    ) -> ApprovalRecord | Unproven:
        """Return what is found of a landing that may be that of some proposals."""
        if isinstance(proposals, str):
            return Unproven(landing, proposals, unseen=True)
        try:
            forge, branch = self.host(standing)
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
        settings = self._settings(standing)
        self.hosts.bring(settings, proposal, named_commits(proposal, reviews))
        evidence = gather(self.repository, landing.base, proposal, reviews)
        fault = fault_of(landing, proposal, evidence)
        if fault:
            return _Answer(Unproven(landing, fault, proposal.id))
        blob, ownership = self.files.owners(landing.base, standing.replaced())
        logins, hands = self.hosts.logins(settings), partial(self._hands, standing)
        made = makers_of(self.repository, standing, changes, logins, hands)
        case = case_of(landing, proposal, evidence)
        case = replace(case, contributors=case.contributors | made)
        owners = {name for item in ownership.of_all(case.paths) for name in item.owners}
        people = self._asked(forge, evidence.reviews, owners)
        decision = decide(case, ownership, people)
        if decision.objections and not forge.capabilities.proves_identity:
            speakers = [item.login for item in evidence.reviews if item.login]
            reading = self.hosts.readers(landing.base, standing.replaced(), speakers)
            case = replace(case, readers=reading)
            decision = decide(case, ownership, people)
        reason, finding = why_not(decision), Finding()
        if not reason:
            finding = self.require(Judged(landing, case, decision, standing, ownership, forge))
            reason = finding.unmet
        if reason:
            words = f"proposal {proposal.id}: {reason}"
            settled = is_settled(decision, reviews, finding)
            said = said_of(standing, [proposal], reviews) if settled else ""
            refused = Unproven(landing, words, proposal.id, hands=hands_of(case), said=said)
            return _Answer(refused, objects=bool(decision.objections))
        record = ApprovalRecord(
            commit=landing.commit,
            base=landing.base,
            proposal=proposal.id,
            head=proposal.head,
            author=proposal.author or "",
            codeowners=blob,
            reviewers=tuple(counted(decision, evidence.reviews, owners, people, finding.stand_ins)),
            at=self.at,
            requirements=finding.met,
            plan=finding.plan,
            campaigns=finding.campaigns,
            ratifies=tuple(ratified(self.repository, changes)) if standing.taints else (),
        )
        return _Answer(record)

    def _hands(self, standing: Standing, cause: Unproven) -> frozenset[str]:
        """Return who made a proposal that was merged as it was, none where it is no such thing."""
        if not cause.is_recalled:
            return cause.hands
        (forge, branch), landing = self.host(standing), cause.landing
        found = forge.proposals(ProposalQuery(commit=landing.commits[0]))
        for proposal in proposals_of(landing.commits, found, branch):
            settings = self._settings(standing)
            self.hosts.bring(settings, proposal, {proposal.head})
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

    def _settings(self, standing: Standing) -> str:
        """Return the blob of the settings that count for what comes after a standing."""
        return self.files.settings(standing.commit, standing.replaced())
