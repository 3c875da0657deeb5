"""How far the published branch is proven: Git, the forge and the ledger's records put together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from storesync.app.context import UNSHALLOW, Context
from storesync.app.proof.guard import adopted_lines, record_key
from storesync.app.proof.hosts import Hosts
from storesync.errors import UserError
from storesync.ledger import entry
from storesync.ledger.entry import Fields, JournalKind
from storesync.render.versions import versions

if TYPE_CHECKING:
    from storesync.approval.proof import Standing, Unproven
    from storesync.approval.record import ApprovalRecord
    from storesync.ledger.ledger import Ledger

_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True)
class Proof:
    """What is proven up to the newest commit, and what the ledger does not know of it yet.

    `settings` is storesync.yaml as it was proven last. `told` are (commit, reason) of what an
    earlier run has told already, `fresh` the commits that were proven just now.
    """

    standing: Standing
    settings: Mapping[str, Any]
    lines: tuple[Fields, ...]
    told: frozenset[tuple[str, str]]
    fresh: frozenset[str] = frozenset()

    @property
    def new_doubts(self) -> list[Unproven]:
        """Return what is unproven, still is in the files, and was told by no run yet.

        A forge that cannot be asked is told by every run: somebody has to look after it.
        """
        from storesync.approval.proof import open_causes

        causes = open_causes(self.standing)
        return [item for item in causes if item.unseen or _told(item) not in self.told]


def baseline_of(ledger: Ledger) -> str | None:
    """Return the commit that was adopted as approved last, None before the ledger begins."""
    if ledger.genesis is None:
        return None
    adopted = adopted_lines(ledger)
    return str(adopted[-1].fields["commit"]) if adopted else ledger.genesis.commit


def prove(
    context: Context,
    ledger: Ledger,
    commit: str,
    at: datetime,
    *,
    reread: Collection[str] = (),
    afresh: bool = False,
) -> Proof:
    """Return what is proven up to `commit`. The ledger must have a baseline.

    `reread` are commits whose records do not count: the forge is asked again. `afresh`: it is also
    asked of all that was found unapproved before. Raises UserError where the branch does not go on
    from what was proven.
    """
    from storesync.app.proof.asking import Asking
    from storesync.app.settings import settings_of
    from storesync.approval.doubt import doubts_of
    from storesync.approval.inquiry import Inquiry
    from storesync.approval.prover import Prover
    from storesync.approval.record import latest

    _check_depth(context)
    records = latest(records_of(ledger))
    doubted = [line.fields for line in ledger.journal.of(JournalKind.UNPROVEN)]
    asking = Asking(context, at, ledger)
    inquiry = Inquiry(context.repository, Hosts(context), at, asking)
    doubts = {} if afresh else doubts_of(doubted)
    standing = Prover(inquiry, records, reread, doubts).walk(baseline_of(ledger) or commit, commit)
    settings = settings_of(context.repository, commit, standing.replaced())
    told = frozenset((str(line.get("commit")), str(line.get("detail"))) for line in doubted)
    said = {str(line.get("commit")): str(line.get("said", "")) for line in doubted}
    lines = tuple(_lines(standing, records, (told, said), at))
    fresh = [item.commit for item in standing.records if item is not records.get(item.commit)]
    return Proof(standing, settings, lines, told, frozenset(fresh))


def _told(item: Unproven) -> tuple[str, str]:
    """Return what the journal tells a landing by; the same text as its line has."""
    return item.commit, str(entry.unproven(item.commit, "", item.reason, at=_EPOCH)["detail"])


def is_told(ledger: Ledger, commit: str) -> bool:
    """Say whether the journal says of a commit that it is proven, or that it is not."""
    kinds = (JournalKind.ADOPTED, JournalKind.APPROVAL, JournalKind.UNPROVEN)
    lines = ledger.journal.of(*kinds)
    if not lines:
        return baseline_of(ledger) == commit
    return bool(lines[-1].fields.get("commit") == commit)


def records_of(ledger: Ledger) -> list[ApprovalRecord]:
    """Return the approval records since the baseline in their order; what is no record is none."""
    from storesync.approval.record import from_fields

    key = record_key()
    kinds = (JournalKind.ADOPTED, JournalKind.APPROVAL)
    found: list[ApprovalRecord] = []
    adopted = {line.hash for line in adopted_lines(ledger)}
    for line in ledger.journal.of(*kinds):
        if line.hash in adopted:
            found = []
            continue
        record = from_fields(line.fields, key)
        if record is not None and (record.signed or key is None):
            found.append(record)
    return found


def _lines(
    standing: Standing,
    known: Mapping[str, ApprovalRecord],
    doubted: tuple[Collection[tuple[str, str]], Mapping[str, str]],
    at: datetime,
) -> list[Fields]:
    """Return what the journal has to be told: new records, and what is newly unproven."""
    from storesync.approval.record import to_fields

    key, (told, said) = record_key(), doubted
    found = [
        entry.approval(to_fields(record, versions(), key), at=at)
        for record in standing.records
        if record is not known.get(record.commit)
    ]
    found += [
        entry.unproven(
            item.commit,
            item.proposal,
            item.reason,
            at=at,
            base=item.landing.base,
            said=item.said,
        )
        for item in standing.unproven
        if _told(item) not in told or said.get(item.commit) != item.said
    ]
    return found


def _check_depth(context: Context) -> None:
    if context.repository.shallow:
        message = "this clone is shallow, so approvals cannot be proven"
        raise UserError(message, hint=UNSHALLOW)
