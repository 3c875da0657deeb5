"""What a run begins with: the newest commit, its settings and the ledger."""

from __future__ import annotations

import getpass
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from storesync.cli.context import TOOL, Context
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.ledger.holds import holds_of
from storesync.publish.manifests import inputs_of, stale_brands, with_holds

if TYPE_CHECKING:
    from storesync.ledger.campaign import CampaignLedger
    from storesync.ledger.ledger import Ledger
    from storesync.ledger.store import LedgerStore


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

    @property
    def repository_id(self) -> str:
        """Return the repository's random id."""
        return str(self.settings.get("repository", ""))

    def begin(self) -> None:
        """Begin the ledger where there is none yet; read it anew."""
        self.ledger = self.store.begin(
            at=self.at, who=_who(), commit=self.commit, repository_id=self.repository_id
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


def open_basis(context: Context, at: datetime) -> Basis:
    """Read the newest commit's settings and the ledger. Raises UserError where either cannot be."""
    from storesync.ledger.store import LedgerStore

    commit = context.head()
    settings = _settings(context, commit)
    remote = settings["ledger"].get("remote") if isinstance(settings.get("ledger"), dict) else None
    store = LedgerStore(context.repository, context.cache, remote=remote)
    ledger = store.read(at=at)
    _check_repository(ledger, settings)
    inputs = with_holds(inputs_of(context.repository, commit), holds_of(ledger.journal), at)
    return Basis(
        context, at, commit, settings, store, ledger, inputs, stale_brands(ledger, inputs, TOOL, at)
    )


def run_name(at: datetime) -> str:
    """Return a name for what is written at a moment, used once."""
    return f"{at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"


def check_moment(basis: Basis) -> None:
    """Raise UserError where `--at` may not be given: real channels know no moment but now."""
    channels = basis.settings.get("channels") or {}
    plugins = {str(item.get("plugin", "outbox")) for item in channels.values()}
    if plugins - {"outbox"}:
        message = "--at publishes to the outbox only, and channels here use other plug-ins"
        raise UserError(message, hint="add --dry-run to look at another moment")


def _check_repository(ledger: Ledger, settings: Mapping[str, Any]) -> None:
    """Raise UserError where the repository's id is not the ledger's: delivery keys hang on it."""
    if ledger.genesis is not None and ledger.genesis.repository != settings.get("repository"):
        message = "storesync.yaml names another repository id than the ledger began with"
        hint = f"put it back: repository: {printable(ledger.genesis.repository)}"
        raise UserError(message, hint=hint)


def _settings(context: Context, commit: str) -> Mapping[str, Any]:
    from storesync.source.tree import SETTINGS
    from storesync.source.yaml import read

    raw = context.repository.file(commit, SETTINGS)
    if raw is None:
        message = "storesync.yaml is not committed"
        raise UserError(message, hint="commit it: what is committed is what may be published")
    document, found = read(SETTINGS, raw)
    errors = [item for item in found if item.severity == "error"]
    if document is None or errors:
        first = errors[0]
        message = f"{SETTINGS}:{first.line}:{first.column}: {first.message} [{first.rule}]"
        raise UserError(f"{message}; nothing was done", hint=first.hint)
    return dict(document.data)
