"""What is due at a moment: the newest commit against the ledger, for `plan` and `publish`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from storesync.app.proof.basis import Basis
from storesync.app.publishing.desired import desired_of, with_holds, with_rivals
from storesync.errors import UserError
from storesync.plan.change import Change, PlacementKey
from storesync.plan.plan import Plan
from storesync.render.versions import versions

if TYPE_CHECKING:
    from storesync.app.chain import Chain, Extent
    from storesync.app.publishing.part import Part
    from storesync.diagnostics import Diagnostic
    from storesync.plan.held import Holding
    from storesync.plan.live import Live
    from storesync.plan.piece import Piece
    from storesync.plan.retry import Retries
    from storesync.plan.skipped import Skipped
    from storesync.publish.frozen import Frozen
    from storesync.publish.manifests import Hashes
    from storesync.render.artifact import Artifact


@dataclass
class Due:
    """A publish plan with what is needed to carry it out. What failed waits as `retries` say."""

    basis: Basis
    plan: Plan
    chain: Chain | None = None
    current: Mapping[PlacementKey, Piece] = field(default_factory=dict)
    hashes: Mapping[int, Hashes] = field(default_factory=dict)
    errors: list[Diagnostic] = field(default_factory=list)
    frozen: Any = None
    part: Part | None = None
    unproven: Mapping[PlacementKey, str] = field(default_factory=dict)
    holding: Holding = lambda _key, _at: None
    retries: Retries | None = None

    @property
    def waiting(self) -> list[PlacementKey]:
        """Return the placements of which something failed that waits for its time."""
        return [change.key for change in (self.retries.waiting if self.retries else ())]

    def at_once(self) -> Due:
        """Return the same with what failed in the plan: somebody asks for it now."""
        plan = self.retries.at_once(self.plan) if self.retries else self.plan
        return replace(self, plan=plan, retries=None)

    def bodies(self, changes: Sequence[Change]) -> Iterator[tuple[Change, Artifact | None]]:
        """Yield changes with what is to be delivered, rendered now."""
        wanted = [change for change in changes if change.artifact]
        yield from ((change, None) for change in changes if not change.artifact)
        if wanted and self.chain is not None:
            pieces = [self.current[change.key] for change in wanted]
            results = self.chain.produce(pieces, bodies=True)
            for change, (_, produced) in zip(wanted, results, strict=True):
                yield change, produced.artifact


def work_out(
    basis: Basis,
    busy: Mapping[PlacementKey, str] | None = None,
    unavailable: Mapping[str, UserError] | None = None,
) -> Due:
    """Return what is due.

    `busy` placements wait for the reason given, such as another run that is sending them; the
    channels that are `unavailable` lack their plug-in: what is on them stays. Who opened none, and
    cannot tell, gives None.
    """
    if not basis.stale:
        return Due(basis, _with_rest(Plan(at=basis.at, changes=(), unchanged=0), basis, None))
    if unavailable is None:
        from storesync.app.unusable import unusable

        unavailable = unusable(basis.context.root, basis.settings)
    from storesync.app.chain import open_chain
    from storesync.app.publishing.part import is_enough, part_of, whole

    narrow = not (busy or unavailable or basis.is_tainted)
    part = part_of(basis, versions()) if narrow else None
    if part is not None:
        extent: Extent = "few" if part.is_small else "some"
        chain = open_chain(basis.context, part.tree, basis.at, extent=extent)
        due = _plan(basis, part, chain, {}, {}) if is_enough(basis, part, chain) else None
        if due is not None and not due.errors:
            return due
    part = whole(basis)
    chain = open_chain(basis.context, part.tree, basis.at)
    return _plan(basis, part, chain, busy or {}, unavailable)


def _plan(
    basis: Basis,
    part: Part,
    chain: Chain,
    busy: Mapping[PlacementKey, str],
    unavailable: Mapping[str, UserError],
) -> Due:
    from storesync.app.proof.unproven import unproven_placements
    from storesync.plan.due import plan_due
    from storesync.plan.held import without_proof
    from storesync.plan.retry import is_put_off, put_off
    from storesync.publish.live import last_run, live_of
    from storesync.publish.outdated import told

    frozen, found = _freeze(basis, chain, unavailable)
    live = live_of(basis.campaigns())
    unproven = unproven_placements(basis, chain, live)
    pieces = list(chain.assessment.pieces())
    for key, reason in _with_heirs(busy, chain, live, pieces).items():
        frozen.hold(key, reason)
    for key, reason in unproven.reasons.items():
        frozen.mistrust(key, reason)
    running = [item for item in pieces if item.runs_at(basis.at) and not frozen.placement(item.key)]
    hashes, faults = _render(chain, running, frozen)
    old = _leave(basis, running, hashes, live)
    first = basis.ledger.genesis.at if basis.ledger.genesis else None
    desired = desired_of(chain, pieces, frozen, part)
    desired = replace(with_holds(desired, basis), over=unproven.over)
    current = {item.key: item for item in running}

    def artifact(piece: Piece) -> str:
        return hashes[id(piece)].artifact if id(piece) in hashes else ""

    def put_off_now(key: PlacementKey) -> bool:
        piece, record = current.get(key), live.get(key)
        return bool(piece and record and is_put_off(piece, artifact(piece), record, basis.at))

    desired = with_rivals(chain, live, desired, put_off_now)
    latest = last_run(basis.ledger.campaigns.values(), first)
    plan = plan_due(desired, live, artifact, basis.at, latest)
    retries = put_off(plan, live, current, desired.holding, basis.at)
    plan = without_proof(retries.plan, unproven.reasons.values())
    plan = replace(plan, warnings=(*plan.warnings, *filter(None, [told(old)])))
    plan = _with_rest(plan, basis, part)
    errors = [item for item in dict.fromkeys([*found, *faults]) if item.severity == "error"]
    return Due(
        basis,
        plan,
        chain,
        current,
        hashes,
        errors,
        frozen,
        part,
        unproven.reasons,
        desired.holding,
        retries,
    )


def _with_heirs(
    busy: Mapping[PlacementKey, str],
    chain: Chain,
    live: Mapping[PlacementKey, Live],
    pieces: list[Piece],
) -> dict[PlacementKey, str]:
    """Return what waits, with what each message is called now: it may have been sent already."""
    from storesync.plan.heirs import inherited
    from storesync.validate.identity import renamed

    messages = [key for key in busy if live[key].final]
    wanted = {piece.key for piece in pieces} if messages else set()
    heirs = inherited(renamed(chain.catalog), messages, live, wanted)
    return {**busy, **{new: busy[old] for new, old in heirs.items()}}


def _freeze(
    basis: Basis, chain: Chain, unavailable: Mapping[str, UserError]
) -> tuple[Frozen, list[Diagnostic]]:
    """Return what must stay as it is, and the errors that make it so."""
    from storesync.app.publishing.renamed import find_renamings
    from storesync.app.unusable import as_diagnostics
    from storesync.catalog.locate import locate
    from storesync.publish.frozen import Frozen
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
            frozen.bar(*campaign.id, "the ledger of this campaign is damaged")
            found += campaign.problems
    for kind, error in unavailable.items():
        frozen.close(kind, error.message)
    extra += as_diagnostics(unavailable)
    return frozen, [*found, *locate(extra, chain.assessment.tree)]


def _render(
    chain: Chain, running: list[Piece], frozen: Frozen
) -> tuple[dict[int, Hashes], list[Diagnostic]]:
    """Return what is rendered by piece; a location that fails stops its campaign."""
    from storesync.publish.manifests import Hashes

    hashes: dict[int, Hashes] = {}
    broken = []
    for piece, produced in chain.produce(running):
        hashes[id(piece)] = Hashes(produced.fingerprint, produced.inputs)
        if produced.failure is not None or produced.violations:
            broken.append((piece, produced))
    faults = chain.diagnose(broken) if broken else []
    for piece, produced in broken:
        if chain.blocks(piece, produced):
            frozen.stop(
                *piece.key[:2], f"{piece.key.location} cannot be rendered: storesync validate"
            )
    return hashes, faults


def _leave(
    basis: Basis,
    running: list[Piece],
    hashes: dict[int, Hashes],
    live: Mapping[PlacementKey, Live],
) -> list[Piece]:
    """Let what only another version would alter count as it is out, and return that."""
    from storesync.publish.outdated import Past, outdated

    past = Past(basis.ledger.manifests, basis.inputs, versions())
    found = outdated(running, hashes, live, past)
    for piece in found:
        hashes[id(piece)] = hashes[id(piece)]._replace(artifact=live[piece.key].artifact)
    return found


def _place(item: Skipped) -> tuple[str, ...]:
    return (item.brand, item.campaign, item.location, item.channel, item.reason)


def _with_rest(plan: Plan, basis: Basis, part: Part | None) -> Plan:
    """Return a plan with all that was not worked out now: it is as the last run left it."""
    from storesync.plan.skipped import Skipped

    skipped, held = list(plan.skipped), list(plan.held)
    for name, manifest in basis.ledger.manifests.items():
        for told, before in ((skipped, manifest.skipped), (held, manifest.held)):
            told += [
                Skipped(*item.placement[:4], item.reason)
                for item in before
                if name.brand not in basis.stale or (part and part.leaves_out(item.placement))
            ]
    return replace(
        plan,
        unchanged=plan.unchanged + basis.settled_count(),
        skipped=tuple(sorted(skipped, key=_place)),
        held=tuple(sorted(held, key=_place)),
    )
