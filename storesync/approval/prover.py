"""Walks along the published branch and proves each landing, asking as little as may be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from storesync.approval.deciding import decides
from storesync.approval.doubt import Doubt, remembered, turn_of, waiting
from storesync.approval.inquiry import Inquiry
from storesync.approval.landing import Landing, check_whole, end_of, landing_of
from storesync.approval.looked import looked_at
from storesync.approval.proof import Standing, Unproven, accept, begin, refuse
from storesync.approval.record import ApprovalRecord
from storesync.errors import UserError
from storesync.plugins.forge import Proposal
from storesync.source.landed import LandedCommit, landed
from storesync.source.plumbing import FileChange

# Of folders that somebody stored past all of Git's own commands.
_STRANGE = (
    "put the files right in a new commit, look at what came since, and an admin goes on from there:"
    " storesync verify --adopt -m REASON"
)


@dataclass
class Prover:
    """What proving needs: whom to ask, and what is known already, as records by commit.

    `reread` are commits whose records do not count in this walk: the forge is asked again.
    `doubts` are what earlier runs found unapproved, by base: of one that still is in the files,
    drawn by the moment, it is asked in each walk whether anything was said since.
    """

    inquiry: Inquiry
    records: Mapping[str, ApprovalRecord]
    reread: Collection[str] = ()
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    # Why nothing more can be proven in this walk, empty where it can.
    _blind: str = ""
    _recalled: dict[str, tuple[Standing, Landing]] = field(default_factory=dict)  # by base

    def walk(self, baseline: str, tip: str) -> Standing:
        """Return the standing at `tip`, a commit of the published branch.

        Raises UserError where the branch does not go on from the baseline, or where a commit that
        was proven before is no part of it any more.
        """
        commits = landed(self.inquiry.repository, baseline, tip)
        check_whole(self.records, {baseline, *(item.id for item in commits)})
        # What was proven since is no doubt any more, also where its record is to be read again.
        doubts = {at: item for at, item in self.doubts.items() if item.commit not in self.records}
        standing = self._along(baseline, commits, doubts)
        turn = turn_of(waiting(doubts, standing), self.inquiry.at)
        if turn is not None:
            before, landing = self._recalled[turn.base]
            if remembered(turn, before, landing, partial(self.inquiry.host, before)) is None:
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
                found = self.inquiry.proposals(standing, commits[at].id)
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
        changes = self._changes(known.base, known.commit)
        landing = landing_of(group, known.base, changes)
        if self._blind or any(map(decides, landing.paths)):
            return None  # with a forged doubt, older rules would decide on what came after
        found = remembered(known, standing, landing)
        if found is None:
            return None
        self._recalled[known.base] = (standing, landing)
        self.inquiry.files.follow(known.base, known.commit, changes)
        return refuse(standing, landing, changes, found)

    def _changes(self, base: str, commit: str) -> Sequence[FileChange]:
        """Return what differs between two commits. Raises UserError where Git cannot tell.

        Then nobody knows what came in; and so it stays, whatever comes behind it.
        """
        try:
            return self.inquiry.repository.changes(base, commit, [])
        except UserError as error:
            shown = f"{commit[:12]} cannot be compared with {base[:12]}"
            raise UserError(f"{shown}: {error.message}", hint=error.hint or _STRANGE) from error

    def _accept(
        self, standing: Standing, group: Sequence[LandedCommit], record: ApprovalRecord
    ) -> Standing:
        """Return the standing after a landing of which there is a record."""
        # Where nothing is tainted it does not matter which files were touched.
        changed = standing.taints
        changes = self._changes(record.base, record.commit) if changed else []
        return self._proven(standing, landing_of(group, record.base, changes), changes, record)

    def _proven(
        self,
        standing: Standing,
        landing: Landing,
        changes: Sequence[FileChange],
        record: ApprovalRecord,
    ) -> Standing:
        looked = looked_at(self.inquiry.repository, standing, landing.base, record.head, changes)
        return accept(standing, landing, changes, record, looked)

    def _step(
        self,
        standing: Standing,
        group: Sequence[LandedCommit],
        proposals: list[Proposal] | str,
    ) -> Standing:
        """Return the standing after a landing that has to be proven now."""
        last, base = group[-1], group[0].parents[0]
        changes = self._changes(base, last.id)
        landing = landing_of(group, base, changes)
        if self._blind:
            found: ApprovalRecord | Unproven = Unproven(landing, self._blind, unseen=True)
        else:
            found = self.inquiry.find(standing, landing, proposals, changes)
        self.inquiry.files.follow(base, last.id, changes)
        if isinstance(found, ApprovalRecord):
            return self._proven(standing, landing, changes, found)
        if any(map(decides, landing.paths)):
            found = replace(found, said="")  # nor is it recalled: see `_known`
            if found.unseen and not self._blind:
                self._blind = f"who decides may have changed in {last.id[:12]}: {found.reason}"
        return refuse(standing, landing, changes, found)
