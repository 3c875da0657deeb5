"""How far the published branch is proven, and which files hold what nobody approved.

The proof goes along the branch from the baseline. What an unproven commit changed is *tainted*:
what a file was before is remembered, until a proposal that touches the file again is approved, or
one that ratifies the campaign. Settings, teams and CODEOWNERS count as they were before taint.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from storesync.approval.landing import Landing
from storesync.approval.record import ApprovalRecord
from storesync.source.plumbing import FileChange


@dataclass(frozen=True, slots=True)
class Unproven:
    """A landing that is no approved proposal, and why; `proposal` where it is one.

    `unseen` says that nobody could look, such as where the forge does not answer: it may well be
    approved. `hands` are who made a proposal that was merged as it was (logins in small letters),
    empty where that is not known, or where the landing holds something else. `said` is a hash of
    all that this hangs on, "" where it may be otherwise without anything said. `is_recalled`: an
    earlier run found it.
    """

    landing: Landing
    reason: str
    proposal: str = ""
    unseen: bool = False
    hands: frozenset[str] = frozenset()
    said: str = ""
    is_recalled: bool = False

    @property
    def commit(self) -> str:
        """Return the commit that the branch was at afterwards."""
        return self.landing.commit


@dataclass(frozen=True, slots=True)
class Taint:
    """A file with content that nobody approved.

    `clean` is the blob of what is proven of it, None where it is not there; `step` counts landings.
    `versions` are (step, blob) of what it was after each of them, for campaigns that ratified one.
    """

    path: str
    clean: str | None
    step: int
    cause: Unproven
    versions: tuple[tuple[int, str | None], ...] = ()

    def proven(self, since: int) -> str | None:
        """Return the blob that counts for who approved all up to a step, 0 for nothing."""
        seen = [blob for step, blob in self.versions if step <= since]
        return seen[-1] if seen else self.clean


@dataclass(frozen=True)
class Standing:
    """What is proven of the published branch up to `commit`.

    `whole` is the last commit up to which everything is proven. `ratified` are the step up to
    which a campaign (`brand/campaign`) was approved with all that was in it.
    """

    commit: str
    whole: str
    steps: int = 0
    taints: Mapping[str, Taint] = field(default_factory=dict)
    ratified: Mapping[str, int] = field(default_factory=dict)
    unproven: tuple[Unproven, ...] = ()
    records: tuple[ApprovalRecord, ...] = ()

    def replaced(self, campaign: str = "") -> dict[str, str | None]:
        """Return path -> blob of tainted files as they were proven last.

        With a campaign: what was approved of it as a whole since then is not replaced.
        """
        since = self.ratified.get(campaign, 0)
        return self.replaced_since(since)

    def replaced_since(self, since: int) -> dict[str, str | None]:
        """Return path -> blob of files that were tainted after a step, as they were proven then."""
        items = self.taints.items()
        return {path: item.proven(since) for path, item in items if item.step > since}

    def replaced_beside(self, paths: Collection[str]) -> dict[str, str | None]:
        """Return the same of the files that a change leaves alone: it puts nothing of them out."""
        return {path: blob for path, blob in self.replaced().items() if path not in paths}

    def cause(self, campaign: str, paths: Iterable[str]) -> Unproven | None:
        """Return the unproven landing that last changed one of `paths`, as seen by a campaign."""
        since = self.ratified.get(campaign, 0)
        found = [
            item
            for path in paths
            if (item := self.taints.get(path)) is not None and item.step > since
        ]
        return max(found, key=lambda item: item.step).cause if found else None


@dataclass(frozen=True, slots=True)
class Looked:
    """What those who approved a proposal could look at.

    `seen` are the unproven commits that the head approved holds. `merged` are, for files of the
    landing that hold more than that, the blobs that the proven content and the head give together.
    """

    seen: frozenset[str] = frozenset()
    merged: Mapping[str, str | None] = field(default_factory=dict)


def accept(
    standing: Standing,
    landing: Landing,
    changes: Iterable[FileChange],
    record: ApprovalRecord,
    looked: Looked,
) -> Standing:
    """Return the standing after a proven landing: what it touched is approved as far as seen.

    What was pushed after the head that people approved left the branch does not ride along, even
    in the same file: that stays tainted, and counts as the proven content with the change merged.
    """
    step = standing.steps + 1
    taints = dict(standing.taints)
    for change in changes:
        known = taints.get(change.path)
        if known is None:
            continue
        clean = looked.merged.get(change.path, known.clean)
        if known.cause.commit in looked.seen or clean == change.files[1]:
            del taints[change.path]
        else:
            versions = ((known.step, change.files[1]),)
            taints[change.path] = replace(known, clean=clean, versions=versions)
    told = [item.step for item in standing.taints.values() if item.cause.commit in looked.seen]
    ratified = {**standing.ratified, **dict.fromkeys(record.ratifies, max(told, default=0))}
    return replace(
        standing,
        commit=landing.commit,
        whole=standing.whole if taints else landing.commit,
        steps=step,
        taints=taints,
        ratified=ratified,
        records=(*standing.records, record),
    )


def refuse(
    standing: Standing, landing: Landing, changes: Iterable[FileChange], cause: Unproven
) -> Standing:
    """Return the standing after an unproven landing: what it touched counts as it was before.

    A file that gets back the content that was proven last is clean again: a revert needs nobody,
    except where a campaign was approved with what the file was meanwhile.
    """
    step = standing.steps + 1
    taints = dict(standing.taints)
    ratified = max(standing.ratified.values(), default=0)
    for change in changes:
        known = taints.get(change.path)
        before, after = change.files
        clean = known.clean if known else before
        versions = known.versions if known else ()
        is_revert = after == clean and not change.strange[1]
        if is_revert and not any(number <= ratified for number, _ in versions):
            taints.pop(change.path, None)
        else:
            versions = (*versions, (step, after))
            taints[change.path] = Taint(change.path, clean, step, cause, versions)
    return replace(
        standing,
        commit=landing.commit,
        whole=standing.whole if taints else landing.commit,
        steps=step,
        taints=taints,
        unproven=(*standing.unproven, cause),
    )


def begin(commit: str) -> Standing:
    """Return the standing at the baseline."""
    return Standing(commit, commit)


def open_causes(standing: Standing) -> list[Unproven]:
    """Return the unproven landings whose content still is in the files, the oldest first."""
    causes = {item.cause.commit: item.cause for item in standing.taints.values()}
    return sorted(causes.values(), key=lambda item: item.landing.at)
