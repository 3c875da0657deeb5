"""How far the published branch is proven: Git, the forge and the ledger's records put together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from storesync.app.context import UNSHALLOW, Context
from storesync.app.proof.guard import adopted_lines, mapping, record_key
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.ledger import entry
from storesync.ledger.entry import Fields, JournalKind
from storesync.render.versions import versions

if TYPE_CHECKING:
    from storesync.approval.proof import Standing, Unproven
    from storesync.approval.record import ApprovalRecord
    from storesync.ledger.ledger import Ledger
    from storesync.plugins.forge import Forge, Proposal

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
    from storesync.approval.prover import Prover
    from storesync.approval.record import latest

    _check_depth(context)
    records = latest(records_of(ledger))
    hosts = _Hosts(context)
    doubted = [line.fields for line in ledger.journal.of(JournalKind.UNPROVEN)]
    prover = Prover(
        context.repository,
        hosts,
        at,
        records,
        Asking(context, at, ledger),
        hosts.bring,
        reread=reread,
        logins=hosts.logins,
        readers=hosts.readers,
        doubts={} if afresh else doubts_of(doubted),
    )
    standing = prover.walk(baseline_of(ledger) or commit, commit)
    settings = settings_of(context.repository, commit, standing.replaced())
    told = frozenset((str(line.get("commit")), str(line.get("detail"))) for line in doubted)
    said = {str(line.get("commit")): str(line.get("said", "")) for line in doubted}
    lines = tuple(_lines(standing, records, (told, said), at))
    fresh = [item.commit for item in standing.records if item is not records.get(item.commit)]
    return Proof(standing, settings, lines, told, frozenset(fresh))


def check_merged(context: Context, proof: Proof, commit: str) -> None:
    """Raise UserError where what is not proven is somebody's branch, which nobody has merged yet.

    Nobody pushed past review then, and nothing may say so: the ledger never forgets it.
    """
    from storesync.approval.proof import open_causes

    if open_causes(proof.standing) and context.repository.head() == commit:
        refuse_unmerged(context, proof.settings)


def refuse_unmerged(context: Context, settings: Mapping[str, Any]) -> None:
    """Raise UserError where a branch is checked out that nobody has merged yet."""
    found = unmerged(context, settings)
    if found is not None:
        branch = printable(found.into)
        message = f"you are on {printable(found.here)}, which is not merged into {branch}"
        hint = f"git switch {branch}; what this branch changes: storesync plan --base {branch}"
        raise UserError(message, hint=hint)


class Unmerged(NamedTuple):
    """The branch checked out, the published one that lacks it, and where that is as known here."""

    here: str
    into: str
    tip: str


def unmerged(context: Context, settings: Mapping[str, Any]) -> Unmerged | None:
    """Return whose branch is checked out that nobody has merged yet, None where it is merged."""
    from storesync.source.branch import current
    from storesync.source.mirror import branch_ref

    repository = context.repository
    branch = str(mapping(settings.get("forge")).get("branch", "main"))
    here, commit = current(repository), repository.head()
    if here in {None, branch} or commit is None:
        return None
    remote = shared_through(settings)
    refs = dict.fromkeys((f"refs/remotes/{remote}/{branch}", branch_ref(remote, branch)))
    tips = [tip for tip in map(repository.read_ref, refs) if tip is not None]
    if not tips or any(repository.is_ancestor(commit, tip) for tip in tips):
        return None
    newest = tips[0] if repository.is_ancestor(tips[-1], tips[0]) else tips[-1]
    return Unmerged(str(here), branch, newest)


def _told(item: Unproven) -> tuple[str, str]:
    """Return what the journal tells a landing by; the same text as its line has."""
    return item.commit, str(entry.unproven(item.commit, "", item.reason, at=_EPOCH)["detail"])


class _Hosts:
    """Forges by the blob of the settings that name them, each opened once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._open: dict[str, tuple[Forge, str]] = {}

    def __call__(self, blob: str) -> tuple[Forge, str]:
        """Return the forge and the branch that is published. Raises UserError."""
        if blob not in self._open:
            settings = self._settings(blob)
            branch = str(mapping(settings.get("forge")).get("branch", "main"))
            self._open[blob] = forge_of(self._context, settings), branch
        return self._open[blob]

    def logins(self, blob: str) -> Mapping[str, str]:
        """Return whose mail addresses in Git are whose."""
        return addresses_of(self._settings(blob))

    def readers(
        self, commit: str, replaced: Mapping[str, str | None], logins: Collection[str]
    ) -> frozenset[str]:
        """Return those of some logins who may only read by the teams of a commit."""
        from storesync.app.review.ownership import OwnerFiles
        from storesync.source.overlay import OverlayTree

        repository = self._context.repository
        tree = OverlayTree(repository.tree(commit), replaced, repository)
        return OwnerFiles(self._context.root, tree).readers(logins)

    def bring(self, blob: str, proposal: Proposal, commits: Collection[str]) -> None:
        """Fetch what was proposed and is not in this clone. Raises UserError."""
        from storesync.source.mirror import bring

        remote = shared_through(self._settings(blob))
        if remote is not None:
            wanted = dict.fromkeys(commits, "") | {proposal.head: proposal.ref}
            bring(self._context.repository, remote, wanted)

    def _settings(self, blob: str) -> Mapping[str, Any]:
        from storesync.app.settings import read_settings

        return read_settings(self._context.repository, blob)


def shared_through(settings: Mapping[str, Any]) -> str | None:
    """Return the Git remote of the published branch, None where this clone is alone."""
    for section in ("forge", "ledger"):
        if (name := mapping(settings.get(section)).get("remote")) is not None:
            return str(name)
    return None


def is_told(ledger: Ledger, commit: str) -> bool:
    """Say whether the journal says of a commit that it is proven, or that it is not."""
    kinds = (JournalKind.ADOPTED, JournalKind.APPROVAL, JournalKind.UNPROVEN)
    lines = ledger.journal.of(*kinds)
    if not lines:
        return baseline_of(ledger) == commit
    return bool(lines[-1].fields.get("commit") == commit)


def addresses_of(settings: Mapping[str, Any]) -> dict[str, str]:
    """Return login by mail address, both in small letters."""
    return {
        str(address).lower(): str(login).lower()
        for login, addresses in mapping(settings.get("people")).items()
        if isinstance(addresses, list)
        for address in addresses
    }


def forge_of(context: Context, settings: Mapping[str, Any]) -> Forge:
    """Return the forge that settings name. Raises UserError where it cannot be opened."""
    from storesync.plugins.forge import ForgeSetting
    from storesync.plugins.registry import open_forge

    said = mapping(settings.get("forge"))
    given = ForgeSetting(
        root=context.root,
        branch=str(said.get("branch", "main")),
        remote=said.get("remote"),
        options=mapping(said.get("options")),
        addresses=addresses_of(settings),
    )
    return open_forge(str(said.get("plugin", "local")), given, settings.get("plugins") or [])


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
