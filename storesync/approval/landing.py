"""Whether what came to the published branch is an approved proposal and nothing else.

GitHub has three ways to merge: a merge commit, one commit for all (squash), and each commit anew
(rebase). In all three the branch's files must afterwards be what Git makes of the branch as it was
and the head that was approved. So nothing that nobody saw can come along.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storesync.approval.decide import Case, Decision
from storesync.errors import UserError
from storesync.plugins.forge import Proposal, ProposalState, Review
from storesync.source.landed import LandedCommit
from storesync.source.plumbing import FileChange


@dataclass(frozen=True, slots=True)
class Landing:
    """Commits that came to the published branch together.

    `base` is the commit before them. `parents` and `tree` are those of the last one. `paths` are
    all that differ between `base` and it, both names of a renamed file; `blobs` are the ids of
    those files that are there afterwards, empty for a link or a submodule.
    """

    commits: tuple[str, ...]
    base: str
    parents: tuple[str, ...]
    tree: str
    paths: frozenset[str]
    at: datetime
    author: str
    blobs: Mapping[str, str]

    @property
    def commit(self) -> str:
        """Return the last commit: what the branch was at afterwards."""
        return self.commits[-1]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the forge and Git say of a landing and the proposal that brought it.

    `expected` is the tree that Git gives for base and head, None where they conflict or the head
    is gone. `same` are commits that reviews name whose merge would give that very tree.
    """

    reviews: tuple[Review, ...] = ()
    expected: str | None = None
    same: frozenset[str] = frozenset()


def proposals_of(
    commits: Sequence[str], proposals: Iterable[Proposal], branch: str
) -> list[Proposal]:
    """Return the merged proposals that brought commits to the branch.

    Several may have had the same head: anybody can propose a commit a second time.
    """
    found = {
        item.id: item
        for item in proposals
        if item.state is ProposalState.MERGED and item.base == branch and item.merged == commits[-1]
    }
    return list(found.values())


def fault_among(found: Sequence[Proposal]) -> str:
    """Return why proposals cannot be those that brought a landing, empty where they can."""
    if not found:
        return "no merged proposal brought it: it was pushed past review"
    if len({item.head for item in found}) > 1:
        return "the forge names several proposals for it"
    return ""


def fault_of(landing: Landing, proposal: Proposal, evidence: Evidence) -> str:
    """Return what keeps a landing from being the merge of a proposal, empty where nothing does."""
    if landing.parents[1:] not in {(), (proposal.head,)}:
        return f"it merges another commit than proposal {proposal.id} had at its end"
    if evidence.expected is None:
        return f"proposal {proposal.id} cannot be merged again to see what it brings"
    if evidence.expected != landing.tree:
        return f"it holds more, or less, than proposal {proposal.id}"
    return ""


def case_of(landing: Landing, proposal: Proposal, evidence: Evidence) -> Case:
    """Return what is to be decided on. There must be no fault of the landing."""
    return Case(
        paths=landing.paths,
        author=proposal.author,
        pusher=proposal.pusher,
        head=proposal.head,
        reviews=evidence.reviews,
        same=evidence.same,
        contributors=proposal.contributors,
    )


def why_not(decision: Decision) -> str:
    """Return in words why reviews do not suffice, empty where they do."""
    if decision.approved:
        return ""
    if decision.objections:
        return decision.objections[0]
    first = decision.unmet[0]
    more = f" and {len(decision.unmet) - 1:,} more" if len(decision.unmet) > 1 else ""
    return f"{first.path}{more}: {first.why}"


def end_of(
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


def landing_of(group: Sequence[LandedCommit], base: str, changes: Sequence[FileChange]) -> Landing:
    """Return commits that came together as one landing."""
    last = group[-1]
    return Landing(
        commits=tuple(item.id for item in group),
        base=base,
        parents=last.parents,
        tree=last.tree,
        paths=frozenset(change.path for change in changes),
        at=last.at,
        author=last.author,
        blobs={item.path: item.files[1] or "" for item in changes if item.new is not None},
    )


def check_whole(proven: Iterable[str], there: Collection[str]) -> None:
    """Raise UserError where a commit that was proven is none of those of the branch any more."""
    lost = next((commit for commit in proven if commit not in there), None)
    if lost is not None:
        raise UserError(
            f"the published branch as it is here lacks {lost[:12]}, proven before",
            hint="git pull, on that branch; if nothing is new, it was set back: restore it",
        )
