"""What a landing lacks and an earlier one that it met has: plans and reviews, looked at again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from storesync.app.context import Context
from storesync.app.review.asked import Head, Reviewed, review_trees
from storesync.app.review.published import Base
from storesync.approval.apart import Alone, is_covered, may_be_covered, met_by, were_apart
from storesync.approval.decide import approving, fold
from storesync.approval.evidence import gather
from storesync.approval.judged import Judged
from storesync.approval.landing import case_of
from storesync.approval.meets import people_for
from storesync.approval.record import named
from storesync.errors import UserError
from storesync.plugins.forge import ProposalQuery, ProposalState, Review
from storesync.source.joining import trial
from storesync.source.landed import landed

if TYPE_CHECKING:
    from storesync.approval.asked import Asked
    from storesync.approval.record import ApprovalRecord
    from storesync.plugins.forge import Proposal

# Earlier landings that are looked at, the newest: each takes two plans, in every run again.
_MOST_EARLIER = 10


@dataclass(frozen=True)
class Meeting:
    """A landing with the plan that it was judged by, before the earlier ones are looked at.

    `recorded` is when each landing was proven first, by commit.
    """

    context: Context
    at: datetime
    judged: Judged
    found: Reviewed
    recorded: Mapping[str, datetime]

    def met(self, lacking: Collection[Asked]) -> dict[Asked, str]:
        """Return what of that which lacks an earlier landing met, and who did, in words.

        Of a brand that hangs on anything unproven, nothing: a plan without that would be another
        one. Raises UserError where the forge cannot be asked.
        """
        met: dict[Asked, str] = {}
        taints = self.judged.standing.taints
        wanted = [
            item
            for item in lacking
            if may_be_covered(item) and not any(_concerns(path, item.brands) for path in taints)
        ]
        brands = {brand for item in wanted for brand in item.brands}
        for proposal, record in islice(self._apart(brands), _MOST_EARLIER if wanted else 0):
            left = [item for item in wanted if item not in met]
            if not left:
                break
            met |= self._met_by(proposal, record, left)
        return met

    def _apart(self, brands: Collection[str]) -> Iterator[tuple[Proposal, ApprovalRecord]]:
        """Yield earlier landings that nobody who approved this one could see, the newest first.

        Only those that changed what some of the brands hang on.
        """
        judged, repository, given = self.judged, self.context.repository, self._counted()
        for record in reversed(judged.standing.records):
            if repository.is_ancestor(record.commit, judged.case.head):
                return
            changed = repository.changes(record.base, record.commit, [])
            if not any(_concerns(item.path, brands) for item in changed):
                continue
            proposal = self._proposal(record)
            if proposal is None or not were_apart(given, proposal):
                return
            if self._is_false(proposal, record):
                return
            yield proposal, record

    def _is_false(self, proposal: Proposal, record: ApprovalRecord) -> bool:
        """Say whether a landing was proven before it landed: its time is that of a false clock.

        A code host has a clock of its own; plain Git has that of whoever merged.
        """
        if self.judged.forge.capabilities.proves_identity or proposal.landed is None:
            return False
        return proposal.landed > self.recorded.get(record.commit, record.at).timestamp()

    def _counted(self) -> list[Review]:
        """Return the reviews by which somebody approves the landing."""
        judged = self.judged
        logins = [item.login for item in judged.case.reviews if item.login]
        given = approving(judged.case, judged.forge.people(people_for((), logins)))
        return [item for item in judged.case.reviews if fold(item.login or "") in given]

    def _proposal(self, record: ApprovalRecord) -> Proposal | None:
        """Return the proposal of a record if the forge still says that it brought the commit."""
        found = self.judged.forge.proposals(ProposalQuery(commit=record.commit))
        merged = [item for item in found if item.state is ProposalState.MERGED]
        brought = [item for item in merged if item.merged == record.commit]
        if len(brought) != 1:
            return None
        is_same = (brought[0].id, brought[0].head) == (record.proposal, record.head)
        return brought[0] if is_same else None

    def _met_by(
        self, proposal: Proposal, record: ApprovalRecord, lacking: Collection[Asked]
    ) -> dict[Asked, str]:
        judged, repository = self.judged, self.context.repository
        reviews = judged.forge.reviews(proposal)
        evidence = gather(repository, record.base, proposal, reviews)
        if evidence.expected != landed(repository, record.base, record.commit)[-1].tree:
            return {}
        try:
            joined = trial(repository, record.base, judged.case.head)
        except UserError:  # they conflict: nobody can tell what this one would be without the other
            return {}
        earlier, later = self._alone(record.base, record.commit), self._alone(record.base, joined)
        if earlier is None or later is None:
            return {}
        both = Alone(self.found.asked, self.found.plan.changes)
        covered = [item for item in lacking if is_covered(item, both, earlier, later)]
        case = case_of(judged.landing, proposal, evidence)
        logins = [item.login for item in (*reviews, *judged.case.reviews) if item.login]
        people = judged.forge.people(people_for(covered, logins))
        who = {item: met_by(item, case, judged.case, judged.ownership, people) for item in covered}
        return {
            item: f"{item.called} by {named(names, reviews)} in {proposal.id}"
            for item, names in who.items()
            if names
        }

    def _alone(self, base: str, head: str) -> Alone | None:
        """Return what one commit changes in another one, None where errors keep it from sight.

        What went out before makes no change a light one here: more is asked for, not less.
        """
        repository = self.context.repository
        paths = frozenset(item.path for item in repository.changes(base, head, []))
        given = Head(repository.tree(head), paths, head)
        before = Base(repository.tree(base), self.judged.ownership)
        found = review_trees(self.context, before, given, self.at)
        return None if found.errors else Alone(found.asked, found.plan.changes)


def _concerns(path: str, brands: Collection[str]) -> bool:
    """Say whether some brands may hang on a file: their own, or one that is no brand's."""
    parts = path.split("/")
    return parts[0] != "brands" or (len(parts) > 1 and parts[1] in brands)
