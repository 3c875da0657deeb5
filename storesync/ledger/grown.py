"""Whether the ledger's files merely grew between two commits: a line is never rewritten."""

from __future__ import annotations

from collections.abc import Mapping

from storesync.diagnostics import Diagnostic
from storesync.ledger import layout
from storesync.ledger.layout import CampaignId
from storesync.ledger.segment import RESTORE
from storesync.source.git import Repository
from storesync.source.plumbing import FileChange


def rewritten(repository: Repository, old: str, new: str) -> dict[CampaignId | None, Diagnostic]:
    """Return what is wrong with campaigns whose files did not merely grow between two commits.

    None stands for the journal.
    """
    changes = repository.changes(old, new, ["ledger"])
    before = [item for item in changes if item.old is not None]
    ids = [item for change in before for item in (change.old, change.new) if item]
    data = dict(zip(ids, repository.blobs(ids), strict=True))
    return {
        layout.campaign_of(change.path): _rewriting(change)
        for change in before
        if layout.is_segment(change.path) and not _has_grown(change, data)
    }


def _has_grown(change: FileChange, data: Mapping[str, bytes]) -> bool:
    if change.old is None or change.new is None:
        return change.old is None
    return data[change.new].startswith(data[change.old])


def _rewriting(change: FileChange) -> Diagnostic:
    what = "the file is gone" if change.new is None else "lines were changed or taken out"
    return Diagnostic(
        "ledger-damaged",
        f"{what} since this clone last wrote the ledger",
        change.path,
        hint=RESTORE,
    )
