"""What a run begins with: the newest commit, its settings and the ledger."""

from __future__ import annotations

import contextlib
import getpass
import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from storesync.app.context import Context
from storesync.app.proof.guard import (
    adopted_lines,
    check_beginning,
    first_remote,
    is_guarded,
    real_channels,
    remote_of,
    terms_of,
    written_at,
)
from storesync.app.proof.proving import is_told, prove
from storesync.app.proof.unmerged import check_merged
from storesync.app.settings import settings_of
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.ledger.holds import holds_of
from storesync.ledger.layout import GENESIS, TAG
from storesync.plan.clock import is_ahead
from storesync.publish.manifests import inputs_of, stale_brands, with_holds
from storesync.render.versions import versions
from storesync.source.history import log
from storesync.source.overlay import OverlayTree
from storesync.source.tree import SETTINGS

if TYPE_CHECKING:
    from storesync.app.proof.proving import Proof
    from storesync.ledger.campaign import CampaignLedger
    from storesync.ledger.ledger import Ledger
    from storesync.ledger.store import LedgerStore
    from storesync.source.tree import Tree


@dataclass
class Basis:
    """The newest commit, its settings as they stand in the file, and the ledger."""

    context: Context
    at: datetime
    commit: str
    settings: Mapping[str, Any]
    store: LedgerStore
    ledger: Ledger
    inputs: Mapping[str, Mapping[str, str]]
    stale: set[str]
    proof: Proof | None = None

    @property
    def repository_id(self) -> str:
        """Return the repository's random id."""
        return str(self.settings.get("repository", ""))

    @property
    def tree(self) -> Tree:
        """Return the newest commit's files, with the settings that were proven last."""
        tree = self.context.repository.tree(self.commit)
        replaced = self.proof.standing.replaced() if self.proof else {}
        if SETTINGS not in replaced:
            return tree
        own = {SETTINGS: replaced[SETTINGS]}
        return OverlayTree(tree, own, self.context.repository)

    @property
    def is_tainted(self) -> bool:
        """Say whether files hold what nobody approved."""
        return self.proof is not None and bool(self.proof.standing.taints)

    def begin(self) -> None:
        """Begin the ledger where there is none yet; read it anew. Raises UserError."""
        if self.ledger.genesis is None:
            check_beginning()
        self.ledger = self.store.begin(
            at=self.at,
            who=_who(),
            commit=self.commit,
            repository_id=self.repository_id,
            terms=terms_of(self.settings),
        )

    def campaigns(self) -> list[CampaignLedger]:
        """Return what the ledger says of the campaigns of stale brands."""
        return [item for name, item in self.ledger.campaigns.items() if name.brand in self.stale]

    def settled_count(self) -> int:
        """Return how many live deliveries the other brands have, which nothing changes."""
        return sum(
            count
            for name, item in self.ledger.campaigns.items()
            if name.brand not in self.stale
            for state, count in item.counts.items()
            if state in {"live", "handed_off"}
        )


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a user database
        return "unknown"


def open_basis(context: Context, at: datetime, commit: str = "") -> Basis:
    """Read the settings of `commit` (of the newest one here) and the ledger, and prove what is new.

    Where approvals are proven, the settings are those that were proven last, and the ledger lies
    where the first ones say. Raises UserError where something cannot be read.
    """
    return compared(open_plainly(context, at, commit))


def compared(basis: Basis) -> Basis:
    """Find out what is stale in a basis that was opened plainly, and prove what is new."""
    ledger, at = basis.ledger, basis.at
    ledger.journal.check()
    basis.inputs = with_holds(basis.inputs, holds_of(ledger.journal), at)
    basis.stale = stale_brands(ledger, basis.inputs, versions(), at)
    if is_guarded(ledger, basis.settings) and (basis.stale or not is_told(ledger, basis.commit)):
        look_for_proof(basis)
        basis.stale |= _doubted(basis)
    return basis


def _doubted(basis: Basis) -> set[str]:
    """Return the brands of files that nobody approved and no run looked at yet.

    The files may be again what they were when the brand was worked out, before what was approved.
    """
    if basis.proof is None:
        return set()
    new = {item.commit for item in basis.proof.new_doubts}
    taints = basis.proof.standing.taints.items()
    paths = [path for path, item in taints if item.cause.commit in new]
    named = {path.split("/")[1] if path.startswith("brands/") else "" for path in paths}
    return set(basis.inputs) if "" in named else named & basis.inputs.keys()


def open_plainly(context: Context, at: datetime, commit: str = "", *, whole: bool = False) -> Basis:
    """Read settings and the ledger, whatever state it is in; nothing is stale.

    The settings are those of `commit`, of the newest one where none is given. `whole`: what the
    ledger's own index says is not believed.
    """
    from storesync.ledger.store import LedgerStore

    commit = commit or context.head()
    first = first_remote(context)
    settings = settings_here(context, commit)
    remote = remote_of(settings) if first is None else first
    store = LedgerStore(context.repository, context.cache, remote=remote or None)
    ledger = store.read(at=at, whole=whole)
    if first is None:  # else it is the proven settings that count
        _check_repository(ledger, settings)
    inputs = inputs_of(context.repository, commit)
    return Basis(context, at, commit, settings, store, ledger, inputs, set())


def moved_to(basis: Basis, commit: str, *, whole: bool = False) -> Basis:
    """Return a basis that was opened plainly, by the files of another commit.

    The ledger stays as it was read, unless those keep it elsewhere.
    """
    context = basis.context
    settings = settings_here(context, commit)
    if first_remote(context) is None and remote_of(settings) != remote_of(basis.settings):
        return open_plainly(context, basis.at, commit, whole=whole)
    inputs = inputs_of(context.repository, commit)
    return replace(basis, commit=commit, settings=settings, inputs=inputs)


def shared_ledger(context: Context, at: datetime, *, offline: bool = False) -> Ledger:
    """Return the ledger as it stands where it is shared, to be shown: CI writes it elsewhere.

    Offline, and where settings that cannot be read name no place, it is the one in this clone.
    """
    from storesync.ledger.store import LedgerStore

    remote, commit = first_remote(context), context.repository.head()
    if offline:
        return LedgerStore(context.repository, context.cache).read(at=at)
    if remote is None and commit is not None:
        with contextlib.suppress(UserError):
            remote = remote_of(settings_of(context.repository, commit))
    return LedgerStore(context.repository, context.cache, remote=remote or None).read(at=at)


def look_for_proof(basis: Basis, reread: Collection[str] = ()) -> None:
    """Find out what is proven; from then on the settings are those that were proven last."""
    basis.proof = prove(basis.context, basis.ledger, basis.commit, basis.at, reread=reread)
    check_merged(basis.context, basis.proof, basis.commit)
    basis.settings = basis.proof.settings
    _check_repository(basis.ledger, basis.settings)


def settings_here(context: Context, commit: str) -> Mapping[str, Any]:
    """Return the settings of a commit; where approvals are proven, a slip in them stops nothing.

    Then they are taken from the baseline until it is known which ones were proven last. Raises
    UserError where they cannot be read.
    """
    repository = context.repository
    try:
        return settings_of(repository, commit)
    except UserError:
        if first_remote(context) is None:
            raise
        raw = repository.file(TAG, GENESIS) or b"{}"
        return settings_of(repository, str(json.loads(raw.split(b"\n", 1)[0])["commit"]))


def run_name(at: datetime) -> str:
    """Return a name for what is written at a moment, used once."""
    from storesync.ledger.layout import run_stamp

    return f"{run_stamp(at)}-{secrets.token_hex(4)}"


def check_moment(basis: Basis) -> None:
    """Raise UserError where `--at` may not be given: real channels know no moment but now."""
    real = real_channels(basis.settings)
    if not real:
        return
    from storesync.app.unusable import unusable

    message = "--at publishes to the outbox only, and channels here use other plug-ins"
    for error in unusable(basis.context.root, basis.settings).values():  # most likely a slip
        raise UserError(f"{message}: {error.message}", hint=error.hint)
    raise UserError(message, hint="add --dry-run to look at another moment")


def check_clock(basis: Basis) -> None:
    """Raise UserError where real channels would be told what is due before the ledger began.

    A machine without a battery wakes up years ago: nothing would have started, so all that is out
    would come down, each piece explained by its flight. Where the ledger was begun by a clock that
    was ahead, a baseline that is adopted by a right one says so.
    """
    genesis = basis.ledger.genesis
    if genesis is None or not real_channels(basis.settings):
        return
    adopted = filter(None, map(written_at, adopted_lines(basis.ledger)))
    began = min([genesis.at, *adopted])
    if basis.at < began:
        hint = f"set it: the ledger began on {began:%Y-%m-%d %H:%M}; if that clock was the wrong"
        raise UserError(
            f"{_by_this_clock(basis)}, before the ledger began",
            hint=f"{hint} one, an admin says so: storesync verify --adopt -m REASON",
        )


def check_adopting(basis: Basis) -> None:
    """Raise UserError where the commit to be adopted is later than now, by its committer's clock.

    With a clock that is behind, the ledger would begin before what it begins with.
    """
    [tip] = log(basis.context.repository, [], basis.commit, limit=1)
    if is_ahead(tip.at, basis.at):
        said = f"{basis.commit[:12]} is dated {tip.at:%Y-%m-%d %H:%M}"
        hint = "set the clock that is wrong; a commit of a wrong one is made anew, or followed by"
        raise UserError(f"{_by_this_clock(basis)}, and {said}", hint=f"{hint} another")


def _by_this_clock(basis: Basis) -> str:
    return f"by the clock of this machine it is {basis.at:%Y-%m-%d %H:%M} UTC"


def _check_repository(ledger: Ledger, settings: Mapping[str, Any]) -> None:
    """Raise UserError where the repository's id is not the ledger's: delivery keys hang on it."""
    if ledger.genesis is not None and ledger.genesis.repository != settings.get("repository"):
        message = "storesync.yaml names another repository id than the ledger began with"
        hint = f"put it back: repository: {printable(ledger.genesis.repository)}"
        raise UserError(message, hint=hint)
