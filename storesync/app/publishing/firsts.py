"""Before something is sent its reviews are read again: a record is only a cache of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from storesync.app.proof.basis import Basis, look_for_proof
from storesync.app.publishing.due import work_out
from storesync.approval.codeowners import PLACES
from storesync.ledger.entry import JournalKind
from storesync.ledger.layout import CampaignId
from storesync.plan.change import Action
from storesync.source.tree import SETTINGS

if TYPE_CHECKING:
    from storesync.app.publishing.due import Due
    from storesync.approval.record import ApprovalRecord
    from storesync.errors import UserError
    from storesync.plan.change import Change, PlacementKey


def write_proof(basis: Basis, run: str) -> None:
    """Write down what was proven, and what was not, before anything is sent."""
    if basis.proof is not None and basis.proof.lines:
        writer = basis.store.writer(basis.ledger, run)
        writer.append_journal(basis.proof.lines, at=basis.at)
        basis.ledger = basis.store.read(at=basis.at)


def work_out_again(
    basis: Basis,
    run: str,
    busy: Mapping[PlacementKey, str],
    closed: Mapping[str, UserError],
    *,
    at_once: bool = False,
) -> Due:
    """Return what is due; worked out anew where reviews are no longer what the records say.

    `at_once`: what failed does not wait, so that its reviews are read again, too.
    """
    due = work_out(basis, busy, closed)
    if read_again(basis, (due.at_once() if at_once else due).plan.changes):
        write_proof(basis, f"{run}-again")
        due = work_out(basis, busy, closed)
    return due.at_once() if at_once else due


def read_again(basis: Basis, changes: Iterable[Change]) -> bool:
    """Read reviews again before anything goes out on their account; say whether that differs.

    Records that this environment signed stand by themselves, and so does what this run found. Of
    any other a review may have been dismissed since, or the record be forged: before a campaign
    is first sent all records of what it hangs on are read again, and before an update those that
    are newer than what the campaign was last worked out with.
    """
    if basis.proof is None:
        return False
    unread = [
        item
        for item in basis.proof.standing.records
        if not item.signed and item.commit not in basis.proof.fresh
    ]
    reread = _doubtful(basis, list(changes), unread) if unread else set()
    if not reread:
        return False
    before = basis.proof.standing
    look_for_proof(basis, reread)
    after = basis.proof.standing
    return (after.taints, after.ratified) != (before.taints, before.ratified)


def _doubtful(basis: Basis, changes: list[Change], records: list[ApprovalRecord]) -> set[str]:
    """Return the commits of records that changes of campaigns hang on."""
    wanted = {change.key[:2] for change in changes if change.action is not Action.WITHDRAW}
    first = {name for name in wanted if not basis.ledger.campaign(*name).state}
    newer = _newer(basis, wanted - first)
    found: set[str] = set()
    for item in records:
        if any("/".join(name) in item.ratifies for name in wanted):
            found.add(item.commit)
            continue
        concerned = first | {name for name in wanted - first if item.commit in newer.get(name, ())}
        if concerned:
            touched = basis.context.repository.changes(item.base, item.commit, [])
            if any(_concerns(change.path, name) for change in touched for name in concerned):
                found.add(item.commit)
    return found


def _newer(basis: Basis, campaigns: set[tuple[str, str]]) -> dict[tuple[str, str], set[str]]:
    """Return the commits of records that the journal got after a campaign was last worked out."""
    lines = basis.ledger.journal.of(JournalKind.APPROVAL)
    at = {line.hash: number for number, line in enumerate(basis.ledger.journal.lines)}
    numbers = {str(line.fields.get("commit")): at[line.hash] for line in lines}
    found = {}
    for name in campaigns:
        manifest = basis.ledger.manifests.get(CampaignId(*name))
        last = at.get(manifest.journal_tip_line, -1) if manifest is not None else -1
        found[name] = {commit for commit, number in numbers.items() if number > last}
    return found


def _concerns(path: str, campaign: tuple[str, str]) -> bool:
    """Say whether a campaign may hang on a file: its own, its brand's, and what brands share."""
    brand, name = campaign
    parts = path.split("/")
    if parts[0] != "brands":
        return parts[0] == "templates" or path in {SETTINGS, *PLACES}
    others = len(parts) > 3 and parts[2] == "campaigns" and parts[3] != name
    return parts[1] == brand and not others
