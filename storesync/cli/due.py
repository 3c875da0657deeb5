"""What is due at a moment: the newest commit against the ledger, for `plan` and `publish`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from storesync.cli.context import TOOL, Context
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.plan.change import Change, PlacementKey
from storesync.plan.plan import Plan
from storesync.publish.manifests import inputs_of, stale_brands

if TYPE_CHECKING:
    from storesync.cli.chain import Chain
    from storesync.diagnostics import Diagnostic
    from storesync.ledger.campaign import CampaignLedger
    from storesync.ledger.ledger import Ledger
    from storesync.ledger.store import LedgerStore
    from storesync.plan.due import Desired
    from storesync.plan.piece import Piece
    from storesync.publish.frozen import Frozen
    from storesync.render.artifact import Artifact


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


@dataclass
class Due:
    """A publish plan with what is needed to carry it out."""

    basis: Basis
    plan: Plan
    chain: Chain | None = None
    current: Mapping[PlacementKey, Piece] = field(default_factory=dict)
    artifacts: Mapping[int, str] = field(default_factory=dict)
    errors: list[Diagnostic] = field(default_factory=list)
    frozen: Any = None

    def bodies(self, changes: Sequence[Change]) -> Iterator[tuple[Change, Artifact | None]]:
        """Yield changes with what is to be delivered, rendered now."""
        wanted = [change for change in changes if change.artifact]
        yield from ((change, None) for change in changes if not change.artifact)
        if wanted and self.chain is not None:
            pieces = [self.current[change.key] for change in wanted]
            results = self.chain.produce(pieces, bodies=True)
            for change, (_, produced) in zip(wanted, results, strict=True):
                yield change, produced.artifact


def open_basis(context: Context, at: datetime) -> Basis:
    """Read the newest commit's settings and the ledger. Raises UserError where either cannot be."""
    from storesync.ledger.store import LedgerStore

    commit = context.head()
    settings = _settings(context, commit)
    remote = settings["ledger"].get("remote") if isinstance(settings.get("ledger"), dict) else None
    store = LedgerStore(context.repository, context.cache, remote=remote)
    ledger = store.read(at=at)
    _check_repository(ledger, settings)
    inputs = inputs_of(context.repository, commit)
    return Basis(
        context, at, commit, settings, store, ledger, inputs, stale_brands(ledger, inputs, TOOL, at)
    )


def _check_repository(ledger: Ledger, settings: Mapping[str, Any]) -> None:
    """Raise UserError where the repository's id is not the ledger's: delivery keys hang on it."""
    if ledger.genesis is not None and ledger.genesis.repository != settings.get("repository"):
        message = "storesync.yaml names another repository id than the ledger began with"
        hint = f"put it back: repository: {printable(ledger.genesis.repository)}"
        raise UserError(message, hint=hint)


def _settings(context: Context, commit: str) -> Mapping[str, Any]:
    from storesync.source.tree import SETTINGS
    from storesync.source.yaml import read

    try:
        raw = context.repository.tree(commit).read(SETTINGS)
    except KeyError:
        message = "storesync.yaml is not committed"
        raise UserError(
            message, hint="commit it: what is committed is what may be published"
        ) from None
    document, found = read(SETTINGS, raw)
    errors = [item for item in found if item.severity == "error"]
    if document is None or errors:
        first = errors[0]
        message = f"{SETTINGS}:{first.line}:{first.column}: {first.message} [{first.rule}]"
        raise UserError(f"{message}; nothing was done", hint=first.hint)
    return dict(document.data)


def work_out(
    basis: Basis,
    busy: Mapping[PlacementKey, str] | None = None,
    unavailable: Mapping[str, UserError] | None = None,
) -> Due:
    """Return what is due.

    `busy` placements wait for the reason given, such as another run that is sending them; the
    channels that are `unavailable` lack their plug-in: what is on them stays.
    """
    if not basis.stale:
        plan = Plan(at=basis.at, changes=(), unchanged=basis.settled_count())
        return Due(basis, replace(plan, skipped=_remembered(basis)))
    from storesync.cli.chain import open_chain
    from storesync.plan.due import plan_due
    from storesync.publish.live import last_run, live_of
    from storesync.source.part import PartTree

    tree = PartTree(basis.context.repository.tree(basis.commit), basis.stale)
    chain = open_chain(basis.context, tree, basis.at)
    frozen, found = _freeze(basis, chain, unavailable or {})
    for key, reason in (busy or {}).items():
        frozen.hold(key, reason)
    pieces = list(chain.assessment.pieces())
    running = [item for item in pieces if item.runs_at(basis.at) and not frozen.placement(item.key)]
    artifacts, faults = _render(chain, running, frozen)
    first = basis.ledger.genesis.at if basis.ledger.genesis else None
    plan = plan_due(
        _desired(chain, pieces, frozen),
        live_of(basis.campaigns()),
        lambda piece: artifacts.get(id(piece), ""),
        basis.at,
        last_run(basis.ledger.campaigns.values(), first),
    )
    plan = replace(plan, unchanged=plan.unchanged + basis.settled_count())
    errors = [item for item in dict.fromkeys([*found, *faults]) if item.severity == "error"]
    current = {item.key: item for item in running}
    return Due(basis, plan, chain, current, artifacts, errors, frozen)


def _freeze(
    basis: Basis, chain: Chain, unavailable: Mapping[str, UserError]
) -> tuple[Frozen, list[Diagnostic]]:
    """Return what must stay as it is, and the errors that make it so."""
    from storesync.catalog.locate import locate
    from storesync.cli.renamed import find_renamings
    from storesync.diagnostics import Diagnostic
    from storesync.publish.frozen import Frozen
    from storesync.source.tree import SETTINGS
    from storesync.validate.identity import unnamed

    found = chain.assessment.diagnostics(basis.at)
    renamings = find_renamings(basis.ledger, basis.stale, chain.catalog)
    extra = [unnamed(item) for item in renamings]
    frozen = Frozen(chain.catalog, [*found, *extra])
    for item in renamings:
        reason = f"{item.new} does not say formerly: [{item.old}]"
        frozen.rename(item.what, item.brand, item.old, reason)
    for campaign in basis.campaigns():
        if campaign.is_damaged:
            frozen.stop(*campaign.id, "the ledger of this campaign is damaged")
            found += campaign.problems
    for kind, error in unavailable.items():
        frozen.close(kind, error.message)
        at = ("channels", kind, "plugin")
        extra.append(Diagnostic("unknown-plugin", error.message, SETTINGS, at, hint=error.hint))
    return frozen, [*found, *locate(extra, chain.assessment.tree)]


def _desired(chain: Chain, pieces: list[Piece], frozen: Frozen) -> Desired:
    from storesync.plan.due import Desired
    from storesync.plan.plan import Skipped
    from storesync.schedule.flight import is_over
    from storesync.validate.identity import renamed

    campaigns = chain.catalog.campaigns()
    return Desired(
        pieces=pieces,
        skipped=[
            Skipped(brand, campaign, location, channel, reason)
            for brand, known in chain.assessment.dated.items()
            for campaign, dated in known.items()
            if not is_over(dated.campaign.file.flight, chain.at)
            for location, channel, reason in dated.skipped
        ],
        frozen=frozen.placement,
        campaigns={(item.brand, item.id): item.file.cancelled or "" for item in campaigns},
        renamed=renamed(chain.catalog),
    )


def _render(
    chain: Chain, running: list[Piece], frozen: Frozen
) -> tuple[dict[int, str], list[Diagnostic]]:
    """Return artifact fingerprints by piece; a location that fails stops its campaign."""
    artifacts: dict[int, str] = {}
    broken = []
    for piece, produced in chain.produce(running):
        artifacts[id(piece)] = produced.fingerprint
        if produced.failure is not None or produced.violations:
            broken.append((piece, produced))
    faults = chain.diagnose(broken) if broken else []
    for piece, produced in broken:
        if chain.blocks(piece, produced):
            frozen.stop(
                *piece.key[:2], f"{piece.key.location} cannot be rendered: storesync validate"
            )
    return artifacts, faults


def _remembered(basis: Basis) -> tuple[Any, ...]:
    from storesync.plan.plan import Skipped

    return tuple(
        Skipped(*skip.placement[:4], skip.reason)
        for manifest in basis.ledger.manifests.values()
        for skip in manifest.skipped
    )
